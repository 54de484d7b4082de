// fork(): the child has no workers, so its copy of the runtime answers with errors, and a new one
// works.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "core/coro/sync_wait.h"
#include "core/coro/task.h"
#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

// Failures in a child are told by its exit status: 0, or the number of the step that went wrong.
#define STEP(number, condition)     \
  do {                              \
    if (!(condition)) _exit(number); \
  } while (false)

// Runs `body` in a forked child that must not live long; its wait status.
template <class Body>
int in_child(const Body& body) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    body();
    _exit(0);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

::testing::AssertionResult exited_cleanly(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return ::testing::AssertionSuccess();
  if (WIFEXITED(status)) {
    return ::testing::AssertionFailure() << "the child failed in step " << WEXITSTATUS(status);
  }
  return ::testing::AssertionFailure() << "the child died of signal " << WTERMSIG(status)
                                       << (WTERMSIG(status) == SIGALRM ? ": it hung" : "");
}

template <class Call>
bool throws_forked(const Call& call) {
  try {
    call();
  } catch (const spawn_error& e) {
    return e.status() == spawn_status::forked;
  }
  return false;
}

TEST(Fork, TheChildsCopyOfTheRuntimeRefusesWork) {
  for (const unsigned workers : {0u, 2u}) {
    runtime rt(with_workers(workers));
    rt.spawn([] {});
    rt.wait_idle();
    const int status = in_child([&] {
      STEP(1, rt.try_spawn([] {}) == spawn_status::forked);
      STEP(2, rt.try_spawn([text = std::string(40, 'x')] {}) == spawn_status::forked);
      STEP(3, rt.try_spawn_raw([](void*) {}, nullptr) == spawn_status::forked);
      STEP(4, throws_forked([&] { rt.spawn([] {}); }));
      STEP(5, throws_forked([&] { rt.submit([] {}).detach(); }));
      STEP(6, throws_forked([&] { rt.wait_idle(); }));
      STEP(7, throws_forked([&] { rt.fork_join([] {}, [] {}); }));
      STEP(8, throws_forked([&] { rt.shutdown(); }));
    });
    EXPECT_TRUE(exited_cleanly(status));
    rt.spawn([] {});  // the parent's runtime goes on
    rt.wait_idle();
  }
}

task<int> answer() { co_return 42; }

TEST(Fork, TheChildCannotWaitForACoroutine) {
  runtime rt(with_workers(1));
  EXPECT_EQ(sync_wait(rt, answer()), 42);
  const int status = in_child([&] {
    STEP(1, throws_forked([&] { sync_wait(rt, answer()); }));
    STEP(2, throws_forked([&] { spawn(rt, []() -> task<> { co_return; }()); }));
  });
  EXPECT_TRUE(exited_cleanly(status));
}

// Whether the thread is inside a task is asked of each.
TEST(Fork, TheChildsGroupsRefuseWorkAndBringNoneInto) {
  runtime rt(with_workers(1));
  rt.spawn([] {});
  rt.wait_idle();
  task_group parents(rt);
  const int status = in_child([&] {
    task_group own(rt);
    STEP(1, rt.try_spawn([] {}) == spawn_status::forked);
    STEP(2, throws_forked([&] { own.run([] {}); }));
    STEP(3, throws_forked([&] { parents.run([] {}); }));
    STEP(4, own.wait() == group_status::complete);
  });
  EXPECT_TRUE(exited_cleanly(status));
}

TEST(Fork, TheChildsHandlesOfUnfinishedTasksThrowAndOfFinishedOnesReturn) {
  runtime rt(with_workers(1));
  std::atomic<bool> begun{false};
  std::atomic<bool> go{false};
  auto done =
      rt.submit([] { return std::string("a result from before the fork, of some length"); });
  done.join();
  auto running = rt.submit([&] {
    begun = true;
    spin_until_set(go);
    return 1;
  });
  spin_until_set(begun);
  auto queued = rt.submit([] { return 2; });
  const int status = in_child([&] {
    STEP(1, done.get() == "a result from before the fork, of some length");
    STEP(2, throws_forked([&] { running.get(); }));
    STEP(3, throws_forked([&] { queued.get(); }));
  });
  EXPECT_TRUE(exited_cleanly(status));
  go = true;
  EXPECT_EQ(running.get(), 1);
  EXPECT_EQ(queued.get(), 2);
}

TEST(Fork, TheChildsDestructorOfTheRuntimeDoesNotHang) {
  auto rt = std::make_unique<runtime>(with_workers(2));
  for (int i = 0; i < 100; ++i) rt->spawn([text = std::string(40, 'x')] {});
  const int status = in_child([&] { rt.reset(); });
  EXPECT_TRUE(exited_cleanly(status));
}

