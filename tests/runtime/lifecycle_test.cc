// The beginning and the end of runtimes, and of the threads that use them.
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

void grow_tree(runtime& rt, marks& m, std::size_t node) {
  m.hit(node);
  for (std::size_t child = 2 * node + 1; child <= 2 * node + 2 && child < m.size(); ++child) {
    rt.spawn([&rt, &m, child, text = std::string(20, 'x')] { grow_tree(rt, m, child); });
  }
}

TEST(Shutdown, RunsWhatIsQueuedAndWhatThoseTasksSpawn) {
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    marks m(scaled(20'000));
    rt.spawn([&] { grow_tree(rt, m, 0); });
    rt.shutdown();
    EXPECT_TRUE(m.each_hit()) << workers << " workers";
  }
}

TEST(Shutdown, FromAThreadThatNeverSpawnedRunsWhatTasksSpawnToo) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    marks m(scaled(5'000));
    rt.spawn([&] { grow_tree(rt, m, 0); });
    std::thread([&] { rt.shutdown(); }).join();
    EXPECT_TRUE(m.each_hit()) << workers << " workers";
  }
}

TEST(Shutdown, LetsTasksForkJoinAndSubmitWhileItDrains) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> sum{0};
    for (int i = 0; i < 200; ++i) {
      rt.spawn([&] {
        const auto [a, b] = rt.fork_join([] { return 1; }, [] { return 2; });
        auto h = rt.submit([text = std::string(20, 'x')] { return 3; });
        sum += a + b + h.get();
      });
    }
    std::thread([&] { rt.shutdown(); }).join();
    EXPECT_EQ(sum, 200 * 6);
  }
}

TEST(Shutdown, TwiceIsAsOnce) {
  runtime rt(with_workers(2));
  std::atomic<int> runs{0};
  rt.spawn([&] { runs.fetch_add(1); });
  rt.shutdown();
  rt.shutdown();
  rt.wait_idle();
  EXPECT_EQ(runs, 1);
}

TEST(Shutdown, OfManyThreadsAtOnceReturnsInEachWhenAllIsDone) {
  for (int round = 0; round < 20; ++round) {
    runtime rt(with_workers(1));
    std::atomic<int> runs{0};
    for (int i = 0; i < 100; ++i) {
      rt.spawn([&] {
        std::this_thread::yield();
        runs.fetch_add(1);
      });
    }
    std::atomic<int> right{0};
    std::vector<std::thread> closers;
    for (int t = 0; t < 4; ++t) {
      closers.emplace_back([&] {
        rt.shutdown();
        right += runs == 100;
      });
    }
    for (auto& c : closers) c.join();
    ASSERT_EQ(right, 4);
  }
}

// The waiting thread cannot take part any more, and waits all the same.
TEST(Shutdown, InProgressIsWaitedForByAThreadThatNeverSpawned) {
  runtime rt(with_workers(1));
  std::atomic<bool> go{false};
  std::atomic<bool> done{false};
  std::atomic<bool> queued{false};
  std::atomic<bool> refused{false};
  std::thread spawner([&] {
    rt.spawn([&] {
      spin_until_set(go);
      done = true;
    });
    queued = true;
    spin_until([&] { return rt.try_spawn([] {}) == spawn_status::shut_down; });
    refused = true;
  });
  spin_until_set(queued);
  std::thread shutter([&] { rt.shutdown(); });
  spin_until_set(refused);
  std::atomic<bool> returned{false};
  std::thread waiter([&] {
    rt.wait_idle();
    EXPECT_TRUE(done);
    returned = true;
  });
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  EXPECT_FALSE(returned);
  go = true;
  for (std::thread* t : {&spawner, &shutter, &waiter}) t->join();
}

TEST(Shutdown, InsideATaskThrowsLogicErrorAndChangesNothing) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    std::atomic<bool> threw{false};
    rt.spawn([&] {
      try {
        rt.shutdown();
      } catch (const std::logic_error&) {
        threw = true;
      }
    });
    rt.wait_idle();
    EXPECT_TRUE(threw);
    EXPECT_EQ(rt.try_spawn([] {}), spawn_status::queued);
  }
}

TEST(Shutdown, RacingWithSpawnersLosesNoTaskThatWasAccepted) {
  for (int round = 0; round < static_cast<int>(scaled(200)); ++round) {
    std::atomic<int> accepted{0};
    std::atomic<int> runs{0};
    runtime rt(with_workers(1));
    std::atomic<int> ready{0};
    std::vector<std::thread> spawners;
    for (int t = 0; t < 2; ++t) {
      spawners.emplace_back([&] {
        ready.fetch_add(1);
        while (true) {
          const spawn_status s = rt.try_spawn([&] { runs.fetch_add(1); });
          if (s == spawn_status::shut_down) return;
          accepted.fetch_add(s == spawn_status::queued);
        }
      });
    }
    spin_until([&] { return ready == 2; });
    rt.shutdown();
    for (auto& s : spawners) s.join();
    ASSERT_EQ(runs, accepted);
  }
}

