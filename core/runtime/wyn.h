// Tasks without a runtime to pass around. One include for a program that has one runtime.
//
//     wyn::spawn([] { work(); });
//     auto answer = wyn::submit([] { return 42; });
//     auto [a, b] = wyn::fork_join([] { return left(); }, [] { return right(); });
//     wyn::wait_idle();
//
// Inside a task these go to the task's own runtime; elsewhere to the default runtime, which the
// first of them makes (default_runtime.h). Guarantees: runtime.h.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "core/runtime/binding.h"
#include "core/runtime/default_runtime.h"
#include "core/runtime/fork_join.h"
#include "core/runtime/fork_join_all.h"
#include "core/runtime/options.h"
#include "core/runtime/runtime.h"
#include "core/runtime/spawn.h"
#include "core/runtime/task_handle.h"

namespace wyn {
namespace detail {

inline scheduler& scheduler_here() {
  if (scheduler* s = running_scheduler) return *s;
  return default_runtime().underlying();
}

}  // namespace detail

/// runtime::spawn on the runtime of the running task, else on the default runtime. Also throws what
/// default_runtime() throws.
template <storable_closure F>
[[gnu::always_inline]] inline void spawn(F&& f) {
  detail::require_accepted(detail::try_spawn(detail::scheduler_here(), std::forward<F>(f)));
}

/// runtime::submit, likewise. The handle must not outlive that runtime; the default runtime
/// outlives main().
template <storable_closure F>
task_handle<std::invoke_result_t<std::decay_t<F>>> submit(F&& f) {
  return detail::submit(detail::scheduler_here(), std::forward<F>(f));
}

/// runtime::fork_join, likewise.
template <class F, class G>
auto fork_join(F&& f, G&& g) {
  return detail::fork_join(detail::scheduler_here(), std::forward<F>(f), std::forward<G>(g));
}
template <std::invocable F, std::invocable G, std::invocable H, std::invocable... More>
auto fork_join(F&& f, G&& g, H&& h, More&&... more) {
  return detail::fork_join_all(detail::scheduler_here(), std::forward<F>(f), std::forward<G>(g),
                               std::forward<H>(h), std::forward<More>(more)...);
}

/// Runs tasks until the default runtime is idle; returns at once if there is none. Outside of tasks
/// only (std::logic_error): inside, join what was spawned by its handles.
inline void wait_idle() {
  if (scheduler* s = detail::running_scheduler) {
    s->wait_idle();
  } else if (runtime* r = detail::existing_default_runtime()) {
    r->wait_idle();
  }
}

}  // namespace wyn
