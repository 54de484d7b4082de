// A coroutine that ends its thread: what becomes of those that await it. Apart from the other tests
// for the same reasons as tests/runtime/thread_exit_test.cc.
#include <pthread.h>

#include <atomic>
#include <string>
#include <thread>

#include "core/coro/await.h"
#include "core/coro/sync_wait.h"
#include "core/coro/when_all.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

task<int> ends_its_thread() {
  pthread_exit(nullptr);
  co_return 0;
}

task<int> constant(int v) { co_return v; }

// Begins `t` on a worker and waits without taking part.
void run_on_a_worker(runtime& rt, task<void> t, const std::atomic<bool>& done) {
  spawn(rt, std::move(t));
  spin_until_set(done);
}

TEST(CoroutineThatEndsItsThread, IsAnErrorForWhoAwaitsIt) {
  runtime rt(with_workers(2));
  std::atomic<bool> told{false}, done{false};
  const auto waits = [&]() -> task<void> {
    try {
      static_cast<void>(co_await ends_its_thread());
    } catch (const thread_ended&) {
      told = true;
    }
    done = true;
  };
  run_on_a_worker(rt, waits(), done);
  EXPECT_TRUE(told);
  rt.wait_idle();
}

TEST(CoroutineThatEndsItsThread, AsAMemberIsAnErrorOfWhenAll) {
  runtime rt(with_workers(2));
  std::atomic<bool> told{false}, done{false};
  const auto waits = [&]() -> task<void> {
    try {
      static_cast<void>(co_await when_all(constant(1), ends_its_thread(), constant(3)));
    } catch (const thread_ended&) {
      told = true;
    }
    done = true;
  };
  run_on_a_worker(rt, waits(), done);
  EXPECT_TRUE(told);
  rt.wait_idle();
}

TEST(CoroutineThatEndsItsThread, TravelsUpThroughWhoeverLetsItPass) {
  runtime rt(with_workers(1));
  std::atomic<bool> begun{false}, told{false}, done{false};
  const auto passes = []() -> task<int> { co_return 1 + co_await ends_its_thread(); };
  const auto waits = [&]() -> task<void> {
    begun = true;
    try {
      static_cast<void>(co_await passes());
    } catch (const thread_ended&) {
      told = true;
    }
    done = true;
  };
  spawn(rt, waits());
  spin_until_set(begun);  // on the only worker, which will be gone; it is the helper that goes on
  std::thread helper([&] { rt.wait_idle(); });
  helper.join();
  EXPECT_TRUE(told);
}

TEST(CoroutineThatEndsItsThread, WithoutAnybodyWaitingCountsAsComplete) {
  runtime rt(with_workers(1));
  std::atomic<bool> begun{false};
  const auto lonely = [&]() -> task<void> {
    begun = true;
    static_cast<void>(co_await ends_its_thread());
  };
  spawn(rt, lonely());
  spin_until_set(begun);
  rt.wait_idle();
}

TEST(CoroutineThatEndsItsThread, SpawnedItselfCountsAsCompleteAndLeavesNothing) {
  runtime rt(with_workers(1));
  counted::reset();
  const auto ends = [](counted, std::atomic<bool>& begun) -> task<void> {
    begun = true;
    pthread_exit(nullptr);
    co_return;
  };
  std::atomic<bool> begun{false};
  spawn(rt, ends(counted{}, begun));
  spin_until_set(begun);
  rt.wait_idle();
  EXPECT_EQ(counted::alive, 0);
}

TEST(CoroutineThatEndsItsThread, InSyncWaitEndsTheThreadWhenTheOthersAreDone) {
  for (const unsigned workers : {0u, 2u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> others{0};
    std::thread victim([&] {
      const auto other = [&]() -> task<int> {
        ++others;
        co_return 1;
      };
      const auto both = [&]() -> task<int> {
        auto [a, b] = co_await when_all(ends_its_thread(), other());
        co_return a + b;
      };
      sync_wait(rt, both());
      ADD_FAILURE() << "the thread lives on";
    });
    victim.join();
    EXPECT_EQ(others, 1);
    rt.wait_idle();
  }
}

}  // namespace
}  // namespace wyn::tests
