// The task pool: slots for tasks, heaps of slots of one size, no malloc in the steady state.
//
// Papers:    the intrusive stack is Treiber's ("Systems Programming: Coping with Parallelism", IBM
//            RJ5118, 1986); a list that other threads return to, beside a list that the owner
//            allocates from, is that of Leijen, Zorn, de Moura, "Mimalloc: Free List Sharding in
//            Action", APLAS'19.
// Roles:     one owner allocates; any thread frees. Who is the owner may change only across a
//            happens-before edge: a heap can be handed on when a thread ends.
// Progress:  allocate is wait-free but for growth, which asks the system for memory; freeing one's
//            own slot is wait-free; freeing another's is lock-free: a retry means that another
//            thread's return, or the owner's taking of the list, succeeded.
// Invariants: a slot is in exactly one place: live, on the local list, on the return list, or not
//            yet cut off its slab. A slab belongs to one heap for life and goes back to the system
//            only when none of its slots is live. allocate grows a heap only when no slot is free:
//            its memory follows the largest number in use, never the number of tasks.
// Linearization: allocate at the read of the head of the local list; a return at its
//            compare-exchange; the taking of what was returned at its exchange.
// No ABA:    a pusher compares the head only with the value it has just made the link of its own
//            slot. If that head was taken and came back meanwhile, the link is right again: what
//            stands behind the head is not looked at. Nobody pops a single slot off the shared
//            list: the owner takes all of it at once, and then owns every link in it.
// Rejected:  one shared Treiber list for all (its pop reads a link that others rewrite: ABA); a
//            ring of 8192 slots reused in turn (hands out live slots); a count per slab kept up to
//            date (one more memory access in every allocate and free, for the sake of trim, which
//            can count for itself).
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "core/base/assert.h"
#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/task_pool/slab.h"
#include "core/task_pool/slot_budget.h"
#include "core/task_pool/slot_layout.h"
#include "core/task_pool/task_heap_orders.h"

namespace wyn {

/// See the head of this file. Misuse that a guarded layout reports: slot_layout.h.
template <class Env = env_default, class Orders = task_heap_default_orders,
          class Layout = slot_layout>
class task_heap {
 public:
  static constexpr std::size_t slot_bytes = Layout::slot_bytes;
  static constexpr std::size_t slot_alignment = detail::alignment_of_slots<Layout>();
  /// What runtimes reserve unless they are told otherwise.
  static constexpr std::uint64_t default_reserve = 8192;

  /// A heap without slots; allocates nothing. `budget` must outlive it.
  explicit task_heap(slot_budget<Env>& budget) noexcept : budget_(budget) {
    name_object<Env>(returned_, "returned");
  }
  task_heap(const task_heap&) = delete;
  task_heap& operator=(const task_heap&) = delete;

  /// Frees the slabs. Every slot must be back before this begins: one that is still live aborts, in
  /// release builds too. A thread whose deallocate() brought a slot back may still be on its way
  /// out of that call: it does not touch the heap any more.
  ~task_heap() {
    WYN_CHECK(live_slots() == 0, "task_heap: destroyed while a slot of it is live");
    if constexpr (!std::is_trivially_destructible_v<typename link::word>) {  // in models
      while (local_ != nullptr) local_ = link::remove(local_);
    }
    while (oldest_ != nullptr) {
      slab* next = oldest_->next();
      destroy(oldest_);
      oldest_ = next;
    }
  }

  /// Adds slabs until capacity() is at least `slots`. Owner only; asks the system for memory. False
  /// when the cap or the memory ends before that; what could be had stays.
  bool reserve(std::uint64_t slots) noexcept {
    while (capacity_ < slots) {
      if (!add_slab()) return false;
    }
    return true;
  }

