// Task groups and scopes through their public face.
#include "core/runtime/task_group.h"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

class TaskGroup : public ::testing::TestWithParam<unsigned> {
 protected:
  runtime rt{with_workers(GetParam())};
};

INSTANTIATE_TEST_SUITE_P(Workers, TaskGroup, ::testing::Values(0u, 1u, 3u));

std::string message_of(const auto& f) {
  try {
    f();
  } catch (const std::exception& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST_P(TaskGroup, EveryMemberRunsOnceBeforeWaitReturns) {
  marks done(scaled(20'000));
  task_group group(rt);
  for (std::size_t i = 0; i < done.size(); ++i) group.run([&, i] { done.hit(i); });
  EXPECT_EQ(group.wait(), group_status::complete);
  EXPECT_TRUE(done.each_hit());
}

TEST_P(TaskGroup, WithoutMembersIsCompleteAtOnce) {
  task_group group(rt);
  EXPECT_EQ(group.wait(), group_status::complete);
}

TEST_P(TaskGroup, ResultsByReferenceAreVisibleAfterWait) {
  std::vector<std::string> results(500);
  task_group group(rt);
  for (std::size_t i = 0; i < results.size(); ++i) {
    group.run([&results, i] { results[i] = "result " + std::to_string(i); });
  }
  group.wait();
  for (std::size_t i = 0; i < results.size(); ++i) {
    ASSERT_EQ(results[i], "result " + std::to_string(i));
  }
}

void grow(task_group& group, marks& done, std::size_t from, std::size_t to) {
  if (to - from == 1) return done.hit(from);
  const std::size_t middle = from + (to - from) / 2;
  group.run([&done, from, middle](task_group& g) { grow(g, done, from, middle); });
  group.run([&done, middle, to](task_group& g) { grow(g, done, middle, to); });
}

TEST_P(TaskGroup, MembersMayAddMembers) {
  marks done(scaled(10'000));
  task_group group(rt);
  grow(group, done, 0, done.size());
  group.wait();
  EXPECT_TRUE(done.each_hit());
}

TEST_P(TaskGroup, MayBeUsedAgainAfterWait) {
  task_group group(rt);
  std::atomic<int> sum{0};
  for (int round = 1; round <= 100; ++round) {
    for (int i = 0; i < 10; ++i) group.run([&] { ++sum; });
    group.wait();
    ASSERT_EQ(sum, 10 * round);
  }
}

TEST_P(TaskGroup, RunAndWaitCallsItsFunctionInTheCaller) {
  task_group group(rt);
  std::atomic<int> others{0};
  std::thread::id where;
  group.run([&] { ++others; });
  EXPECT_EQ(group.run_and_wait([&] { where = std::this_thread::get_id(); }),
            group_status::complete);
  EXPECT_EQ(where, std::this_thread::get_id());
  EXPECT_EQ(others, 1);
}

long fib(int n) {
  if (n < 2) return n;
  long a = 0;
  task_group group;
  group.run([&a, n] { a = fib(n - 1); });
  const long b = fib(n - 2);
  group.wait();
  return a + b;
}

TEST_P(TaskGroup, NestInTasksOfTheirOwn) {
  EXPECT_EQ(rt.submit([] { return fib(16); }).get(), 987);
}

TEST_P(TaskGroup, NestInScopes) {
  std::atomic<int> sum{0};
  scope(rt, [&](task_group& outer) {
    for (int i = 0; i < 8; ++i) {
      outer.run([&sum] {
        scope([&](task_group& inner) {
          for (int k = 0; k < 50; ++k) inner.run([&sum] { ++sum; });
        });
      });
    }
  });
  EXPECT_EQ(sum, 400);
}

TEST_P(TaskGroup, ScopeReturnsTheResultOfItsFunction) {
  std::atomic<int> ran{0};
  const std::string answer = scope(rt, [&](task_group& group) {
    for (int i = 0; i < 20; ++i) group.run([&] { ++ran; });
    return std::string("answer");
  });
  EXPECT_EQ(answer, "answer");
  EXPECT_EQ(ran, 20);
}

TEST_P(TaskGroup, ExceptionOfAMemberIsThrownByWait) {
  task_group group(rt);
  group.run([] { throw std::runtime_error("a member failed"); });
  EXPECT_EQ(message_of([&] { group.wait(); }), "a member failed");
  EXPECT_EQ(group.dropped_exceptions(), 0u);
  EXPECT_EQ(group.wait(), group_status::complete) << "the group begins anew";
}

TEST_P(TaskGroup, OfSeveralExceptionsThatOfTheMemberAddedFirstIsThrown) {
  constexpr int members = 4;
  task_group group(rt);
  std::atomic<int> begun{0};
  // Each adds the next. With as many threads, all of them have begun before the first one throws.
  const bool together = GetParam() + 1 >= members;
  const auto member = [&](int i, const auto& self) -> void {
    if (i + 1 < members) group.run([&, i] { self(i + 1, self); });
    ++begun;
    if (together) spin_until([&] { return begun == members; });
    throw std::runtime_error("member " + std::to_string(i));
  };
  group.run([&] { member(0, member); });
  EXPECT_EQ(message_of([&] { group.wait(); }), "member 0");
  if (together) {
    EXPECT_EQ(group.dropped_exceptions(), members - 1u);
  }
  // One thread: the first to throw cancels all others before they begin. In between, it depends.
  if (GetParam() == 0) {
    EXPECT_EQ(group.dropped_exceptions(), 0u);
  }
  EXPECT_LE(group.dropped_exceptions(), members - 1u);
}

TEST_P(TaskGroup, ExceptionCancelsTheRest) {
  task_group group(rt);
  std::atomic<bool> saw{false};
  group.run([&](task_group& g) {
    spin_until([&] { return g.cancelled(); });
    saw = true;
  });
  // Where only one thread runs members, the newest runs first.
  group.run([] { throw 7; });
  EXPECT_THROW(group.wait(), int);
  EXPECT_TRUE(saw || GetParam() < 3);
  EXPECT_FALSE(group.cancelled());
}

TEST_P(TaskGroup, ExceptionOfAScopesFunctionGoesBeforeThoseOfItsMembers) {
  std::atomic<int> ended{0};
  const auto body = [&](task_group& group) {
    for (int i = 0; i < 10; ++i) {
      group.run([&] {
        ++ended;
        throw std::runtime_error("a member");
      });
    }
    throw std::logic_error("the function");
  };
  EXPECT_EQ(message_of([&] { scope(rt, body); }), "the function");
  const int at_once = ended;
  rt.wait_idle();
  EXPECT_EQ(ended, at_once) << "the scope had joined its members";
}

TEST_P(TaskGroup, CancelDropsMembersThatHaveNotBegun) {
  counted::reset();
  std::atomic<int> ran{0};
  task_group group(rt);
  group.cancel();
  for (int i = 0; i < 100; ++i) group.run([&ran, c = counted{}] { ++ran; });
  EXPECT_EQ(group.wait(), group_status::cancelled);
  EXPECT_EQ(ran, 0);
  EXPECT_EQ(counted::alive, 0);
  EXPECT_GE(counted::made, 100);
}

TEST_P(TaskGroup, ClosuresAreDestroyedBeforeWaitReturnsWhateverBecomesOfThem) {
  counted::reset();
  task_group group(rt);
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 20; ++i) {
      group.run([i, round, c = counted{}] {
        if (i == 10 && round % 3 == 0) throw 1;
      });
    }
    if (round % 3 == 1) group.cancel();
    try {
      static_cast<void>(group.wait());
    } catch (int) {
    }
    ASSERT_EQ(counted::alive, 0) << round;
  }
}

TEST_P(TaskGroup, CancellingMemberIsSeenWithWhatItFound) {
  task_group group(rt);
  int found = 0;
  std::atomic<int> wrong{0};
  group.run([&] {
    found = 42;
    group.cancel();
  });
  for (int i = 0; i < 50; ++i) {
    group.run([&](task_group& g) {
      if (g.cancelled() && found != 42) ++wrong;
    });
  }
  group.wait();
  EXPECT_EQ(wrong, 0);
}

TEST_P(TaskGroup, CancellationReachesGroupsWithin) {
  task_group outer(rt);
  group_status inner_status = group_status::complete;
  outer.run([&] {
    task_group inner(outer);
    outer.cancel();
    EXPECT_TRUE(inner.cancelled());
    inner.run([] { ADD_FAILURE() << "a dropped member ran"; });
    inner_status = inner.wait();
  });
  EXPECT_EQ(outer.wait(), group_status::cancelled);
  EXPECT_EQ(inner_status, group_status::cancelled);
}

TEST_P(TaskGroup, CancellationDoesNotReachGroupsAround) {
  task_group outer(rt);
  scope(outer, [](task_group& inner) { inner.cancel(); });
  EXPECT_FALSE(outer.cancelled());
}

TEST_P(TaskGroup, ForeignThreadsMayAddMembers) {
  marks done(scaled(4000));
  task_group group(rt);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = t; i < done.size(); i += 4) group.run([&, i] { done.hit(i); });
    });
  }
  for (std::thread& t : threads) t.join();
  group.wait();
  EXPECT_TRUE(done.each_hit());
}

