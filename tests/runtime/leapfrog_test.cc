// Leapfrogging: a thread that waits for a stolen task runs what the thief forks for it, and
// nothing else. In most tests the waiting threads search for as long as options allow, so that none
// goes to sleep.
#include <stdexcept>
#include <thread>

#include "core/runtime/parallel.h"
#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

options searching(unsigned workers) {
  options o = with_workers(workers);
  o.search_us = 1'000'000;
  return o;
}

// Forks a child that only another thread can run: where that was, and the child's result.
template <class Child>
std::thread::id run_elsewhere(runtime& rt, const Child& child) {
  std::atomic<bool> begun{false};
  std::thread::id where;
  rt.fork_join([&] { spin_until_set(begun); },
               [&] {
                 where = std::this_thread::get_id();
                 begun = true;
                 child();
               });
  return where;
}
std::thread::id run_elsewhere(runtime& rt) {
  return run_elsewhere(rt, [] {});
}

TEST(RobbedFork, RunsWhatItsThiefForks) {
  runtime rt(searching(1));
  for (int i = 0; i < 20; ++i) {
    std::thread::id thief, robbed;
    thief = run_elsewhere(rt, [&] { robbed = run_elsewhere(rt); });
    EXPECT_NE(thief, std::this_thread::get_id());
    EXPECT_EQ(robbed, std::this_thread::get_id());
  }
}

TEST(RobbedFork, IsRobbedAndRobsInTurn) {
  runtime rt(searching(1));
  std::thread::id a, b, c, d;
  a = run_elsewhere(rt, [&] {
    b = run_elsewhere(rt, [&] { c = run_elsewhere(rt, [&] { d = run_elsewhere(rt); }); });
  });
  EXPECT_EQ(b, std::this_thread::get_id());
  EXPECT_EQ(d, b);
  EXPECT_EQ(c, a);
  EXPECT_NE(a, b);
}

// The robbed thread has gone to sleep when the thief begins to fork, and nobody can wake it.
TEST(RobbedFork, LooksNowAndThenWhileItSleeps) {
  options o = with_workers(1);
  o.search_us = 0;
  runtime rt(o);
  std::thread::id robbed;
  run_elsewhere(rt, [&] {
    for (int i = 0; i < 2000; ++i) std::this_thread::yield();
    robbed = run_elsewhere(rt);
  });
  EXPECT_EQ(robbed, std::this_thread::get_id());
}

TEST(RobbedGroup, LooksNowAndThenWhileItSleeps) {
  options o = with_workers(2);
  o.search_us = 0;
  runtime rt(o);
  std::thread::id robbed, maker;
  run_elsewhere(rt, [&] {
    maker = std::this_thread::get_id();
    std::atomic<bool> begun{false};
    task_group group(rt);
    group.run([&] {
      begun = true;
      for (int i = 0; i < 2000; ++i) std::this_thread::yield();
      robbed = run_elsewhere(rt);
    });
    spin_until_set(begun);
    group.wait();
  });
  EXPECT_EQ(robbed, maker);
}

TEST(RobbedFork, DeliversWhatAChildThatWasStolenBackThrows) {
  runtime rt(searching(1));
  EXPECT_THROW(run_elsewhere(rt,
                             [&] {
                               run_elsewhere(rt, [] { throw std::domain_error("stolen back"); });
                             }),
               std::domain_error);
}

TEST(RobbedGroup, RunsWhatItsMembersForkElsewhere) {
  runtime rt(searching(2));
  std::thread::id robbed;
  run_elsewhere(rt, [&] {  // so that the group is made inside a task
    std::atomic<bool> begun{false};
    task_group group(rt);
    group.run([&] {
      begun = true;
      robbed = run_elsewhere(rt);
    });
    spin_until_set(begun);
    const std::thread::id maker = std::this_thread::get_id();
    group.wait();
    EXPECT_EQ(robbed, maker);
  });
}

TEST(RobbedLoop, RunsPartsOfWhatWasStolen) {
  runtime rt(searching(1));
  // The right half is stolen while the first piece waits for it; its own right quarter can only be
  // run by the robbed thread.
  std::atomic<bool> right{false}, quarter{false};
  std::thread::id ran_quarter;
  parallel_for_pieces(
      rt, std::size_t{0}, std::size_t{4},
      [&](std::size_t from, std::size_t) {
        if (from == 0) spin_until_set(right);
        if (from == 2) {
          right = true;
          spin_until_set(quarter);
        }
        if (from == 3) {
          ran_quarter = std::this_thread::get_id();
          quarter = true;
        }
      },
      1);
  EXPECT_EQ(ran_quarter, std::this_thread::get_id());
}

// The thief helps a group of other people's meanwhile. What they queue is not for the robbed
// thread, though it waits for the thief.
TEST(RobbedFork, RunsNothingOfOthers) {
  runtime rt(searching(2));
  std::atomic<bool> blocked{false}, unblock{false}, stolen{false}, queued{false}, ran{false};
  std::thread::id where;
  rt.spawn([&] {
    blocked = true;
    spin_until_set(unblock);
  });
  spin_until_set(blocked);
  task_group others(rt);
  std::thread outside([&] {
    spin_until_set(stolen);
    others.run([&] {  // on the thief, which waits
      rt.fork_join(
          [&] {
            // Long enough for the robbed thread to take the other half, if it did.
            for (int i = 0; i < 2000; ++i) std::this_thread::yield();
            unblock = true;
            spin_until_set(ran);
          },
          [&] {
            where = std::this_thread::get_id();
            ran = true;
          });
    });
    queued = true;
  });
  rt.fork_join([&] { spin_until_set(stolen); },
               [&] {
                 stolen = true;
                 spin_until_set(queued);
                 others.wait();
               });
  outside.join();
  EXPECT_NE(where, std::this_thread::get_id());
}

TEST(RobbedFork, CountsWhatItHasRun) {
  runtime rt(searching(1));
  std::atomic<int> runs{0};
  for (int i = 0; i < 20; ++i) {
    run_elsewhere(rt, [&] {
      run_elsewhere(rt, [&] {
        for (int k = 0; k < 10; ++k) rt.spawn([&] { ++runs; });
      });
    });
  }
  rt.wait_idle();
  EXPECT_EQ(runs, 200);
}

}  // namespace
}  // namespace wyn::tests
