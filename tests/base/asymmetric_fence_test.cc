// The fences that order a store before a later load of another variable: full against full, and
// light against heavy. This program runs twice: as it is, and with WYN_NO_MEMBARRIER set, where
// both halves must be full fences.
#include "core/base/asymmetric_fence.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/membarrier.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/site.h"

namespace wyn {
namespace {

struct rows {
  static constexpr site<"T1 store", order::relaxed> store{};
  static constexpr site<"T2 load", order::relaxed> load{};
  static constexpr site<"T3 full", order::seq_cst> full{};
  static constexpr site<"T4 light", order::light> light{};
  static constexpr site<"T5 heavy", order::heavy> heavy{};
};

struct alignas(cache_line_bytes) padded_word {
  env_default::atomic<std::uint32_t> value;
};

// Store buffering: each of two threads stores to its own word, fences, and loads the other's word.
// Counts the rounds in which both loads missed both stores, which the fences forbid.
class store_buffering {
 public:
  template <class Mine, class Yours>
  int run(int rounds, Mine mine, Yours yours) {
    int both_missed = 0;
    std::thread other([&] {
      for (int round = 1; round <= rounds; ++round) {
        meet(round, second_);
        seen_by_second_ = store_fence_load(y_, x_, yours);
        meet(round, second_done_);
      }
    });
    for (int round = 1; round <= rounds; ++round) {
      x_.value.store(0, rows::store);
      y_.value.store(0, rows::store);
      start(round, second_);
      const std::uint32_t seen = store_fence_load(x_, y_, mine);
      start(round, second_done_);
      if (seen == 0 && seen_by_second_ == 0) ++both_missed;
    }
    other.join();
    return both_missed;
  }

 private:
  struct meeting {
    alignas(cache_line_bytes) std::atomic<int> first{0};
    alignas(cache_line_bytes) std::atomic<int> second{0};
  };

  static void await(const std::atomic<int>& word, int round) {
    // Yielding keeps the test quick when both threads share one processor.
    for (int spins = 0; word.load(std::memory_order_acquire) < round; ++spins) {
      if (spins > 200) std::this_thread::yield();
    }
  }
  static void start(int round, meeting& m) {
    m.first.store(round, std::memory_order_release);
    await(m.second, round);
  }
  static void meet(int round, meeting& m) {
    m.second.store(round, std::memory_order_release);
    await(m.first, round);
  }

  template <class Fence>
  static std::uint32_t store_fence_load(padded_word& mine, const padded_word& other, Fence fence) {
    mine.value.store(1, rows::store);
    env_default::fence(fence);
    return other.value.load(rows::load);
  }

  padded_word x_, y_;
  meeting second_, second_done_;
  std::uint32_t seen_by_second_ = 0;
};

constexpr int rounds = 20000;

bool kernel_has_membarrier() {
  const long supported = ::syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0);
  return supported > 0 && (supported & MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0;
}

TEST(AsymmetricFence, IsAvailableWhereTheKernelHasItAndNobodyForbidsIt) {
  const bool forbidden = std::getenv("WYN_NO_MEMBARRIER") != nullptr;
  EXPECT_EQ(asymmetric_fences_available(), kernel_has_membarrier() && !forbidden);
}

TEST(FullFence, OrdersAStoreBeforeALoadOnBothSides) {
  EXPECT_EQ(store_buffering().run(rounds, rows::full, rows::full), 0);
}

TEST(AsymmetricFence, LightAgainstHeavyOrdersAsTwoFullFences) {
  EXPECT_EQ(store_buffering().run(rounds, rows::light, rows::heavy), 0);
  EXPECT_EQ(store_buffering().run(rounds, rows::heavy, rows::light), 0);
}

TEST(AsymmetricFence, HeavyAgainstHeavyOrders) {
  EXPECT_EQ(store_buffering().run(rounds, rows::heavy, rows::heavy), 0);
}

// While others want heavy fences, too, and one call serves several.
TEST(AsymmetricFence, HeavyFencesOfManyThreadsAtOnceOrder) {
  std::atomic<bool> done{false};
  std::thread others[2];
  for (std::thread& t : others) {
    t = std::thread([&] {
      while (!done.load(std::memory_order_relaxed)) {
        heavy_fence();
        std::this_thread::yield();
      }
    });
  }
  EXPECT_EQ(store_buffering().run(rounds / 100, rows::light, rows::heavy), 0);
  EXPECT_EQ(store_buffering().run(rounds / 100, rows::heavy, rows::heavy), 0);
  done.store(true, std::memory_order_relaxed);
  for (std::thread& t : others) t.join();
}

// The child has one thread, wherever the parent's others were.
TEST(AsymmetricFence, TheChildOfAForkHasHeavyFences) {
  std::atomic<bool> done{false};
  std::thread other([&] {
    while (!done.load(std::memory_order_relaxed)) {
      heavy_fence();
      std::this_thread::yield();
    }
  });
  for (int i = 0; i < 20; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (int k = 0; k < 10; ++k) heavy_fence();
      std::_Exit(0);
    }
    int status = 1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  done.store(true, std::memory_order_relaxed);
  other.join();
}

// A seccomp filter that makes membarrier fail with EPERM, from here to the end of the process.
void take_membarrier_away() {
  sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program = {static_cast<unsigned short>(sizeof(code) / sizeof(code[0])), code};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    std::_Exit(0);  // no filters here: the expected death does not come, and the test says so
  }
}

TEST(AsymmetricFenceDeathTest, HeavyFenceAbortsWhenMembarrierIsTakenAwayLater) {
  if (!asymmetric_fences_available()) {
    // The fallback makes no system call, so that a filter changes nothing.
    EXPECT_EXIT(
        {
          take_membarrier_away();
          heavy_fence();
          std::_Exit(3);
        },
        testing::ExitedWithCode(3), "");
    return;
  }
  EXPECT_DEATH(
      {
        take_membarrier_away();
        heavy_fence();
      },
      "seccomp filter installed later|WYN_NO_MEMBARRIER=1");
}

}  // namespace
}  // namespace wyn