// Where the test's own thread steals the member that holds the group open, the only worker sleeps
// in wait() when the foreign thread adds members to a queue of its own.
TEST_P(TaskGroup, MembersFromOutsideReachAMakerThatSleepsInATask) {
  marks done(100);
  for (int round = 0; round < 20; ++round) {
    std::atomic<task_group*> open{nullptr};
    std::atomic<bool> added{false};
    std::thread outside([&] {
      spin_until([&] { return open.load() != nullptr; });
      for (std::size_t i = 0; i < done.size(); ++i) open.load()->run([&, i] { done.hit(i); });
      added = true;
    });
    rt.spawn([&] {
      task_group group;
      group.run([&] {
        open = &group;
        spin_until_set(added);
      });
      group.wait();
    });
    rt.wait_idle();
    outside.join();
  }
  EXPECT_TRUE(done.each_hit(20));
}

TEST_P(TaskGroup, MayBeWaitedForInAnotherTask) {
  std::atomic<int> ran{0};
  task_group group(rt);
  for (int i = 0; i < 100; ++i) group.run([&] { ++ran; });
  rt.submit([&] { group.wait(); }).get();
  EXPECT_EQ(ran, 100);
}

TEST_P(TaskGroup, MayBeMadeInOneTaskAndWaitedForInTheNext) {
  std::unique_ptr<task_group> group;
  std::atomic<int> ran{0};
  rt.submit([&] {
      group = std::make_unique<task_group>();
      for (int i = 0; i < 10; ++i) group->run([&] { ++ran; });
    }).get();
  rt.submit([&] {
      for (int i = 0; i < 10; ++i) group->run([&] { ++ran; });
      group->wait();
    }).get();
  EXPECT_EQ(ran, 20);
}

