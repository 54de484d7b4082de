// Random sequences of calls on three heaps under one cap, against a sequential model; a failing
// sequence is shrunk by rapidcheck, which also prints the seed (RC_PARAMS="seed=..." repeats it).
//
// The model knows which tasks are alive, on which heap they were allocated and what their slots
// hold. After each command every live slot must still hold it, and the numbers that the heaps
// report must follow from the model.
#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <vector>

#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "rapidcheck/state.h"

namespace wyn {
namespace {

#ifndef WYN_TEST_SLOT_BYTES
#define WYN_TEST_SLOT_BYTES 64
#endif

struct tiny_layout {
  static constexpr std::size_t slot_bytes = WYN_TEST_SLOT_BYTES;
  static constexpr std::size_t slab_bytes = 1024;
  static constexpr bool guarded = true;
};
using heap = task_heap<env_default, task_heap_default_orders, tiny_layout>;
using budget_t = slot_budget<>;

constexpr int heap_count = 3;
constexpr std::uint64_t per_slab = heap::slots_per_slab();
constexpr int nobody = heap_count;  // the "self" of a thread without a heap

// The sequential model. A task may have found no slot; the heaps tell which, the model need not.
struct pool_model {
  std::map<int, int> heap_of;  // alive task -> its heap
  int next_task = 0;
};

struct pool {
  explicit pool(std::uint64_t cap) : budget(cap) {
    for (auto& h : heaps) h = std::make_unique<heap>(budget);
  }
  // Tasks that the sequence left alive go home first: a heap may not be destroyed under them. After
  // a failed assertion the heaps may be in any state; they are leaked, so that shrinking can go on.
  ~pool() {
    if (std::uncaught_exceptions() > 0) {
      for (auto& h : heaps) static_cast<void>(h.release());
      return;
    }
    for (const auto& [task, slot] : slots) heap::deallocate(slot, nullptr);
  }

  std::uint64_t taken() const { return budget.taken(task_heap_default_orders::budget_load); }
  heap* self(int number) { return number == nobody ? nullptr : heaps[number].get(); }
  std::uint64_t live(int number) const {
    return static_cast<std::uint64_t>(std::count_if(
        home.begin(), home.end(), [&](const auto& entry) { return entry.second == number; }));
  }

  budget_t budget;
  std::array<std::unique_ptr<heap>, heap_count> heaps;
  std::map<int, void*> slots;  // tasks that hold a slot
  std::map<int, int> home;     // and the heap that it is from
};

std::uint64_t mark_of(int task, std::size_t word) {
  return (static_cast<std::uint64_t>(task) + 1) * 0x9e3779b97f4a7c15u + word;
}
constexpr std::size_t words = heap::slot_bytes / sizeof(std::uint64_t);

void write_mark(void* slot, int task) {
  for (std::size_t w = 0; w < words; ++w) static_cast<std::uint64_t*>(slot)[w] = mark_of(task, w);
}

void check_pool(pool& p) {
  for (const auto& [task, slot] : p.slots) {
    for (std::size_t w = 0; w < words; ++w) {
      RC_ASSERT(static_cast<std::uint64_t*>(slot)[w] == mark_of(task, w));
    }
  }
  std::uint64_t capacities = 0;
  for (int i = 0; i < heap_count; ++i) {
    RC_ASSERT(p.heaps[i]->capacity() >= p.live(i));
    RC_ASSERT(p.heaps[i]->memory_bytes() * per_slab >= p.heaps[i]->capacity() * 1024);
    capacities += p.heaps[i]->capacity();
  }
  RC_ASSERT(p.taken() == capacities);
  RC_ASSERT(capacities <= p.budget.max_slots());
}

using command = rc::state::Command<pool_model, pool>;

// Slots that a heap may add now.
std::uint64_t next_slab(const pool& p) {
  return std::min(per_slab, p.budget.max_slots() - p.taken());
}

struct allocate : command {
  int from = *rc::gen::inRange(0, heap_count);
  int count = *rc::gen::inRange(1, 12);

  void apply(pool_model& m) const override {
    for (int i = 0; i < count; ++i) m.heap_of[m.next_task++] = from;
  }
  void run(const pool_model& m, pool& p) const override {
    for (int i = 0; i < count; ++i) allocate_one(m.next_task + i, p);
    check_pool(p);
  }
  void show(std::ostream& os) const override {
    os << "allocate " << count << " from heap " << from;
  }

