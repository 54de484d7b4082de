// Options out of range, and tasks that throw, never return, or end their thread.
#include <pthread.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

// What the constructor says about `o`; empty when it accepts it.
std::string refusal(const options& o) {
  try {
    runtime rt(o);
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
  return "";
}

void expect_refused(const options& o, const std::string& option) {
  const std::string text = refusal(o);
  EXPECT_NE(text.find("wyn: options." + option), std::string::npos) << option << ": " << text;
}

TEST(Options, OutOfRangeAreRefusedByName) {
  options o = with_workers(4097);
  expect_refused(o, "workers");
  o = with_workers(0);
  for (const std::int64_t limit :
       {std::int64_t{0}, std::int64_t{-1}, (std::int64_t{1} << 40) + 1}) {
    o.max_queued = limit;
    expect_refused(o, "max_queued");
  }
  o = with_workers(0);
  o.steal_attempts = 0;
  expect_refused(o, "steal_attempts");
  o = with_workers(0);
  o.search_us = 1'000'001;
  expect_refused(o, "search_us");
}

TEST(Options, AtTheirLimitsAreAccepted) {
  options o = with_workers(0);
  o.max_queued = 1;
  o.steal_attempts = 1;
  o.search_us = 0;
  o.reserved_slots = 0;
  EXPECT_EQ(refusal(o), "");
  o.on_full = full_policy::error;
  EXPECT_EQ(refusal(o), "");
  o.max_queued = std::int64_t{1} << 40;
  o.max_slots = 0;
  o.search_us = 1'000'000;
  EXPECT_EQ(refusal(o), "");
}

using DetachedTaskDeathTest = ::testing::Test;

void throw_in_detached_task(unsigned workers) {
  runtime rt(with_workers(workers));
  rt.spawn([] { throw std::runtime_error("the text of the exception"); });
  rt.wait_idle();
}

TEST(DetachedTaskDeathTest, AnExceptionThatLeavesItEndsTheProcessWithItsText) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  for (const unsigned workers : {0u, 1u}) {
    EXPECT_DEATH(throw_in_detached_task(workers),
                 "wyn: an exception left a detached task .*the text of the exception");
  }
}

TEST(DetachedTaskDeathTest, AnExceptionOfAnyTypeThatLeavesItEndsTheProcess) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        runtime rt(with_workers(1));
        rt.spawn([] { throw 5; });
        rt.wait_idle();
      },
      "wyn: an exception left a detached task");
}

TEST(DetachedTaskDeathTest, AnExceptionThatLeavesOneRunInlineEndsTheProcess) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        options o = with_workers(0);
        o.max_queued = 1;
        o.on_full = full_policy::run_inline;
        runtime rt(o);
        rt.spawn([] {});
        rt.spawn([] { throw std::runtime_error("inline"); });
      },
      "wyn: an exception left a detached task .*inline");
}

TEST(TaskThatNeverReturns, KeepsNoOtherTaskFromRunning) {
  runtime rt(with_workers(2));
  std::atomic<bool> go{false};
  std::atomic<int> begun{0};
  rt.spawn([&] {
    for (int i = 0; i < 10; ++i) rt.spawn([&] { begun.fetch_add(1); });
    spin_until_set(go);
  });
  std::atomic<int> runs{0};
  for (int i = 0; i < 1000; ++i) {
    rt.spawn([&] {
      rt.spawn([&] { runs.fetch_add(1); });
      runs.fetch_add(1);
    });
  }
  spin_until([&] { return runs == 2000 && begun == 10; });
  go = true;
  rt.wait_idle();
}

// The thread is lost, the task counts as complete.
TEST(TaskThatEndsItsThread, CountsAsCompleteAndTheOthersGoOn) {
  runtime rt(with_workers(2));
  std::atomic<int> runs{0};
  for (int i = 0; i < 100; ++i) rt.spawn([&] { runs.fetch_add(1); });
  std::atomic<bool> begun{false};
  std::atomic<bool> go{false};
  rt.spawn([&] {
    for (int i = 0; i < 100; ++i) rt.spawn([&, text = std::string(40, 'x')] { runs.fetch_add(1); });
    begun = true;
    spin_until_set(go);
    pthread_exit(nullptr);
  });
  spin_until_set(begun);  // a worker runs it, not this thread
  go = true;
  for (int i = 0; i < 100; ++i) rt.spawn([&] { runs.fetch_add(1); });
  rt.wait_idle();
  EXPECT_EQ(runs, 300);
}

TEST(TaskThatEndsItsThread, OnTheOnlyWorkerLeavesItsQueueToWhoeverWaits) {
  runtime rt(with_workers(1));
  std::atomic<int> runs{0};
  std::atomic<bool> begun{false};
  rt.spawn([&] {
    for (int i = 0; i < 100; ++i) rt.spawn([&, text = std::string(40, 'x')] { runs.fetch_add(1); });
    begun = true;
    pthread_exit(nullptr);
  });
  spin_until_set(begun);
  rt.wait_idle();
  EXPECT_EQ(runs, 100);
  // A thread that comes later may adopt what the worker left, and is a foreign thread all the same.
  for (int i = 0; i < 3; ++i) {
    std::thread([&] {
      rt.spawn([&] { runs.fetch_add(1); });
      EXPECT_NO_THROW(rt.wait_idle());
    }).join();
  }
  EXPECT_EQ(runs, 103);
}

TEST(TaskThatEndsItsThread, DeliversAnErrorToItsHandle) {
  runtime rt(with_workers(1));
  std::atomic<bool> begun{false};
  auto h = rt.submit([&]() -> int {
    begun = true;
    pthread_exit(nullptr);
  });
  spin_until_set(begun);
  EXPECT_THROW(h.get(), std::runtime_error);
  rt.wait_idle();
}

TEST(TaskThatEndsItsThread, InAWaitingThreadLetsTheOtherWaitersReturn) {
  for (const bool join : {false, true}) {
    runtime rt(with_workers(0));
    std::atomic<int> runs{0};
    std::thread victim([&] {
      for (int i = 0; i < 10; ++i) rt.spawn([&] { runs.fetch_add(1); });
      auto h = rt.submit([]() -> int { pthread_exit(nullptr); });
      if (join) h.join();
      else rt.wait_idle();
      ADD_FAILURE() << "the thread lives on";
    });
    victim.join();
    rt.wait_idle();
    EXPECT_EQ(runs, 10);
    std::thread([&] {
      rt.spawn([&] { runs.fetch_add(1); });
      EXPECT_NO_THROW(rt.wait_idle());
    }).join();
    EXPECT_EQ(runs, 11);
  }
}

TEST(TaskThatEndsItsThread, WithinAForkCompletesTheOtherHalf) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::atomic<bool> g_ran{false};
    std::thread victim([&] {
      rt.fork_join([] { pthread_exit(nullptr); }, [&] { g_ran = true; });
      ADD_FAILURE() << "the thread lives on";
    });
    victim.join();
    EXPECT_TRUE(g_ran);
    rt.wait_idle();
  }
}

}  // namespace
}  // namespace wyn::tests
