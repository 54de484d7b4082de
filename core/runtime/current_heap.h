// The task heaps that the calling thread owns, for code that frees slots.
#pragma once

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The calling thread's heap of large slots in `s`, if the thread is bound to `s` at present. A
/// binding to another runtime says nothing: that one may be gone, and a participant of `s`, another
/// thread's, lie where its own lay.
inline task_heap<>* heap_of_this_thread_in(const scheduler& s) noexcept {
  const binding& current = current_binding;
  return current.scheduler_id == s.id() ? &current.self->heaps().large : nullptr;
}

/// For closures: they end in a thread that runs the tasks of their runtime, or are dropped by their
/// spawner, perhaps inside a task of another runtime. Whatever heap it is, the slot says whether it
/// is its own.
template <class Heap>
struct heap_of_this_thread;
template <>
struct heap_of_this_thread<task_heap<>> {
  static task_heap<>* current_heap() noexcept { return running_heaps.large; }
};
template <>
struct heap_of_this_thread<small_task_heap> {
  static small_task_heap* current_heap() noexcept { return running_heaps.small; }
};

}  // namespace wyn::detail
