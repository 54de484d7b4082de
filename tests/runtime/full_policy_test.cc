// Bounded queues and a bounded task pool: what a spawn does when there is no room, and that it
// loses nothing.
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

constexpr int room = 4;

options bounded(full_policy policy, unsigned workers) {
  options o = with_workers(workers);
  o.max_queued = room;
  o.on_full = policy;
  return o;
}

// Keeps the only worker busy until it is released, so that queues stay as they are.
class held_worker {
 public:
  explicit held_worker(runtime& rt) {
    rt.spawn([this] {
      held_ = true;
      spin_until_set(go_);
      over_ = true;
    });
    spin_until_set(held_);
  }
  ~held_worker() {
    release();
    spin_until_set(over_);
  }
  void release() { go_ = true; }

 private:
  std::atomic<bool> held_{false};
  std::atomic<bool> go_{false};
  std::atomic<bool> over_{false};
};

// The statuses of `n` spawns, one after the other.
std::vector<spawn_status> spawn_some(runtime& rt, int n, std::atomic<int>& runs) {
  std::vector<spawn_status> all;
  for (int i = 0; i < n; ++i) all.push_back(rt.try_spawn([&] { runs.fetch_add(1); }));
  return all;
}

std::vector<spawn_status> expected(int fit, int n, spawn_status beyond) {
  std::vector<spawn_status> all(static_cast<std::size_t>(fit), spawn_status::queued);
  all.resize(static_cast<std::size_t>(n), beyond);
  return all;
}

TEST(FullQueue, OfAForeignThreadRunsTheTaskInlineUnderRunInline) {
  std::atomic<int> runs{0};
  runtime rt(bounded(full_policy::run_inline, 1));
  held_worker held(rt);
  EXPECT_EQ(spawn_some(rt, 10, runs), expected(room, 10, spawn_status::ran_inline));
  EXPECT_EQ(runs, 10 - room);
  held.release();
  rt.wait_idle();
  EXPECT_EQ(runs, 10);
}

TEST(FullQueue, OfAForeignThreadRefusesTheTaskUnderError) {
  std::atomic<int> runs{0};
  runtime rt(bounded(full_policy::error, 1));
  {
    held_worker held(rt);
    EXPECT_EQ(spawn_some(rt, 10, runs), expected(room, 10, spawn_status::full));
    EXPECT_THROW(rt.spawn([&] { runs.fetch_add(1); }), spawn_error);
    EXPECT_THROW(rt.submit([&] { runs.fetch_add(1); }), spawn_error);
    EXPECT_THROW(rt.spawn_raw([](void*) {}, nullptr), spawn_error);
  }
  rt.wait_idle();
  EXPECT_EQ(runs, room);
  EXPECT_EQ(rt.try_spawn([&] { runs.fetch_add(1); }), spawn_status::queued);
  rt.wait_idle();
  EXPECT_EQ(runs, room + 1);
}

TEST(FullQueue, IsNoneUnderGrow) {
  std::atomic<int> runs{0};
  runtime rt(bounded(full_policy::grow, 1));
  {
    held_worker held(rt);
    EXPECT_EQ(spawn_some(rt, 1000, runs), expected(1000, 1000, spawn_status::full));
    EXPECT_EQ(runs, 0);
  }
  rt.wait_idle();
  EXPECT_EQ(runs, 1000);
}

TEST(FullQueue, OfAThreadWithoutWorkersHasTheSameRoom) {
  std::atomic<int> runs{0};
  runtime rt(bounded(full_policy::error, 0));
  EXPECT_EQ(spawn_some(rt, 10, runs), expected(room, 10, spawn_status::full));
  rt.wait_idle();
  EXPECT_EQ(runs, room);
}

TEST(FullQueue, OfAWorkerFollowsThePolicyToo) {
  for (const full_policy policy : {full_policy::run_inline, full_policy::error}) {
    std::atomic<int> runs{0};
    std::vector<spawn_status> seen;
    std::atomic<bool> over{false};
    runtime rt(bounded(policy, 1));
    rt.spawn([&] {
      seen = spawn_some(rt, 10, runs);
      over = true;
    });
    spin_until_set(over);
    const bool refuses = policy == full_policy::error;
    EXPECT_EQ(seen, expected(room, 10, refuses ? spawn_status::full : spawn_status::ran_inline));
    rt.wait_idle();
    EXPECT_EQ(runs, refuses ? room : 10);
  }
}

TEST(FullQueue, RoundsItsLimitUpToAPowerOfTwo) {
  options o = bounded(full_policy::error, 0);
  for (const int limit : {1, 3, 5, 1000}) {
    o.max_queued = limit;
    int fit = 1;
    while (fit < limit) fit *= 2;
    std::atomic<int> runs{0};
    runtime rt(o);
    EXPECT_EQ(spawn_some(rt, fit + 2, runs), expected(fit, fit + 2, spawn_status::full)) << limit;
    rt.wait_idle();
  }
}

TEST(FullQueue, DestroysTheClosureThatItRefuses) {
  counted::reset();
  runtime rt(bounded(full_policy::error, 0));
  for (int i = 0; i < 10; ++i) {
    static_cast<void>(rt.try_spawn([c = counted()] {}));
    try {
      rt.submit([c = counted()] {}).detach();
    } catch (const spawn_error& e) {
      EXPECT_EQ(e.status(), spawn_status::full);
    }
  }
  EXPECT_EQ(counted::alive, room);
  rt.wait_idle();
  EXPECT_EQ(counted::alive, 0);
}