  /// A slot of slot_bytes bytes, aligned to slot_alignment, with unspecified content. Owner only.
  /// nullptr when the cap of the budget is reached or there is no memory; nothing was changed then,
  /// and a later call may succeed. That is one step for a heap with a budget of its own; heaps that
  /// share one may miss a slot that comes back while another heap takes the last of the cap. O(1),
  /// a few instructions without an atomic one; about a page of slots at a time is taken over from
  /// the return list or a slab, and only if both are exhausted the system is asked.
  [[gnu::always_inline]] void* allocate() noexcept {
    if (local_ == nullptr) [[unlikely]] {
      if (!refill()) return nullptr;
    }
    void* slot = local_;
    local_ = link::remove(slot);
    slab::guard_hand_out(slot, Orders::guard_set_live);
    return slot;
  }

  /// Whether allocate() has a slot for sure, and takes the short way. Owner only.
  bool has_slot_at_hand() const noexcept { return local_ != nullptr; }

  /// Frees `slot`, which allocate() of some heap of this type returned. Any thread. `self` is the
  /// heap that the caller owns, or nullptr. Does not allocate or block; O(1) for the caller's own
  /// slot, else a compare-exchange on the owner's return list. Everything that was done with the
  /// slot before happens before its next use. Another object is built in its place: end the life of
  /// the old one first.
  [[gnu::always_inline]] static void deallocate(void* slot, task_heap* self) noexcept {
    slab::guard_free(slot, Orders::guard_load_mark, Orders::guard_clear_live);
    task_heap* owner = slab::home_of(slot)->owner();
    if (owner == self) [[likely]] {
      owner->free_local(slot);
    } else {
      owner->free_remote(slot);
    }
  }

  /// Gives slabs without a live slot back to the system and to the budget, as long as `keep` slots
  /// remain. Owner only. Returns the bytes given back. O(free slots + slabs); does not allocate.
  std::size_t trim(std::uint64_t keep = 0) noexcept {
    take_returned();
    count_free_slots();
    choose_slabs(keep);
    drop_slots_of_chosen_slabs();
    return destroy_chosen_slabs();
  }

  /// Slots in use at some moment of the call; exact when no other thread is freeing. Owner only,
  /// and O(free slots): for tests and statistics.
  std::uint64_t live_slots() noexcept {
    take_returned();
    std::uint64_t free = 0;
    for (void* s = local_; s != nullptr; s = link::next(s)) ++free;
    return cut_ - free;
  }

  /// Slots that the slabs of this heap have, live or free. Owner only.
  std::uint64_t capacity() const noexcept { return capacity_; }
  /// Bytes that the heap has from the system. Owner only.
  std::size_t memory_bytes() const noexcept { return slab_count_ * Layout::slab_bytes; }
  /// Slots that one slab adds, unless the cap leaves fewer.
  static constexpr std::uint32_t slots_per_slab() noexcept { return slab::max_slots(); }

 private:
  using slab = detail::slab<Env, Layout, task_heap>;
  using link = detail::slot_link<Env, Layout>;

  void free_local(void* slot) noexcept {
    link::create(slot, local_);
    local_ = slot;
  }

  void free_remote(void* slot) noexcept {
    void* head = returned_.load(Orders::return_load_head);
    link::create(slot, head);
    while (!returned_.compare_exchange(head, slot, Orders::return_cas_head)) {
      link::set_next(slot, head);
    }
  }

  // The local list is empty: what others returned, then slots never used, then a new slab.
  [[gnu::noinline]] bool refill() noexcept {
    local_ = returned_.exchange(nullptr, Orders::collect_exchange_head);
    if (local_ != nullptr) return true;
    if (cutting_ == nullptr && !add_slab()) return false;
    local_ = cut_some();
    return true;
  }

  // Puts what others returned in front of the local list.
  void take_returned() noexcept {
    void* chain = returned_.exchange(nullptr, Orders::collect_exchange_head);
    if (chain == nullptr) return;
    void* last = chain;
    while (void* next = link::next(last)) last = next;
    link::set_next(last, local_);
    local_ = chain;
  }

