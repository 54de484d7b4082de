// Template and inline bodies of task_group.h.
#pragma once

#include <cxxabi.h>

#include <optional>

#include "core/runtime/group_wait.h"
#include "core/runtime/joinable.h"
#include "core/runtime/task_group.h"

namespace wyn {

inline task_group::spawner task_group::note_spawner() {
  participant& self = detail::bind_or_throw(owner_);
  if (maker_ == nullptr) return spawner::within;
  if (&self == maker_) [[likely]] {
    const std::int64_t next = self.deque().next_index();
    if (next < mark_) mark_ = next;
    return spawner::within;
  }
  if (self.is_worker() || self.nesting() > 0) return spawner::within;
  outside_.raise();
  return spawner::outside;
}

inline detail::group_ticket task_group::add_member() {
  const group_count<>::added a = count_.add();
  detail::group_ticket ticket(*this, a.number);
  if (a.missing >= group_count<>::most_missing) [[unlikely]] throw spawn_error(spawn_status::full);
  return ticket;
}

inline participant* task_group::thief_here() const noexcept {
  participant* const self = detail::running_participant;
  if (self == maker_ || maker_ == nullptr || self == nullptr) return nullptr;
  return &self->owner() == &owner_ ? self : nullptr;
}

inline void task_group::member_ended() noexcept {
  // The group may be gone once the member has finished.
  scheduler& s = owner_;
  finish_member(
      count_, s.joiners(), [&s] { s.signal().wake_all(); },
      [this, &s] { s.spawn_or_run(continuation_); });
}

inline detail::group_ticket::~group_ticket() {
  if (group_ != nullptr) group_->member_ended();
}

template <class F>
void detail::group_member<F>::operator()() {
  task_group& group = ticket_.group();
  if (group.cancelled()) return;
  const running_member on_this_stack(group);
  std::optional<raised_marks<participant>::scope> raised;
  if (participant* const thief = group.thief_here()) [[unlikely]] {
    raised.emplace(thief->raised(), group.thief_, *thief);
  }
  try {
    if constexpr (std::invocable<F, task_group&>) {
      static_cast<void>(std::invoke(std::move(f_), group));
    } else {
      static_cast<void>(std::invoke(std::move(f_)));
    }
  } catch (const abi::__forced_unwind&) {
    group.member_threw(ticket_.number(), thread_ended_error());
    throw;
  } catch (...) {
    group.member_threw(ticket_.number(), std::current_exception());
  }
}

namespace detail {

template <class F>
auto in_scope(task_group& group, F& f) {
  if constexpr (std::is_void_v<std::invoke_result_t<F, task_group&>>) {
    std::invoke(std::forward<F>(f), group);
    static_cast<void>(group.wait());
  } else {
    auto result = std::invoke(std::forward<F>(f), group);
    static_cast<void>(group.wait());
    return result;
  }
}

}  // namespace detail

template <class F>
requires std::invocable<F, task_group&>
auto scope(runtime& rt, F&& f) {
  task_group group(rt);
  return detail::in_scope<F>(group, f);
}

template <class F>
requires std::invocable<F, task_group&>
auto scope(task_group& outer, F&& f) {
  task_group group(outer);
  return detail::in_scope<F>(group, f);
}

template <class F>
requires std::invocable<F, task_group&>
auto scope(F&& f) {
  task_group group;
  return detail::in_scope<F>(group, f);
}

}  // namespace wyn
