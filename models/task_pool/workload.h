// What the models of the task pool share: a pool of a few slots, tasks with a mark in them, and the
// account of which slot is in whose hand.
//
// The account is race-checked memory and is written only by whoever holds the slot. So it finds a
// slot in two hands in two ways: by its value, and as a race where nothing orders one use of a slot
// before the next.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/task_pool/slot_budget.h"
#include "core/task_pool/task_heap.h"

namespace wyn::task_pool_models {

/// What the user of a slot puts into it.
template <class Env>
struct task {
  explicit task(int m) : mark(m) {}
  typename Env::template plain<int> mark;
};

/// Slots and slabs as small as the environment's race-checked words allow. Most models are not
/// guarded: they have an account of their own, and the guard's atomics multiply the executions.
///
/// Runtimes have heaps of slots of two sizes. A size decides where slots lie in a slab and how many
/// are cut off at a time, which is the owner's arithmetic; no step depends on it. `Extra`
/// adds bytes to each slot: pool_model_test has the same executions with it.
template <class Env, bool Guarded = false, std::size_t Extra = 0>
struct small_layout {
  static constexpr bool guarded = Guarded;
  using word = typename Env::template plain<void*>;
  static constexpr std::size_t slot_bytes =
      (std::max(sizeof(word), sizeof(task<Env>)) + 63) / 64 * 64 + Extra;
  static constexpr std::size_t slab_bytes = std::bit_ceil(8 * sizeof(word) + 3 * slot_bytes);
};

template <class Env, class Layout = small_layout<Env>>
inline constexpr std::size_t slab_places = Layout::slab_bytes / Layout::slot_bytes;
template <class Env, class Layout = small_layout<Env>>
std::size_t place_in_slab(void* slot) {
  return reinterpret_cast<std::uintptr_t>(slot) % Layout::slab_bytes / Layout::slot_bytes;
}

/// Which pool a model runs: the shipped one, where every thread has a heap of its own, or a broken
/// one that the model must see through (broken_pools.h). Each thread may have `Slots` slots.
template <bool Guarded, std::size_t Extra = 0>
struct heap_pool {
  template <class Env, class Orders, int Threads, int Slots>
  class type {
    using layout = small_layout<Env, Guarded, Extra>;
    using heap = task_heap<Env, Orders, layout>;

   public:
    /// Places that slots can be at, and which of them `slot` is at.
    static constexpr std::size_t places = Threads * slab_places<Env, layout>;
    std::size_t place_of(void* slot) {
      const heap* owner = detail::slab<Env, layout, heap>::home_of(slot)->owner();
      std::size_t thread = 0;
      while (owner != &of(static_cast<int>(thread))) ++thread;
      return thread * slab_places<Env, layout> + place_in_slab<Env, layout>(slot);
    }

    void* allocate(int thread) { return of(thread).allocate(); }
    /// `thread` < 0: a thread that owns no heap.
    void deallocate(void* slot, int thread) {
      heap::deallocate(slot, thread < 0 ? nullptr : &of(thread));
    }
    std::size_t trim(int thread) { return of(thread).trim(); }
    bool all_back() {
      for (int t = 0; t < Threads; ++t) {
        if (of(t).live_slots() != 0) return false;
      }
      return true;
    }

   private:
    struct capped_heap {
      slot_budget<Env> budget{Slots};
      heap own{budget};
    };
    heap& of(int thread) { return heaps_[thread].own; }

    capped_heap heaps_[Threads];
  };
};
using shipped_pool = heap_pool<false>;
using guarded_pool = heap_pool<true>;
using pool_of_larger_slots = heap_pool<false, 48>;

/// A pool for `Threads` allocating threads, each with at most `Slots` slots.
template <class Env, class Orders, class Pool, int Threads, int Slots>
class workload {
 public:
  /// Takes a slot and puts a task with `mark` into it; nullptr when the pool has none.
  void* take(int thread, int mark) {
    void* slot = pool_.allocate(thread);
    if (slot == nullptr) return nullptr;
    auto& holder = holder_of(slot);
    Env::check(holder.read() == nobody, "a slot handed out is in nobody's hand");
    holder.write(mark);
    ::new (slot) task<Env>(mark);
    return slot;
  }

  /// Looks at the task, ends it and gives the slot back. `thread` < 0: one that owns no heap.
  void give_back(void* slot, int mark, int thread) {
    auto* t = std::launder(reinterpret_cast<task<Env>*>(slot));
    Env::check(t->mark.read() == mark, "a live slot keeps what is in it");
    std::destroy_at(t);
    auto& holder = holder_of(slot);
    Env::check(holder.read() == mark, "a live slot is in one hand");
    holder.write(nobody);
    pool_.deallocate(slot, thread);
  }

  std::size_t trim(int thread) { return pool_.trim(thread); }

  /// After all threads, when every slot is back: each can be taken once, and no more than these.
  void check_complete() {
    Env::check(pool_.all_back(), "every slot is back");
    void* slots[Threads][Slots];
    for (int t = 0; t < Threads; ++t) {
      for (int i = 0; i < Slots; ++i) {
        slots[t][i] = take(t, last_mark + i);
        Env::check(slots[t][i] != nullptr, "no slot is lost");
      }
    }
    for (int t = 0; t < Threads; ++t) {
      Env::check(pool_.allocate(t) == nullptr, "no slot is added beyond the cap");
      for (int i = 0; i < Slots; ++i) give_back(slots[t][i], last_mark + i, t);
    }
  }

 private:
  using pool = typename Pool::template type<Env, Orders, Threads, Slots>;
  static constexpr int nobody = 0;
  static constexpr int last_mark = 100;

  typename Env::template plain<int>& holder_of(void* slot) { return holder_[pool_.place_of(slot)]; }

  pool pool_;
  typename Env::template plain<int> holder_[pool::places];
};

}  // namespace wyn::task_pool_models
