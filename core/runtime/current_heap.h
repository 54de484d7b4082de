// The task heap that the calling thread owns, for code that frees slots.
#pragma once

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The calling thread's heap in `s`, if the thread is bound to `s` at present. A binding to another
/// runtime says nothing: that one may be gone, and a participant of `s`, another thread's, lie
/// where its own lay.
inline task_heap<>* heap_of_this_thread_in(const scheduler& s) noexcept {
  const binding& current = current_binding;
  return current.scheduler_id == s.id() ? &current.self->heap() : nullptr;
}

/// For closures: they end in a thread that runs the tasks of their runtime, or are dropped by their
///               spawner, perhaps inside a task of another runtime. Whatever heap it is, the slot
///               says whether it is its own.
struct heap_of_this_thread {
  static task_heap<>* current_heap() noexcept { return running_heap; }
};

}  // namespace wyn::detail
