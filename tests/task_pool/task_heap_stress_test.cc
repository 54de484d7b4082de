// Many threads allocate, pass slots on and free them. WYN_SEED=n repeats the random choices.
//
// Counted: each allocation is freed exactly once, a slot holds its owner's mark from the one to the
// other, and at the end every slot is back and the budget holds exactly what the heaps have.
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

struct stress_layout {
  static constexpr std::size_t slot_bytes = 64;
  static constexpr std::size_t slab_bytes = 4096;
  static constexpr bool guarded = true;
};
struct bare_layout : stress_layout {
  static constexpr bool guarded = false;
};
struct small_layout : stress_layout {
  static constexpr std::size_t slot_bytes = 32;
};

// What the user of a slot writes over all of it.
template <std::size_t Bytes>
struct mark_of {
  std::uint64_t owner;
  std::uint64_t number;
  std::array<std::uint64_t, Bytes / sizeof(std::uint64_t) - 2> fill;

  mark_of(std::uint64_t o, std::uint64_t n) : owner(o), number(n) {
    for (std::uint64_t i = 0; i < fill.size(); ++i) fill[i] = mix(i);
  }
  bool intact() const {
    for (std::uint64_t i = 0; i < fill.size(); ++i) {
      if (fill[i] != mix(i)) return false;
    }
    return true;
  }
  std::uint64_t mix(std::uint64_t i) const {
    return (owner << 48) ^ (number * 0x9e3779b97f4a7c15u + i);
  }
};

// Threads with a heap each; slots change hands through cells that anybody swaps.
template <class Layout>
class exchange_stress {
 public:
  using heap = task_heap<env_default, task_heap_default_orders, Layout>;
  using task_mark = mark_of<Layout::slot_bytes>;

  exchange_stress(int threads, std::uint64_t allocations, std::uint64_t cap, std::uint64_t seed)
      : allocations_(allocations), budget_(cap), cells_(64) {
    for (int t = 0; t < threads; ++t) {
      workers_.push_back(std::make_unique<worker>(budget_, seed + 7919 * t, allocations));
    }
  }

  void run() {
    std::vector<std::thread> threads;
    for (std::uint64_t t = 0; t < workers_.size(); ++t)
      threads.emplace_back([this, t] { work(t); });
    for (std::thread& t : threads) t.join();
    for (auto& cell : cells_) consume(cell.exchange(nullptr), nullptr);
    check();
  }

 private:
  struct worker {
    worker(slot_budget<>& b, std::uint64_t seed, std::uint64_t allocations)
        : own(b), random(seed), freed(allocations) {}
    heap own;
    std::mt19937_64 random;
    std::uint64_t refused = 0;
    std::uint64_t numbers = 0;                      // allocations that succeeded
    std::vector<std::atomic<std::uint32_t>> freed;  // how often each of them was freed
  };

  void work(std::uint64_t self) {
    worker& w = *workers_[self];
    for (std::uint64_t i = 0; i < allocations_; ++i) {
      const std::uint64_t r = w.random();
      auto& cell = cells_[r % cells_.size()];
      task_mark* mine = nullptr;
      if (void* slot = w.own.allocate()) {
        mine = ::new (slot) task_mark(self, w.numbers++);
      } else {
        ++w.refused;
      }
      consume(cell.exchange(mine, std::memory_order_acq_rel), &w.own);
      if (r >> 32 < (std::uint64_t{1} << 32) / 1024) w.own.trim();
    }
  }

  void consume(task_mark* mark, heap* self) {
    if (mark == nullptr) return;
    if (!mark->intact() || mark->owner >= workers_.size() || mark->number >= allocations_) {
      damaged_.fetch_add(1);
    } else {
      workers_[mark->owner]->freed[mark->number].fetch_add(1, std::memory_order_relaxed);
    }
    std::destroy_at(mark);
    heap::deallocate(mark, self);
  }

  void check() {
    EXPECT_EQ(damaged_.load(), 0u) << "slots that did not hold their owner's mark";
    std::uint64_t capacities = 0;
    std::uint64_t not_once = 0;
    for (const auto& w : workers_) {
      for (std::uint64_t n = 0; n < w->numbers; ++n) not_once += w->freed[n].load() != 1;
      EXPECT_EQ(w->numbers + w->refused, allocations_);
      EXPECT_EQ(w->own.live_slots(), 0u);
      capacities += w->own.capacity();
    }
    EXPECT_EQ(not_once, 0u) << "allocations that were not freed exactly once";
    EXPECT_EQ(budget_.taken(task_heap_default_orders::budget_load), capacities);
    EXPECT_LE(capacities, budget_.max_slots());
    for (const auto& w : workers_) w->own.trim();
    EXPECT_EQ(budget_.taken(task_heap_default_orders::budget_load), 0u);
  }