  void* cut_some() noexcept {
    const std::uint32_t before = cutting_->cut_slots();
    void* chain = cutting_->cut();
    cut_ += cutting_->cut_slots() - before;
    if (cutting_->all_cut()) cutting_ = cutting_->next();
    return chain;
  }

  bool add_slab() noexcept {
    const auto slots = static_cast<std::uint32_t>(
        budget_.take(slab::max_slots(), Orders::budget_load, Orders::budget_cas_take));
    if (slots == 0) return false;
    slab* added = slab::create(this, slots);
    if (added == nullptr) {
      budget_.give_back(slots, Orders::budget_add_back);
      return false;
    }
    append(added);
    if (cutting_ == nullptr) cutting_ = added;
    capacity_ += slots;
    ++slab_count_;
    return true;
  }

  // Slabs stand in the order in which they are cut: all cut, then cutting_, then untouched.
  void append(slab* added) noexcept {
    if (newest_ == nullptr) {
      oldest_ = added;
    } else {
      newest_->set_next(added);
    }
    newest_ = added;
  }

  void count_free_slots() noexcept {
    for (slab* s = oldest_; s != nullptr; s = s->next()) s->begin_count();
    for (void* s = local_; s != nullptr; s = link::next(s)) slab::home_of(s)->count_free();
  }

  // Marks the slabs to give back: those without a live slot, as long as `keep` slots remain.
  void choose_slabs(std::uint64_t keep) noexcept {
    std::uint64_t left = capacity_;
    for (slab* s = oldest_; s != nullptr; s = s->next()) {
      const bool chosen = s->counted_all_free() && left - s->slots() >= keep;
      s->choose(chosen);
      if (chosen) left -= s->slots();
    }
  }

  // Takes the slots of the chosen slabs off the local list; the others keep their order.
  void drop_slots_of_chosen_slabs() noexcept {
    void* last_kept = nullptr;
    void* slot = local_;
    local_ = nullptr;
    while (slot != nullptr) {
      void* after = link::next(slot);
      if (slab::home_of(slot)->chosen()) {
        link::remove(slot);
      } else {
        link::set_next(slot, nullptr);
        if (last_kept == nullptr) {
          local_ = slot;
        } else {
          link::set_next(last_kept, slot);
        }
        last_kept = slot;
      }
      slot = after;
    }
  }

  std::size_t destroy_chosen_slabs() noexcept {
    slab* rest = oldest_;
    std::size_t bytes = 0;
    oldest_ = newest_ = nullptr;
    while (rest != nullptr) {
      slab* s = rest;
      rest = s->next();
      if (s->chosen()) {
        destroy(s);
        bytes += Layout::slab_bytes;
      } else {
        s->set_next(nullptr);
        append(s);
      }
    }
    cutting_ = oldest_;
    while (cutting_ != nullptr && cutting_->all_cut()) cutting_ = cutting_->next();
    return bytes;
  }

  void destroy(slab* s) noexcept {
    const std::uint32_t slots = s->slots();
    capacity_ -= slots;
    cut_ -= s->cut_slots();
    --slab_count_;
    slab::destroy(s, Orders::guard_store_mark);
    budget_.give_back(slots, Orders::budget_add_back);
  }

  // Other threads write here.
  alignas(cache_line_bytes) typename Env::template atomic<void*> returned_{nullptr};
  // The owner's alone.
  alignas(cache_line_bytes) void* local_ = nullptr;
  slab* oldest_ = nullptr;
  slab* newest_ = nullptr;
  slab* cutting_ = nullptr;     // the first slab that is not all cut
  std::uint64_t capacity_ = 0;  // slots of all slabs
  std::uint64_t cut_ = 0;       // of these, the ones that have been on a list or in use
  std::uint64_t slab_count_ = 0;
  slot_budget<Env>& budget_;
};

/// The same with small slots.
using small_task_heap = task_heap<env_default, task_heap_default_orders, small_slot_layout>;

}  // namespace wyn
