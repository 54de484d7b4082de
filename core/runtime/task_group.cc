#include "core/runtime/task_group.h"

#include <cxxabi.h>

#include <memory>
#include <new>
#include <optional>
#include <stdexcept>

#include "core/base/assert.h"
#include "core/runtime/leapfrog.h"
#include "core/runtime/run_task.h"

namespace wyn {

namespace detail {

constinit thread_local running_member* innermost_member = nullptr;

namespace {

bool inside_task_of(const scheduler& s) noexcept {
  return running_scheduler == &s || s.inside_task();
}

}  // namespace
}  // namespace detail

task_group::task_group(scheduler& s) noexcept
    : owner_(s), uncaught_(std::uncaught_exceptions()) {
  if (!detail::inside_task_of(s)) return;
  spawn_status unused{};
  maker_ = s.bind(unused);
  if (maker_ != nullptr) mark_ = maker_->deque().next_index();
}

task_group::~task_group() noexcept(false) {
  if (owner_.forked()) return;  // its members run in the parent
  const bool unwinding = std::uncaught_exceptions() > uncaught_;
  if (!count_.done()) {
    if (unwinding) cancel();
    join_whatever_happens();
  }
  std::unique_ptr<detail::thrown> first(errors_.take());
  if (first == nullptr) return;
  while (first->next != nullptr) first.reset(std::exchange(first->next, nullptr));
  if (unwinding) return;
  try {
    std::rethrow_exception(first->error);
  } catch (...) {
    report_uncaught();
  }
}

// A task that is run meanwhile may end the thread. That must not end the group before its members.
void task_group::join_whatever_happens() {
  try {
    join();
  } catch (const abi::__forced_unwind&) {
    join_whatever_happens();
    throw;
  } catch (const std::exception& e) {
    fatal(e.what());
  }
}

void task_group::member_threw(std::uint32_t number, std::exception_ptr error) noexcept {
  auto* node = new (std::nothrow) detail::thrown{std::move(error), number};
  if (node == nullptr) fatal("no memory for the exception of a task group's member");
  errors_.add(node);
  cancel();
}

group_status task_group::settle() {
  const bool stopped = cancelled();
  stop_.clear();
  dropped_ = 0;
  std::unique_ptr<detail::thrown> first(errors_.take());
  if (first == nullptr) return stopped ? group_status::cancelled : group_status::complete;
  for (std::unique_ptr<detail::thrown> rest(std::exchange(first->next, nullptr)); rest != nullptr;
       rest.reset(std::exchange(rest->next, nullptr))) {
    ++dropped_;
    // Numbers wrap around; those of one group at one time are close together.
    if (static_cast<std::int32_t>(rest->number - first->number) < 0) {
      std::swap(rest->number, first->number);
      std::swap(rest->error, first->error);
    }
  }
  const std::exception_ptr error = std::move(first->error);
  first.reset();
  std::rethrow_exception(error);
}

void task_group::drop_errors() noexcept {
  stop_.clear();
  for (std::unique_ptr<detail::thrown> e(errors_.take()); e != nullptr;
       e.reset(std::exchange(e->next, nullptr))) {
  }
}

void task_group::join() {
  if (count_.done()) return;
  if (owner_.forked()) throw spawn_error(spawn_status::forked);
  spawn_status why{};
  participant* self = owner_.bind(why);
  if (self == nullptr) {
    if (why != spawn_status::shut_down) throw spawn_error(why);
    return sleep_until_done();
  }
  const bool inside = detail::inside_task_of(owner_);
  if (inside && self == maker_) join_as_maker(*self);
  if (!count_.done()) help(*self, inside);
}

// Returns when the group is done, or when a member may lie where only help() looks.
void task_group::join_as_maker(participant& self) {
  const auto may_sleep = [this] { return !outside_.raised(); };
  const auto pop_own = [this, &self](work_item& t) {
    return self.deque().next_index() > mark_ && self.deque().pop(t);
  };
  const auto take = [&](work_item& t) {
    return pop_own(t) || detail::forked_call::steal_back(self, thief_, t);
  };
  while (!count_.done()) {
    if (work_item t; pop_own(t)) {
      run_on_top(owner_, self, t);
      continue;
    }
    // The rest is elsewhere: nobody pushes here but this thread.
    if (owner_.forked()) throw spawn_error(spawn_status::forked);
    if (!may_sleep()) return;
    require_not_inside_member();
    const auto done = [this, &may_sleep] { return count_.done() || !may_sleep(); };
    if (detail::leapfrog(owner_, self, done, take)) continue;
    sleep_until_group_done(
        count_, owner_.joiners(), may_sleep,
        [&](event_count<>::ticket ticket) { detail::doze(owner_, self, ticket, take); });
  }
}

// Runs any task of the runtime meanwhile. Outside of tasks the caller counts as one.
void task_group::help(participant& self, bool inside) {
  require_not_inside_member();
  if (inside) return owner_.help_until_done(self, count_);
  std::optional<detail::inside_scope> counted;
  try {
    counted.emplace(owner_, self);
  } catch (const spawn_error&) {  // shutdown has begun, and runs the members
    return sleep_until_done();
  }
  owner_.help_until_done(self, count_);
}

void task_group::sleep_until_done() noexcept {
  while (!count_.done()) {
    sleep_until_group_done(count_, owner_.joiners(), [] { return true; });
  }
}

void task_group::require_not_inside_member() const {
  for (const detail::running_member* m = detail::innermost_member; m != nullptr; m = m->outer) {
    if (m->group == this) {
      throw std::logic_error(
          "wyn: task_group::wait inside a member of the same group would wait for that member "
          "itself; make another group, or use scope, for what the member spawns");
    }
  }
}

}  // namespace wyn