 private:
  void allocate_one(int task, pool& p) const {
    heap& h = *p.heaps[from];
    const bool has_room = p.live(from) < h.capacity();
    const std::uint64_t expected = h.capacity() + (has_room ? 0 : next_slab(p));
    void* slot = h.allocate();
    RC_ASSERT((slot != nullptr) == (p.live(from) < expected));
    RC_ASSERT(h.capacity() == expected);
    if (slot == nullptr) return;
    for (const auto& [other_task, other] : p.slots) RC_ASSERT((other != slot));
    write_mark(slot, task);
    p.slots[task] = slot;
    p.home[task] = from;
  }
};

struct free_slots : command {
  int first = 0;  // the oldest of the tasks to free
  int count = *rc::gen::inRange(1, 20);
  int self = *rc::gen::inRange(0, heap_count + 1);  // often not the heap that a slot is from

  explicit free_slots(const pool_model& m) {
    RC_PRE(!m.heap_of.empty());
    first = (*rc::gen::elementOf(m.heap_of)).first;
    if (*rc::gen::inRange(0, 2) == 0) self = m.heap_of.at(first);
  }
  void apply(pool_model& m) const override {
    for (const int task : chosen(m)) m.heap_of.erase(task);
  }
  void run(const pool_model& m, pool& p) const override {
    for (const int task : chosen(m)) {
      if (!p.slots.contains(task)) continue;
      heap::deallocate(p.slots[task], p.self(self));
      p.slots.erase(task);
      p.home.erase(task);
    }
    check_pool(p);
  }
  void show(std::ostream& os) const override {
    os << "free " << count << " tasks from task " << first << " on, as the owner of heap " << self;
  }

 private:
  std::vector<int> chosen(const pool_model& m) const {
    std::vector<int> tasks;
    for (auto it = m.heap_of.lower_bound(first); it != m.heap_of.end(); ++it) {
      if (tasks.size() < static_cast<std::size_t>(count)) tasks.push_back(it->first);
    }
    return tasks;
  }
};

struct reserve_slots : command {
  int on = *rc::gen::inRange(0, heap_count);
  std::uint64_t wanted = *rc::gen::inRange<std::uint64_t>(0, 4 * per_slab);

  void run(const pool_model&, pool& p) const override {
    const bool possible = p.heaps[on]->capacity() + p.budget.max_slots() - p.taken() >= wanted;
    RC_ASSERT(p.heaps[on]->reserve(wanted) == possible);
    RC_ASSERT((p.heaps[on]->capacity() >= wanted) == possible);
    check_pool(p);
  }
  void show(std::ostream& os) const override { os << "reserve " << wanted << " on heap " << on; }
};

struct trim_heap : command {
  int on = *rc::gen::inRange(0, heap_count);
  std::uint64_t keep = *rc::gen::inRange<std::uint64_t>(0, 3 * per_slab);

  void run(const pool_model&, pool& p) const override {
    heap& h = *p.heaps[on];
    const std::size_t memory = h.memory_bytes();
    const std::uint64_t capacity = h.capacity();
    const std::size_t given_back = h.trim(keep);
    RC_ASSERT(h.memory_bytes() == memory - given_back);
    RC_ASSERT(h.capacity() >= std::min(keep, capacity));
    if (keep == 0) RC_ASSERT(h.memory_bytes() == slabs_in_use(p) * std::size_t{1024});
    check_pool(p);
  }
  void show(std::ostream& os) const override { os << "trim heap " << on << " to " << keep; }

 private:
  std::size_t slabs_in_use(const pool& p) const {
    std::set<std::uintptr_t> slabs;
    for (const auto& [task, slot] : p.slots) {
      if (p.home.at(task) == on) slabs.insert(reinterpret_cast<std::uintptr_t>(slot) / 1024);
    }
    return slabs.size();
  }
};

// A command of its own: counting takes the return list over, which must not happen at every step.
struct count_live : command {
  int on = *rc::gen::inRange(0, heap_count);

  void run(const pool_model&, pool& p) const override {
    RC_ASSERT(p.heaps[on]->live_slots() == p.live(on));
    check_pool(p);
  }
  void show(std::ostream& os) const override { os << "count the live slots of heap " << on; }
};

void random_calls(std::uint64_t cap) {
  pool p(cap);
  rc::state::check(pool_model{}, p,
                   rc::state::gen::execOneOfWithArgs<allocate, allocate, free_slots, free_slots,
                                                     reserve_slots, trim_heap, count_live>());
}

RC_GTEST_PROP(TaskHeapProperty, HoldsForRandomCallsWithoutACap, ()) {
  random_calls(budget_t::unlimited);
}

RC_GTEST_PROP(TaskHeapProperty, HoldsForRandomCallsUnderASmallCap, ()) {
  random_calls(*rc::gen::inRange<std::uint64_t>(0, 6 * per_slab));
}

}  // namespace
}  // namespace wyn