TEST_P(TaskGroup, WaitInAMemberOfTheSameGroupIsAnError) {
  task_group group(rt);
  group.run([&] { group.wait(); });
  EXPECT_NE(message_of([&] { group.wait(); }).find("inside a member of the same group"),
            std::string::npos);
}

TEST_P(TaskGroup, WorksWithinForkJoin) {
  std::atomic<int> ran{0};
  const auto some = [&] {
    scope(rt, [&](task_group& g) {
      for (int i = 0; i < 50; ++i) g.run([&] { ++ran; });
    });
  };
  rt.fork_join(some, some);
  EXPECT_EQ(ran, 100);
}

TEST_P(TaskGroup, NothingOfOthersRunsOnTopOfAWaitingTask) {
  // A task that was queued before waits for the lock that the waiting task holds.
  std::atomic<bool> held{false};
  std::atomic<int> on_top{0};
  rt.submit([&] {
      for (int i = 0; i < 100; ++i) {
        rt.spawn([&, me = std::this_thread::get_id()] {
          if (held && std::this_thread::get_id() == me) ++on_top;
        });
      }
      task_group group;
      for (int i = 0; i < 100; ++i) group.run([] {});
      held = true;
      group.wait();
      held = false;
    }).get();
  rt.wait_idle();
  EXPECT_EQ(on_top, 0);
}

