#include "core/coro/fork_group.h"

namespace wyn::detail {

namespace {

[[gnu::noinline, gnu::cold]] participant& participant_outside(scheduler& s) noexcept {
  spawn_status unused{};
  return *s.bind(unused);
}

// Where the running coroutine's thread queues. Of another runtime than the coroutine's if somebody
// resumed it there: then it goes on there.
[[gnu::always_inline]] inline participant& participant_of_task() {
  participant* const self = running_participant;
  if (self != nullptr) [[likely]] return *self;
  return participant_outside(scheduler_of_coroutine());
}

}  // namespace

participant& participant_here(scheduler& s) noexcept {
  participant* const self = running_participant;
  if (running_scheduler == &s && self != nullptr) [[likely]] return *self;
  return participant_outside(s);
}

scheduler* scheduler_of_task() noexcept { return running_scheduler; }

std::coroutine_handle<> fork_group::begin(const member_list& members,
                                          std::coroutine_handle<> parent) {
  participant& self = participant_of_task();
  parent_ = parent.address();
  unqueued_ = nullptr;
  // The oldest is stolen first: the last member goes down first.
  for (std::uint32_t i = members.count; i-- > 1;) {
    coro_promise& m = members.at(members.tasks, i);
    m.after = sequel::member_of(*this);
    if (unqueued_ != nullptr || !self.deque().push({&run_stolen, &m})) {
      m.after = sequel::link(unqueued_);
      unqueued_ = &m;
    }
  }
  coro_promise& first = members.at(members.tasks, 0);
  first.after = unqueued_ == nullptr ? sequel::member_of(*this) : sequel::chained_member_of(*this);
  if (members.count > 1) self.owner().signal().work_added();
  return first.handle();
}

std::coroutine_handle<> fork_group::begin_two_outside(coro_promise& first, coro_promise& second,
                                                      std::coroutine_handle<> parent) {
  coro_promise* const members[] = {&first, &second};
  return begin(member_list::of(members, 2), parent);
}

std::coroutine_handle<> fork_group::begin_two_when_full(participant& self, coro_promise& first,
                                                        coro_promise& second) noexcept {
  if (self.deque().push({&run_stolen, &second})) {
    self.owner().signal().work_added();
  } else {
    first.after = sequel::chained_member_of(*this);
    second.after = sequel::link(nullptr);
    unqueued_ = &second;
  }
  return first.handle();
}

std::coroutine_handle<> fork_group::wake_and_begin(participant& self,
                                                   coro_promise& first) noexcept {
  self.owner().signal().wake_sleeper();
  return first.handle();
}

std::coroutine_handle<> ended_rarely(coro_promise& ended) noexcept {
  const sequel after = ended.after;
  if (after.is_root()) return root_ended(ended);
  if (!after.is_member()) return after.awaiting();
  const std::uint32_t n = after.failed() ? 1 : ended.state.carried + 1;
  return after.is_chained() ? after.group().begin_unqueued(n) : after.group().member_ended(n);
}

std::coroutine_handle<> fork_group::begin_unqueued(std::uint32_t n) noexcept {
  coro_promise& next = *unqueued_;
  unqueued_ = next.after.linked();
  next.after = unqueued_ == nullptr ? sequel::member_of(*this) : sequel::chained_member_of(*this);
  next.state.carried = n;
  return next.handle();
}

void fork_group::arrive_before(std::uint32_t n) noexcept {
  if (n > 0) static_cast<void>(missing_.arrive(n));
}

[[gnu::noinline]] std::coroutine_handle<> fork_group::arrive(std::uint32_t n) noexcept {
  void* const parent = parent_;
  if (missing_.arrive(n)) return std::coroutine_handle<>::from_address(parent);
  return std::noop_coroutine();
}

[[gnu::noinline]] std::coroutine_handle<> fork_group::put_back_and_arrive(
    participant& self, work_item foreign, std::uint32_t n) noexcept {
  // There is room: it has just been made. Whoever looked meanwhile has missed it.
  static_cast<void>(self.deque().push(foreign));
  self.owner().signal().work_added();
  return arrive(n);
}

// On a work loop, which counts a completed task. The fork did not count one: what awaits the group
// is counted.
void fork_group::run_stolen(void* promise) {
  participant_of_task().count().note_spawned();
  resume_here(static_cast<coro_promise*>(promise)->handle());
}

}  // namespace wyn::detail
