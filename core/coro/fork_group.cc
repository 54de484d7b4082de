#include "core/coro/fork_group.h"

namespace wyn::detail {

namespace {

participant& participant_outside(scheduler& s) noexcept {
  spawn_status unused{};
  return *s.bind(unused);
}

[[gnu::noinline]] bool push_to_full(participant& self, work_item entry) noexcept {
  return self.deque().push(entry);
}

// A coroutine that somebody resumed outside of its runtime's tasks has no place there yet.
[[gnu::always_inline]] inline participant& participant_in(scheduler& s) noexcept {
  participant* const self = running_participant;
  if (running_scheduler == &s && self != nullptr) [[likely]] return *self;
  return participant_outside(s);
}

}  // namespace

participant& participant_here(scheduler& s) noexcept { return participant_in(s); }

scheduler* scheduler_of_task() noexcept { return running_scheduler; }

[[gnu::always_inline]] inline bool fork_group::queue(participant& self,
                                                     coro_promise& member) noexcept {
  const work_item entry{&run_stolen, &member};
  if (self.deque().push_if_room(entry)) [[likely]] return true;
  return push_to_full(self, entry);
}

std::coroutine_handle<> fork_group::begin(coro_promise* const* members, std::uint32_t n,
                                          std::coroutine_handle<> parent) {
  scheduler& s = scheduler_of_coroutine();
  owner_ = &s;
  parent_ = parent;
  coro_promise& first = *members[0];
  first.group = this;
  const std::coroutine_handle<> begun = first.self;
  participant& self = participant_in(s);
  coro_promise* unqueued = nullptr;
  // The oldest is stolen first: the last member goes down first.
  for (std::uint32_t i = n; i-- > 1;) {
    members[i]->group = this;
    if (unqueued != nullptr || !queue(self, *members[i])) {
      members[i]->next = unqueued;
      unqueued = members[i];
    }
  }
  first.next = unqueued;
  if (n > 1) s.signal().work_added();
  return begun;
}

std::coroutine_handle<> fork_group::begin_two(coro_promise& first, coro_promise& second,
                                              std::coroutine_handle<> parent) {
  scheduler* const s = running_scheduler;
  if (s == nullptr) [[unlikely]] static_cast<void>(scheduler_of_coroutine());  // throws
  owner_ = s;
  parent_ = parent;
  first.group = this;
  second.group = this;
  const std::coroutine_handle<> begun = first.self;
  if (!queue(participant_in(*s), second)) [[unlikely]] first.next = &second;
  s->signal().work_added();
  return begun;
}

[[gnu::always_inline]] inline std::coroutine_handle<> fork_group::member_ended(
    coro_promise& ended) noexcept {
  if (ended.next != nullptr) [[unlikely]] return begin_unqueued(ended);
  if (missing_.is_last()) return parent_;
  participant& self = participant_in(*owner_);
  work_item top;
  if (!self.deque().pop(top)) [[unlikely]] return arrive();
  if (top.run == &run_stolen) [[likely]] {
    auto& sibling = *static_cast<coro_promise*>(top.arg);
    if (sibling.group == this) [[likely]] {
      missing_.pass_on();
      return sibling.self;
    }
  }
  return put_back_and_arrive(self, top);
}

std::coroutine_handle<> member_ended(coro_promise& ended) noexcept {
  return ended.group->member_ended(ended);
}

[[gnu::noinline]] std::coroutine_handle<> fork_group::begin_unqueued(coro_promise& ended) noexcept {
  const std::coroutine_handle<> next = ended.next->self;
  missing_.pass_on();
  return next;
}

[[gnu::noinline]] std::coroutine_handle<> fork_group::arrive() noexcept {
  const std::coroutine_handle<> parent = parent_;
  if (missing_.arrive()) return parent;
  return std::noop_coroutine();
}

[[gnu::noinline]] std::coroutine_handle<> fork_group::put_back_and_arrive(
    participant& self, work_item foreign) noexcept {
  // There is room: it has just been made. Whoever looked meanwhile has missed it.
  static_cast<void>(self.deque().push(foreign));
  owner_->signal().work_added();
  return arrive();
}

// On a work loop, which counts a completed task. The fork did not count one: what awaits the group
// is counted.
void fork_group::run_stolen(void* promise) {
  auto& member = *static_cast<coro_promise*>(promise);
  participant_here(*member.group->owner_).count().note_spawned();
  resume_here(member.self);
}

}  // namespace wyn::detail
