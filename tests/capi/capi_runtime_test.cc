// Runtimes with a handle: spawning, waiting, shutting down, destroying, and misuse of each.
#include <atomic>
#include <thread>
#include <vector>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

using counter = std::atomic<int>;

void count(void* arg) { static_cast<counter*>(arg)->fetch_add(1, std::memory_order_relaxed); }

wyn_options with_workers(uint32_t workers) {
  wyn_options o;
  EXPECT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
  o.workers = workers;
  return o;
}

// A runtime for the length of a test.
struct owned_runtime {
  explicit owned_runtime(const wyn_options& o) {
    EXPECT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  }
  explicit owned_runtime(uint32_t workers) : owned_runtime(with_workers(workers)) {}
  ~owned_runtime() {
    if (rt != nullptr) {
      EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
    }
  }
  wyn_runtime* rt = nullptr;
};

class CapiRuntime : public ::testing::TestWithParam<uint32_t> {};

INSTANTIATE_TEST_SUITE_P(Workers, CapiRuntime, ::testing::Values(0u, 1u, 2u));

TEST_P(CapiRuntime, RunsEachTaskOnce) {
  owned_runtime r(GetParam());
  std::vector<counter> ran(10000);
  for (counter& c : ran) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &c), WYN_OK);
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  for (const counter& c : ran) ASSERT_EQ(c.load(), 1);
}

TEST_P(CapiRuntime, DestroyCompletesWhatIsQueued) {
  counter ran{0};
  {
    owned_runtime r(GetParam());
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  }
  EXPECT_EQ(ran.load(), 1000);
}

TEST_P(CapiRuntime, WaitCoversTasksThatTasksSpawn) {
  owned_runtime r(GetParam());
  struct chain {
    wyn_runtime* rt;
    int left;
    static void step(void* arg) {
      auto& c = *static_cast<chain*>(arg);
      if (--c.left > 0) {
        EXPECT_EQ(wyn_runtime_spawn(c.rt, step, arg), WYN_OK);
      }
    }
  } c{r.rt, 5000};
  ASSERT_EQ(wyn_runtime_spawn(r.rt, chain::step, &c), WYN_OK);
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(c.left, 0);
}

TEST(CapiRuntimeWorkers, IsWhatWasAskedFor) {
  owned_runtime r(3);
  EXPECT_EQ(wyn_runtime_workers(r.rt), 3u);
  EXPECT_EQ(wyn_runtime_workers(nullptr), 0u);
}

TEST(CapiRuntimeCreate, TakesDefaultOptionsForNull) {
  wyn_runtime* rt = nullptr;
  ASSERT_EQ(wyn_runtime_create(nullptr, &rt), WYN_OK);
  EXPECT_GE(wyn_runtime_workers(rt), 1u);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
}

TEST(CapiRuntimeMisuse, NullIsInvalidEverywhere) {
  owned_runtime r(0);
  counter c{0};
  EXPECT_EQ(wyn_runtime_create(nullptr, nullptr), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_runtime_destroy(nullptr), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_runtime_shutdown(nullptr), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_runtime_wait(nullptr), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_runtime_spawn(nullptr, count, &c), WYN_ERROR_INVALID);
  EXPECT_EQ(wyn_runtime_spawn(r.rt, nullptr, &c), WYN_ERROR_INVALID);
}

TEST(CapiRuntimeMisuse, SpawnAfterShutdownIsRefused) {
  owned_runtime r(1);
  counter ran{0};
  ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  EXPECT_EQ(wyn_runtime_shutdown(r.rt), WYN_OK);
  EXPECT_EQ(ran.load(), 1);
  EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_ERROR_SHUT_DOWN);
  std::thread([&] {
    EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_ERROR_SHUT_DOWN) << "on a new thread";
  }).join();
  EXPECT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(ran.load(), 1);
}

TEST(CapiRuntimeMisuse, SecondShutdownSaysSo) {
  owned_runtime r(1);
  EXPECT_EQ(wyn_runtime_shutdown(r.rt), WYN_OK);
  EXPECT_EQ(wyn_runtime_shutdown(r.rt), WYN_ERROR_SHUT_DOWN);
}

