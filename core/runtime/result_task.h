// A task with a result: the block that the queue's entry and the handle share.
//
// It holds the join state, the closure, the result or the exception, and a count of two references:
// the entry's and the handle's. The last one frees it. It lies in a slot of the spawner's task heap
// when it fits and there is one, else in a block from operator new.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/runtime/current_heap.h"
#include "core/runtime/joinable.h"
#include "core/runtime/reference_pair.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/work_item.h"
#include "core/task_pool/closure_slot.h"
#include "core/task_pool/task_heap.h"

namespace wyn::detail {

/// What takes the place of a result of type void.
template <class T>
using stored_result = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// What the handle sees. `T` is not a reference.
template <class T>
struct result_block : joinable {
  explicit result_block(scheduler& s) noexcept : joinable(s) {}

  // Claimed by a joiner: runs the closure there.
  void (*run)(result_block&) = nullptr;
  void (*destroy)(result_block&) noexcept = nullptr;
  reference_pair<> references;
  union {
    stored_result<T> value;  // alive once done without an error
  };
  bool has_value = false;

  ~result_block() {
    if (has_value) std::destroy_at(&value);
  }

  /// Gives up one reference.
  void release() noexcept {
    if (references.release()) destroy(*this);
  }
};

template <class T, class F>
struct result_task final : result_block<T> {
  template <class G>
  result_task(scheduler& s, G&& f) : result_block<T>(s), closure(std::forward<G>(f)) {
    this->run = &run_it;
    this->destroy = &destroy_it;
  }
  ~result_task() {
    if (!closure_gone) std::destroy_at(&closure);
  }

  union {
    F closure;  // destroyed when it has run
  };
  bool closure_gone = false;
  bool in_slot = false;

  /// The queue's entry. When a joiner has claimed the task, the entry has nothing left to do.
  static void run_queued(void* arg) {
    struct entry_end {  // the task may end its thread
      result_task& block;
      ~entry_end() { block.release(); }
    } const entry{*static_cast<result_task*>(arg)};
    if (entry.block.state.claim()) run_it(entry.block);
  }

  /// Destroys a block that was never queued.
  static void discard(result_task& block) noexcept { destroy_it(block); }

 private:
  static void run_it(result_block<T>& base) {
    auto& block = static_cast<result_task&>(base);
    run_claimed(block, [&] { block.call(); });
  }

  void call() {
    struct closure_end {
      result_task& block;
      ~closure_end() {
        block.closure_gone = true;
        std::destroy_at(&block.closure);
      }
    } end{*this};
    if constexpr (std::is_void_v<T>) {
      std::invoke(std::move(closure));
      ::new (&this->value) std::monostate;
    } else {
      ::new (&this->value) T(std::invoke(std::move(closure)));
    }
    this->has_value = true;
  }

  static void destroy_it(result_block<T>& base) noexcept {
    auto* block = static_cast<result_task*>(&base);
    const bool slot = block->in_slot;
    const scheduler& owner = *block->owner;
    std::destroy_at(block);
    if (slot) {
      task_heap<>::deallocate(block, heap_of_this_thread_in(owner));
    } else {
      ::operator delete(block, std::align_val_t{alignof(result_task)});
    }
  }
};

/// Builds the block of `f` for a spawn by `self`; nullptr when there is no memory. Passes on what
/// the constructor of the closure throws.
template <class T, class F, class G>
result_task<T, F>* make_result_task(scheduler& s, participant& self, G&& f) {
  using block = result_task<T, F>;
  struct memory_guard {
    void* memory = nullptr;
    bool slot = false;
    task_heap<>* heap;
    ~memory_guard() {
      if (memory == nullptr) return;
      if (slot) task_heap<>::deallocate(memory, heap);
      else ::operator delete(memory, std::align_val_t{alignof(block)});
    }
  } guard{nullptr, false, &self.heaps().large};
  if constexpr (fits_in_slot<block, task_heap<>>) {
    guard.memory = self.heaps().large.allocate();
    guard.slot = guard.memory != nullptr;
  }
  if (guard.memory == nullptr) {
    guard.memory = ::operator new(sizeof(block), std::align_val_t{alignof(block)}, std::nothrow);
  }
  if (guard.memory == nullptr) return nullptr;
  auto* made = ::new (guard.memory) block(s, std::forward<G>(f));
  made->in_slot = guard.slot;
  guard.memory = nullptr;
  return made;
}

}  // namespace wyn::detail
