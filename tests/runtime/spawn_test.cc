// spawn in its forms: what may be spawned, from where, and what the spawner is told.
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

struct raw_counter {
  std::atomic<int> runs{0};
  static void run(void* self) { static_cast<raw_counter*>(self)->runs.fetch_add(1); }
};

TEST(SpawnRaw, CallsTheFunctionWithItsArgument) {
  raw_counter counter;
  runtime rt(with_workers(1));
  rt.spawn_raw(&raw_counter::run, &counter);
  EXPECT_EQ(rt.try_spawn_raw(&raw_counter::run, &counter), spawn_status::queued);
  rt.wait_idle();
  EXPECT_EQ(counter.runs, 2);
}

int calls_of_plain_function = 0;
void plain_function() { ++calls_of_plain_function; }

TEST(SpawnClosure, MayBeAFunction) {
  runtime rt(with_workers(0));
  rt.spawn(plain_function);
  rt.spawn(&plain_function);
  rt.wait_idle();
  EXPECT_EQ(calls_of_plain_function, 2);
}

TEST(SpawnClosure, OfOneByteKeepsItsValue) {
  runtime rt(with_workers(0));
  static char seen = 0;
  rt.spawn([c = 'x'] { seen = c; });
  rt.wait_idle();
  EXPECT_EQ(seen, 'x');
}

TEST(SpawnClosure, MayHoldAMoveOnlyObject) {
  runtime rt(with_workers(1));
  std::atomic<int> seen{0};
  auto p = std::make_unique<int>(42);
  rt.spawn([&seen, p = std::move(p)] { seen = *p; });
  rt.wait_idle();
  EXPECT_EQ(seen, 42);
}

TEST(SpawnClosure, IsCalledAsAnRvalue) {
  struct one_shot {
    int* calls;
    void operator()() && { ++*calls; }
  };
  int calls = 0;
  runtime rt(with_workers(0));
  rt.spawn(one_shot{&calls});
  rt.wait_idle();
  EXPECT_EQ(calls, 1);
}

TEST(SpawnClosure, OfAnLvalueIsACopy) {
  runtime rt(with_workers(0));
  std::vector<std::string> seen;
  auto f = [&seen, text = std::string("a text that does not fit into the string object")] {
    seen.push_back(text);
  };
  rt.spawn(f);
  rt.spawn(f);
  rt.wait_idle();
  EXPECT_EQ(seen, std::vector<std::string>(2, "a text that does not fit into the string object"));
  f();
  EXPECT_EQ(seen.size(), 3u);
}

template <std::size_t Bytes, std::size_t Alignment>
void expect_content_and_alignment(unsigned workers) {
  struct alignas(Alignment) content {
    std::array<unsigned char, Bytes> bytes;
  };
  content c{};
  for (std::size_t i = 0; i < Bytes; ++i) c.bytes[i] = static_cast<unsigned char>(i * 7 + 1);
  static std::atomic<int> right;
  right = 0;
  runtime rt(with_workers(workers));
  for (int i = 0; i < 100; ++i) {
    rt.spawn([c] {
      bool same = reinterpret_cast<std::uintptr_t>(&c) % Alignment == 0;
      for (std::size_t k = 0; k < Bytes; ++k) {
        same = same && c.bytes[k] == static_cast<unsigned char>(k * 7 + 1);
      }
      right.fetch_add(same);
    });
  }
  rt.wait_idle();
  EXPECT_EQ(right, 100) << Bytes << " bytes, alignment " << Alignment;
}

TEST(SpawnClosure, OfAnySizeAndAlignmentArrivesUnchanged) {
  for (const unsigned workers : {0u, 2u}) {
    expect_content_and_alignment<7, 1>(workers);
    expect_content_and_alignment<8, 8>(workers);
    expect_content_and_alignment<9, 1>(workers);
    expect_content_and_alignment<16, 16>(workers);
    expect_content_and_alignment<128, 64>(workers);
    expect_content_and_alignment<129, 1>(workers);
    expect_content_and_alignment<256, 128>(workers);
    expect_content_and_alignment<5000, 4096>(workers);
  }
}

