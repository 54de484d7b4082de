// Every queued task can be taken by another thread while the thread that queued it is busy: in each
// test a busy task waits for tasks that only somebody else can run. A task out of reach shows as a
// hang.
#include <string>
#include <vector>

#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

constexpr int queued = 300;

TEST(Stealable, TasksInTheDequeOfABusyWorker) {
  runtime rt(with_workers(2));
  std::atomic<int> runs{0};
  std::atomic<bool> over{false};
  rt.spawn([&] {
    for (int i = 0; i < queued; ++i) rt.spawn([&] { runs.fetch_add(1); });
    spin_until([&] { return runs == queued; });
    over = true;
  });
  spin_until_set(over);  // this thread does not help
}

TEST(Stealable, TasksInTheDequeOfABusyWorkerWhenOnlyAWaitingThreadIsLeft) {
  runtime rt(with_workers(1));
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> runs{0};
    rt.spawn([&] {
      for (int i = 0; i < queued; ++i) rt.spawn([&] { runs.fetch_add(1); });
      spin_until([&] { return runs == queued; });
    });
    rt.wait_idle();  // whichever of the two threads runs the first task, the other runs the rest
  }
}

TEST(Stealable, TheNewestTaskToo) {
  runtime rt(with_workers(2));
  for (int round = 0; round < 200; ++round) {
    std::atomic<bool> ran{false};
    std::atomic<bool> over{false};
    rt.spawn([&] {
      rt.spawn([&] { ran = true; });  // the only one in that deque
      spin_until_set(ran);
      over = true;
    });
    spin_until_set(over);
  }
}

TEST(Stealable, TasksInTheRingOfAThreadThatNeitherWaitsNorSpawns) {
  runtime rt(with_workers(1));
  for (int round = 0; round < 100; ++round) {
    std::atomic<int> runs{0};
    for (int i = 0; i < round; ++i) rt.spawn([&] { runs.fetch_add(1); });
    spin_until([&] { return runs == round; });
  }
}

TEST(Stealable, TasksOfABlockThatAWorkerHasClaimed) {
  runtime rt(with_workers(2));
  for (int round = 0; round < 50; ++round) {
    // Both workers are held up until the ring is full of tasks, so that the next claim is a whole
    // block.
    std::atomic<bool> go{false};
    std::atomic<int> held{0};
    for (int i = 0; i < 2; ++i) {
      rt.spawn([&] {
        held.fetch_add(1);
        spin_until_set(go);
      });
      spin_until([&] { return held == i + 1; });
    }
    std::atomic<int> runs{0};
    std::atomic<bool> first{true};
    for (int i = 0; i < queued; ++i) {
      rt.spawn([&] {
        if (first.exchange(false)) spin_until([&] { return runs == queued - 1; });
        runs.fetch_add(1);
      });
    }
    go = true;
    spin_until([&] { return runs == queued; });
    rt.wait_idle();
  }
}

TEST(Stealable, TasksInTheDequeOfAWaitingThreadThatRunsALongTask) {
  runtime rt(with_workers(0));
  std::atomic<bool> long_task_runs{false};
  std::atomic<int> runs{0};
  rt.spawn([&] {
    for (int i = 0; i < queued; ++i) rt.spawn([&] { runs.fetch_add(1); });
    long_task_runs = true;
    spin_until([&] { return runs == queued; });
  });
  std::thread helper([&] {
    spin_until_set(long_task_runs);
    rt.wait_idle();
  });
  rt.wait_idle();
  helper.join();
}

TEST(Stealable, TasksThatAForkingThreadQueuedWithinF) {
  for (const bool in_task : {false, true}) {
    runtime rt(with_workers(in_task ? 2 : 1));
    std::atomic<int> runs{0};
    std::atomic<bool> over{false};
    const auto work = [&] {
      rt.fork_join(
          [&] {
            for (int i = 0; i < queued; ++i) rt.spawn([&] { runs.fetch_add(1); });
            spin_until([&] { return runs == queued + 1; });
          },
          [&] { runs.fetch_add(1); });
      over = true;
    };
    if (in_task) rt.spawn(work);
    else work();
    spin_until_set(over);
  }
}

// The join has popped the newest task, which then stays busy; all that lies below it is in reach.
TEST(Stealable, TasksAndGBelowATaskThatTheJoinOfAForkHasPopped) {
  for (const bool in_task : {false, true}) {
    runtime rt(with_workers(in_task ? 2 : 1));
    for (int round = 0; round < 20; ++round) {
      // The only other thread takes nothing before the join has popped.
      std::atomic<bool> held{false};
      std::atomic<bool> popped{false};
      std::atomic<int> runs{0};
      std::atomic<bool> over{false};
      std::thread::id joiner;
      std::thread::id popper;
      rt.spawn([&] {
        held = true;
        spin_until_set(popped);
      });
      const auto newest = [&] {
        popper = std::this_thread::get_id();
        popped = true;
        spin_until([&] { return runs == queued; });
      };
      const auto work = [&] {
        spin_until_set(held);
        joiner = std::this_thread::get_id();
        rt.fork_join(
            [&] {
              for (int i = 0; i < queued - 1; ++i) rt.spawn([&] { runs.fetch_add(1); });
              rt.spawn(newest);
            },
            [&] { runs.fetch_add(1); });
        over = true;
      };
      if (in_task) rt.spawn(work);
      else work();
      spin_until_set(over);
      EXPECT_EQ(popper, joiner);
      rt.wait_idle();
    }
  }
}

