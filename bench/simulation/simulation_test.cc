// What things cost in simulated time, and whether whole runs make sense.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/simulation/env_simulated.h"
#include "bench/simulation/study.h"

namespace wyn::simulation {
namespace {

using env = env_simulated;
constexpr site<"T load", order::relaxed> a_load{};
constexpr site<"T store", order::relaxed> a_store{};
constexpr site<"T add", order::relaxed> an_add{};
constexpr site<"T fence", order::seq_cst> a_fence{};
constexpr site<"T heavy", order::heavy> a_heavy_fence{};

machine round_numbers() {
  machine m;
  m.processors = 16;
  m.cluster = 4;
  m.hit_ns = 1;
  m.store_ns = 2;
  m.rmw_ns = 5;
  m.fence_ns = 7;
  m.near_ns = 100;
  m.far_ns = 1000;
  m.serve_ns = 10;
  return m;
}

struct alignas(128) word : env::atomic<std::uint64_t> {};

// Runs a body in each of some threads, one after the other by the times that they wait first.
void in_threads(world& w, const std::vector<std::function<void()>>& bodies) {
  for (const auto& b : bodies) w.start(b);
  w.run();
}

double time_of(const std::function<void()>& f) {
  const double begin = world::current()->now();
  f();
  return world::current()->now() - begin;
}

TEST(SimulatedMemory, ALineIsFetchedOnceAndThenHere) {
  world w(round_numbers());
  word x;
  std::vector<double> first, again;
  const auto reader = [&] {
    world::current()->spend(1000 * (1 + world::current()->processor()));
    first.push_back(time_of([&] { x.load(a_load); }));
    again.push_back(time_of([&] { x.load(a_load); }));
  };
  // Thread 0 writes; 1 shares its cache, 4 does not; 5 finds a copy near by then.
  in_threads(w, {[&] { x.store(1, a_store); }, reader, [] {}, [] {}, reader, reader});
  EXPECT_EQ(first, (std::vector<double>{100, 1000, 100}));
  EXPECT_EQ(again, (std::vector<double>{1, 1, 1}));
}

TEST(SimulatedMemory, ALineFromAnotherSocketTakesLonger) {
  machine m = round_numbers();
  m.socket = 8;
  m.remote_ns = 3000;
  world w(m);
  word x;
  std::vector<double> times;
  const auto reader = [&] {
    world::current()->spend(10'000 * (1 + world::current()->processor()));
    times.push_back(time_of([&] { x.load(a_load); }));
  };
  const auto writer = [&] {
    world::current()->spend(200'000);
    times.push_back(time_of([&] { x.fetch_add(1, an_add); }));
  };
  // 4 is in another group than 0, 8 in another socket; then one writes what 0, 4 and 8 have.
  in_threads(w, {[&] { x.store(1, a_store); }, [] {}, [] {}, writer, reader, [] {}, [] {}, [] {},
                 reader});
  EXPECT_EQ(times, (std::vector<double>{1000, 3000, 3000 + m.rmw_ns}));
}

TEST(SimulatedMemory, AStoreIsPaidInTheBackgroundAndAFenceWaitsForIt) {
  world w(round_numbers());
  word x;
  double store = 0, fence = 0, second = 0;
  in_threads(w, {[&] { x.store(1, a_store); }, [&] {
                   world::current()->spend(10);
                   store = time_of([&] { x.store(2, a_store); });
                   fence = time_of([&] { env::fence(a_fence); });
                   second = time_of([&] { env::fence(a_fence); });
                 }});
  EXPECT_EQ(store, 2);
  EXPECT_EQ(fence, 98 + 7);
  EXPECT_EQ(second, 7);
}

TEST(SimulatedMemory, ManyWhoWriteOneLineWaitForEachOther) {
  world w(round_numbers());
  word x;
  std::vector<std::function<void()>> bodies;
  for (int i = 0; i < 16; ++i) bodies.emplace_back([&] { x.fetch_add(1, an_add); });
  in_threads(w, bodies);
  // The first has it for nothing; 3 of its group fetch it near, of the other 12 every group's first
  // fetches it far.
  EXPECT_EQ(w.now(), 5 + 3 * 100 + 3 * (1000 + 3 * 100));
  EXPECT_EQ(x.load(a_load), 16u);
  ASSERT_EQ(w.memory().traffic().size(), 1u);
  EXPECT_EQ(w.memory().traffic()[0].moves, 15u);
}

TEST(SimulatedTime, AHeavyFenceInterruptsThoseWhoRun) {
  machine m = round_numbers();
  m.membarrier_ns = 10'000;
  m.membarrier_each_ns = 100;
  m.interrupt_ns = 6000;
  m.combine_heavy_fences = false;
  world w(m);
  double fence = 0, work = 0;
  in_threads(w, {[&] { fence = time_of([] { env::fence(a_heavy_fence); }); },
                 [&] {
                   world::current()->spend(1);
                   work = time_of([] { world::current()->spend(500); });
                 }});
  EXPECT_EQ(fence, 10'100 + 2 * m.fence_ns);
  EXPECT_EQ(work, 500);  // interrupted in the step before
  EXPECT_EQ(w.now(), fence);
  EXPECT_EQ(w.heavy_fences(), 1u);
}

TEST(SimulatedTime, HeavyFencesWaitForEachOtherOrForOneThatServesAll) {
  for (const bool combine : {false, true}) {
    machine m = round_numbers();
    m.membarrier_ns = 10'000;
    m.membarrier_each_ns = 0;
    m.interrupt_ns = 0;
    m.combine_heavy_fences = combine;
    world w(m);
    std::vector<std::function<void()>> bodies(8, [] {
      world::current()->spend(5000);
      env::fence(a_heavy_fence);
    });
    bodies[0] = [] { env::fence(a_heavy_fence); };
    in_threads(w, bodies);
    // The first begins at once; the second serves the other seven, or is one of them.
    EXPECT_EQ(w.heavy_fences(), combine ? 2u : 8u);
    // Their line goes from one to the other, some twenty times.
    EXPECT_NEAR(w.now(), combine ? 20'000 : 80'000, 8000);
  }
}

TEST(SimulatedTime, ASleeperRunsSomeTimeAfterItsWakeCall) {
  const machine m = round_numbers();
  world w(m);
  word x;
  double woken_at = 0;
  in_threads(w, {[&] {
                   env::wait_upper(x, 0);
                   woken_at = world::current()->now();
                 },
                 [&] {
                   world::current()->spend(5000);
                   x.store(std::uint64_t{1} << 32, a_store);
                   env::wake_upper(x, 1);
                 }});
  EXPECT_EQ(woken_at, 5000 + m.store_ns + m.wake_call_ns + m.wake_latency_ns);
}

TEST(SimulatedTime, ASleepWithALimitEndsByItself) {
  const machine m = round_numbers();
  world w(m);
  word x;
  in_threads(w, {[&] { EXPECT_FALSE(env::wait_upper_for(x, 0, std::chrono::microseconds(20))); }});
  EXPECT_EQ(w.now(), m.sleep_call_ns + 20'000 + m.wake_latency_ns);
}

TEST(SimulatedTime, TheLimitOfASleepThatWasWokenEndsNoOther) {
  world w(round_numbers());
  word x;
  bool first = false, second = true;
  double woken_at = 0;
  in_threads(w, {[&] {
                   first = env::wait_upper_for(x, 0, std::chrono::microseconds(20));
                   second = env::wait_upper_for(x, 0, std::chrono::microseconds(50));
                   woken_at = world::current()->now();
                 },
                 [&] {
                   world::current()->spend(5000);
                   env::wake_upper(x, 1);
                 }});
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_GT(woken_at, 50'000);  // not at 20
}

TEST(SimulatedTime, WhoHasSleptItsTimeIsNotCountedByAWakeCall) {
  world w(round_numbers());
  word x;
  in_threads(w, {[&] { env::wait_upper_for(x, 0, std::chrono::microseconds(1)); },
                 [&] {
                   world::current()->spend(5000);
                   env::wake_upper(x, 1);
                 }});
  EXPECT_EQ(w.wakes(), 0u);
}

// A wake call is for those who sleep when it is made, not for those who come back meanwhile.
TEST(SimulatedTime, AWakeCallForAllEndsThoughSomeSleepAgain) {
  world w(round_numbers());
  word x;
  int sleeps = 0;
  std::vector<std::function<void()>> bodies(8, [&] {
    for (int i = 0; i < 2; ++i) {
      env::wait_upper(x, 0);
      ++sleeps;
    }
  });
  int after_one_call = 0;
  bodies.emplace_back([&] {
    world::current()->spend(100'000);
    env::wake_upper(x, 1000);
    world::current()->spend(100'000);
    after_one_call = sleeps;
    env::wake_upper(x, 1000);
  });
  in_threads(w, bodies);
  EXPECT_EQ(after_one_call, 8);
  EXPECT_EQ(sleeps, 16);
}

TEST(SimulatedTime, AWaitWhoseValueHasChangedDoesNotSleep) {
  world w(round_numbers());
  word x;
  in_threads(w, {[&] { env::wait_upper(x, 7); }});
  EXPECT_EQ(w.now(), round_numbers().sleep_call_ns);
}

TEST(SimulatedTime, WhenAllSleepForGoodItSaysSo) {
  world w(round_numbers());
  word x;
  EXPECT_THROW(in_threads(w, {[&] { env::wait_upper(x, 0); }}), std::runtime_error);
}

TEST(SimulatedRuns, OneThreadLosesLittleToTheRuntime) {
  for (const workload what : {workload::ring, workload::deque, workload::tree}) {
    experiment e;
    e.what = what;
    e.threads = 1;
    const outcome o = run(e);
    EXPECT_GT(o.speedup, 0.9) << name_of(what);
    EXPECT_LE(o.speedup, 1.0) << name_of(what);
  }
}

TEST(SimulatedRuns, TheSameSeedGivesTheSameRun) {
  experiment e;
  e.threads = 7;
  const outcome a = run(e), b = run(e);
  EXPECT_EQ(a.elapsed_ns, b.elapsed_ns);
  EXPECT_EQ(a.counts.steals, b.counts.steals);
  e.seed = 2;
  EXPECT_NE(run(e).elapsed_ns, a.elapsed_ns);
}

TEST(SimulatedRuns, DequesAreSharedAtFirstByTheNumberOfThreads) {
  const auto elapsed = [](int threads, sharing s) {
    experiment e;
    e.threads = threads;
    e.tasks = 500;
    e.how.shared = s;
    return run(e).elapsed_ns;
  };
  EXPECT_EQ(elapsed(2, sharing::by_workers), elapsed(2, sharing::never));
  EXPECT_EQ(elapsed(8, sharing::by_workers), elapsed(8, sharing::always));
  EXPECT_NE(elapsed(8, sharing::always), elapsed(8, sharing::never));
}

TEST(SimulatedRuns, NapsSaveHeavyFences) {
  const auto fences = [](double nap_ns) {
    experiment e;
    e.what = workload::burst;
    e.threads = 32;
    e.task_ns = 200e3;
    e.how.nap_ns = nap_ns;
    return run(e).heavy_fences;
  };
  EXPECT_LT(2 * fences(10e6), fences(0));
}

TEST(SimulatedRuns, ShortTasksOfABusyOwnerAreTakenOneAfterTheOther) {
  const auto elapsed_ns = [](int threads, bool goes_on) {
    experiment e;
    e.what = workload::busy;
    e.threads = threads;
    e.task_ns = 20;
    e.tasks = 5000;
    e.how.goes_on = goes_on;
    return run(e).elapsed_ns;
  };
  for (const int threads : {2, 4}) {
    EXPECT_LT(10 * elapsed_ns(threads, true), elapsed_ns(threads, false)) << threads;
  }
}

// run() itself throws when a task is lost or runs twice, or when all sleep for good.
TEST(SimulatedRuns, EveryTaskRunsOnceWhateverIsVaried) {
  EXPECT_TRUE(rc::check("any experiment", [] {
    experiment e;
    e.what = *rc::gen::element(workload::ring, workload::deque, workload::tree, workload::burst);
    e.deque = *rc::gen::element(deque_kind::fence, deque_kind::biased);
    e.threads = *rc::gen::inRange(1, 24);
    e.task_ns = *rc::gen::element(1.0, 50.0, 700.0, 9000.0);
    e.tasks = *rc::gen::inRange<std::uint64_t>(1, 3000);
    e.seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    e.how.steal_batch = *rc::gen::inRange<std::size_t>(1, 9);
    e.how.block = *rc::gen::inRange<std::size_t>(1, 300);
    e.how.searchers = *rc::gen::inRange(0u, 8u);
    e.how.nap_ns = *rc::gen::element(0.0, 1000.0, 100e3, 10e6);
    e.how.search_on = *rc::gen::arbitrary<bool>();
    e.how.near_first = *rc::gen::arbitrary<bool>();
    e.how.goes_back = *rc::gen::arbitrary<bool>();
    e.how.goes_on = *rc::gen::arbitrary<bool>();
    e.how.waits_to_search = *rc::gen::arbitrary<bool>();
    e.how.hint = *rc::gen::arbitrary<bool>();
    e.how.hand_off = *rc::gen::arbitrary<bool>();
    e.how.spreads = *rc::gen::arbitrary<bool>();
    e.how.oldest = *rc::gen::element(old_work::never, old_work::each_time, old_work::by_time);
    e.how.shared = *rc::gen::element(sharing::by_workers, sharing::never, sharing::always);
    e.where.socket = *rc::gen::inRange(0, 20);
    e.where.cluster = *rc::gen::inRange(1, 9);
    const outcome o = run(e);
    RC_ASSERT(o.counts.runs >= o.tasks);
    RC_ASSERT(o.speedup <= e.threads);
  }));
}

TEST(SimulatedRuns, ExperimentsWithoutSenseAreRefused) {
  const auto refused = [](auto&& change) {
    experiment e;
    change(e);
    EXPECT_THROW(run(e), std::invalid_argument);
  };
  refused([](experiment& e) { e.threads = 0; });
  refused([](experiment& e) { e.threads = e.where.processors + 1; });
  refused([](experiment& e) { e.where.processors = max_processors + 1; });
  refused([](experiment& e) { e.task_ns = 0; });
  refused([](experiment& e) {
    e.what = workload::busy;
    e.threads = 1;
  });
  refused([](experiment& e) { e.where.cluster = 0; });
  refused([](experiment& e) { e.where.socket = -1; });
  refused([](experiment& e) { e.how.block = 0; });
  refused([](experiment& e) { e.how.nap_ns = -1; });
}

TEST(Study, ReportsEachPointInEachForm) {
  study s;
  s.workloads = {workload::tree};
  s.threads = {1, 2};
  s.task_ns = {1000};
  s.variants = {"shipped", "fences"};
  s.seeds = 1;
  int steps = 0;
  const study_result r = run(s, [&](int number, int all, const std::string&) {
    EXPECT_EQ(number, ++steps);
    EXPECT_EQ(all, 4);
  });
  ASSERT_EQ(r.points.size(), 4u);
  EXPECT_NE(as_table(r).find("fences"), std::string::npos);
  EXPECT_NE(as_json(r).find("\"variant\": \"fences\""), std::string::npos);
  const std::string page = as_page(r);
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_EQ(page.find("nan"), std::string::npos);
}

TEST(Study, AnUnknownVariantIsNamedWithThoseThereAre) {
  study s;
  s.variants = {"near-first"};
  try {
    run(s, [](int, int, const std::string&) {});
    FAIL() << "not refused";
  } catch (const std::invalid_argument& e) {
    EXPECT_NE(std::string(e.what()).find("near first"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace wyn::simulation