template <std::size_t Padding>
void expect_one_life_each() {
  counted::reset();
  {
    runtime rt(with_workers(1));
    for (int i = 0; i < 1000; ++i) {
      rt.spawn([c = counted(), pad = std::array<char, Padding>{}] { static_cast<void>(pad); });
    }
    rt.wait_idle();
    EXPECT_EQ(counted::alive, 0) << "a closure of " << Padding << " bytes outlives its run";
  }
  EXPECT_EQ(counted::alive, 0);
  EXPECT_GE(counted::made, 1000);
}

TEST(SpawnClosure, IsDestroyedOnceAndBeforeTheRuntimeIsIdle) {
  expect_one_life_each<1>();
  expect_one_life_each<100>();
  expect_one_life_each<1000>();
}

template <std::size_t Padding>
struct throws_when_copied {
  std::array<char, Padding> pad{};
  counted alive{};
  throws_when_copied() = default;
  throws_when_copied(const throws_when_copied&) { throw std::runtime_error("copy"); }
  void operator()() const { FAIL() << "it was never stored"; }
};

TEST(SpawnClosure, WhoseConstructorThrowsIsNotQueuedAndLeavesNothingBehind) {
  counted::reset();
  {
    runtime rt(with_workers(1));
    const throws_when_copied<1> in_slot;
    const throws_when_copied<500> in_block;
    EXPECT_THROW(rt.spawn(in_slot), std::runtime_error);
    EXPECT_THROW(rt.spawn(in_block), std::runtime_error);
    EXPECT_THROW(static_cast<void>(rt.try_spawn(in_slot)), std::runtime_error);
    EXPECT_THROW(static_cast<void>(rt.submit(in_slot)), std::runtime_error);
    rt.wait_idle();
    EXPECT_EQ(counted::alive, 2);
  }  // the runtime checks that every slot is back
  EXPECT_EQ(counted::alive, 0);
}

TEST(SpawnCounts, EachOfOneTenThousandAndHundredThousandTasksRunsOnce) {
  for (const unsigned workers : {0u, 1u, 2u, 4u}) {
    for (const std::size_t n : {std::size_t{1}, scaled(10'000), scaled(100'000)}) {
      SCOPED_TRACE(std::to_string(n) + " tasks, " + std::to_string(workers) + " workers");
      marks m(n);
      runtime rt(with_workers(workers));
      for (std::size_t i = 0; i < n; ++i) rt.spawn([&m, i] { m.hit(i); });
      rt.wait_idle();
      EXPECT_TRUE(m.each_hit());
    }
  }
}