  const std::uint64_t allocations_;
  slot_budget<> budget_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::vector<std::atomic<task_mark*>> cells_;
  std::atomic<std::uint64_t> damaged_{0};
};

class TaskHeapStress : public ::testing::TestWithParam<int> {};

TEST_P(TaskHeapStress, FreesEachAllocationOnceUnderTheGuard) {
  const std::uint64_t seed = tests::seed_of_this_run();
  exchange_stress<stress_layout>(GetParam(), 200'000, slot_budget<>::unlimited, seed).run();
}

TEST_P(TaskHeapStress, FreesEachAllocationOnceWithoutTheGuard) {
  const std::uint64_t seed = tests::seed_of_this_run();
  exchange_stress<bare_layout>(GetParam(), 200'000, slot_budget<>::unlimited, seed).run();
}

// Two slots share a cache line, and its words are freed by two threads.
TEST_P(TaskHeapStress, FreesEachAllocationOnceWithSmallSlots) {
  const std::uint64_t seed = tests::seed_of_this_run();
  exchange_stress<small_layout>(GetParam(), 200'000, slot_budget<>::unlimited, seed).run();
}

TEST_P(TaskHeapStress, KeepsTheCapWhileHeapsFightForIt) {
  const std::uint64_t seed = tests::seed_of_this_run();
  exchange_stress<stress_layout>(GetParam(), 200'000, 100, seed).run();
}

INSTANTIATE_TEST_SUITE_P(Threads, TaskHeapStress, ::testing::Values(1, 2, 4, 8),
                         [](const auto& p) { return std::to_string(p.param); });

// One owner hands slots to `consumers` threads through rings that order nothing on the way back:
// that a slot may be used again is known from the return list alone. What its rows do not order,
// ThreadSanitizer reports here.
class OneWay : public ::testing::TestWithParam<int> {
 protected:
  using heap = task_heap<env_default, task_heap_default_orders, bare_layout>;
  using task_mark = mark_of<bare_layout::slot_bytes>;
  static constexpr std::uint64_t items = 300'000;
  static constexpr std::size_t ring_size = 32;
  using ring = std::array<std::atomic<task_mark*>, ring_size>;

  static void produce(heap& own, std::vector<ring>& rings) {
    for (std::uint64_t n = 0; n < items; ++n) {
      auto& cell = rings[n % rings.size()][n / rings.size() % ring_size];
      while (cell.load(std::memory_order_relaxed) != nullptr) std::this_thread::yield();
      cell.store(::new (own.allocate()) task_mark(0, n), std::memory_order_release);
    }
  }

  static std::uint64_t consume(ring& from, std::uint64_t first, std::uint64_t step) {
    std::uint64_t damaged = 0;
    std::uint64_t position = 0;
    for (std::uint64_t n = first; n < items; n += step, ++position) {
      auto& cell = from[position % ring_size];
      task_mark* mark = nullptr;
      while ((mark = cell.load(std::memory_order_acquire)) == nullptr) std::this_thread::yield();
      cell.store(nullptr, std::memory_order_relaxed);
      damaged += !mark->intact() || mark->number != n;
      std::destroy_at(mark);
      heap::deallocate(mark, nullptr);
    }
    return damaged;
  }
};

TEST_P(OneWay, TheReturnListAloneOrdersTheReuseOfSlots) {
  const auto consumers = static_cast<std::uint64_t>(GetParam());
  slot_budget<> budget;
  heap own(budget);
  std::vector<ring> rings(consumers);
  std::vector<std::uint64_t> damaged(consumers);
  std::vector<std::thread> threads;
  for (std::uint64_t c = 0; c < consumers; ++c) {
    threads.emplace_back([&, c] { damaged[c] = consume(rings[c], c, consumers); });
  }
  produce(own, rings);
  for (std::thread& t : threads) t.join();
  for (const std::uint64_t d : damaged) EXPECT_EQ(d, 0u);
  EXPECT_EQ(own.live_slots(), 0u);
  // In flight: the full rings, one slot in each hand, one about to be published.
  EXPECT_LE(own.capacity(), consumers * (ring_size + 1) + 1 + heap::slots_per_slab());
}

INSTANTIATE_TEST_SUITE_P(Consumers, OneWay, ::testing::Values(1, 2, 4, 8),
                         [](const auto& p) { return std::to_string(p.param); });

}  // namespace
}  // namespace wyn
