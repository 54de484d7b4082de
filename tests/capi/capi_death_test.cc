// What ends the process does so with a message that says what to do.
#include <stdexcept>

#include "core/capi/wyn.h"
#include "gtest/gtest.h"

namespace {

class CapiDeath : public ::testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

void nothing(void*) {}

void init(uint32_t workers, int64_t max_queued, uint32_t on_full) {
  wyn_options o;
  if (wyn_options_init(&o, sizeof o) != WYN_OK) return;
  o.workers = workers;
  o.max_queued = max_queued;
  o.on_full = on_full;
  if (wyn_init(&o) != WYN_OK) return;
}

TEST_F(CapiDeath, SpawnFastOfNullSaysSo) {
  EXPECT_DEATH(wyn_spawn_fast(nullptr, nullptr), "wyn_spawn_fast.*NULL.*wyn\\.h");
}

TEST_F(CapiDeath, SpawnFastOfNullSaysSoOnTheFastWay) {
  EXPECT_DEATH(
      {
        wyn_spawn_fast(nothing, nullptr);
        wyn_spawn_fast(nullptr, nullptr);
      },
      "wyn_spawn_fast.*NULL.*wyn\\.h");
}

TEST_F(CapiDeath, SpawnFastToAFullQueueSaysWhatToDo) {
  EXPECT_DEATH(
      {
        init(0, 2, WYN_ON_FULL_REFUSE);
        for (int i = 0; i < 3; ++i) wyn_spawn_fast(nothing, nullptr);
      },
      "wyn_spawn_fast.*queue is full.*max_queued");
}

TEST_F(CapiDeath, SpawnFastAfterShutdownSaysWhatToDo) {
  EXPECT_DEATH(
      {
        wyn_spawn_fast(nothing, nullptr);
        wyn_shutdown();
        wyn_spawn_fast(nothing, nullptr);
      },
      "wyn_spawn_fast.*shut down.*wyn_init");
}

TEST_F(CapiDeath, SpawnWaitInsideATaskSaysWhatToDo) {
  EXPECT_DEATH(
      {
        wyn_spawn_fast([](void*) { wyn_spawn_wait(); }, nullptr);
        wyn_spawn_wait();
      },
      "wyn_spawn_wait.*inside a task.*wyn_task_join");
}

TEST_F(CapiDeath, ExceptionOutOfASpawnedTaskIsReported) {
  EXPECT_DEATH(
      {
        wyn_spawn_fast([](void*) { throw std::runtime_error("lost wheel"); }, nullptr);
        wyn_spawn_wait();
      },
      "exception left a detached task.*lost wheel");
}

TEST_F(CapiDeath, ExceptionOutOfASubmittedTaskIsReported) {
  EXPECT_DEATH(
      {
        init(0, 1, WYN_ON_FULL_GROW);
        wyn_task* task = nullptr;
        const auto fail = [](void*) -> void* { throw std::runtime_error("lost wheel"); };
        if (wyn_submit(nullptr, fail, nullptr, &task) != WYN_OK) return;
        if (wyn_task_join(task, nullptr) != WYN_OK) return;
      },
      "exception left.*lost wheel");
}

TEST_F(CapiDeath, ExceptionOutOfATaskThatRunsInlineIsReported) {
  EXPECT_DEATH(
      {
        init(0, 1, WYN_ON_FULL_RUN_INLINE);
        for (int i = 0; i < 2; ++i) wyn_spawn_fast([](void*) { throw 1; }, nullptr);
      },
      "exception left a detached task");
}

}  // namespace