// Trimming is done under a lock. Another thread holds it most of the time here, and so does
// nobody's copy in the child, for ever.
TEST(Fork, TheChildMayAskForATrim) {
  runtime rt(with_workers(1));
  constexpr int leavers = 300;
  std::atomic<int> come{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < leavers; ++i) {
    threads.emplace_back([&] {
      rt.spawn([] {});
      ++come;
      while (come < leavers) std::this_thread::yield();  // each has a participant of its own
    });
  }
  for (std::thread& t : threads) t.join();
  std::atomic<bool> stop{false};
  std::thread trimmer([&] {
    while (!stop) rt.trim();
  });
  int clean = 0;
  while (clean < 40 && exited_cleanly(in_child([&] { rt.trim(); }))) ++clean;
  EXPECT_EQ(clean, 40) << "a child hung";
  stop = true;
  trimmer.join();
}

TEST(Fork, TheChildExitsCleanlyByExit) {
  static runtime rt(with_workers(2));  // its destructor runs in the child's exit
  for (int i = 0; i < 100; ++i) rt.spawn([text = std::string(40, 'x')] {});
  const int status = in_child([] { std::exit(0); });
  EXPECT_TRUE(exited_cleanly(status));
  rt.wait_idle();
}

TEST(Fork, TheChildMayMakeARuntimeOfItsOwn) {
  runtime rt(with_workers(2));
  rt.spawn([] {});
  rt.wait_idle();
  const int status = in_child([] {
    std::atomic<int> runs{0};
    {
      runtime own(with_workers(2));
      for (int i = 0; i < 1000; ++i)
        own.spawn([&, text = std::string(40, 'x')] { runs.fetch_add(1); });
      own.wait_idle();
      STEP(1, runs == 1000);
      STEP(2, own.submit([] { return 5; }).get() == 5);
      std::thread([&] { own.spawn([&] { runs.fetch_add(1); }); }).join();
    }
    STEP(3, runs == 1001);
  });
  EXPECT_TRUE(exited_cleanly(status));
}

TEST(Fork, SoMayTheChildOfAChild) {
  runtime rt(with_workers(1));
  rt.spawn([] {});
  const int status = in_child([] {
    runtime own(with_workers(1));
    own.spawn([] {});
    const int inner = in_child([&] {
      STEP(1, own.try_spawn([] {}) == spawn_status::forked);
      runtime third(with_workers(1));
      STEP(2, third.submit([] { return 3; }).get() == 3);
    });
    STEP(3, WIFEXITED(inner) && WEXITSTATUS(inner) == 0);
    own.wait_idle();
  });
  EXPECT_TRUE(exited_cleanly(status));
  rt.wait_idle();
}

TEST(Fork, WhileOtherThreadsSpawnAndComeAndGo) {
  runtime rt(with_workers(2));
  std::atomic<bool> stop{false};
  std::thread spawner([&] {
    while (!stop) {
      rt.spawn([text = std::string(40, 'x')] {});
      std::thread([&] { rt.spawn([] {}); }).join();
    }
  });
  for (int i = 0; i < 30; ++i) {
    const int status = in_child([&] {
      STEP(1, rt.try_spawn([] {}) == spawn_status::forked);
      runtime own(with_workers(1));
      STEP(2, own.submit([] { return 1; }).get() == 1);
    });
    EXPECT_TRUE(exited_cleanly(status));
  }
  stop = true;
  spawner.join();
  rt.wait_idle();
}

// A task that forks and returns in the child: its standard error and wait status.
struct outcome {
  int status = 0;
  std::string text;
};

outcome fork_in_a_task_and_return(unsigned workers, bool use_another_runtime_first) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  std::atomic<pid_t> child{0};
  {
    runtime rt(with_workers(workers));
    runtime another(with_workers(0));
    rt.spawn([&] {
      if (use_another_runtime_first) another.spawn([] {});
      const pid_t pid = fork();
      if (pid != 0) {
        child = pid;
        return;
      }
      alarm(20);
      dup2(ends[1], 2);
      close(ends[0]);
      close(ends[1]);
    });
    rt.wait_idle();
    another.wait_idle();
  }
  close(ends[1]);
  outcome o;
  char buffer[256];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;) {
    o.text.append(buffer, static_cast<std::size_t>(n));
  }
  close(ends[0]);
  EXPECT_EQ(waitpid(child, &o.status, 0), child);
  return o;
}

TEST(Fork, ATaskThatReturnsInTheChildDiesWithAMessage) {
  for (const unsigned workers : {0u, 1u}) {
    for (const bool another_first : {false, true}) {
      SCOPED_TRACE(std::to_string(workers) + " workers, another runtime used first: " +
                   std::to_string(another_first));
      const outcome o = fork_in_a_task_and_return(workers, another_first);
      EXPECT_TRUE(WIFSIGNALED(o.status) && WTERMSIG(o.status) == SIGABRT)
          << "wait status " << o.status;
      EXPECT_NE(o.text.find("wyn: a task that called fork()"), std::string::npos) << o.text;
    }
  }
}

TEST(Fork, ATaskMayForkAndExit) {
  runtime rt(with_workers(1));
  std::atomic<int> status{-1};
  rt.spawn([&] { status = in_child([] {}); });
  rt.wait_idle();
  EXPECT_TRUE(exited_cleanly(status));
}

}  // namespace
}  // namespace wyn::tests
