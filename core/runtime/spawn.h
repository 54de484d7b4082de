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

/// Queues what make_task made of an `F`.
template <class F>
[[gnu::always_inline]] inline spawn_status spawn_or_drop(scheduler& s, participant& self,
                                                         const work_item& t) {
  const spawn_status answer = s.spawn_from(self, t);
  if (answer > spawn_status::ran_inline) [[unlikely]] drop_task<F>(t);
  return answer;
}

/// Where make_task has no slot for `f`.
template <class F>
[[gnu::noinline, gnu::cold]] spawn_status spawn_without_slot(scheduler& s, participant& self,
                                                             F&& f) {
  using callable = std::decay_t<F>;
  // Perhaps there was no memory for a slab of small ones.
  if constexpr (fits_small_slot<F>) {
    if (self.heaps().has_small_slots) {
      const work_item t = make_task_in(self.heaps().large, std::forward<F>(f));
      if (t.run != nullptr) return spawn_or_drop<F>(s, self, t);
    }
  }
  const full_policy policy = s.settings().on_full;
  if (policy == full_policy::error) return spawn_status::full;
  if (policy == full_policy::grow) {
    const work_item t = make_block_task(std::forward<F>(f));
    return t.run == nullptr ? spawn_status::no_memory : spawn_or_drop<F>(s, self, t);
  }
  callable copy(std::forward<F>(f));
  const auto call = [](void* c) { std::invoke(std::move(*static_cast<callable*>(c))); };
  return s.run_instead_of_queueing(self, {call, &copy});
}

/// runtime::try_spawn. Inline as far as a spawn usually goes: the words of the closure go from
/// registers to its slot. (In memory in between they cost some 15 cycles: written as words and read
/// as pairs of words, which no processor forwards.)
template <storable_closure F>
[[nodiscard, gnu::always_inline]] inline spawn_status try_spawn(scheduler& s, F&& f) {
  using callable = std::decay_t<F>;
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) [[unlikely]] return why;
  const work_item t = make_task(*self, std::forward<F>(f));
  if (t.run != nullptr) [[likely]] return spawn_or_drop<F>(s, *self, t);
  if constexpr (std::is_trivially_copyable_v<callable>) {
    callable copy(f);  // whose address nobody takes before
    return spawn_without_slot(s, *self, std::move(copy));
  } else {
    return spawn_without_slot(s, *self, std::forward<F>(f));
  }
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
