// The default runtime through the C interface. It is one for the process, so each test ends it, and
// the next one begins with wyn_init. Tests that need a process without one run it as a child.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

using counter = std::atomic<int>;

void count(void* arg) { static_cast<counter*>(arg)->fetch_add(1, std::memory_order_relaxed); }
void* count_and_return(void* arg) {
  count(arg);
  return arg;
}

class CapiDefault : public ::testing::TestWithParam<uint32_t> {
 protected:
  void SetUp() override {
    wyn_options o;
    ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
    o.workers = GetParam();
    ASSERT_EQ(wyn_init(&o), WYN_OK);
  }
  void TearDown() override { wyn_shutdown(); }
};

INSTANTIATE_TEST_SUITE_P(Workers, CapiDefault, ::testing::Values(0u, 1u, 2u));

TEST_P(CapiDefault, SpawnFastRunsEachTaskOnce) {
  std::vector<counter> ran(100000);
  for (counter& c : ran) wyn_spawn_fast(count, &c);
  wyn_spawn_wait();
  for (const counter& c : ran) ASSERT_EQ(c.load(), 1);
}

TEST_P(CapiDefault, SpawnAnswersAndRunsEachTaskOnce) {
  std::vector<counter> ran(10000);
  for (counter& c : ran) ASSERT_EQ(wyn_spawn(count, &c), WYN_OK);
  EXPECT_EQ(wyn_wait(), WYN_OK);
  for (const counter& c : ran) ASSERT_EQ(c.load(), 1);
}

TEST_P(CapiDefault, TasksSpawnFastToo) {
  struct tree {
    counter left{1 << 12};
    static void run(void* arg) {
      auto& t = *static_cast<tree*>(arg);
      for (int i = 0; i < 2; ++i) {
        if (t.left.fetch_sub(1) > 0) wyn_spawn_fast(run, arg);
      }
      t.ran.fetch_add(1);
    }
    counter ran{0};
  } t;
  wyn_spawn_fast(tree::run, &t);
  wyn_spawn_wait();
  EXPECT_EQ(t.ran.load(), (1 << 12) + 1);
}

TEST_P(CapiDefault, ManyThreadsSpawnFastAtOnce) {
  counter ran{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&ran] {
      for (int i = 0; i < 5000; ++i) wyn_spawn_fast(count, &ran);
    });
  }
  for (std::thread& t : threads) t.join();
  wyn_spawn_wait();
  EXPECT_EQ(ran.load(), 20000);
}

TEST_P(CapiDefault, SubmitWithoutARuntimeGoesThere) {
  counter ran{0};
  wyn_task* task = nullptr;
  ASSERT_EQ(wyn_submit(nullptr, count_and_return, &ran, &task), WYN_OK);
  void* result = nullptr;
  EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
  EXPECT_EQ(result, &ran);
  EXPECT_EQ(ran.load(), 1);
  wyn_task_release(task);
}

TEST_P(CapiDefault, SpawnOfNullIsInvalid) {
  EXPECT_EQ(wyn_spawn(nullptr, this), WYN_ERROR_INVALID);
}

TEST_P(CapiDefault, SecondInitIsRefused) { EXPECT_EQ(wyn_init(nullptr), WYN_ERROR_RUNNING); }

TEST_P(CapiDefault, WaitingInsideATaskIsRefused) {
  struct answers {
    wyn_status wait, shutdown;
    static void ask(void* arg) {
      auto& a = *static_cast<answers*>(arg);
      a.wait = wyn_wait();
      a.shutdown = wyn_shutdown();
    }
  } a{};
  wyn_spawn_fast(answers::ask, &a);
  wyn_spawn_wait();
  EXPECT_EQ(a.wait, WYN_ERROR_INSIDE_TASK);
  EXPECT_EQ(a.shutdown, WYN_ERROR_INSIDE_TASK);
}

TEST_P(CapiDefault, ShutdownCompletesEverythingAndThenRefuses) {
  counter ran{0};
  for (int i = 0; i < 1000; ++i) wyn_spawn_fast(count, &ran);
  EXPECT_EQ(wyn_shutdown(), WYN_OK);
  EXPECT_EQ(ran.load(), 1000);
  EXPECT_EQ(wyn_spawn(count, &ran), WYN_ERROR_SHUT_DOWN);
  EXPECT_EQ(wyn_shutdown(), WYN_ERROR_SHUT_DOWN);
  EXPECT_EQ(wyn_wait(), WYN_OK) << "there is nothing to wait for";
  wyn_task* task = nullptr;
  EXPECT_EQ(wyn_submit(nullptr, count_and_return, &ran, &task), WYN_ERROR_SHUT_DOWN);
  EXPECT_EQ(ran.load(), 1000);
}

