// A task that ends its thread: pthread_exit, or a cancellation, unwinds through the runtime.
#include <pthread.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/parallel.h"
#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

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
      if (join)
        h.join();
      else
        rt.wait_idle();
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

TEST(TaskThatEndsItsThread, AsAPieceOfALoopLeavesNoOtherPieceOut) {
  for (const unsigned workers : {0u, 2u}) {
    runtime rt(with_workers(workers));
    for (const int last : {0, 1, 5, 15, 16, 39}) {
      std::atomic<int> others{0};
      std::thread victim([&] {
        const auto here = std::this_thread::get_id();
        bool ended = false;
        parallel_for(
            rt, 0, 40,
            [&](int i) {
              if (i >= last && std::this_thread::get_id() == here && !std::exchange(ended, true)) {
                pthread_exit(nullptr);
              }
              ++others;
            },
            1);
        // All pieces from `last` on were stolen.
      });
      victim.join();
      EXPECT_GE(others, 39);
      rt.wait_idle();
    }
  }
}

// The forking thread runs what f has spawned before it calls g.
TEST(TaskThatEndsItsThread, AsAChildOfAForkCompletesTheOtherHalf) {
  runtime rt(with_workers(0));
  for (const bool f_throws : {false, true}) {
    bool g_ran = false;
    bool last_ran = false;
    std::thread victim([&] {
      rt.fork_join(
          [&] {
            rt.spawn([&] { last_ran = true; });
            rt.spawn([] { pthread_exit(nullptr); });
            if (f_throws) throw std::runtime_error("f");
          },
          [&] {
            g_ran = true;
            return std::string(40, 'x');
          });
      ADD_FAILURE() << "the thread lives on";
    });
    victim.join();
    EXPECT_TRUE(g_ran);
    EXPECT_TRUE(last_ran);
    rt.wait_idle();
  }
}

// A thread that waits for a thief runs what the thief forks, and that ends it: the thief's half
// must be over before the stack goes, and what it returned is destroyed.
TEST(TaskThatEndsItsThread, OnTopOfARobbedForkWaitsForTheThief) {
  struct counted {
    explicit counted(std::atomic<int>* n) : alive(n) { ++*alive; }
    counted(counted&& other) noexcept : alive(other.alive) { ++*alive; }
    counted(const counted&) = delete;
    ~counted() { --*alive; }
    std::atomic<int>* alive;
  };
  options o = with_workers(1);
  o.search_us = 1'000'000;
  runtime rt(o);
  std::atomic<int> alive{0};
  std::atomic<bool> thief_is_done{false}, thief_saw_error{false};
  std::thread([&] {
    std::atomic<bool> stolen{false}, stolen_back{false};
    rt.fork_join([&] { spin_until_set(stolen); },
                 [&] {
                   stolen = true;
                   try {
                     rt.fork_join([&] { spin_until_set(stolen_back); },
                                  [&] {
                                    stolen_back = true;
                                    pthread_exit(nullptr);
                                  });
                   } catch (const std::runtime_error&) {
                     thief_saw_error = true;
                   }
                   // Long enough for the other thread to end, if it did not wait.
                   for (int i = 0; i < 2000; ++i) std::this_thread::yield();
                   thief_is_done = true;
                   return counted(&alive);
                 });
    ADD_FAILURE() << "the thread has ended within the join";
  }).join();
  EXPECT_TRUE(thief_saw_error);
  EXPECT_TRUE(thief_is_done);
  EXPECT_EQ(alive, 0);
  rt.wait_idle();
}

TEST(TaskThatEndsItsThread, AsAMemberIsAnErrorOfItsGroup) {
  runtime rt(with_workers(2));
  std::atomic<bool> gone{false};
  task_group group(rt);
  group.run([&] {
    gone = true;
    pthread_exit(nullptr);
  });
  spin_until_set(gone);  // the test's own thread runs no member meanwhile
  std::string message;
  try {
    group.wait();
  } catch (const std::runtime_error& e) {
    message = e.what();
  }
  EXPECT_NE(message.find("ended its thread"), std::string::npos) << message;
}

TEST(TaskThatEndsItsThread, WithinAScopeWaitsForTheMembers) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> ran{0};
    std::thread victim([&] {
      scope(rt, [&](task_group& g) {
        for (int i = 0; i < 20; ++i) g.run([&] { ++ran; });
        pthread_exit(nullptr);
      });
      ADD_FAILURE() << "the thread lives on";
    });
    victim.join();
    EXPECT_EQ(ran, 20);
  }
}

TEST(TaskThatEndsItsThread, OnTopOfAWaitingTaskLetsTheGroupEndFirst) {
  runtime rt(with_workers(1));
  counted::reset();
  std::atomic<bool> gone{false};
  rt.spawn([&] {
    struct at_exit {
      std::atomic<bool>& gone;
      ~at_exit() {
        EXPECT_EQ(counted::alive, 0) << "the group was left before its members";
        gone = true;
      }
    } const guard{gone};
    task_group group;
    for (int i = 0; i < 10; ++i) {
      group.run([i, c = counted{}] {
        if (i == 5) pthread_exit(nullptr);
      });
    }
    group.wait();
  });
  spin_until_set(gone);  // the test's own thread runs no member meanwhile
}

// The spawn is noexcept and cannot be unwound.
TEST(TaskThatEndsItsThreadDeathTest, RunInlineSaysWhatToDo) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        options o = with_workers(0);
        o.max_queued = 1;
        o.on_full = full_policy::run_inline;
        runtime rt(o);
        rt.spawn([] {});
        rt.spawn([] { pthread_exit(nullptr); });
      },
      "wyn: a task that ran within its spawn.*ended its thread.*on_full");
}

}  // namespace
}  // namespace wyn::tests
