#include "core/coro/fork_group.h"

namespace wyn::detail {

participant& participant_here(scheduler& s) noexcept {
  spawn_status unused{};
  return *s.bind(unused);
}

std::coroutine_handle<> member_ended(coro_promise& ended) noexcept {
  return ended.group->member_ended(ended);
}

scheduler* scheduler_of_task() noexcept { return running_scheduler; }

std::coroutine_handle<> fork_group::begin(coro_promise* const* members, std::uint32_t n,
                                          std::coroutine_handle<> parent) noexcept {
  parent_ = parent;
  coro_promise& first = *members[0];
  first.group = this;
  const std::coroutine_handle<> begun = first.self;
  participant& self = participant_here(owner_);
  coro_promise* unqueued = nullptr;
  // The oldest is stolen first: the last member goes down first.
  for (std::uint32_t i = n; i-- > 1;) {
    members[i]->group = this;
    if (unqueued != nullptr || !self.deque().push({&run_stolen, members[i]})) {
      members[i]->next = unqueued;
      unqueued = members[i];
    }
  }
  first.next = unqueued;
  if (n > 1) owner_.signal().work_added();
  return begun;
}

std::coroutine_handle<> fork_group::member_ended(coro_promise& ended) noexcept {
  if (ended.next != nullptr) [[unlikely]] {
    const std::coroutine_handle<> next = ended.next->self;
    missing_.pass_on();
    return next;
  }
  if (missing_.is_last()) return parent_;
  participant& self = participant_here(owner_);
  work_item top;
  if (self.deque().pop(top)) {
    if (top.run == &run_stolen) {
      auto& sibling = *static_cast<coro_promise*>(top.arg);
      if (sibling.group == this) {
        missing_.pass_on();
        return sibling.self;
      }
    }
    // There is room: it has just been made. Whoever looked meanwhile has missed it.
    static_cast<void>(self.deque().push(top));
    owner_.signal().work_added();
  }
  const std::coroutine_handle<> parent = parent_;
  if (missing_.arrive()) return parent;
  return std::noop_coroutine();
}

// On a work loop, which counts a completed task. The fork did not count one: what awaits the group
// is counted.
void fork_group::run_stolen(void* promise) {
  auto& member = *static_cast<coro_promise*>(promise);
  participant_here(member.group->owner_).count().note_spawned();
  resume_here(member.self);
}

}  // namespace wyn::detail
