// Tasks that end their thread, by pthread_exit: the task counts as complete, the runtime goes on
// without that thread, and who joins the task is told.
#include <pthread.h>

#include <atomic>
#include <thread>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

using counter = std::atomic<int>;

void count(void* arg) { static_cast<counter*>(arg)->fetch_add(1, std::memory_order_relaxed); }

struct owned_runtime {
  explicit owned_runtime(uint32_t workers) {
    wyn_options o;
    EXPECT_EQ(wyn_options_init(&o, sizeof o), WYN_OK);
    o.workers = workers;
    EXPECT_EQ(wyn_runtime_create(&o, &rt), WYN_OK);
  }
  ~owned_runtime() { EXPECT_EQ(wyn_runtime_destroy(rt), WYN_OK); }
  wyn_runtime* rt = nullptr;
};

void end_this_thread(void*) { pthread_exit(nullptr); }

TEST(CapiThreadExit, OfAWorkerCountsAsCompleted) {
  counter ran{0};
  owned_runtime r(2);
  ASSERT_EQ(wyn_runtime_spawn(r.rt, end_this_thread, nullptr), WYN_OK);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  // Waited for on a thread of its own: that one may be the one to run the task that ends it.
  void* const untouched = &ran;
  const auto wait = [](void* rt) -> void* {
    EXPECT_EQ(wyn_runtime_wait(static_cast<wyn_runtime*>(rt)), WYN_OK);
    return rt;
  };
  pthread_t waiter;
  ASSERT_EQ(pthread_create(&waiter, nullptr, wait, r.rt), 0);
  void* result = untouched;
  ASSERT_EQ(pthread_join(waiter, &result), 0);
  if (result == nullptr) {
    ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  }
  EXPECT_EQ(ran.load(), 1000);
}

TEST(CapiThreadExit, LeavesTheRuntimeUsable) {
  owned_runtime r(1);
  // The only worker ends; from then on only waiting threads run tasks.
  const auto spawn_it = [](void* rt) -> void* {
    EXPECT_EQ(wyn_runtime_spawn(static_cast<wyn_runtime*>(rt), end_this_thread, nullptr), WYN_OK);
    return rt;
  };
  pthread_t spawner;
  ASSERT_EQ(pthread_create(&spawner, nullptr, spawn_it, r.rt), 0);
  ASSERT_EQ(pthread_join(spawner, nullptr), 0);
  pthread_t waiter;
  const auto wait = [](void* rt) -> void* {
    EXPECT_EQ(wyn_runtime_wait(static_cast<wyn_runtime*>(rt)), WYN_OK);
    return rt;
  };
  ASSERT_EQ(pthread_create(&waiter, nullptr, wait, r.rt), 0);
  ASSERT_EQ(pthread_join(waiter, nullptr), 0);
  counter ran{0};
  for (int i = 0; i < 100; ++i) ASSERT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
  // A new thread may be given what the lost one left behind, and must not be taken for a worker.
  std::thread([&] {
    EXPECT_EQ(wyn_runtime_spawn(r.rt, count, &ran), WYN_OK);
    EXPECT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  }).join();
  ASSERT_EQ(wyn_runtime_wait(r.rt), WYN_OK);
  EXPECT_EQ(ran.load(), 101);
}

class CapiThreadExitOfATask : public ::testing::TestWithParam<uint32_t> {};

INSTANTIATE_TEST_SUITE_P(Workers, CapiThreadExitOfATask, ::testing::Values(0u, 1u, 2u));

TEST_P(CapiThreadExitOfATask, IsToldToItsJoiners) {
  owned_runtime r(GetParam());
  const auto leave = [](void*) -> void* { pthread_exit(nullptr); };
  wyn_task* task = nullptr;
  ASSERT_EQ(wyn_submit(r.rt, leave, nullptr, &task), WYN_OK);
  const auto join = [](void* t) -> void* {
    void* result = t;
    EXPECT_EQ(wyn_task_join(static_cast<wyn_task*>(t), &result), WYN_ERROR_THREAD_ENDED);
    EXPECT_EQ(result, t) << "untouched";
    return t;
  };
  pthread_t first;
  ASSERT_EQ(pthread_create(&first, nullptr, join, task), 0);
  ASSERT_EQ(pthread_join(first, nullptr), 0);  // it may have been this thread that the task ended
  join(task);
  wyn_task_release(task);
}

}  // namespace
