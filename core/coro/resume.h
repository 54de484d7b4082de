// How a suspended coroutine comes back: as a task of its runtime. And what becomes of those that
// wait for a coroutine whose thread has ended within it.
//
// A thread that ends (pthread_exit, cancellation) unwinds the coroutine that it runs, and cannot go
// on with the one that awaits it: it must unwind to the end of its stack. So the coroutine's result
// is the error thread_ended, and the one that awaits it is queued for another thread, but only when
// the unwinding has left the frame for good: where the thread had resumed it (resume_here).
#pragma once

#include <coroutine>
#include <stdexcept>

#include "core/runtime/scheduler.h"
#include "core/runtime/work_item.h"

namespace wyn {

/// Thrown to whoever awaits a coroutine whose thread ended within it.
class thread_ended : public std::runtime_error {
 public:
  thread_ended()
      : std::runtime_error("wyn: the coroutine ended its thread (pthread_exit or cancellation) and "
                           "has no result") {}
};

// For what looks at thread-local variables. A compiler that splits coroutines only after it has
// optimised them, as clang does, would keep the address of such a variable across a suspension,
// after which another thread may run. gcc splits them first.
#if defined(__clang__)
#define WYN_SPLIT_BEFORE_INLINED [[gnu::noinline]]
#else
#define WYN_SPLIT_BEFORE_INLINED [[gnu::always_inline]]
#endif

namespace detail {

/// The thread's participant in `s`, of which it runs a task. Never inlined into a coroutine.
[[gnu::noinline]] participant& participant_here(scheduler& s) noexcept;
/// The scheduler whose task the thread runs; nullptr outside of tasks. Neither.
[[gnu::noinline]] scheduler* scheduler_of_task() noexcept;

/// The same; throws std::logic_error outside of tasks.
scheduler& scheduler_of_coroutine();

/// Runs `h` on the calling thread, at the foot of its stack or in a task. If the thread ends within
/// it, what awaits `h`, or what `h` has gone on to, is queued in the runtime of the running task.
void resume_here(std::coroutine_handle<> h);

/// The task that resumes `h`.
work_item resumption_of(std::coroutine_handle<> h) noexcept;

/// Queues the running coroutine behind the thread's other tasks. False: there is no room. Throws
/// std::logic_error outside of a runtime.
bool queue_behind(std::coroutine_handle<> yielding);

}  // namespace detail
}  // namespace wyn
