// Pools with one mistake each, most of them found in published code. A model that does not see
// through the mistake it is named for is too small.
//
// The mistakes of an ordering table are rows that a mutant weakens; these are mistakes of the
// program, which no order repairs: all accesses here are seq_cst.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "core/base/named.h"
#include "core/base/site.h"
#include "models/task_pool/workload.h"

namespace wyn::task_pool_models {

enum class mistake {
  shared_pop,          ///< free slots on one stack that every thread pops from: ABA
  ring,                ///< slots given out in turn, whether they are free or not
  link_after_publish,  ///< a return publishes its slot first and links it afterwards
  take_one_of_list,    ///< the owner pops the return list's head with a load and a store
  one_try,             ///< an allocation that lost against a return says that there is no slot
};

/// All slots in an array; which are free, each mistake gets wrong in its own way.
template <class Env, int Threads, int Slots, mistake Mistake>
class broken_pool {
 public:
  static constexpr std::size_t places = Threads * Slots;
  std::size_t place_of(void* slot) {
    return static_cast<std::size_t>(reinterpret_cast<cell*>(slot) - cells_);
  }

  broken_pool() {
    name_object<Env>(head_, "free list");
    name_object<Env>(next_, "next slot");
    for (std::size_t i = 0; i < places; ++i) {
      name_object<Env>(cells_[i].next, "link", static_cast<std::int64_t>(i));
    }
    if constexpr (Mistake == mistake::ring) return;
    for (cell& c : cells_) deallocate(&c, -1);
  }

  void* allocate(int) {
    if constexpr (Mistake == mistake::ring) {
      return &cells_[next_.fetch_add(1, any) % places];
    } else if constexpr (Mistake == mistake::take_one_of_list) {
      cell* top = head_.load(any);
      if (top == nullptr) return nullptr;
      head_.store(top->next.load(any), any);
      return top;
    } else {
      cell* top = head_.load(any);
      while (top != nullptr) {
        cell* next = top->next.load(any);
        if (head_.compare_exchange(top, next, any)) return top;
        if (Mistake == mistake::one_try) return nullptr;
      }
      return nullptr;
    }
  }

  void deallocate(void* slot, int) {
    if constexpr (Mistake == mistake::ring) return;
    auto* c = static_cast<cell*>(slot);
    cell* top = head_.load(any);
    do {
      if constexpr (Mistake != mistake::link_after_publish) c->next.store(top, any);
    } while (!head_.compare_exchange(top, c, any));
    if constexpr (Mistake == mistake::link_after_publish) c->next.store(top, any);
  }

  std::size_t trim(int) { return 0; }
  bool all_back() { return true; }

 private:
  static constexpr site<"TPX broken pool", order::seq_cst> any{};

  // The task first: a slot's address is the address of its cell.
  struct cell {
    alignas(64) std::byte memory[sizeof(task<Env>)];
    typename Env::template atomic<cell*> next;
  };
  cell cells_[places];
  typename Env::template atomic<cell*> head_;
  typename Env::template atomic<std::uint64_t> next_;
};

/// The third argument of a model: run it on the pool with this mistake.
template <mistake Mistake>
struct pool_with {
  template <class Env, class Orders, int Threads, int Slots>
  using type = broken_pool<Env, Threads, Slots, Mistake>;
};

}  // namespace wyn::task_pool_models
