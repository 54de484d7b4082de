// Which participants the calling thread is bound to: one in each runtime it takes part in.
//
// The participant that was used last is one thread-local load away; the others are searched in a
// short list. At the end of the thread each is given back to its runtime, if that is still alive:
// runtimes have numbers that are never reused, and a table of the living says so.
#pragma once

#include <cstdint>

#include "core/task_pool/task_heap.h"

namespace wyn {

class participant;
class scheduler;

namespace detail {

struct binding {
  std::uint64_t scheduler_id = 0;  // 0: none
  participant* self = nullptr;
};

/// The participant used last. Initial-exec: one instruction to reach, in a shared library as well.
/// It is constant-initialised, so an access needs no guard. Cleared in the child of a fork().
extern constinit thread_local binding current_binding [[gnu::tls_model("initial-exec")]];

/// The scheduler whose task the thread runs, or nullptr: where a free wyn::spawn goes.
extern constinit thread_local scheduler* running_scheduler [[gnu::tls_model("initial-exec")]];

/// The thread's participant in that scheduler, which a task finds here without asking which binding
/// was used last. nullptr outside of tasks, and in the child of a fork(): the binding knows why.
extern constinit thread_local participant* running_participant
    [[gnu::tls_model("initial-exec")]];

/// That participant's task heaps, which stay the thread's own in the child of a fork(): for whoever
/// frees a slot.
struct heaps_in_use {
  task_heap<>* large = nullptr;
  small_task_heap* small = nullptr;
};
extern constinit thread_local heaps_in_use running_heaps [[gnu::tls_model("initial-exec")]];

/// Makes `b` the current binding; the end of this thread will give it back. May throw
/// std::bad_alloc.
void add_binding(binding b);
/// The thread's participant in that scheduler, made current; nullptr: none.
participant* find_binding(std::uint64_t scheduler_id) noexcept;
/// For a worker that ends: forgets its own binding without giving it back.
void remove_binding(std::uint64_t scheduler_id) noexcept;

/// Number of fork() calls that led to this process since the library was loaded.
std::uint32_t fork_generation() noexcept;

/// The table of the living. register_scheduler returns the number; unregister_scheduler waits for
/// threads that are giving a participant back at that moment.
std::uint64_t register_scheduler(scheduler* s);
void unregister_scheduler(std::uint64_t id) noexcept;

}  // namespace detail
}  // namespace wyn
