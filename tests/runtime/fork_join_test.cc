// fork_join: two calls, joined before it returns.
#include <mutex>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

int fib(runtime& rt, int n) {
  if (n < 2) return n;
  const auto [a, b] = rt.fork_join([&] { return fib(rt, n - 1); }, [&] { return fib(rt, n - 2); });
  return a + b;
}
constexpr int fib_argument = slowdown > 1 ? 15 : 20;
constexpr int fib_result = slowdown > 1 ? 610 : 6765;

TEST(ForkJoinResult, IsThePairOfBoth) {
  runtime rt(with_workers(1));
  const auto [number, text] = rt.fork_join([] { return 1; }, [] { return std::string("two"); });
  EXPECT_EQ(number, 1);
  EXPECT_EQ(text, "two");
}

TEST(ForkJoinResult, OfVoidIsMonostateBesideAValueAndNothingBesideVoid) {
  runtime rt(with_workers(0));
  int calls = 0;
  const auto half = rt.fork_join([&] { ++calls; }, [&] { return ++calls; });
  static_assert(std::is_same_v<decltype(half), const std::pair<std::monostate, int>>);
  EXPECT_EQ(half.second, 2);
  static_assert(std::is_void_v<decltype(rt.fork_join([&] { ++calls; }, [&] { ++calls; }))>);
  rt.fork_join([&] { ++calls; }, [&] { ++calls; });
  EXPECT_EQ(calls, 4);
}

TEST(ForkJoinResult, MayBeMoveOnly) {
  runtime rt(with_workers(1));
  auto [a, b] = rt.fork_join([] { return std::make_unique<int>(1); },
                             [] { return std::make_unique<int>(2); });
  EXPECT_EQ(*a + *b, 3);
}

TEST(ForkJoinResult, IsOfRvaluesCalledAsRvaluesAndOfLvaluesCalledInPlace) {
  struct once {
    std::unique_ptr<int> n;
    std::unique_ptr<int> operator()() && { return std::move(n); }
  };
  struct counter {
    int calls = 0;
    int operator()() & { return ++calls; }
  };
  runtime rt(with_workers(1));
  counter in_place;
  EXPECT_EQ(rt.fork_join(in_place, once{std::make_unique<int>(2)}).first, 1);
  EXPECT_EQ(*rt.fork_join(once{std::make_unique<int>(3)}, in_place).first, 3);
  EXPECT_EQ(in_place.calls, 2);
}

TEST(ForkJoinNested, ComputesFibonacciNumbersOutsideOfTasks) {
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    EXPECT_EQ(fib(rt, fib_argument), fib_result) << workers << " workers";
  }
}

TEST(ForkJoinNested, ComputesFibonacciNumbersInTasks) {
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    runtime rt(with_workers(workers));
    auto h = rt.submit([&] { return fib(rt, fib_argument); });
    auto k = rt.submit([&] { return fib(rt, fib_argument); });
    EXPECT_EQ(h.get(), fib_result) << workers << " workers";
    EXPECT_EQ(k.get(), fib_result) << workers << " workers";
  }
}

TEST(ForkJoinException, OfFLeavesAfterGIsComplete) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    runtime rt(with_workers(workers));
    for (int i = 0; i < 200; ++i) {
      bool g_done = false;
      try {
        rt.fork_join([]() -> int { throw std::out_of_range("f"); },
                     [&] {
                       std::this_thread::yield();
                       g_done = true;
                     });
        FAIL() << "no exception";
      } catch (const std::out_of_range& e) {
        EXPECT_STREQ(e.what(), "f");
      }
      ASSERT_TRUE(g_done);
    }
  }
}

TEST(ForkJoinException, OfGLeavesAfterF) {
  runtime rt(with_workers(1));
  bool f_done = false;
  EXPECT_THROW(rt.fork_join([&] { f_done = true; }, []() -> int { throw std::out_of_range("g"); }),
               std::out_of_range);
  EXPECT_TRUE(f_done);
}

