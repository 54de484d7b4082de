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
///               spawner.
struct heap_of_this_thread {
  static task_heap<>* current_heap() noexcept {
    const scheduler* s = running_scheduler;
    return s == nullptr ? nullptr : heap_of_this_thread_in(*s);
  }
};

}  // namespace wyn::detail