TEST(FullQueue, ForksRunBothHalvesAllTheSame) {
  runtime rt(bounded(full_policy::error, 1));
  struct summer {
    runtime& rt;
    int sum(int depth) {
      if (depth == 0) return 1;
      const auto [a, b] =
          rt.fork_join([&] { return sum(depth - 1); }, [&] { return sum(depth - 1); });
      return a + b;
    }
  } s{rt};
  EXPECT_EQ(s.sum(10), 1024);  // ten nested forks, room for four
}

TEST(FullQueue, SubmitUnderRunInlineReturnsTheResult) {
  runtime rt(bounded(full_policy::run_inline, 0));
  std::vector<task_handle<int>> handles;
  for (int i = 0; i < 20; ++i) handles.push_back(rt.submit([i] { return i; }));
  for (int i = 19; i >= 0; --i) EXPECT_EQ(handles[static_cast<std::size_t>(i)].get(), i);
  rt.wait_idle();
}

TEST(FullQueue, LosesNothingWithManySpawnersAndWorkers) {
  for (const full_policy policy :
       {full_policy::grow, full_policy::run_inline, full_policy::error}) {
    runtime rt(bounded(policy, 2));
    const std::size_t each = scaled(10'000);
    marks m(3 * each);
    std::vector<std::thread> spawners;
    for (std::size_t t = 0; t < 3; ++t) {
      spawners.emplace_back([&, t] {
        for (std::size_t i = t * each; i < (t + 1) * each; ++i) {
          auto task = [&m, i, text = std::string(20, 'x')] { m.hit(i); };
          while (rt.try_spawn(task) == spawn_status::full) std::this_thread::yield();
        }
      });
    }
    for (auto& s : spawners) s.join();
    rt.wait_idle();
    EXPECT_TRUE(m.each_hit()) << "policy " << static_cast<int>(policy);
  }
}

// A closure for a small slot, one for a large one, and one for a block with its pointer in a slot.
enum class closure_size { small, large, larger_than_a_slot };

spawn_status try_spawn_of(closure_size size, runtime& rt, std::atomic<int>& runs) {
  switch (size) {
    case closure_size::small:
      return rt.try_spawn([&runs, one = std::make_unique<int>(1)] { runs.fetch_add(*one); });
    case closure_size::large:
      return rt.try_spawn([&runs, text = std::string(40, 'x')] { runs.fetch_add(1); });
    default: {
      const std::array<char, 500> fill{};
      return rt.try_spawn([&runs, fill] { runs.fetch_add(1 + fill[0]); });
    }
  }
}

// Spawns ten closures, of `sizes` in turn.
void expect_policy_followed(full_policy policy, const std::vector<closure_size>& sizes) {
  options o = with_workers(0);
  o.max_slots = room;
  o.reserved_slots = 0;
  o.on_full = policy;
  runtime rt(o);
  std::atomic<int> runs{0};
  std::vector<spawn_status> seen;
  for (std::size_t i = 0; i < 10; ++i) {
    seen.push_back(try_spawn_of(sizes[i % sizes.size()], rt, runs));
  }
  const spawn_status beyond = policy == full_policy::grow         ? spawn_status::queued
                              : policy == full_policy::run_inline ? spawn_status::ran_inline
                                                                  : spawn_status::full;
  EXPECT_EQ(seen, expected(room, 10, beyond));
  // What lies in the queue itself needs no slot.
  EXPECT_EQ(rt.try_spawn([&runs] { runs.fetch_add(1); }), spawn_status::queued);
  rt.wait_idle();
  EXPECT_EQ(runs, policy == full_policy::error ? room + 1 : 11);
  // The slots are free again, for each size.
  for (const closure_size size :
       {closure_size::small, closure_size::large, closure_size::larger_than_a_slot}) {
    for (int i = 0; i < room; ++i) EXPECT_EQ(try_spawn_of(size, rt, runs), spawn_status::queued);
    rt.wait_idle();
  }
}

TEST(FullPool, FollowsThePolicyForClosuresThatNeedASlot) {
  constexpr auto small = closure_size::small;
  constexpr auto large = closure_size::large;
  constexpr auto larger = closure_size::larger_than_a_slot;
  for (const full_policy policy :
       {full_policy::grow, full_policy::run_inline, full_policy::error}) {
    for (const auto& sizes : std::vector<std::vector<closure_size>>{
             {small}, {large}, {larger}, {small, large}, {larger, small, small, large}}) {
      SCOPED_TRACE(static_cast<int>(policy));
      expect_policy_followed(policy, sizes);
    }
  }
}

TEST(FullPool, IsOneForAllThreads) {
  options o = with_workers(0);
  o.max_slots = room;
  o.reserved_slots = 0;
  o.on_full = full_policy::error;
  runtime rt(o);
  std::atomic<int> accepted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i) {
        accepted += rt.try_spawn([text = std::string(40, 'x')] {}) == spawn_status::queued;
      }
    });
  }
  for (auto& t : threads) t.join();
  EXPECT_GE(accepted, 1);
  EXPECT_LE(accepted, room);
  rt.wait_idle();
}

TEST(FullPool, SubmitTakesABlockOfItsOwnBeyondTheLimit) {
  options o = with_workers(0);
  o.max_slots = 1;
  o.reserved_slots = 0;
  runtime rt(o);
  std::vector<task_handle<std::string>> handles;
  for (int i = 0; i < 10; ++i) handles.push_back(rt.submit([i] { return std::to_string(i); }));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(handles[static_cast<std::size_t>(i)].get(), std::to_string(i));
  }
  rt.wait_idle();
}

}  // namespace
}  // namespace wyn::tests
