// Threads of the drop-in: programs that start their own.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "models/check/std/checked.h"
#include "models/check/std/main_program.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::main_program;
using std_::with_new;
using wyn::model::failure;
using wyn::model::verdict_kind;

void hands_over() {
  std_::var<int> in = 20, out = 0;
  std_::thread other([&](int more) { out = in + more; }, 1);
  other.join();
  std_::require(out == 21, "the result is there");
}
MODEL_TEST(StdThread, StartAndJoinHandOver, (main_program<&hands_over>), executions(1));

void reads_too_early() {
  std_::var<int> out = 0;
  std_::thread other([&] { out = 1; });
  out.get();
  other.join();
}
MODEL_TEST_FAILS(StdThread, WhoReadsBeforeTheJoinRaces, (main_program<&reads_too_early>),
                 failure::data_race);

void forgets_to_join() {
  std_::thread other([] {});
}
MODEL_TEST_FAILS(StdThread, AJoinableThreadIsNotDestroyed, (main_program<&forgets_to_join>),
                 failure::misuse);

void joins_twice() {
  std_::thread other([] {});
  other.join();
  other.join();
}
MODEL_TEST_FAILS(StdThread, ASecondJoinIsMisuse, (main_program<&joins_twice>), failure::misuse);

// Arguments that allocate, threads in a vector: all of it is the program's, and none leaks.
void counts_letters() {
  std_::mutex m;
  std_::var<int> letters = 0;
  std::vector<std_::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back(
        [&](const std::string& text) {
          const std_::lock_guard guard(m);
          letters += static_cast<int>(text.size());
        },
        std::string(static_cast<std::size_t>(20 + i), 'x'));
  }
  for (auto& t : threads) t.join();
  std_::require(letters == 41, "each has counted");
}
MODEL_TEST(StdThread, ArgumentsAreCopiedAndEnd, (with_new<main_program<&counts_letters, 3>>),
           executions(2), {.check_leaks = true});

void has_an_identity() {
  const auto mine = std_::this_thread::get_id();
  std_::thread other([mine] {
    std_::require(std_::this_thread::get_id() != mine, "another");
    std_::require(std::hash<std_::thread::id>()(mine) != 0, "hashed");
  });
  std_::require(other.get_id() != mine && std_::thread().get_id() == std_::thread::id(), "ids");
  std_::thread moved(std::move(other));
  std_::require(!other.joinable() && moved.joinable(), "moved");
  moved.join();
  std_::require(!moved.joinable(), "joined");
}
MODEL_TEST(StdThread, HasAnIdentity, (main_program<&has_an_identity>), executions(1));

void stops_when_asked() {
  std_::var<int> rounds = 0;
  {
    std_::jthread worker([&](std_::stop_token stop) {
      while (!stop.stop_requested()) std_::this_thread::sleep_for(1);
      ++rounds;
    });
  }
  std_::require(rounds == 1, "it has ended");
}
MODEL_TEST(StdJthread, IsStoppedAndJoined, (main_program<&stops_when_asked>), executions(1));

void has_its_own() {
  std_::thread_local_value<int> value;
  *value = 1;
  std_::thread other([&] {
    std_::require(*value == 0, "not that of the starter");
    *value = 2;
  });
  other.join();
  std_::require(*value == 1, "nor the other way round");
}
MODEL_TEST(StdThread, HasItsOwnValue, (main_program<&has_its_own>), executions(1));

TEST(CheckMain, ExploresALambdaAndTheThreadsItStarts) {
  const auto v = std_::check_main([] {
    std_::atomic<int> x{0}, y{0};
    int seen = 0;
    std_::thread other([&] {
      y.store(1, std_::memory_order_relaxed);
      seen = x.load(std_::memory_order_relaxed);
    });
    x.store(1, std_::memory_order_relaxed);
    const int mine = y.load(std_::memory_order_relaxed);
    other.join();
    std_::require(mine + seen > 0, "one sees the other");
  });
  EXPECT_EQ(v.kind, verdict_kind::fail) << v.report;
  EXPECT_EQ(v.failure, failure::assertion);
}

TEST(CheckMain, MoreThreadsThanAllowedAreAModelError) {
  const auto v = std_::check_main<2>([] {
    std_::thread first([] {});
    std_::thread second([] {});
    first.join();
    second.join();
  });
  EXPECT_EQ(v.kind, verdict_kind::model_error) << v.report;
}

}  // namespace