TEST(SpawnVisibility, TheTaskSeesWhatTheSpawnerDidBefore) {
  const std::size_t n = scaled(20'000);
  std::vector<int> values(n);
  std::atomic<std::size_t> right{0};
  runtime rt(with_workers(2));
  for (std::size_t i = 0; i < n; ++i) {
    values[i] = static_cast<int>(i);  // plain memory: ThreadSanitizer checks the order too
    rt.spawn([&values, &right, i] { right.fetch_add(values[i] == static_cast<int>(i)); });
  }
  rt.wait_idle();
  EXPECT_EQ(right, n);
}

void spawn_tree(runtime& rt, marks& m, std::size_t node) {
  m.hit(node);
  for (std::size_t child = 2 * node + 1; child <= 2 * node + 2 && child < m.size(); ++child) {
    rt.spawn([&rt, &m, child] { spawn_tree(rt, m, child); });
  }
}

TEST(SpawnNested, TasksSpawnTasks) {
  for (const unsigned workers : {0u, 1u, 3u}) {
    marks m(scaled(50'000));
    runtime rt(with_workers(workers));
    rt.spawn([&] { spawn_tree(rt, m, 0); });
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit());
  }
}

TEST(SpawnForeign, ManyThreadsSpawnAtOnce) {
  constexpr std::size_t threads = 4;
  const std::size_t each = scaled(20'000);
  marks m(threads * each);
  runtime rt(with_workers(2));
  std::vector<std::thread> spawners;
  for (std::size_t t = 0; t < threads; ++t) {
    spawners.emplace_back([&, t] {
      for (std::size_t i = 0; i < each; ++i) rt.spawn([&m, k = t * each + i] { m.hit(k); });
    });
  }
  for (auto& s : spawners) s.join();
  rt.wait_idle();
  EXPECT_TRUE(m.each_hit());
}

TEST(SpawnSeveralRuntimes, EachRunsItsOwnTasks) {
  marks m(4 * 1000);
  {
    std::vector<std::unique_ptr<runtime>> all;
    for (unsigned w = 0; w < 4; ++w) all.push_back(std::make_unique<runtime>(with_workers(w)));
    for (std::size_t i = 0; i < m.size(); ++i) all[i % 4]->spawn([&m, i] { m.hit(i); });
    for (auto& rt : all) rt->wait_idle();
    EXPECT_TRUE(m.each_hit());
  }
}

TEST(SpawnSeveralRuntimes, ATaskOfOneSpawnsInAnotherAndBack) {
  const std::size_t n = scaled(5'000);
  marks there(n);
  marks back(n);
  runtime a(with_workers(1));
  runtime b(with_workers(1));
  for (std::size_t i = 0; i < n; ++i) {
    a.spawn([&, i] {
      b.spawn([&, i, text = std::string(40, 'x')] {
        there.hit(i);
        a.spawn([&back, i, copy = text] { back.hit(i); });
      });
    });
  }
  // A task of `b` spawns in `a`: `b` may not become idle before `a`, nor the other way round.
  a.wait_idle();
  b.wait_idle();
  a.wait_idle();
  EXPECT_TRUE(there.each_hit());
  EXPECT_TRUE(back.each_hit());
}

TEST(SpawnSeveralRuntimes, ATaskMayBuildUseAndDestroyARuntime) {
  std::atomic<int> runs{0};
  runtime outer(with_workers(2));
  for (int i = 0; i < 20; ++i) {
    outer.spawn([&, text = std::string(40, 'x')] {
      runtime inner(with_workers(1));
      for (int k = 0; k < 10; ++k) inner.spawn([&runs, t = text] { runs.fetch_add(1); });
      inner.wait_idle();
      outer.spawn([&runs, t = text] { runs.fetch_add(1000); });
    });
  }
  outer.wait_idle();
  EXPECT_EQ(runs, 20 * 1010);
}

TEST(SpawnStatus, OfARunningRuntimeIsQueued) {
  runtime rt(with_workers(0));
  EXPECT_EQ(rt.try_spawn([] {}), spawn_status::queued);
  EXPECT_EQ(rt.try_spawn([text = std::string("slot")] {}), spawn_status::queued);
  rt.wait_idle();
}

TEST(SpawnStatus, AfterShutdownIsShutDownAndTheClosureIsDestroyed) {
  counted::reset();
  runtime rt(with_workers(1));
  rt.spawn([] {});
  rt.shutdown();
  EXPECT_EQ(rt.try_spawn([] {}), spawn_status::shut_down);
  EXPECT_EQ(rt.try_spawn([c = counted()] {}), spawn_status::shut_down);
  EXPECT_EQ(rt.try_spawn_raw(&raw_counter::run, nullptr), spawn_status::shut_down);
  EXPECT_EQ(counted::alive, 0);
  try {
    rt.spawn([] {});
    FAIL() << "no exception";
  } catch (const spawn_error& e) {
    EXPECT_EQ(e.status(), spawn_status::shut_down);
    EXPECT_STREQ(e.what(), describe(spawn_status::shut_down));
  }
}

TEST(SpawnStatus, HasADescriptionOfItsOwnForEachValue) {
  std::vector<std::string> texts;
  for (int s = 0; s <= static_cast<int>(spawn_status::too_many_threads); ++s) {
    const std::string text = describe(static_cast<spawn_status>(s));
    EXPECT_TRUE(text.starts_with("wyn: ")) << text;
    for (const std::string& other : texts) EXPECT_NE(text, other);
    texts.push_back(text);
  }
}

TEST(RuntimeWorkers, AreAsManyAsAskedFor) {
  EXPECT_EQ(runtime(with_workers(0)).workers(), 0u);
  EXPECT_EQ(runtime(with_workers(3)).workers(), 3u);
  EXPECT_GE(runtime().workers(), 1u);
}

}  // namespace
}  // namespace wyn::tests