TEST(ForkJoinException, OfBothIsThatOfF) {
  for (const unsigned workers : {0u, 1u}) {
    runtime rt(with_workers(workers));
    for (int i = 0; i < 100; ++i) {
      EXPECT_THROW(rt.fork_join([] { throw std::out_of_range("f"); },
                                [] { throw std::length_error("g"); }),
                   std::out_of_range);
    }
  }
}

TEST(ForkJoinException, TravelsThroughLevels) {
  runtime rt(with_workers(2));
  auto h = rt.submit([&] {
    rt.fork_join([] {},
                 [&] { rt.fork_join([&] { rt.fork_join([] {}, [] { throw 17; }); }, [] {}); });
  });
  EXPECT_THROW(h.get(), int);
}

TEST(ForkJoinSteal, AThiefRunsGWhileFIsBusy) {
  for (const bool in_task : {false, true}) {
    runtime rt(with_workers(in_task ? 2 : 1));
    std::atomic<bool> g_ran{false};
    std::thread::id f_thread;
    std::thread::id g_thread;
    const auto work = [&] {
      rt.fork_join(
          [&] {
            f_thread = std::this_thread::get_id();
            spin_until_set(g_ran);  // only another thread can bring this about
          },
          [&] {
            g_thread = std::this_thread::get_id();
            g_ran = true;
          });
    };
    if (in_task) {
      rt.spawn(work);
      rt.wait_idle();
    } else {
      work();
    }
    EXPECT_NE(f_thread, g_thread);
  }
}

TEST(ForkJoinSteal, TheCallerWaitsForAGThatAThiefRuns) {
  options o = with_workers(1);
  o.search_us = 5;
  runtime rt(o);
  for (int i = 0; i < 100; ++i) {
    std::atomic<bool> begun{false};
    std::atomic<bool> f_over{false};
    int plain = 0;
    rt.fork_join(
        [&] {
          spin_until_set(begun);
          f_over = true;
        },
        [&] {
          begun = true;
          spin_until_set(f_over);
          for (int k = 0; k < 100; ++k) std::this_thread::yield();
          plain = 1;
        });
    ASSERT_EQ(plain, 1);
  }
}

// A join that ran whatever it finds would take the lock that its own thread holds (rayon issue
// 592).
TEST(ForkJoinSteal, WhoWaitsForGRunsNoTaskThatMightWantItsLock) {
  const watchdog no_hang(60);
  options o = with_workers(1);
  o.search_us = 5;
  runtime rt(o);
  const std::thread::id joiner = std::this_thread::get_id();
  for (int i = 0; i < 20; ++i) {
    std::mutex lock;
    std::atomic<bool> begun{false};
    std::atomic<bool> f_over{false};
    std::atomic<int> runs{0};
    std::atomic<int> on_top{0};
    bool joining = true;
    {
      const std::lock_guard held(lock);
      rt.fork_join(
          [&] {
            spin_until_set(begun);
            f_over = true;
          },
          [&] {
            // On the worker: the only one that could run these, but for the thread that waits.
            for (int k = 0; k < 10; ++k) {
              rt.spawn([&] {
                if (std::this_thread::get_id() == joiner && joining) {
                  on_top.fetch_add(1);
                } else {
                  const std::lock_guard mine(lock);
                }
                runs.fetch_add(1);
              });
            }
            begun = true;
            spin_until_set(f_over);
            for (int k = 0; k < 100; ++k) std::this_thread::yield();
          });
      joining = false;
    }
    rt.wait_idle();
    EXPECT_EQ(runs, 10);
    EXPECT_EQ(on_top, 0);
  }
}

