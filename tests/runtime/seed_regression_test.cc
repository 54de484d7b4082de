// The faults of the runtime that Wyn replaces, one test each, so that none of them comes back.
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

void expect_batches_run_once(std::size_t n, int batches) {
  for (const unsigned workers : {0u, 2u}) {
    SCOPED_TRACE(std::to_string(n) + " tasks, " + std::to_string(workers) + " workers");
    runtime rt(with_workers(workers));
    marks m(n);
    for (int b = 1; b <= batches; ++b) {
      for (std::size_t i = 0; i < n; ++i) rt.spawn([&m, i] { m.hit(i); });
      rt.wait_idle();
      ASSERT_TRUE(m.each_hit(static_cast<unsigned>(b)));
    }
  }
}

TEST(SeedFaultPoolReuse, TenThousandTasksRunOnceEach) { expect_batches_run_once(10'000, 1); }
TEST(SeedFaultPoolReuse, AHundredThousandTasksRunOnceEach) {
  expect_batches_run_once(scaled(100'000), 1);
}
TEST(SeedFaultPoolReuse, AMillionTasksRunOnceEach) {
  expect_batches_run_once(scaled(1'000'000), 1);
}

TEST(SeedFaultRingOverflow, ASecondBatchOfAMillionTasksRunsOnceEach) {
  expect_batches_run_once(scaled(1'000'000), 2);
}

TEST(SeedFaultForeignPush, MainSpawnsWhileAWorkerUsesItsOwnDeque) {
  const std::size_t n = scaled(50'000);
  runtime rt(with_workers(1));
  marks from_main(n);
  marks from_tasks(n);
  std::vector<int> plain(n, 0);
  std::atomic<bool> worker_is_busy{false};
  rt.spawn([&] {
    worker_is_busy = true;
    for (std::size_t i = 0; i < n; ++i) rt.spawn([&, i] { from_tasks.hit(i); });
  });
  spin_until_set(worker_is_busy);
  for (std::size_t i = 0; i < n; ++i) {
    plain[i] = 1;
    rt.spawn([&, i] {
      plain[i] += 1;
      from_main.hit(i);
    });
  }
  rt.wait_idle();
  EXPECT_TRUE(from_main.each_hit());
  EXPECT_TRUE(from_tasks.each_hit());
  EXPECT_EQ(plain, std::vector<int>(n, 2));
}

TEST(SeedFaultEarlyWait, WaitCountsCompletedTasksAndNotQueuedOnes) {
  for (const unsigned workers : {1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> begun{0};
    std::atomic<int> complete{0};
    for (int i = 0; i < 10; ++i) {
      rt.spawn([&] {
        begun.fetch_add(1);
        for (int k = 0; k < 2000; ++k) std::this_thread::yield();
        complete.fetch_add(1);
      });
    }
    rt.wait_idle();
    EXPECT_EQ(begun, 10);
    EXPECT_EQ(complete, 10);
  }
}

void nest(runtime& rt, marks& m, std::size_t node) {
  m.hit(node);
  for (std::size_t child = 4 * node + 1; child <= 4 * node + 4 && child < m.size(); ++child) {
    rt.spawn([&rt, &m, child] { nest(rt, m, child); });
  }
}

TEST(SeedFaultNested, AMillionTasksSpawnedByTasksRunOnceEach) {
  for (const unsigned workers : {1u, 2u}) {
    runtime rt(with_workers(workers));
    marks m(scaled(1'000'000));
    rt.spawn([&] { nest(rt, m, 0); });
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit());
  }
}

TEST(SeedFaultNested, ATaskThatSpawnsAMillionTasksAtOnceLosesNone) {
  runtime rt(with_workers(2));
  marks m(scaled(1'000'000));
  rt.spawn([&] {
    for (std::size_t i = 0; i < m.size(); ++i) rt.spawn([&m, i] { m.hit(i); });
  });
  rt.wait_idle();
  EXPECT_TRUE(m.each_hit());
}

TEST(SeedFaultLastItem, OwnerAndThiefNeverBothRunIt) {
  const std::size_t n = scaled(50'000);
  for (const unsigned workers : {2u, 4u}) {
    runtime rt(with_workers(workers));
    marks m(n);
    struct dripper {
      runtime& rt;
      marks& m;
      // The deque holds one item at a time, and idle workers are after it.
      void run(std::size_t i) {
        m.hit(i);
        if (i + 1 < m.size()) rt.spawn([this, i] { run(i + 1); });
      }
    } d{rt, m};
    rt.spawn([&] { d.run(0); });
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit());
  }
}

TEST(SeedFaultFullQueue, NoTaskIsDroppedWhenTheQueueIsFull) {
  options o = with_workers(1);
  o.max_queued = 1024;
  for (const full_policy policy :
       {full_policy::grow, full_policy::run_inline, full_policy::error}) {
    o.on_full = policy;
    runtime rt(o);
    marks m(scaled(200'000));
    for (std::size_t i = 0; i < m.size(); ++i) {
      while (rt.try_spawn([&m, i] { m.hit(i); }) == spawn_status::full) std::this_thread::yield();
    }
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit()) << "policy " << static_cast<int>(policy);
  }
}

TEST(SeedFaultFirstWait, TheFirstSpawnAndWaitReturns) {
  for (int i = 0; i < 50; ++i) {
    bool ran = false;
    runtime rt;  // as many workers as processors
    rt.spawn([&] { ran = true; });
    rt.wait_idle();
    ASSERT_TRUE(ran);
  }
}

TEST(SeedFaultFirstWait, TheLastTaskOfABatchIsNotKeptBackFromSleepingWorkers) {
  runtime rt(with_workers(2));
  for (int i = 0; i < 500; ++i) {
    std::atomic<bool> ran{false};
    rt.spawn([&] { ran = true; });
    spin_until_set(ran);  // nobody waits, nobody spawns more
  }
}

// A task that yields by spawning itself again must not keep older tasks from running for ever.
void expect_no_livelock(unsigned workers, bool older_first) {
  runtime rt(with_workers(workers));
  struct yielder {
    runtime& rt;
    std::atomic<bool> other_ran{false};
    void run() {
      if (!other_ran) rt.spawn([this] { run(); });
    }
  } y{rt};
  const auto other = [&y] { y.other_ran = true; };
  rt.spawn([&] {
    if (older_first) rt.spawn(other);
    for (unsigned i = 0; i <= workers; ++i) rt.spawn([&y] { y.run(); });
    if (!older_first) rt.spawn(other);
  });
  rt.wait_idle();
  EXPECT_TRUE(y.other_ran);
}

TEST(SeedFaultYieldLivelock, OlderAndYoungerTasksRunBesideTasksThatYieldForEver) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    for (const bool older_first : {true, false}) {
      SCOPED_TRACE(std::to_string(workers) +
                   " workers, older first: " + std::to_string(older_first));
      expect_no_livelock(workers, older_first);
    }
  }
}

TEST(SeedFaultYieldLivelock, ATaskOfAForeignThreadRunsBesideTasksThatYieldForEver) {
  for (const unsigned workers : {1u, 2u}) {
    runtime rt(with_workers(workers));
    struct yielder {
      runtime& rt;
      std::atomic<int> turns{0};
      std::atomic<bool> other_ran{false};
      void run() {
        turns.fetch_add(1);
        if (!other_ran) rt.spawn([this] { run(); });
      }
    } y{rt};
    for (unsigned i = 0; i < workers; ++i) rt.spawn([&] { y.run(); });
    spin_until([&] { return y.turns > 1000; });
    rt.spawn([&] { y.other_ran = true; });
    spin_until_set(y.other_ran);  // main does not help
    rt.wait_idle();
  }
}

long resident_kib() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  long pages = 0;
  long resident = 0;
  if (file != nullptr) {
    if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return resident * 4;
}

TEST(SeedFaultLeak, MemoryDoesNotGrowOverManyRounds) {
  runtime rt(with_workers(2));
  const auto rounds = [&](int n) {
    for (int r = 0; r < n; ++r) {
      for (int i = 0; i < 2000; ++i) {
        rt.spawn([a = std::string(40, 'x')] {});
        rt.spawn([&rt] { rt.spawn([b = std::string(40, 'y')] {}); });
        rt.submit([c = std::string(40, 'z')] { return c; }).detach();
      }
      rt.wait_idle();
    }
  };
  rounds(20);
  const long before = resident_kib();
  ASSERT_GT(before, 0);
  constexpr int more = slowdown > 1 ? 20 : 150;
  rounds(more);
  const long grown = resident_kib() - before;
  // The leak of 64 bytes a task would come to more than 100 MiB without a sanitizer.
  if (slowdown > 1) return;  // a sanitizer keeps freed memory back
  EXPECT_LT(grown, 8 * 1024) << "KiB in " << more << " rounds of 8000 tasks";
}

TEST(SeedFaultLeak, OfForeignThreadsThatComeAndGoDoesNotGrowMemory) {
  runtime rt(with_workers(1));
  const auto threads = [&](int n) {
    for (int i = 0; i < n; ++i) {
      std::thread([&] {
        for (int k = 0; k < 100; ++k) rt.spawn([a = std::string(40, 'x')] {});
      }).join();
      if (i % 10 == 0) rt.wait_idle();
    }
    rt.wait_idle();
  };
  threads(100);
  const long before = resident_kib();
  threads(static_cast<int>(scaled(1000)));
  if (slowdown > 1) return;  // a sanitizer keeps freed memory back
  EXPECT_LT(resident_kib() - before, 8 * 1024);
}

// CPU time of all threads of this process but the caller's, in milliseconds.
double other_threads_cpu_ms() {
  timespec process{};
  timespec own{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &process);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &own);
  return (static_cast<double>(process.tv_sec - own.tv_sec)) * 1e3 +
         static_cast<double>(process.tv_nsec - own.tv_nsec) * 1e-6;
}

TEST(SeedFaultIdle, AnIdleRuntimeUsesNoProcessorTime) {
  runtime rt(with_workers(4));
  for (int i = 0; i < 1000; ++i) rt.spawn([] {});
  rt.wait_idle();
  const double before = other_threads_cpu_ms();
  const timespec two_seconds{2, 0};
  nanosleep(&two_seconds, nullptr);  // the measurement itself is an interval of time
  EXPECT_LT(other_threads_cpu_ms() - before, 10.0)
      << "milliseconds of CPU time in two idle seconds";
}

}  // namespace
}  // namespace wyn::tests
