// What a program under test calls besides its atomics: fences, pauses, assertions, choices.
#pragma once

#include "models/check/std/access.h"

namespace wyn::check {

// An object and not a function: a function beside std::memory_order would be ambiguous with that of
// namespace std, which an unqualified call finds by its argument.
struct thread_fence {
  void operator()(std::memory_order o,
                  detail::place at = detail::place::current()) const {
    const detail::outside_program engine;
    model::calls::fence(detail::order_of(o), detail::site_name(at, "fence"));
  }
};
inline constexpr thread_fence atomic_thread_fence{};

/// No signal handlers here: orders nothing.
struct signal_fence {
  void operator()(std::memory_order) const {}
};
inline constexpr signal_fence atomic_signal_fence{};

/// Stands in each iteration of a loop that waits for another thread, and promises that the loop
/// ends only through what it reads. A loop without it ends the check as BOUNDED.
inline void pause() {
  const detail::outside_program engine;
  model::calls::pause();
}

namespace this_thread {
/// As pause().
inline void yield() { pause(); }
}  // namespace this_thread

/// An assertion; `what` is printed when it does not hold. assert() works as well.
inline void require(bool ok, const char* what) { detail::require(ok, what); }

/// Drops the executions in which `condition` does not hold.
inline void assume(bool condition) {
  const detail::outside_program engine;
  model::calls::assume(condition);
}

/// A part of what the execution shows; reports count the outcomes. `name` is a literal.
inline void outcome(const char* name, long long value) {
  const detail::outside_program engine;
  model::calls::outcome(name, value);
}

/// What reports call `object`, an atomic or a var: `text`, a literal, or "text[index]".
template <class T>
void name(const T& object, const char* text, long long index = -1) {
  const detail::outside_program engine;
  model::calls::name(&object, text, index);
}

/// Any of 0 .. n-1: all are explored.
inline int choose(int n) {
  const detail::outside_program engine;
  return model::calls::choose(n);
}

}  // namespace wyn::check
