// Coroutines that run at the same time for one that awaits all of them.
//
// The first member runs at once, by symmetric transfer; the others lie on the caller's deque, the
// second on top, where thieves may take them. A member that ends looks at the deque of the thread
// that it ended on: if a member lies on top, nobody has begun it, and the thread goes on with it.
// Otherwise it arrives at the counter (join_counter.h), and the last to arrive resumes the
// coroutine that awaits. No thread ever waits, and no foreign task runs on top of a frame that
// waits.
//
// A coroutine may end on another thread than the one it began on, namely after it awaited members
// that were stolen. So "the deque of the thread that it ended on" need not be the one that holds
// its siblings; they are then run by whoever holds or steals them.
//
// Source: the last child to arrive resumes the parent as in libfork (Williams, Elliott,
// "Libfork: portable continuation-stealing with stackless coroutines", 2024), which steals the
// continuation; here the child is stolen, as in fork_join.h, since the deque's items are tasks.
#pragma once

#include <coroutine>
#include <cstdint>

#include "core/coro/join_counter.h"
#include "core/coro/promise.h"
#include "core/coro/resume.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The scheduler of the running task; throws std::logic_error outside of one.
scheduler& scheduler_of_coroutine();

class fork_group {
 public:
  explicit fork_group(std::uint32_t members) noexcept : missing_(members) {}
  fork_group(const fork_group&) = delete;
  fork_group& operator=(const fork_group&) = delete;

  /// Begins `members[0 .. n)`, of which the first is returned: the caller transfers to it. All have
  /// been created and none has begun; `parent` is suspended. The group may be gone when this
  /// returns only if the first member has ended, so not before the transfer. Throws
  /// std::logic_error outside of a runtime's tasks, and then none has begun.
  std::coroutine_handle<> begin(coro_promise* const* members, std::uint32_t n,
                                std::coroutine_handle<> parent);
  /// The same for the most usual number. Never inlined into a coroutine, as all that looks for the
  /// thread's participant (resume.h).
  [[gnu::noinline]] std::coroutine_handle<> begin_two(coro_promise& first, coro_promise& second,
                                                      std::coroutine_handle<> parent);

  /// Who runs next on the thread on which `ended` has come to its end.
  std::coroutine_handle<> member_ended(coro_promise& ended) noexcept;

 private:
  static void run_stolen(void* promise);
  static bool queue(participant& self, coro_promise& member) noexcept;
  std::coroutine_handle<> begin_unqueued(coro_promise& ended) noexcept;
  std::coroutine_handle<> arrive() noexcept;
  std::coroutine_handle<> put_back_and_arrive(participant& self, work_item foreign) noexcept;

  scheduler* owner_;
  std::coroutine_handle<> parent_;
  join_counter<> missing_;
};

}  // namespace wyn::detail
