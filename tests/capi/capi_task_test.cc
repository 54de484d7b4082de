// Tasks with a handle: results, joins, releases, and what a runtime does with tasks that are not
// released.
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

void* next_to(void* arg) { return static_cast<char*>(arg) + 1; }

class CapiTask : public ::testing::TestWithParam<uint32_t> {
 protected:
  void SetUp() override {
    wyn_options o;
    ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
    o.workers = GetParam();
    ASSERT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  }
  void TearDown() override {
    if (rt != nullptr) {
      EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
    }
  }

  wyn_task* submit(void* (*func)(void*), void* arg) {
    wyn_task* task = nullptr;
    EXPECT_EQ(wyn_submit(rt, func, arg, &task), WYN_OK);
    EXPECT_NE(task, nullptr);
    return task;
  }

  wyn_runtime* rt = nullptr;
};

INSTANTIATE_TEST_SUITE_P(Workers, CapiTask, ::testing::Values(0u, 1u, 2u));

TEST_P(CapiTask, DeliversWhatTheFunctionReturns) {
  char bytes[2];
  wyn_task* task = submit(next_to, bytes);
  void* result = nullptr;
  EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
  EXPECT_EQ(result, bytes + 1);
  wyn_task_release(task);
}

TEST_P(CapiTask, CanBeJoinedTwiceAndWithoutAResult) {
  char bytes[2];
  wyn_task* task = submit(next_to, bytes);
  EXPECT_EQ(wyn_task_join(task, nullptr), WYN_OK);
  EXPECT_EQ(wyn_task_done(task), 1);
  void* result = nullptr;
  EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
  EXPECT_EQ(result, bytes + 1);
  wyn_task_release(task);
}

TEST_P(CapiTask, CanBeJoinedByManyThreadsAtOnce) {
  char bytes[2];
  for (int round = 0; round < 50; ++round) {
    wyn_task* task = submit(next_to, bytes);
    std::vector<std::thread> joiners;
    for (int i = 0; i < 3; ++i) {
      joiners.emplace_back([&] {
        void* result = nullptr;
        EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
        EXPECT_EQ(result, bytes + 1);
      });
    }
    for (std::thread& j : joiners) j.join();
    wyn_task_release(task);
  }
}

TEST_P(CapiTask, RunsThoughItIsReleasedAtOnce) {
  std::atomic<int> ran{0};
  const auto count = [](void* arg) -> void* {
    static_cast<std::atomic<int>*>(arg)->fetch_add(1);
    return nullptr;
  };
  for (int i = 0; i < 1000; ++i) wyn_task_release(submit(count, &ran));
  ASSERT_EQ(wyn_runtime_wait(rt), WYN_OK);
  EXPECT_EQ(ran.load(), 1000);
}

TEST_P(CapiTask, RunsOnceThoughJoinerAndWorkerBothWantIt) {
  std::atomic<int> ran{0};
  const auto count = [](void* arg) -> void* {
    static_cast<std::atomic<int>*>(arg)->fetch_add(1);
    return nullptr;
  };
  std::vector<wyn_task*> tasks;
  for (int i = 0; i < 2000; ++i) tasks.push_back(submit(count, &ran));
  for (wyn_task* t : tasks) {
    ASSERT_EQ(wyn_task_join(t, nullptr), WYN_OK);
    wyn_task_release(t);
  }
  EXPECT_EQ(ran.load(), 2000);
  ASSERT_EQ(wyn_runtime_wait(rt), WYN_OK);
  EXPECT_EQ(ran.load(), 2000);
}

TEST_P(CapiTask, CanBeJoinedInsideATask) {
  struct work {
    wyn_runtime* rt;
    char bytes[2];
    static void* outer(void* arg) {
      auto& w = *static_cast<work*>(arg);
      wyn_task* inner = nullptr;
      EXPECT_EQ(wyn_submit(w.rt, next_to, w.bytes, &inner), WYN_OK);
      void* result = nullptr;
      EXPECT_EQ(wyn_task_join(inner, &result), WYN_OK);
      wyn_task_release(inner);
      return result;
    }
  } w{rt, {}};
  wyn_task* task = submit(work::outer, &w);
  void* result = nullptr;
  EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
  EXPECT_EQ(result, w.bytes + 1);
  wyn_task_release(task);
}