TEST_P(CapiDefault, InitAfterShutdownStartsANewOne) {
  counter ran{0};
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 10; ++i) wyn_spawn_fast(count, &ran);
    ASSERT_EQ(wyn_shutdown(), WYN_OK);
    ASSERT_EQ(wyn_init(nullptr), WYN_OK);
    for (int i = 0; i < 10; ++i) wyn_spawn_fast(count, &ran);
    wyn_spawn_wait();
    ASSERT_EQ(ran.load(), 20 * (round + 1));
  }
}

TEST_P(CapiDefault, InitIsRefusedWhileATaskOfTheLastOneIsNotReleased) {
  counter ran{0};
  wyn_task* task = nullptr;
  ASSERT_EQ(wyn_submit(nullptr, count_and_return, &ran, &task), WYN_OK);
  ASSERT_EQ(wyn_shutdown(), WYN_OK);
  EXPECT_EQ(wyn_init(nullptr), WYN_ERROR_BUSY);
  EXPECT_EQ(wyn_task_join(task, nullptr), WYN_OK);
  wyn_task_release(task);
  EXPECT_EQ(wyn_init(nullptr), WYN_OK);
}

TEST_P(CapiDefault, IsNotTheRuntimeOfATaskElsewhere) {
  wyn_runtime* rt = nullptr;
  wyn_options o;
  ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
  o.workers = 1;
  ASSERT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  counter ran{0};
  const auto spawn_to_default = [](void* arg) { wyn_spawn_fast(count, arg); };
  for (int i = 0; i < 100; ++i) ASSERT_EQ(wyn_runtime_spawn(rt, spawn_to_default, &ran), WYN_OK);
  ASSERT_EQ(wyn_runtime_wait(rt), WYN_OK);
  wyn_spawn_wait();
  EXPECT_EQ(ran.load(), 100);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
}

// Each of these runs as the body of a process of its own.
class CapiProcess : public ::testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::_Exit(2);
}
#define REQUIRE(condition) require(condition, #condition)

void say(void* text) { std::fputs(static_cast<const char*>(text), stderr); }

TEST_F(CapiProcess, FirstSpawnMakesTheDefaultRuntime) {
  EXPECT_EXIT(
      {
        REQUIRE(wyn_wait() == WYN_OK);
        wyn_spawn_wait();
        counter ran{0};
        wyn_spawn_fast(count, &ran);
        wyn_spawn_wait();
        REQUIRE(ran.load() == 1);
        REQUIRE(wyn_init(nullptr) == WYN_ERROR_RUNNING);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST_F(CapiProcess, ShutdownBeforeTheFirstUseDoesNothing) {
  EXPECT_EXIT(
      {
        REQUIRE(wyn_shutdown() == WYN_OK);
        counter ran{0};
        wyn_spawn_fast(count, &ran);
        REQUIRE(wyn_shutdown() == WYN_OK);
        REQUIRE(ran.load() == 1);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST_F(CapiProcess, WrongOptionsForInitLeaveNothingBehind) {
  EXPECT_EXIT(
      {
        wyn_options o;
        REQUIRE(wyn_options_init(&o, sizeof o) == WYN_OK);
        o.workers = 5000;
        REQUIRE(wyn_init(&o) == WYN_ERROR_INVALID);
        o.workers = 1;
        REQUIRE(wyn_init(&o) == WYN_OK);
        std::_Exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST_F(CapiProcess, EndOfTheProcessRunsWhatIsQueued) {
  EXPECT_EXIT(
      {
        wyn_options o;
        REQUIRE(wyn_options_init(&o, sizeof o) == WYN_OK);
        o.workers = 0;
        REQUIRE(wyn_init(&o) == WYN_OK);
        static char text[] = "the task ran";
        wyn_spawn_fast(say, text);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "the task ran");
}

TEST_F(CapiProcess, ExitInsideATaskEndsTheProcess) {
  EXPECT_EXIT(
      {
        wyn_spawn_fast([](void*) { std::exit(7); }, nullptr);
        wyn_spawn_wait();
        pause();  // a worker has it
      },
      ::testing::ExitedWithCode(7), "");
}

TEST_F(CapiProcess, EndWithATaskThatIsNotReleasedIsNoError) {
  EXPECT_EXIT(
      {
        static counter ran{0};
        wyn_task* task = nullptr;
        REQUIRE(wyn_submit(nullptr, count_and_return, &ran, &task) == WYN_OK);
        std::exit(0);
      },
      ::testing::ExitedWithCode(0), "");
}

}  // namespace
