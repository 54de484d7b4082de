// fork(): the child is told that the runtime is its parent's, and can make one of its own.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

using counter = std::atomic<int>;

void count(void* arg) { static_cast<counter*>(arg)->fetch_add(1, std::memory_order_relaxed); }
void* identity(void* arg) { return arg; }

// Runs `body`, which returns whether all was well, in a child process.
template <class Body>
void in_child(const Body& body) {
  std::fflush(nullptr);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(body() ? 0 : 1);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

// For use in the child, where gtest's failures would be lost.
#define HOLDS(condition)                                        \
  do {                                                          \
    if (!(condition)) {                                         \
      std::fprintf(stderr, "does not hold: %s\n", #condition);  \
      return false;                                             \
    }                                                           \
  } while (false)

TEST(CapiFork, ChildIsToldAboutTheDefaultRuntimeOfItsParent) {
  counter ran{0};
  wyn_spawn_fast(count, &ran);
  wyn_spawn_wait();
  in_child([&] {
    HOLDS(wyn_spawn(count, &ran) == WYN_ERROR_FORKED);
    HOLDS(wyn_wait() == WYN_ERROR_FORKED);
    HOLDS(wyn_shutdown() == WYN_ERROR_FORKED);
    wyn_task* task = nullptr;
    HOLDS(wyn_submit(nullptr, identity, &ran, &task) == WYN_ERROR_FORKED);
    return true;
  });
  wyn_spawn_fast(count, &ran);
  wyn_spawn_wait();
  EXPECT_EQ(ran.load(), 2) << "the parent goes on";
}

TEST(CapiFork, ChildMakesADefaultRuntimeOfItsOwn) {
  counter ran{0};
  wyn_spawn_fast(count, &ran);
  wyn_spawn_wait();
  in_child([&] {
    HOLDS(wyn_init(nullptr) == WYN_OK);
    for (int i = 0; i < 1000; ++i) wyn_spawn_fast(count, &ran);
    wyn_spawn_wait();
    HOLDS(ran.load() == 1001);
    HOLDS(wyn_init(nullptr) == WYN_ERROR_RUNNING);
    HOLDS(wyn_shutdown() == WYN_OK);
    return true;
  });
  EXPECT_EQ(ran.load(), 1);
}

TEST(CapiFork, GrandchildToo) {
  counter ran{0};
  wyn_spawn_fast(count, &ran);
  wyn_spawn_wait();
  in_child([&] {
    HOLDS(wyn_init(nullptr) == WYN_OK);
    wyn_spawn_fast(count, &ran);
    const pid_t grandchild = fork();
    if (grandchild == 0) {
      bool ok = wyn_spawn(count, &ran) == WYN_ERROR_FORKED;
      ok = ok && wyn_init(nullptr) == WYN_OK && wyn_spawn(count, &ran) == WYN_OK;
      _exit(ok && wyn_wait() == WYN_OK ? 0 : 1);
    }
    int status = 1;
    HOLDS(waitpid(grandchild, &status, 0) == grandchild);
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    wyn_spawn_wait();
    HOLDS(ran.load() == 2);
    return true;
  });
}

TEST(CapiFork, ChildIsToldAboutARuntimeWithAHandle) {
  wyn_options o;
  ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
  o.workers = 1;
  wyn_runtime* rt = nullptr;
  ASSERT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  counter ran{0};
  wyn_task* done = nullptr;
  ASSERT_EQ(wyn_submit(rt, identity, &ran, &done), WYN_OK);
  ASSERT_EQ(wyn_task_join(done, nullptr), WYN_OK);
  in_child([&] {
    HOLDS(wyn_runtime_spawn(rt, count, &ran) == WYN_ERROR_FORKED);
    HOLDS(wyn_runtime_wait(rt) == WYN_ERROR_FORKED);
    HOLDS(wyn_runtime_shutdown(rt) == WYN_ERROR_FORKED);
    HOLDS(wyn_runtime_destroy(rt) == WYN_ERROR_FORKED);
    HOLDS(wyn_runtime_workers(rt) == 1);
    void* result = nullptr;
    HOLDS(wyn_task_join(done, &result) == WYN_OK && result == &ran);
    wyn_task_release(done);
    return true;
  });
  wyn_task_release(done);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
}

TEST(CapiFork, ChildIsToldAboutATaskThatNobodyHasBegun) {
  wyn_options o;
  ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
  o.workers = 0;
  wyn_runtime* rt = nullptr;
  ASSERT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  wyn_task* queued = nullptr;
  ASSERT_EQ(wyn_submit(rt, identity, rt, &queued), WYN_OK);
  in_child([&] {
    HOLDS(wyn_task_join(queued, nullptr) == WYN_ERROR_FORKED);
    return true;
  });
  EXPECT_EQ(wyn_task_join(queued, nullptr), WYN_OK);
  wyn_task_release(queued);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
}

TEST(CapiFork, ATaskMayForkAndLeave) {
  static std::atomic<int> status{-1};
  wyn_spawn_fast(
      [](void*) {
        const pid_t child = fork();
        if (child == 0) _exit(5);
        int s = 0;
        if (waitpid(child, &s, 0) == child && WIFEXITED(s)) status = WEXITSTATUS(s);
      },
      nullptr);
  wyn_spawn_wait();
  EXPECT_EQ(status.load(), 5);
}

using CapiForkDeath = ::testing::Test;

TEST_F(CapiForkDeath, SpawnFastInTheChildSaysWhatToDo) {
  GTEST_FLAG_SET(death_test_style, "fast");  // its fork is the one that is meant
  counter ran{0};
  wyn_spawn_fast(count, &ran);
  wyn_spawn_wait();
  EXPECT_DEATH(wyn_spawn_fast(count, &ran), "wyn_spawn_fast.*parent of a fork.*wyn_init");
}

}  // namespace
