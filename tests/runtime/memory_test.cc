// The memory that queued tasks take.
#include <malloc.h>

#include <cstdio>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

double resident_bytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long all = 0;
  long resident = 0;
  if (file == nullptr || std::fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
  if (file != nullptr) std::fclose(file);
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void count_run(void* runs) { static_cast<std::atomic<std::size_t>*>(runs)->fetch_add(1); }

void expect_bytes_a_task(std::size_t n, double per_task) {
  std::printf("%zu tasks: %.1f bytes a task\n", n, per_task);
  EXPECT_GE(per_task, 15.0) << "less than the tasks themselves: the measurement is broken";
  EXPECT_LE(per_task, 36.0);
}

void expect_few_bytes_a_task(std::size_t n, unsigned workers) {
  std::atomic<std::size_t> runs{0};
  std::atomic<bool> held{workers == 0};
  std::atomic<bool> go{workers == 0};
  runtime rt(with_workers(workers));
  if (workers != 0) {
    rt.spawn([&] {
      held = true;
      spin_until_set(go);
    });
  }
  spin_until_set(held);
  malloc_trim(0);  // what earlier tests have freed is not to be used again unseen
  const double before = resident_bytes();
  for (std::size_t i = 0; i < n; ++i) rt.spawn_raw(&count_run, &runs);
  const double per_task = (resident_bytes() - before) / static_cast<double>(n);
  EXPECT_EQ(runs, 0u);
  expect_bytes_a_task(n, per_task);
  go = true;
  rt.wait_idle();
  EXPECT_EQ(runs, n);
}

TEST(MemoryOfQueuedTasks, IsAtMost36BytesEachWithoutWorkers) {
  expect_few_bytes_a_task(1'000'000, 0);
}

TEST(MemoryOfQueuedTasks, IsAtMost36BytesEachJustBeyondAPowerOfTwo) {
  expect_few_bytes_a_task(1'100'000, 0);
}

TEST(MemoryOfQueuedTasks, IsAtMost36BytesEachFromAForeignThreadWithABusyWorker) {
  expect_few_bytes_a_task(1'000'000, 1);
  expect_few_bytes_a_task(1'100'000, 1);
}

// A task of the only worker spawns them, and nobody helps: they lie in its deque.
TEST(MemoryOfQueuedTasks, IsAtMost36BytesEachInTheDequeOfAWorker) {
  constexpr std::size_t n = 1'100'000;
  std::atomic<std::size_t> runs{0};
  std::atomic<bool> queued{false};
  double per_task = 0;
  runtime rt(with_workers(1));
  rt.spawn([&] {
    malloc_trim(0);
    const double before = resident_bytes();
    for (std::size_t i = 0; i < n; ++i) rt.spawn_raw(&count_run, &runs);
    per_task = (resident_bytes() - before) / static_cast<double>(n);
    queued = true;
  });
  spin_until_set(queued);
  expect_bytes_a_task(n, per_task);
  rt.wait_idle();
  EXPECT_EQ(runs, n);
}

}  // namespace
}  // namespace wyn::tests
