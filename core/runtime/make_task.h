// From a callable to the two words of a queue, the shortest way there is.
//
//   up to 8 bytes, trivially copyable and destructible   in the argument word itself
//   up to 32 bytes                                       in a small slot of the task pool
//   up to 128 bytes                                      in a large slot of the task pool
//   larger ones                                          in a block, its pointer in a small slot
//   no slot left                                         as options::on_full says
//
// closure_slot.h puts them into slots; where there are no small slots (task_heaps.h), large ones
// are taken.
//
// Rejected: items of four words, which hold closures of 24 bytes: every function with its argument
// would take 32 bytes of a queue in place of 16.
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "core/runtime/current_heap.h"
#include "core/runtime/options.h"
#include "core/runtime/participant.h"
#include "core/runtime/work_item.h"
#include "core/task_pool/closure_slot.h"

namespace wyn::detail {

template <class F>
inline constexpr bool fits_in_word =
    std::is_trivially_copyable_v<F> && std::is_trivially_destructible_v<F> &&
    sizeof(F) <= sizeof(void*) && alignof(F) <= alignof(void*);

template <class F>
void run_from_word(void* word) {
  alignas(F) unsigned char bytes[sizeof(F)];
  std::memcpy(bytes, &word, sizeof(F));
  static_cast<void>(std::invoke(std::move(*std::launder(reinterpret_cast<F*>(bytes)))));
}

template <class F>
work_item task_in_word(const F& f) noexcept {
  work_item t{&run_from_word<F>, nullptr};
  std::memcpy(static_cast<void*>(&t.arg), &f, sizeof(F));
  return t;
}

/// A callable in a block of its own; the lowest bit of the argument means "drop", as for slots.
template <class F>
void run_from_block(void* arg) {
  const auto word = reinterpret_cast<std::uintptr_t>(arg);
  std::unique_ptr<F> f(reinterpret_cast<F*>(word & ~drop_tag));
  if ((word & drop_tag) == 0) static_cast<void>(std::invoke(std::move(*f)));
}

/// Whether a small slot is the better place for an `F`: it has room for the callable, or no slot
/// has.
template <class F>
inline constexpr bool fits_small_slot =
    fits_in_slot<F, small_task_heap> || !fits_in_slot<F, task_heap<>>;

/// The task that runs `f`, which goes to a slot of `heap`. As make_task.
template <class Heap, class F>
[[gnu::always_inline]] inline work_item make_task_in(Heap& heap, F&& f) {
  const stored_closure stored = store_closure<heap_of_this_thread<Heap>>(heap, std::forward<F>(f));
  return {stored.run, stored.arg};
}

/// The task that runs `f`. run == nullptr when no slot could be had; `f` is unchanged then. Passes
/// on what the constructor of the stored copy throws. Called by the bound thread.
template <class F>
[[gnu::always_inline]] inline work_item make_task(participant& self, F&& f) {
  using callable = std::decay_t<F>;
  if constexpr (fits_in_word<callable>) {
    return task_in_word<callable>(f);
  } else {
    task_heaps& heaps = self.heaps();
    if constexpr (fits_small_slot<F>) {
      // Asked in this order: the first is all that usually is.
      if (heaps.small.has_slot_at_hand() || heaps.has_small_slots) [[likely]] {
        return make_task_in(heaps.small, std::forward<F>(f));
      }
    }
    return make_task_in(heaps.large, std::forward<F>(f));
  }
}

/// The same with a block from operator new in place of the slot. run == nullptr: no memory.
template <class F>
work_item make_block_task(F&& f) {
  using callable = std::decay_t<F>;
  auto* block = new (std::nothrow) callable(std::forward<F>(f));
  return block == nullptr ? work_item{} : work_item{&run_from_block<callable>, block};
}

/// Destroys the callable of a task of make_task<F> that was refused.
template <class F>
void drop_task(const work_item& t) noexcept {
  if constexpr (!fits_in_word<std::decay_t<F>>) drop_closure({t.run, t.arg});
}

}  // namespace wyn::detail