TEST(Stealable, MembersOfAGroupBelowOneThatItsWaitHasPopped) {
  runtime rt(with_workers(1));
  for (int round = 0; round < 20; ++round) {
    std::atomic<bool> held{false};
    std::atomic<bool> popped{false};
    std::atomic<int> runs{0};
    rt.spawn([&] {
      held = true;
      spin_until_set(popped);
    });
    spin_until_set(held);
    task_group group(rt);
    // Whichever is popped first stays busy.
    std::atomic<bool> first{true};
    for (int i = 0; i < queued; ++i) {
      group.run([&] {
        if (first.exchange(false)) {
          popped = true;
          spin_until([&] { return runs == queued - 1; });
        }
        runs.fetch_add(1);
      });
    }
    group.wait();
    EXPECT_EQ(runs, queued);
    rt.wait_idle();
  }
}

TEST(Stealable, TheOtherHalfOfEachNestedFork) {
  runtime rt(with_workers(2));
  std::atomic<int> runs{0};
  rt.fork_join(
      [&] {
        rt.fork_join([&] { spin_until([&] { return runs == 2; }); }, [&] { runs.fetch_add(1); });
      },
      [&] { runs.fetch_add(1); });
  EXPECT_EQ(runs, 2);
}

TEST(Stealable, TasksOfAThreadThatIsStuckInAJoin) {
  runtime rt(with_workers(3));
  std::atomic<bool> begun{false};
  std::atomic<bool> ran{false};
  auto slow = rt.submit([&] {
    begun = true;
    spin_until_set(ran);
  });
  spin_until_set(begun);
  std::atomic<bool> over{false};
  rt.spawn([&] {
    rt.spawn([&] { ran = true; });
    slow.join();  // blocks: another thread runs it, and it waits for the task just queued
    over = true;
  });
  spin_until_set(over);
  rt.wait_idle();
}

TEST(Stealable, ATaskOfABusyThreadEvenIfTheOthersNeverRunOutOfTheirOwn) {
  for (const unsigned workers : {1u, 2u}) {
    runtime rt(with_workers(workers));
    struct yielder {
      runtime& rt;
      std::atomic<int> turns{0};
      std::atomic<bool> stop{false};
      void run() {
        turns.fetch_add(1);
        if (!stop) rt.spawn([this] { run(); });
      }
    } y{rt};
    for (unsigned i = 0; i < workers; ++i) rt.spawn([&] { y.run(); });
    rt.spawn([&] {
      spin_until([&] { return y.turns > 1000; });
      rt.spawn([&] { y.stop = true; });
      spin_until([&] { return y.stop.load(); });
    });
    rt.wait_idle();
    EXPECT_TRUE(y.stop);
  }
}

// The worker goes back to a ring from which a whole block came, but not for ever.
TEST(Stealable, ATaskInOneRingThoughAnotherAlwaysHoldsBlocks) {
  options o = with_workers(1);
  o.max_queued = 8192;
  o.on_full = full_policy::error;
  runtime rt(o);
  std::atomic<bool> ran{false};
  std::atomic<int> refused{0};
  std::thread never_done([&] {
    const auto take_some_time = [] {
      for (int i = 0; i < 50'000; ++i) asm volatile("");
    };
    while (!ran) {
      if (rt.try_spawn(take_some_time) == spawn_status::queued) continue;
      refused.fetch_add(1);
      std::this_thread::yield();
    }
  });
  spin_until([&] { return refused > 0; });
  rt.spawn([&] { ran = true; });
  never_done.join();
}

TEST(Stealable, TasksLeftByAThreadThatHasEnded) {
  runtime rt(with_workers(1));
  std::atomic<bool> held{false};
  std::atomic<bool> go{false};
  rt.spawn([&] {
    held = true;
    spin_until_set(go);
  });
  spin_until_set(held);
  std::atomic<int> runs{0};
  std::thread([&] {
    for (int i = 0; i < queued; ++i)
      rt.spawn([&, text = std::string(40, 'x')] { runs.fetch_add(1); });
  }).join();
  EXPECT_EQ(runs, 0);
  go = true;
  spin_until([&] { return runs == queued; });
}

}  // namespace
}  // namespace wyn::tests