TEST(ForkJoinNested, AThousandLevelsDeepWithThievesAtWork) {
  const watchdog no_hang(60);
  runtime rt(with_workers(2));
  std::atomic<int> leaves{0};
  const auto go_down = [&](const auto& self, int levels) -> void {
    if (levels == 0) return;
    rt.fork_join([&] { self(self, levels - 1); }, [&] { leaves.fetch_add(1); });
  };
  for (int i = 0; i < 20; ++i) go_down(go_down, 1000);
  EXPECT_EQ(leaves, 20'000);
}

TEST(ForkJoinSpawns, DetachedTasksOfFAllRun) {
  for (const unsigned workers : {0u, 1u, 2u}) {
    for (const bool in_task : {false, true}) {
      marks m(scaled(2000) * 10);
      runtime rt(with_workers(workers));
      std::atomic<std::size_t> g_runs{0};
      const auto work = [&] {
        for (std::size_t i = 0; i < m.size(); i += 10) {
          rt.fork_join(
              [&] {
                for (std::size_t k = i; k < i + 10; ++k) {
                  rt.spawn([&m, k, text = std::string(20, 'x')] { m.hit(k); });
                }
              },
              [&] { g_runs.fetch_add(1); });
        }
      };
      if (in_task) rt.spawn(work);
      else work();
      rt.wait_idle();
      EXPECT_TRUE(m.each_hit());
      EXPECT_EQ(g_runs * 10, m.size());
    }
  }
}

TEST(ForkJoinForeign, ManyThreadsAtOnce) {
  for (const unsigned workers : {0u, 2u}) {
    runtime rt(with_workers(workers));
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back(
          [&] { right += fib(rt, fib_argument - 4) == (slowdown > 1 ? 89 : 987); });
    }
    for (auto& t : threads) t.join();
    EXPECT_EQ(right, 4);
  }
}

TEST(ForkJoinForeign, SurvivesAShutdownByAnotherThreadMeanwhile) {
  for (int round = 0; round < 20; ++round) {
    runtime rt(with_workers(1));
    std::atomic<bool> in_f{false};
    std::atomic<int> done{0};
    std::thread closer([&] {
      spin_until_set(in_f);
      rt.shutdown();
    });
    rt.fork_join(
        [&] {
          in_f = true;
          for (int i = 0; i < 100; ++i) std::this_thread::yield();
          done += fib(rt, 8) == 21;
        },
        [&] { done += 1; });
    closer.join();
    EXPECT_EQ(done, 2);
  }
}

TEST(ForkJoinForeign, ATaskThatFSpawnsDuringAShutdownRunsOrIsRefused) {
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> runs{0};
    int accepted = 0;
    {
      runtime rt(with_workers(1));
      std::atomic<bool> in_f{false};
      std::atomic<bool> closed{false};
      std::thread closer([&] {
        spin_until_set(in_f);
        closed = true;
        rt.shutdown();
      });
      rt.fork_join(
          [&] {
            in_f = true;
            spin_until_set(closed);
            for (int i = 0; i < 50 * round; ++i) std::this_thread::yield();
            for (int i = 0; i < 10; ++i) {
              accepted += rt.try_spawn([&] { runs.fetch_add(1); }) == spawn_status::queued;
            }
          },
          [] {});
      closer.join();
    }
    EXPECT_EQ(runs, accepted) << "an accepted task was lost";
  }
}

TEST(ForkJoinForeign, AnotherThreadsWaitSeesTheTasksThatFSpawnedComplete) {
  // No workers: the forking thread itself runs what f spawned, while another thread sleeps in
  //             wait_idle.
  for (int round = 0; round < 20; ++round) {
    options o = with_workers(0);
    o.search_us = 0;
    runtime rt(o);
    std::atomic<bool> in_task{false};
    std::atomic<bool> waiting{false};
    std::atomic<bool> waited{false};
    std::thread waiter([&] {
      spin_until_set(in_task);
      waiting = true;
      rt.wait_idle();
      waited = true;
    });
    rt.fork_join(
        [&] {
          rt.spawn([&] {
            in_task = true;
            spin_until_set(waiting);
            for (int i = 0; i < 300; ++i) std::this_thread::yield();
          });
        },
        [] {});
    spin_until_set(waited);  // without this thread's doing anything more in the runtime
    waiter.join();
  }
}

TEST(ForkJoinAfterShutdown, StillComputes) {
  runtime rt(with_workers(1));
  rt.spawn([] {});
  rt.shutdown();
  try {
    EXPECT_EQ(fib(rt, 8), 21);
  } catch (const spawn_error& e) {
    EXPECT_EQ(e.status(), spawn_status::shut_down);
  }
}

}  // namespace
}  // namespace wyn::tests
