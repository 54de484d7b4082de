// What coroutines wait for without a thread: tasks with handles, groups, scopes, their turn.
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/coro/await.h"
#include "core/coro/sync_wait.h"
#include "core/coro/when_all.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

class CoroAwait : public ::testing::TestWithParam<unsigned> {
 protected:
  runtime rt{with_workers(GetParam())};
};
INSTANTIATE_TEST_SUITE_P(Workers, CoroAwait, ::testing::Values(0u, 1u, 3u));

std::string message_of(const auto& f) {
  try {
    f();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "nothing was thrown";
}

task<std::string> result_of(task_handle<std::string> h) { co_return co_await std::move(h); }

TEST_P(CoroAwait, HandleGivesTheResult) {
  EXPECT_EQ(sync_wait(rt, result_of(rt.submit([] { return std::string("answer"); }))), "answer");
}

TEST_P(CoroAwait, HandleThatIsDoneGivesTheResultAtOnce) {
  auto h = rt.submit([] { return std::string("answer"); });
  h.join();
  EXPECT_EQ(sync_wait(rt, result_of(std::move(h))), "answer");
}

TEST_P(CoroAwait, HandleOfATaskThatThrowsThrows) {
  EXPECT_EQ(message_of([&] {
              sync_wait(rt, result_of(rt.submit([]() -> std::string {
                          throw std::runtime_error("no luck");
                        })));
            }),
            "no luck");
}

// The thread of the coroutine is free meanwhile: it runs what the awaited task waits for.
TEST_P(CoroAwait, CoroutineThatWaitsForARunningTaskHoldsNoThread) {
  if (GetParam() == 0) GTEST_SKIP() << "needs a second thread that runs the task";
  for (int round = 0; round < 50; ++round) {
    std::atomic<bool> begun{false}, free{false};
    auto h = rt.submit([&]() -> std::string {
      begun = true;
      spin_until_set(free);
      return "freed";
    });
    spin_until_set(begun);
    const auto waits = [&]() -> task<std::string> {
      rt.spawn([&] { free = true; });  // behind the coroutine, on its thread
      co_return co_await std::move(h);
    };
    EXPECT_EQ(sync_wait(rt, waits()), "freed");
  }
}

TEST_P(CoroAwait, ManyCoroutinesWaitForTasksThatRunElsewhere) {
  std::atomic<long> sum{0};
  const auto one = [&](int i) -> task<void> {
    const int v = co_await rt.submit([i] { return i; });
    sum += v;
  };
  const auto all = [&]() -> task<void> {
    std::vector<task<void>> members;
    for (int i = 0; i < 500; ++i) members.push_back(one(i));
    co_await when_all(std::move(members));
  };
  sync_wait(rt, all());
  EXPECT_EQ(sum, 500 * 499 / 2);
}

TEST_P(CoroAwait, GroupIsWaitedForWithItsResults) {
  const auto body = [&]() -> task<int> {
    std::vector<int> results(100);
    task_group group;
    for (int i = 0; i < 100; ++i) group.run([&results, i] { results[std::size_t(i)] = i; });
    EXPECT_EQ(co_await group, group_status::complete);
    int sum = 0;
    for (const int r : results) sum += r;
    // Again, with members that add members.
    std::atomic<int> more{0};
    for (int i = 0; i < 10; ++i) {
      group.run([&](task_group& g) {
        ++more;
        g.run([&] { ++more; });
      });
    }
    co_await group;
    EXPECT_EQ(more, 20);
    co_return sum;
  };
  for (int round = 0; round < 50; ++round) ASSERT_EQ(sync_wait(rt, body()), 4950);
}

TEST_P(CoroAwait, GroupsExceptionIsThrownAndCancels) {
  const auto body = [&]() -> task<void> {
    task_group group;
    group.run([] { throw std::runtime_error("a member failed"); });
    co_await group;
  };
  EXPECT_EQ(message_of([&] { sync_wait(rt, body()); }), "a member failed");
}

TEST_P(CoroAwait, CancelledGroupSaysSo) {
  const auto body = [&]() -> task<group_status> {
    task_group group;
    group.cancel();
    group.run([] { ADD_FAILURE() << "a dropped member ran"; });
    co_return co_await group;
  };
  EXPECT_EQ(sync_wait(rt, body()), group_status::cancelled);
}

TEST_P(CoroAwait, ScopeJoinsOnAllPaths) {
  std::atomic<int> ended{0};
  const auto fine = [&]() -> task<int> {
    co_return co_await co_scope([&](task_group& g) -> task<int> {
      for (int i = 0; i < 20; ++i) g.run([&] { ++ended; });
      co_return 7;
    });
  };
  EXPECT_EQ(sync_wait(rt, fine()), 7);
  EXPECT_EQ(ended, 20);

  counted::reset();
  const auto throws = [&]() -> task<void> {
    co_await co_scope([&](task_group& g) -> task<void> {
      for (int i = 0; i < 20; ++i) g.run([c = counted{}] {});
      throw std::runtime_error("the function");
      co_return;
    });
  };
  EXPECT_EQ(message_of([&] { sync_wait(rt, throws()); }), "the function");
  EXPECT_EQ(counted::alive, 0);
}

TEST_P(CoroAwait, YieldLetsOthersOfTheSameThreadRun) {
  // Two coroutines take turns until each has seen the other's last step.
  std::atomic<int> steps[2] = {};
  const auto player = [&](int me) -> task<void> {
    for (int i = 0; i < 1000; ++i) {
      ++steps[me];
      co_await yield();
    }
    while (steps[1 - me] < 1000) co_await yield();
  };
  spawn(rt, player(0));
  spawn(rt, player(1));
  rt.wait_idle();
  EXPECT_EQ(steps[0], 1000);
  EXPECT_EQ(steps[1], 1000);
}

TEST_P(CoroAwait, TaskOfAnotherRuntimeIsAnError) {
  runtime other(with_workers(1));
  const auto body = [&]() -> task<int> { co_return co_await other.submit([] { return 1; }); };
  EXPECT_NE(message_of([&] { sync_wait(rt, body()); }).find("another runtime"), std::string::npos);
}

TEST_P(CoroAwait, StressOfWaitingInEveryWay) {
  std::atomic<long> work{0};
  const auto leaf = [&](int i) -> task<int> {
    if (i % 3 == 0) co_await yield();
    work += co_await rt.submit([i] { return i & 1; });
    co_return i;
  };
  const auto inner = [&](int i) -> task<int> {
    auto [a, b] = co_await when_all(leaf(i), leaf(i + 1));
    const int c = co_await co_scope([&](task_group& g) -> task<int> {
      g.run([&] { ++work; });
      co_return co_await leaf(i + 2);
    });
    co_return a + b + c;
  };
  const auto outer = [&](int n) -> task<long> {
    std::vector<task<int>> members;
    for (int i = 0; i < n; ++i) members.push_back(inner(i));
    long sum = 0;
    for (const int r : co_await when_all(std::move(members))) sum += r;
    co_return sum;
  };
  const int n = static_cast<int>(scaled(300));
  for (int round = 0; round < 10; ++round) {
    ASSERT_EQ(sync_wait(rt, outer(n)), 3L * n * (n - 1) / 2 + 3L * n);
  }
}

}  // namespace
}  // namespace wyn::tests
