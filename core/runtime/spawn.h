// Spawning a callable on a scheduler: what wyn::runtime and the free functions have in common.
#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "core/runtime/make_task.h"
#include "core/runtime/options.h"
#include "core/runtime/result_task.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/task_handle.h"

namespace wyn::detail {

/// Throws spawn_error unless the task runs or has run.
inline void require_accepted(spawn_status s) {
  if (s > spawn_status::ran_inline) [[unlikely]] throw spawn_error(s);
}

/// runtime::try_spawn.
template <storable_closure F>
[[nodiscard]] spawn_status try_spawn(scheduler& s, F&& f) {
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) [[unlikely]] return why;
  const full_policy policy = s.settings().on_full;
  const work_item t = make_task(*self, std::forward<F>(f), policy == full_policy::grow);
  if (t.run == nullptr) [[unlikely]] {
    if (policy == full_policy::grow) return spawn_status::no_memory;
    if (policy == full_policy::error) return spawn_status::full;
    std::decay_t<F> callable(std::forward<F>(f));
    const auto call = [](void* c) { std::invoke(std::move(*static_cast<std::decay_t<F>*>(c))); };
    return s.run_instead_of_queueing(*self, {call, &callable});
  }
  const spawn_status answer = s.spawn_from(*self, t);
  if (answer > spawn_status::ran_inline) [[unlikely]] drop_task<F>(t);
  return answer;
}

/// runtime::submit.
template <storable_closure F>
task_handle<std::invoke_result_t<std::decay_t<F>>> submit(scheduler& s, F&& f) {
  using callable = std::decay_t<F>;
  using result = std::invoke_result_t<callable>;
  static_assert(!std::is_reference_v<result>,
                "a task that returns a reference: return a pointer or std::ref instead");
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) throw spawn_error(why);
  auto* block = make_result_task<result, callable>(s, *self, std::forward<F>(f));
  if (block == nullptr) throw spawn_error(spawn_status::no_memory);
  why = s.spawn_from(*self, {&result_task<result, callable>::run_queued, block});
  if (why > spawn_status::ran_inline) {
    result_task<result, callable>::discard(*block);
    throw spawn_error(why);
  }
  return task_handle<result>(block);
}

}  // namespace wyn::detail