TEST(RuntimeDestructor, RunsWhatIsQueued) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    marks m(scaled(10'000));
    {
      runtime rt(with_workers(workers));
      rt.spawn([&] { grow_tree(rt, m, 0); });
    }
    EXPECT_TRUE(m.each_hit()) << workers << " workers";
  }
}

TEST(RuntimeDestructor, ByAnotherThreadThanTheSpawningOne) {
  std::atomic<int> runs{0};
  auto rt = std::make_unique<runtime>(with_workers(1));
  for (int i = 0; i < 1000; ++i) rt->spawn([&] { runs.fetch_add(1); });
  std::thread([&] { rt.reset(); }).join();
  EXPECT_EQ(runs, 1000);
  runtime next(with_workers(1));  // this thread forgets the dead one
  next.spawn([&] { runs.fetch_add(1); });
  next.wait_idle();
  EXPECT_EQ(runs, 1001);
}

TEST(RuntimeLives, TwoHundredInARow) {
  std::atomic<int> runs{0};
  for (int i = 0; i < 200; ++i) {
    runtime rt(with_workers(static_cast<unsigned>(i % 4)));
    for (int k = 0; k < 20; ++k) rt.spawn([&, text = std::string(20, 'x')] { runs.fetch_add(1); });
    if (i % 2 == 0) rt.wait_idle();
  }
  EXPECT_EQ(runs, 4000);
}

TEST(RuntimeLives, AnUnusedOneComesAndGoes) {
  for (int i = 0; i < 100; ++i) runtime rt(with_workers(2));
}

TEST(RuntimeLives, ManyAtOnceFromManyThreads) {
  std::atomic<int> runs{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        runtime rt(with_workers(1));
        for (int k = 0; k < 10; ++k) rt.spawn([&] { runs.fetch_add(1); });
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_EQ(runs, 800);
}

// A thread may still remember a participant of a runtime that is gone when it frees memory of
// another one, whose worker's participant may lie at the same address: it must not take the
// worker's heap for its own.
TEST(RuntimeLives, HandlesAreReleasedByAThreadThatRemembersADeadRuntime) {
  const int handles_count = static_cast<int>(scaled(20'000));
  for (int round = 0; round < 20; ++round) {
    auto old = std::make_unique<runtime>(with_workers(0));
    old->spawn([] {});
    old->wait_idle();
    std::thread([&] { old.reset(); }).join();
    runtime next(with_workers(1));  // allocates what the other thread has just freed
    std::vector<task_handle<std::string>> handles;
    std::atomic<bool> submitted{false};
    std::atomic<bool> busy{false};
    std::atomic<bool> released{false};
    const auto submit_on_the_worker = [&] {
      for (int i = 0; i < handles_count; ++i) {
        handles.push_back(next.submit([] { return std::string(40, 'x'); }));
      }
      submitted = true;
    };
    const auto use_the_workers_heap = [&] {
      busy = true;
      while (!released) {
        if (next.submit([] { return 1; }).get() != 1) std::abort();
      }
    };
    std::thread([&] {  // the worker's queue is empty again before its next task begins
      next.spawn(submit_on_the_worker);
      spin_until_set(submitted);
      next.wait_idle();
      next.spawn(use_the_workers_heap);
    }).join();
    spin_until_set(busy);
    handles.clear();
    released = true;
    next.wait_idle();
  }
}

TEST(ForeignThreads, MoreThanMayTakePartAtOnceMayDoSoOneAfterTheOther) {
  // 65,536 threads may be bound at once; each that ends leaves its place to the next.
  constexpr int threads = slowdown > 1 ? 500 : 66'000;
  runtime rt(with_workers(1));
  std::atomic<int> runs{0};
  int queued = 0;
  for (int i = 0; i < threads; ++i) {
    std::thread([&] { queued += rt.try_spawn([&] { runs.fetch_add(1); }) == spawn_status::queued; })
        .join();
  }
  rt.wait_idle();
  EXPECT_EQ(queued, threads);
  EXPECT_EQ(runs, threads);
}

TEST(ForeignThreads, ThatEndWhileTheRuntimeEndsDoNoHarm) {
  for (int round = 0; round < 50; ++round) {
    std::vector<std::thread> threads;
    std::atomic<int> spawned{0};
    std::atomic<int> runs{0};
    {
      runtime rt(with_workers(1));
      for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
          rt.spawn([&] { runs.fetch_add(1); });
          spawned.fetch_add(1);
        });
      }
      spin_until([&] { return spawned == 3; });
    }
    for (auto& t : threads) t.join();
    EXPECT_EQ(runs, 3);
  }
}

TEST(ForeignThreads, MaySpawnInTheirThreadLocalDestructors) {
  static std::atomic<int> runs;
  runs = 0;
  runtime rt(with_workers(1));
  struct at_exit {
    runtime* rt = nullptr;
    ~at_exit() {
      if (rt != nullptr) rt->spawn([text = std::string(40, 'x')] { runs.fetch_add(1); });
    }
  };
  std::thread([&] {
    thread_local at_exit last;  // constructed before the thread's bindings, destroyed after them
    last.rt = &rt;
    rt.spawn([] { runs.fetch_add(1); });
  }).join();
  rt.wait_idle();
  EXPECT_EQ(runs, 2);
}

}  // namespace
}  // namespace wyn::tests
