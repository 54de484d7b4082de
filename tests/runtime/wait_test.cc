// wait_idle: it returns when all tasks and the tasks that they spawned are complete, and not
// before.
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

TEST(WaitIdle, OnAnEmptyRuntimeReturnsAtOnce) {
  for (const unsigned workers : {0u, 1u, 4u}) {
    runtime rt(with_workers(workers));
    rt.wait_idle();
    rt.wait_idle();
  }
}

TEST(WaitIdle, DoesNotReturnBeforeALongTaskIsOver) {
  for (const unsigned workers : {1u, 2u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> complete{0};
    std::atomic<bool> go{false};
    std::atomic<bool> returned{false};
    for (int i = 0; i < 10; ++i) {
      rt.spawn([&] {
        spin_until_set(go);
        for (int k = 0; k < 200; ++k) std::this_thread::yield();
        EXPECT_FALSE(returned);
        complete.fetch_add(1);
      });
    }
    std::thread opener([&] { go = true; });
    rt.wait_idle();
    returned = true;
    EXPECT_EQ(complete, 10);
    opener.join();
  }
}

// Plain memory, written by the deepest tasks: the waiter is ordered after each of them.
void fan_out(runtime& rt, std::vector<int>& values, std::size_t begin, std::size_t end) {
  if (end - begin == 1) {
    values[begin] = 1;
    return;
  }
  const std::size_t middle = begin + (end - begin) / 2;
  rt.spawn([&rt, &values, begin, middle] { fan_out(rt, values, begin, middle); });
  rt.spawn([&rt, &values, middle, end] { fan_out(rt, values, middle, end); });
}

TEST(WaitIdle, CoversTheTasksThatTasksSpawn) {
  const std::size_t n = scaled(4000);
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    for (int round = 0; round < 10; ++round) {
      std::vector<int> values(n, 0);
      rt.spawn([&] { fan_out(rt, values, 0, n); });
      rt.wait_idle();
      std::size_t sum = 0;
      for (const int v : values) sum += static_cast<std::size_t>(v);
      ASSERT_EQ(sum, n);
    }
  }
}

TEST(WaitIdle, InsideATaskThrowsLogicErrorWithAdvice) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::string text;
    rt.spawn([&] {
      try {
        rt.wait_idle();
      } catch (const std::logic_error& e) {
        text = e.what();
      }
    });
    rt.wait_idle();
    EXPECT_NE(text.find("inside a task"), std::string::npos) << text;
  }
}

TEST(WaitIdle, InsideAForkJoinThrowsLogicError) {
  runtime rt(with_workers(1));
  EXPECT_THROW(rt.fork_join([&] { rt.wait_idle(); }, [] {}), std::logic_error);
  rt.wait_idle();
}

TEST(WaitIdle, InsideATaskThatAJoinerRunsThrowsLogicError) {
  runtime rt(with_workers(0));
  auto h = rt.submit([&] { rt.wait_idle(); });
  EXPECT_THROW(h.get(), std::logic_error);
  rt.wait_idle();
}

TEST(WaitIdle, OfAnotherRuntimeInsideATaskIsAllowed) {
  runtime outer(with_workers(1));
  runtime inner(with_workers(1));
  std::atomic<int> runs{0};
  for (int i = 0; i < 100; ++i) {
    outer.spawn([&] {
      inner.spawn([&] { runs.fetch_add(1); });
      inner.wait_idle();
    });
  }
  outer.wait_idle();
  EXPECT_EQ(runs, 100);
}

TEST(WaitIdle, ByManyThreadsAtOnceReturnsInAll) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    options o = with_workers(workers);
    for (const unsigned search_us : {0u, 20u}) {
      o.search_us = search_us;
      runtime rt(o);
      for (int round = 0; round < 20; ++round) {
        const std::size_t n = 64;
        std::vector<int> values(n, 0);
        rt.spawn([&] { fan_out(rt, values, 0, n); });
        std::atomic<int> right{0};
        std::vector<std::thread> waiters;
        for (int t = 0; t < 4; ++t) {
          waiters.emplace_back([&] {
            rt.wait_idle();
            std::size_t sum = 0;
            for (const int v : values) sum += static_cast<std::size_t>(v);
            right += sum == n;
          });
        }
        for (auto& w : waiters) w.join();
        ASSERT_EQ(right, 4) << workers << " workers, search_us " << search_us;
      }
    }
  }
}