TEST_P(CapiTask, DestroyIsRefusedWhileOneIsNotReleased) {
  char bytes[2];
  wyn_task* task = submit(next_to, bytes);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_ERROR_BUSY);
  void* result = nullptr;
  EXPECT_EQ(wyn_task_done(task), 1) << "it is shut down, which completes the task";
  EXPECT_EQ(wyn_task_join(task, &result), WYN_OK);
  EXPECT_EQ(result, bytes + 1);
  wyn_task_release(task);
  EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
  rt = nullptr;
}

TEST_P(CapiTask, CanBeReleasedByAThreadThatNeverUsedTheRuntime) {
  char bytes[2];
  for (int round = 0; round < 100; ++round) {
    wyn_task* task = submit(next_to, bytes);
    ASSERT_EQ(wyn_task_join(task, nullptr), WYN_OK);
    std::thread([task] { wyn_task_release(task); }).join();
  }
}

TEST_P(CapiTask, CanBeReleasedAfterTheShutdownByAThreadOfAnotherRuntime) {
  char bytes[2];
  wyn_task* task = submit(next_to, bytes);
  ASSERT_EQ(wyn_runtime_shutdown(rt), WYN_OK);
  std::thread([task, &bytes] {
    wyn_options o;
    ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
    o.workers = 0;
    wyn_runtime* mine = nullptr;
    ASSERT_EQ(wyn_runtime_create(&o, &mine), WYN_OK);
    wyn_task* other = nullptr;
    ASSERT_EQ(wyn_submit(mine, next_to, bytes, &other), WYN_OK);
    wyn_task_release(task);
    wyn_task_release(other);
    ASSERT_EQ(wyn_runtime_destroy(mine), WYN_OK);
  }).join();
}

TEST_P(CapiTask, NullIsInvalid) {
  char bytes[2];
  EXPECT_EQ(wyn_submit(rt, next_to, bytes, nullptr), WYN_ERROR_INVALID);
  auto* task = reinterpret_cast<wyn_task*>(bytes);
  EXPECT_EQ(wyn_submit(rt, nullptr, bytes, &task), WYN_ERROR_INVALID);
  EXPECT_EQ(task, nullptr);
  void* result = bytes;
  EXPECT_EQ(wyn_task_join(nullptr, &result), WYN_ERROR_INVALID);
  EXPECT_EQ(result, bytes);
  EXPECT_EQ(wyn_task_done(nullptr), WYN_ERROR_INVALID);
  wyn_task_release(nullptr);
}

TEST_P(CapiTask, IsRefusedAfterTheShutdown) {
  char bytes[2];
  ASSERT_EQ(wyn_runtime_shutdown(rt), WYN_OK);
  auto* task = reinterpret_cast<wyn_task*>(bytes);
  EXPECT_EQ(wyn_submit(rt, next_to, bytes, &task), WYN_ERROR_SHUT_DOWN);
  EXPECT_EQ(task, nullptr);
}

TEST(CapiTaskFull, IsRefusedOrRunInlineAsTheOptionsSay) {
  for (const uint32_t policy : {WYN_ON_FULL_REFUSE, WYN_ON_FULL_RUN_INLINE}) {
    wyn_options o;
    ASSERT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
    o.workers = 0;
    o.max_queued = 1;
    o.on_full = policy;
    wyn_runtime* rt = nullptr;
    ASSERT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
    char bytes[2];
    wyn_task* first = nullptr;
    wyn_task* second = nullptr;
    ASSERT_EQ(wyn_submit(rt, next_to, bytes, &first), WYN_OK);
    const wyn_status answer = wyn_submit(rt, next_to, bytes, &second);
    if (policy == WYN_ON_FULL_REFUSE) {
      EXPECT_EQ(answer, WYN_ERROR_FULL);
      EXPECT_EQ(second, nullptr);
    } else {
      EXPECT_EQ(answer, WYN_RAN_INLINE);
      ASSERT_NE(second, nullptr);
      EXPECT_EQ(wyn_task_done(second), 1);
      wyn_task_release(second);
    }
    EXPECT_EQ(wyn_task_done(first), 0);
    wyn_task_release(first);
    EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK);
  }
}

}  // namespace
