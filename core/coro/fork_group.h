// Coroutines that run at the same time for one that awaits all of them.
//
// The first member runs at once, by symmetric transfer; the others lie on the caller's deque, the
// second on top, where thieves may take them. A member that ends looks at the deque of the thread
// that it ended on: if a member lies on top, nobody has begun it, and the thread goes on with it.
// Otherwise it arrives at the counter (join_counter.h) for all that its thread has run in a row,
// and the last to arrive resumes the coroutine that awaits. No thread ever waits, and no foreign
// task runs on top of a frame that waits.
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

/// The promises of the tasks that are to be members, wherever these lie.
struct member_list {
  const void* tasks;
  coro_promise& (*at)(const void* tasks, std::uint32_t i);
  std::uint32_t count;

  static member_list of(coro_promise* const* promises, std::uint32_t count) noexcept {
    const auto at = [](const void* array, std::uint32_t i) -> coro_promise& {
      return *static_cast<coro_promise* const*>(array)[i];
    };
    return {promises, at, count};
  }
};

class fork_group {
 public:
  explicit fork_group(std::uint32_t members) noexcept : missing_(members) {}
  fork_group(const fork_group&) = delete;
  fork_group& operator=(const fork_group&) = delete;

  /// Begins the members, at least one, of which the first is returned: the caller transfers to it.
  /// All have been created and none has begun; `parent` is suspended. The group may be gone when
  /// this returns only if the first member has ended, so not before the transfer. Throws
  /// std::logic_error outside of a runtime's tasks, and then none has begun.
  std::coroutine_handle<> begin(const member_list& members, std::coroutine_handle<> parent);
  /// The same for the most usual number.
  WYN_SPLIT_BEFORE_INLINED std::coroutine_handle<> begin_two(coro_promise& first,
                                                             coro_promise& second,
                                                             std::coroutine_handle<> parent);

  /// A member has come to its end on this thread, after `n - 1` others that its thread began before
  /// it. Who runs next.
  std::coroutine_handle<> member_ended(std::uint32_t n) noexcept {
    return missing_.is_last(n) ? std::coroutine_handle<>::from_address(parent_) : begin_sibling(n);
  }
  /// The same for a member whose thread has a member to begin that could not be queued.
  std::coroutine_handle<> begin_unqueued(std::uint32_t n) noexcept;
  /// Of a member that has not ended yet: `n` members that have ended before are no longer its to
  /// arrive for.
  void arrive_before(std::uint32_t n) noexcept;

 private:
  static void run_stolen(void* promise);
  [[gnu::noinline, gnu::cold]] std::coroutine_handle<> begin_two_outside(
      coro_promise& first, coro_promise& second, std::coroutine_handle<> parent);
  [[gnu::noinline, gnu::cold]] std::coroutine_handle<> begin_two_when_full(
      participant& self, coro_promise& first, coro_promise& second) noexcept;
  [[gnu::noinline, gnu::cold]] static std::coroutine_handle<> wake_and_begin(
      participant& self, coro_promise& first) noexcept;
  WYN_SPLIT_BEFORE_INLINED std::coroutine_handle<> begin_sibling(std::uint32_t n) noexcept;
  std::coroutine_handle<> arrive(std::uint32_t n) noexcept;
  std::coroutine_handle<> put_back_and_arrive(participant& self, work_item foreign,
                                              std::uint32_t n) noexcept;

  void* parent_;  // the address of its frame; set, as the next, when the group begins
  coro_promise* unqueued_;  // if a member is chained: the one that it begins
  join_counter<> missing_;
};

// The usual ways stand here: a call costs a tenth of what they do. What seldom happens is left to
// calls that nothing comes after, so that the rest keeps nothing for it.
inline std::coroutine_handle<> fork_group::begin_two(coro_promise& first, coro_promise& second,
                                                     std::coroutine_handle<> parent) {
  participant* const self = running_participant;
  if (self == nullptr) [[unlikely]] return begin_two_outside(first, second, parent);
  parent_ = parent.address();
  first.after = sequel::member_of(*this);
  second.after = sequel::member_of(*this);
  if (!self->deque().push_if_room({&run_stolen, &second})) [[unlikely]] {
    return begin_two_when_full(*self, first, second);
  }
  if (self->owner().signal().somebody_sleeps()) [[unlikely]] return wake_and_begin(*self, first);
  return first.handle();
}

inline std::coroutine_handle<> fork_group::begin_sibling(std::uint32_t n) noexcept {
  participant* const self = running_participant;
  work_item top;
  // Resumed outside of all tasks, it finds none of its siblings.
  if (self == nullptr || !self->deque().pop(top)) [[unlikely]] return arrive(n);
  if (top.run == &run_stolen) [[likely]] {
    auto& sibling = *static_cast<coro_promise*>(top.arg);
    if (sibling.after == sequel::member_of(*this)) [[likely]] {
      sibling.state.carried = n;
      return sibling.handle();
    }
  }
  return put_back_and_arrive(*self, top, n);
}

inline std::coroutine_handle<> coro_promise::successor(coro_promise& ended) noexcept {
  const sequel after = ended.after;
  if (after.only_resumes()) return after.awaiting();
  if (after.only_a_member()) [[likely]] return after.group().member_ended(ended.state.carried + 1);
  return ended_rarely(ended);
}

}  // namespace wyn::detail