TEST_P(TaskGroup, DestructorWaitsForMembers) {
  std::atomic<int> ran{0};
  {
    task_group group(rt);
    for (int i = 0; i < 100; ++i) group.run([&] { ++ran; });
  }
  EXPECT_EQ(ran, 100);
}

TEST_P(TaskGroup, WaitAfterShutdownReturns) {
  std::atomic<int> ran{0};
  task_group group(rt);
  for (int i = 0; i < 100; ++i) group.run([&] { ++ran; });
  rt.shutdown();
  EXPECT_EQ(group.wait(), group_status::complete);
  EXPECT_EQ(ran, 100);
  EXPECT_THROW(group.run([] {}), spawn_error);
  EXPECT_EQ(group.wait(), group_status::complete) << "a refused member is not missing";
}

TEST(TaskGroupQueues, RefusedMembersAreDestroyedAndNotWaitedFor) {
  counted::reset();
  runtime rt({.workers = 0, .max_queued = 8, .on_full = full_policy::error});
  task_group group(rt);
  std::atomic<int> ran{0};
  int accepted = 0;
  for (int i = 0; i < 20; ++i) {
    try {
      group.run([&ran, c = counted{}] { ++ran; });
      ++accepted;
    } catch (const spawn_error& e) {
      EXPECT_EQ(e.status(), spawn_status::full);
    }
  }
  EXPECT_EQ(accepted, 8);
  EXPECT_EQ(group.wait(), group_status::complete);
  EXPECT_EQ(ran, 8);
  EXPECT_EQ(counted::alive, 0);
}

TEST(TaskGroupQueues, ExhaustedPoolRunsMembersAllTheSame) {
  for (const full_policy policy : {full_policy::grow, full_policy::run_inline}) {
    counted::reset();
    runtime rt({.workers = 1, .on_full = policy, .reserved_slots = 16, .max_slots = 16});
    marks done(2000);
    task_group group(rt);
    for (std::size_t i = 0; i < done.size(); ++i) {
      group.run([&done, i, c = counted{}] { done.hit(i); });
    }
    group.wait();
    EXPECT_TRUE(done.each_hit());
    EXPECT_EQ(counted::alive, 0);
  }
}

TEST(TaskGroupQueues, ClosureWhoseCopyThrowsLeavesTheGroupUnchanged) {
  struct throws_when_copied {
    throws_when_copied() = default;
    throws_when_copied(const throws_when_copied&) { throw 1; }
    void operator()() const {}
  };
  runtime rt(with_workers(1));
  task_group group(rt);
  const throws_when_copied f;
  EXPECT_THROW(group.run(f), int);
  EXPECT_EQ(group.wait(), group_status::complete);
}

TEST(TaskGroupDefault, GroupsAndScopesGoToTheDefaultRuntime) {
  std::atomic<int> ran{0};
  scope([&](task_group& g) {
    for (int i = 0; i < 10; ++i) g.run([&] { ++ran; });
  });
  task_group group;
  group.run([&] { ++ran; });
  group.wait();
  EXPECT_EQ(ran, 11);
}

TEST(TaskGroupDeathTest, ExceptionNobodyAsksForEndsTheProcess) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        runtime rt(with_workers(1));
        task_group group(rt);
        group.run([] { throw std::runtime_error("lost"); });
      },
      "lost");
}

}  // namespace
}  // namespace wyn::tests
