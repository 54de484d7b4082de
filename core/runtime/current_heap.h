// The task heap that the calling thread owns, for code that frees slots.
#pragma once

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"

namespace wyn::detail {

/// The heap of the participant used last; any heap of the thread's own saves the trip over the return
/// list only if it is the slot's, and is otherwise merely not it.
struct heap_of_this_thread {
  static task_heap<>* current_heap() noexcept {
    participant* self = current_binding.self;
    return self == nullptr ? nullptr : &self->heap();
  }
};

}  // namespace wyn::detail