TEST(WaitIdle, WithoutWorkersRunsTheTasksInTheWaitingThread) {
  runtime rt(with_workers(0));
  const std::thread::id here = std::this_thread::get_id();
  std::atomic<int> elsewhere{0};
  std::atomic<int> runs{0};
  for (int i = 0; i < 1000; ++i) {
    rt.spawn([&] {
      runs.fetch_add(1);
      elsewhere += std::this_thread::get_id() != here;
    });
  }
  EXPECT_EQ(runs, 0);
  rt.wait_idle();
  EXPECT_EQ(runs, 1000);
  EXPECT_EQ(elsewhere, 0);
}

TEST(WaitIdle, OfTwoThreadsWithoutWorkersSharesTheTasksOfOneThatFansOut) {
  runtime rt(with_workers(0));
  for (int round = 0; round < 20; ++round) {
    // Each of two children waits for the other: one thread alone cannot finish them.
    std::atomic<int> arrived{0};
    rt.spawn([&] {
      for (int i = 0; i < 2; ++i) {
        rt.spawn([&] {
          arrived.fetch_add(1);
          spin_until([&] { return arrived == 2; });
        });
      }
    });
    std::thread other([&] { rt.wait_idle(); });
    rt.wait_idle();
    EXPECT_EQ(arrived, 2);
    other.join();
  }
}

TEST(WaitIdle, SeesTasksOfAThreadThatSpawnedAndEnded) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> runs{0};
    std::thread([&] {
      for (int i = 0; i < 100; ++i) rt.spawn([&] { runs.fetch_add(1); });
    }).join();
    rt.wait_idle();
    EXPECT_EQ(runs, 100);
  }
}

TEST(WaitIdle, WakesASleepingWaiterWhenTheLastTaskEnds) {
  options o = with_workers(1);
  o.search_us = 0;  // the waiter goes to sleep at once
  runtime rt(o);
  for (int round = 0; round < static_cast<int>(scaled(2000)); ++round) {
    std::atomic<bool> begun{false};
    std::atomic<int> turns{round % 50};
    rt.spawn([&] {
      begun = true;
      while (turns.fetch_sub(1) > 0) std::this_thread::yield();
    });
    spin_until_set(begun);
    rt.wait_idle();
    ASSERT_LT(turns, 0);
  }
}

// One task is alive for ever: it migrates, since each run spawns its successor and ends. Sums of
// "spawned" and "completed" taken in the wrong order show an idle runtime now and then.
TEST(WaitIdleFalseIdle, NeverSeenWhileATaskAlwaysHasASuccessor) {
  for (const unsigned workers : {1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    struct relay {
      runtime& rt;
      std::atomic<bool> stop{false};
      std::atomic<std::size_t> hops{0};
      void run() {
        hops.fetch_add(1, std::memory_order_relaxed);
        if (!stop.load(std::memory_order_acquire)) rt.spawn([this] { run(); });
      }
    } r{rt};
    const std::size_t enough = scaled(100'000);
    rt.spawn([&] { r.run(); });
    std::atomic<bool> early{false};
    std::vector<std::thread> waiters;
    for (int t = 0; t < 2; ++t) {
      waiters.emplace_back([&] {
        rt.wait_idle();
        if (!r.stop) early = true;
      });
    }
    spin_until([&] { return r.hops.load(std::memory_order_relaxed) >= enough || early; });
    r.stop = true;
    for (auto& w : waiters) w.join();
    EXPECT_FALSE(early) << "wait_idle returned although a task was alive all the time";
    rt.wait_idle();
  }
}

}  // namespace
}  // namespace wyn::tests
