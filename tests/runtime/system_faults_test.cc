// What the runtime does when the system has no more memory or threads.
#include "tests/runtime/system_faults.h"

#include <dirent.h>

#include <array>
#include <latch>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

using system_faults::no_memory_from;
using system_faults::threads_left;

int threads_of_this_process() {
  int n = 0;
  DIR* directory = opendir("/proc/self/task");
  while (const dirent* entry = readdir(directory)) n += entry->d_name[0] != '.';
  closedir(directory);
  return n;
}

TEST(NoThreads, TheConstructorThrowsSystemErrorWithTheCountAndLeavesNoneBehind) {
  for (const int possible : {0, 1, 3}) {
    threads_left = possible;
    try {
      runtime rt(with_workers(4));
      ADD_FAILURE() << "no exception";
    } catch (const std::system_error& e) {
      const std::string text = e.what();
      const std::string expected = std::to_string(possible + 1) + " of 4";
      EXPECT_NE(text.find("cannot start worker thread " + expected), std::string::npos) << text;
      EXPECT_EQ(e.code(), std::errc::resource_unavailable_try_again);
    }
    threads_left = std::numeric_limits<int>::max();
    EXPECT_EQ(threads_of_this_process(), 1);
  }
  runtime rt(with_workers(4));
  EXPECT_EQ(rt.submit([] { return 1; }).get(), 1);
  rt.wait_idle();
}

TEST(NoMemory, TheConstructorThrowsBadAlloc) {
  const no_memory_from large(2000);
  EXPECT_THROW(runtime rt(with_workers(2)), std::bad_alloc);
}

TEST(NoMemoryDeathTest, OfAWorkerThatBeginsEndsTheProcessWithAMessage) {
  EXPECT_DEATH(
      {
        system_faults::failing_for_others = true;
        runtime rt(with_workers(1));
        std::latch ran(1);
        rt.spawn([&ran] { ran.count_down(); });
        ran.wait();
      },
      "no memory for the first step of a worker thread: .*options::workers");
}

TEST(NoMemory, ForTheReserveIsNoError) {
  options o = with_workers(1);
  o.reserved_slots = 1 << 20;
  std::unique_ptr<runtime> rt;
  {
    const no_memory_from slabs(60'000);
    rt = std::make_unique<runtime>(o);
  }
  EXPECT_EQ(rt->submit([] { return 1; }).get(), 1);
}

TEST(NoMemory, ForSmallSlotsClosuresTakeLargeOnes) {
  options o = with_workers(0);
  o.reserved_slots = 0;
  o.on_full = full_policy::error;
  runtime rt(o);
  std::atomic<int> runs{0};
  rt.spawn([&runs, fill = std::array<int, 16>()] { runs.fetch_add(1 + fill[0]); });
  {
    const no_memory_from slabs(60'000);
    EXPECT_EQ(rt.try_spawn([&runs, one = std::make_unique<int>(1)] { runs.fetch_add(*one); }),
              spawn_status::queued);
  }
  rt.wait_idle();
  EXPECT_EQ(runs, 2);
}

TEST(NoMemory, ToGrowAQueueTasksRunInline) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::atomic<bool> go{workers == 0};
    std::atomic<bool> held{workers == 0};
    if (workers != 0) {
      rt.spawn([&] {
        held = true;
        spin_until_set(go);
      });
    }
    spin_until_set(held);
    marks m(20'000);
    std::size_t inline_runs = 0;
    {
      const no_memory_from queues(100'000);  // a queue of 8192 tasks and more
      for (std::size_t i = 0; i < m.size(); ++i) {
        const spawn_status s = rt.try_spawn([&m, i] { m.hit(i); });
        ASSERT_LE(s, spawn_status::ran_inline) << describe(s);
        inline_runs += s == spawn_status::ran_inline;
      }
    }
    EXPECT_GT(inline_runs, 1000u);
    EXPECT_LT(inline_runs, m.size());
    go = true;
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit());
  }
}

TEST(NoMemory, ToGrowAWorkersQueueTasksRunInline) {
  runtime rt(with_workers(1));
  marks m(20'000);
  std::atomic<std::size_t> inline_runs{0};
  std::atomic<bool> over{false};
  {
    const no_memory_from queues(100'000);
    rt.spawn([&] {
      for (std::size_t i = 0; i < m.size(); ++i) {
        inline_runs += rt.try_spawn([&m, i] { m.hit(i); }) == spawn_status::ran_inline;
      }
      over = true;
    });
    spin_until_set(over);
  }
  rt.wait_idle();
  EXPECT_GT(inline_runs, 1000u);
  EXPECT_TRUE(m.each_hit());
}

TEST(NoMemory, ForAWorkersFirstQueueTheTasksOfABlockAllRun) {
  runtime rt(with_workers(1));
  marks m(200);
  {
    const no_memory_from queues(4096);
    for (std::size_t i = 0; i < m.size(); ++i) {
      // The ring may be had or not: either way the task runs, in a worker without a deque of its
      // own.
      ASSERT_LE(rt.try_spawn([&m, i] { m.hit(i); }), spawn_status::ran_inline);
    }
    rt.wait_idle();
  }
  EXPECT_TRUE(m.each_hit());
}

TEST(NoMemory, ForForkedCallsBothHalvesRun) {
  runtime rt(with_workers(1));
  const no_memory_from queues(4096);
  const auto [a, b] = rt.fork_join([] { return 1; }, [] { return 2; });
  EXPECT_EQ(a + b, 3);
}

TEST(NoMemory, ForTheClosureASpawnIsRefusedAndTheClosureDestroyed) {
  counted::reset();
  options o = with_workers(0);
  o.reserved_slots = 0;
  runtime rt(o);
  ASSERT_EQ(rt.try_spawn([] {}), spawn_status::queued);  // this thread takes part
  {
    const no_memory_from anything(0);
    EXPECT_EQ(rt.try_spawn([c = counted(), p = &o] { static_cast<void>(p); }),
              spawn_status::no_memory);
    bool threw = false;
    {
      const no_memory_from again(1);  // the exception object itself comes from the emergency pool
      try {
        rt.submit([c = counted(), p = &o] { return p; }).detach();
      } catch (const spawn_error& e) {
        threw = e.status() == spawn_status::no_memory;
      } catch (const std::bad_alloc&) {
        threw = true;  // no memory for the text of the exception
      }
    }
    EXPECT_TRUE(threw);
  }
  EXPECT_EQ(counted::alive, 0);
  EXPECT_EQ(rt.try_spawn([c = counted()] {}), spawn_status::queued);
  rt.wait_idle();
  EXPECT_EQ(counted::alive, 0);
}

TEST(NoMemory, ForAThreadToTakePartItsSpawnIsRefused) {
  runtime rt(with_workers(0));
  spawn_status seen{};
  std::atomic<bool> over{false};
  std::thread newcomer([&] {
    const no_memory_from anything(0);
    seen = rt.try_spawn([] {});
    over = true;
  });
  newcomer.join();
  EXPECT_EQ(seen, spawn_status::no_memory);
  rt.spawn([] {});
  rt.wait_idle();
}

}  // namespace
}  // namespace wyn::tests