TEST(CapiRuntimeMisuse, OneOfTwoShutdownsAtATimeDoesTheWork) {
  for (int round = 0; round < 50; ++round) {
    owned_runtime r(1);
    counter ran{0};
    for (int i = 0; i < 100; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
    wyn_status other{};
    std::thread second([&] {
      other = wyn_runtime_shutdown(r.rt);
      EXPECT_EQ(ran.load(), 100) << "whoever returns from it finds everything done";
    });
    const wyn_status mine = wyn_runtime_shutdown(r.rt);
    EXPECT_EQ(ran.load(), 100);
    second.join();
    EXPECT_EQ(static_cast<int>(mine) + other, WYN_OK + WYN_ERROR_SHUT_DOWN);
  }
}

// What the functions that wait answer inside a task.
struct answers {
  wyn_runtime* rt;
  wyn_status wait, shutdown, destroy;
  static void ask(void* arg) {
    auto& a = *static_cast<answers*>(arg);
    a.wait = wyn_runtime_wait(a.rt);
    a.shutdown = wyn_runtime_shutdown(a.rt);
    a.destroy = wyn_runtime_destroy(a.rt);
  }
};

TEST_P(CapiRuntime, RefusesToWaitInsideATask) {
  owned_runtime r(GetParam());
  answers a{r.rt, WYN_OK, WYN_OK, WYN_OK};
  ASSERT_EQ(wyn_runtime_spawn(r.rt, answers::ask, &a), WYN_OK);
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(a.wait, WYN_ERROR_INSIDE_TASK);
  EXPECT_EQ(a.shutdown, WYN_ERROR_INSIDE_TASK);
  EXPECT_EQ(a.destroy, WYN_ERROR_INSIDE_TASK);
  counter ran{0};
  EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK) << "nothing was shut down";
}

TEST(CapiRuntimeSeveral, ATaskMayWaitForAnotherRuntime) {
  owned_runtime outer(1);
  struct inner_work {
    counter ran{0};
    static void run(void* arg) {
      owned_runtime inner(1);
      for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(wyn_runtime_spawn(inner.rt, count, &static_cast<inner_work*>(arg)->ran), WYN_OK);
      }
      EXPECT_EQ(wyn_runtime_wait(inner.rt), WYN_OK);
    }
  } work;
  ASSERT_EQ(wyn_runtime_spawn(outer.rt, inner_work::run, &work), WYN_OK);
  ASSERT_EQ(wyn_runtime_wait(outer.rt), WYN_OK);
  EXPECT_EQ(work.ran.load(), 100);
}

TEST(CapiRuntimeSeveral, KeepTheirTasksApart) {
  owned_runtime a(1), b(1), c(0);
  counter ran_a{0}, ran_b{0}, ran_c{0};
  for (int i = 0; i < 3000; ++i) {
    ASSERT_EQ(wyn_runtime_spawn(a.rt, count, &ran_a), WYN_OK);
    ASSERT_EQ(wyn_runtime_spawn(b.rt, count, &ran_b), WYN_OK);
    ASSERT_EQ(wyn_runtime_spawn(c.rt, count, &ran_c), WYN_OK);
  }
  ASSERT_EQ(wyn_runtime_wait(b.rt), WYN_OK);
  EXPECT_EQ(ran_b.load(), 3000);
  EXPECT_EQ(ran_c.load(), 0) << "without workers nothing runs before somebody waits";
  ASSERT_EQ(wyn_runtime_wait(a.rt), WYN_OK);
  EXPECT_EQ(ran_a.load(), 3000);
  ASSERT_EQ(wyn_runtime_wait(c.rt), WYN_OK);
  EXPECT_EQ(ran_c.load(), 3000);
}

TEST(CapiRuntimeFull, RefuseAnswersFullAndLosesNothing) {
  wyn_options o = with_workers(0);
  o.max_queued = 4;
  o.on_full = WYN_ON_FULL_REFUSE;
  owned_runtime r(o);
  counter ran{0};
  for (int i = 0; i < 4; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_ERROR_FULL);
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(ran.load(), 4);
  EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK) << "there is room again";
}

TEST(CapiRuntimeFull, RunInlineRunsTheTaskInTheCaller) {
  wyn_options o = with_workers(0);
  o.max_queued = 2;
  o.on_full = WYN_ON_FULL_RUN_INLINE;
  owned_runtime r(o);
  counter ran{0};
  for (int i = 0; i < 2; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_RAN_INLINE);
  EXPECT_EQ(ran.load(), 1);
}

TEST(CapiRuntimeThreads, ManyThreadsSpawnAtOnce) {
  owned_runtime r(1);
  counter ran{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
    });
  }
  for (std::thread& t : threads) t.join();
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(ran.load(), 20000);
}

}  // namespace
