// Placing any callable in a task slot, so that a deque item of two words carries it.
//
// A callable is moved once, into the slot, and never again: it is invoked, destroyed and its slot
// given back where it stands. One that is trivially copyable and small is copied out before it is
// called, since nobody can tell, and its slot is back by then. The two words are a function and its
// argument; whoever runs the task calls `run(arg)` and needs to know neither the type nor the heap.
//
// A callable of up to slot_bytes bytes that asks for no more alignment than slots have lies in the
// slot itself. A larger one lies in a block of its own from aligned operator new, and the slot
// holds the pointer to it: the only case in which storing allocates. It takes a slot all the same,
// so that the cap of the slot_budget bounds the tasks in flight whatever their size.
//
// Dropping needs the type as well as running does. Slots are aligned to 16 at least, so the low bit
// of the argument is free to say "do not run": one function serves both, and no byte of the slot is
// spent on a table of operations.
//
// Rejected:  a header in each slot that points to the operations (one more store for each task, and
//            less room in the slot); type erasure by std::function (allocates beyond two words).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace wyn {

/// A callable in a slot: two words, which the owner of the task copies and passes on at will.
/// Exactly one of run(arg) and drop_closure() is called, once.
struct stored_closure {
  /// Invokes the callable, destroys it and gives the slot back, in this order; a trivially copyable
  /// one of up to 64 bytes is copied, and the slot goes back before the call. When the callable
  /// throws, the exception passes on after all this. Any thread.
  void (*run)(void*) = nullptr;
  void* arg = nullptr;

  /// False when there was no slot or no memory.
  explicit operator bool() const noexcept { return run != nullptr; }
};

/// Tells which heap the calling thread owns: `static Heap* current_heap() noexcept`, nullptr for
/// none. It is asked after the callable returned, so a callable may end on another thread than it
/// began on.
template <class Source, class Heap>
concept heap_source = requires {
  { Source::current_heap() } noexcept -> std::same_as<Heap*>;
};

/// For callers that own no heap: every slot travels home through its owner's return list.
template <class Heap>
struct no_current_heap {
  static Heap* current_heap() noexcept { return nullptr; }
};

/// What store_closure accepts: anything that can be called once without arguments. The result is
/// discarded. As with std::thread, a copy is stored and called as an rvalue.
template <class F>
concept storable_closure =
    std::invocable<std::decay_t<F>> && std::constructible_from<std::decay_t<F>, F> &&
    std::is_nothrow_destructible_v<std::decay_t<F>>;

namespace detail {

inline constexpr std::uintptr_t drop_tag = 1;

/// How a callable of type `F` lies in a slot of `Heap`.
template <class F, class Heap>
struct closure_place {
  static constexpr bool in_slot =
      sizeof(F) <= Heap::slot_bytes && alignof(F) <= Heap::slot_alignment;

  /// Builds the callable in the free `slot`. False when there is no memory; passes on what the
  /// constructor throws. `f` is unchanged in the first case.
  template <class G>
  static bool create(void* slot, G&& f) {
    if constexpr (in_slot) {
      ::new (slot) F(std::forward<G>(f));
    } else {
      raw_block block{::operator new(sizeof(F), std::align_val_t{alignof(F)}, std::nothrow)};
      if (block.memory == nullptr) return false;
      F* callable = ::new (block.memory) F(std::forward<G>(f));
      block.memory = nullptr;
      ::new (slot) F*(callable);
    }
    return true;
  }

  static F* find(void* slot) noexcept {
    if constexpr (in_slot)
      return std::launder(static_cast<F*>(slot));
    else
      return *std::launder(static_cast<F**>(slot));
  }

  static void destroy(void* slot) noexcept {
    raw_block block{find(slot)};
    std::destroy_at(static_cast<F*>(block.memory));
    if constexpr (in_slot) block.memory = nullptr;
  }

 private:
  // Memory of a callable outside a slot, until somebody else answers for it.
  struct raw_block {
    void* memory;
    ~raw_block() {
      if (memory != nullptr) ::operator delete(memory, std::align_val_t{alignof(F)});
    }
  };
};

/// Answers for a slot with a callable in it, whichever way the block is left.
template <class F, class Heap, class Source>
struct closure_end {
  void* slot;
  ~closure_end() {
    closure_place<F, Heap>::destroy(slot);
    Heap::deallocate(slot, Source::current_heap());
  }
};

/// A callable that may as well be called where its bytes are copied to. Then its slot goes back
/// before the call, nothing is left to be done after it, and what it spawns itself finds a slot
/// that is in the cache.
template <class F, class Heap>
inline constexpr bool runs_as_copy =
    closure_place<F, Heap>::in_slot && std::is_trivially_copyable_v<F> &&
    std::is_trivially_destructible_v<F> && std::is_nothrow_move_constructible_v<F> &&
    sizeof(F) <= 64;

template <class F, class Heap, class Source>
void run_closure_copy(void* arg) {
  const auto word = reinterpret_cast<std::uintptr_t>(arg);
  if ((word & drop_tag) != 0) [[unlikely]] {
    Heap::deallocate(reinterpret_cast<void*>(word - drop_tag), Source::current_heap());
    return;
  }
  F copy(std::move(*closure_place<F, Heap>::find(arg)));
  Heap::deallocate(arg, Source::current_heap());
  static_cast<void>(std::invoke(std::move(copy)));
}

template <class F, class Heap, class Source>
void run_closure(void* arg) {
  const auto word = reinterpret_cast<std::uintptr_t>(arg);
  void* slot = reinterpret_cast<void*>(word & ~drop_tag);
  const closure_end<F, Heap, Source> end{slot};
  if ((word & drop_tag) == 0) [[likely]] {
    static_cast<void>(std::invoke(std::move(*closure_place<F, Heap>::find(slot))));
  }
}

/// Gives a slot back unless `slot` was set to nullptr.
template <class Heap>
struct slot_return {
  void* slot;
  Heap* self;
  ~slot_return() {
    if (slot != nullptr) Heap::deallocate(slot, self);
  }
};

}  // namespace detail

/// Stores `f` in a slot of `heap`. Called by the owner of `heap`. The answer is false, and `f` is
/// unchanged, when heap.allocate() has no slot or a large callable finds no memory. Passes on what
/// the constructor of the stored copy throws; the slot is back then. O(1); allocates for a large
/// callable only.
template <class Source, class Heap, storable_closure F>
  requires heap_source<Source, Heap>
[[gnu::always_inline]] inline stored_closure store_closure(Heap& heap, F&& f) {
  using callable = std::decay_t<F>;
  detail::slot_return<Heap> unused{heap.allocate(), &heap};
  if (unused.slot == nullptr) [[unlikely]] return {};
  if (!detail::closure_place<callable, Heap>::create(unused.slot, std::forward<F>(f))) return {};
  void (*run)(void*) = &detail::run_closure<callable, Heap, Source>;
  if constexpr (detail::runs_as_copy<callable, Heap>) {
    run = &detail::run_closure_copy<callable, Heap, Source>;
  }
  return {run, std::exchange(unused.slot, nullptr)};
}

/// Destroys the callable without running it and gives the slot back, as cancellation and shutdown
/// need it. Any thread.
inline void drop_closure(stored_closure closure) noexcept {
  closure.run(
      reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(closure.arg) | detail::drop_tag));
}

/// Whether store_closure puts an `F` into the slot itself.
template <class F, class Heap>
inline constexpr bool fits_in_slot = detail::closure_place<std::decay_t<F>, Heap>::in_slot;

}  // namespace wyn
