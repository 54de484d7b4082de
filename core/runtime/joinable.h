// Running a task that somebody joins, and waiting for it.
#pragma once

#include <exception>
#include <memory>

#include "core/runtime/join_state.h"
#include "core/runtime/work_item.h"

namespace wyn {

class participant;
class scheduler;

/// What a joinable task has in common, whatever it returns and wherever it lies.
struct joinable {
  explicit joinable(scheduler& s) noexcept : owner(&s), error(nullptr) {}
  /// Of a fork, which seldom needs `owner` and `error`: its thief makes both before it claims. It
  /// is destroyed only if there has been one.
  joinable() noexcept {}
  ~joinable() { std::destroy_at(&error); }
  joinable(const joinable&) = delete;
  joinable& operator=(const joinable&) = delete;

  join_state<> state;
  scheduler* owner;
  const work_item* continuation;  // resumes the coroutine that waits; set before suspend()
  union {
    std::exception_ptr error;  // what the task threw; written before finish(), read after done()
  };
};

/// Calls `body`, stores what it throws in `j.error`, and finishes `j`. The caller has claimed it.
/// Thread exit and cancellation in the body finish it with an error and pass on.
template <class Body>
void run_claimed(joinable& j, const Body& body);

/// Finishes `j` and wakes who waits for it.
void finish_joinable(joinable& j) noexcept;

/// Blocks until `j`, which another thread has claimed, is done; spins a little first. Throws
/// spawn_error in the child of a fork(), where that other thread does not exist.
void wait_until_done(joinable& j);

/// The error of a task whose thread ended within it.
std::exception_ptr thread_ended_error() noexcept;

}  // namespace wyn

#include "core/runtime/joinable_inl.h"
