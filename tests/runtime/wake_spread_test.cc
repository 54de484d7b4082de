// When a thread that has slept wakes one more than the search's end does.
#include "core/runtime/wake_spread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

struct signal_of {
  std::uint32_t others;  // besides the caller
  int woken = 0;

  std::uint32_t searching() const { return others + 1; }
  void wake_one_more() { ++woken; }
};

constexpr auto more_work = [] { return true; };
constexpr auto no_more_work = [] { return false; };

TEST(WakeSpread, WhoHasSleptAndStealsWakesOne) {
  wake_spread spread(true);
  signal_of signal{.others = 0};
  spread.slept();
  spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 1);
}

TEST(WakeSpread, OnceForEachSleep) {
  wake_spread spread(true);
  signal_of signal{.others = 0};
  spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 0) << "it has not slept yet";
  spread.slept();
  for (int i = 0; i < 3; ++i) spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 1);
  spread.slept();
  spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 2);
}

TEST(WakeSpread, WhoFindsSomethingElsewhereFirstWakesNobody) {
  wake_spread spread(true);
  signal_of signal{.others = 0};
  spread.slept();
  spread.found(false, signal, more_work);
  spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 0);
}

TEST(WakeSpread, NotWhereNothingIsLeft) {
  wake_spread spread(true);
  signal_of signal{.others = 0};
  spread.slept();
  spread.found(true, signal, no_more_work);
  EXPECT_EQ(signal.woken, 0);
}

TEST(WakeSpread, NotWhereMoreThanOneOtherSearches) {
  for (const std::uint32_t others : {0u, 1u, 2u, 50u}) {
    wake_spread spread(true);
    signal_of signal{others};
    spread.slept();
    spread.found(true, signal, more_work);
    EXPECT_EQ(signal.woken, others <= 1 ? 1 : 0) << others;
  }
}

TEST(WakeSpread, NotWhereItIsNotInUse) {
  wake_spread spread(false);
  signal_of signal{.others = 0};
  spread.slept();
  spread.found(true, signal, more_work);
  EXPECT_EQ(signal.woken, 0);
}

// Twenty workers, of which ten may search: wake-ups spread. Each round begins with all of them
// asleep, or on the way there.
TEST(WakeSpread, ATreeOfTasksRunsInManyWorkersRoundAfterRound) {
  runtime rt(with_workers(20));
  std::atomic<int> leaves{0};
  const auto grow = [&](const auto& self, int levels) -> void {
    if (levels == 0) {
      leaves.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    for (int i = 0; i < 2; ++i) rt.spawn([&self, levels] { self(self, levels - 1); });
  };
  constexpr int rounds = 30, levels = 9;
  for (int round = 1; round <= rounds; ++round) {
    rt.spawn([&] { grow(grow, levels); });
    rt.wait_idle();
    ASSERT_EQ(leaves, round << levels);
  }
}

}  // namespace
}  // namespace wyn::tests
