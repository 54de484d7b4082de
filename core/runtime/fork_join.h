// fork_join(f, g): two calls that may run at the same time, joined before it returns.
//
// g's entry lies on the caller's deque while f runs, and its state on the caller's stack: no memory
// is allocated. If nobody has stolen it when f is done, the caller takes it back and calls g
// directly, where the compiler can inline it; no atomic operation of the fork's own is spent on
// that way.
//
// What lies above g's entry in the deque was spawned by f: it is part of the caller's own work, and
// is run on the way down. Once g is stolen everything older is stolen too (thieves take the
// oldest), so the caller finds nothing of anybody else's, and waits without running foreign tasks.
#pragma once

#include <cxxabi.h>

#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/runtime/joinable.h"
#include "core/runtime/result_task.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The part of a fork that does not depend on types. Lives on the stack of the forking thread.
class forked_call : public joinable {
 public:
  /// `call` calls g, and stores its result; on a thief's thread.
  forked_call(scheduler& s, void (*call)(forked_call&)) noexcept : joinable(s), call_(call) {}

  /// Puts the entry on the deque of `self`, if it has room.
  [[gnu::always_inline]] void push(participant& self) noexcept {
    pushed_ = self.deque().push({&run_stolen, this});
    if (pushed_) [[likely]] owner->signal().work_added();
  }

  /// f has ended. True: g is the caller's to call. False: a thief has called it, it is done, and
  /// what it threw is in `error`; the caller may have waited for that.
  [[gnu::always_inline]] bool take_back(participant& self) {
    if (!pushed_) [[unlikely]] return true;
    work_item t;
    if (self.deque().pop(t)) [[likely]] {
      if (t.arg == this && t.run == &run_stolen) [[likely]] return true;
      return run_down_to_entry(self, t);
    }
    wait_until_done(*this);
    return false;
  }

 private:
  static void run_stolen(void* arg);
  bool run_down_to_entry(participant& self, work_item t);

  void (*call_)(forked_call&);
  bool pushed_ = false;
};

/// Calls `f`; void becomes std::monostate.
template <class F>
[[gnu::always_inline]] inline stored_result<std::invoke_result_t<F>> invoke_stored(F& f) {
  if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
    std::invoke(std::forward<F>(f));
    return {};
  } else {
    return std::invoke(std::forward<F>(f));
  }
}

template <class G>
class forked_child final : public forked_call {
 public:
  forked_child(scheduler& s, G& g) noexcept : forked_call(s, &call), g_(g) {}

  /// Calls g; an exception goes to `error`, thread exit and cancellation pass.
  [[gnu::always_inline]] void call_here() {
    guarded(*this, [this] { value.emplace(invoke_stored(g_)); });
  }

  template <class Body>
  [[gnu::always_inline]] static void guarded(joinable& j, const Body& body) {
    try {
      body();
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
      j.error = std::current_exception();
    }
  }

  std::optional<stored_result<std::invoke_result_t<G>>> value;

 private:
  static void call(forked_call& base) {
    auto& self = static_cast<forked_child&>(base);
    self.value.emplace(invoke_stored(self.g_));
  }
  G& g_;
};

/// Joins a child whose forking thread is being cancelled or exits within f.
template <class G>
struct join_on_thread_exit {
  forked_child<G>* child;
  participant& self;
  ~join_on_thread_exit() noexcept(false) {
    if (child != nullptr && child->take_back(self)) child->call_here();
  }
};

/// The forking thread runs a task of `s`, or has been made to look like it.
template <class F, class G>
auto fork_join_inside(scheduler& s, participant& self, F& f, G& g) {
  using f_result = stored_result<std::invoke_result_t<F>>;
  using g_result = stored_result<std::invoke_result_t<G>>;
  forked_child<G> child(s, g);
  std::optional<f_result> mine;
  std::exception_ptr error;
  child.push(self);
  {
    join_on_thread_exit<G> guard{&child, self};
    try {
      mine.emplace(invoke_stored(f));
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    guard.child = nullptr;
  }
  if (child.take_back(self)) [[likely]] child.call_here();
  if (error) [[unlikely]] std::rethrow_exception(error);
  if (child.error) [[unlikely]] std::rethrow_exception(child.error);
  if constexpr (std::is_void_v<std::invoke_result_t<F>> &&
                std::is_void_v<std::invoke_result_t<G>>) {
    return;
  } else {
    return std::pair<f_result, g_result>(std::move(*mine), std::move(*child.value));
  }
}

[[noreturn]] void throw_unbound(spawn_status why);

/// The caller's participant, or spawn_error.
[[gnu::always_inline]] inline participant& bind_or_throw(scheduler& s) {
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) [[unlikely]] throw_unbound(why);
  return *self;
}

/// Makes the calling thread look like one that runs a task of the scheduler, with a deque for what
/// it spawns, and counts as that task: f may spawn, so shutdown and waiters must not take the
/// runtime for idle before the call is over.
class inside_scope {
 public:
  /// Throws spawn_error when shutdown has begun.
  inside_scope(scheduler& s, participant& p);
  ~inside_scope();
  inside_scope(const inside_scope&) = delete;
  inside_scope& operator=(const inside_scope&) = delete;

 private:
  running_scope scope_;
  scheduler& s_;
  participant& p_;
  const bool deque_mode_;
};

template <class F, class G>
auto fork_join(scheduler& s, F&& f, G&& g) {
  participant& self = bind_or_throw(s);
  if (running_scheduler == &s) [[likely]] return fork_join_inside<F, G>(s, self, f, g);
  inside_scope inside(s, self);
  return fork_join_inside<F, G>(s, self, f, g);
}

}  // namespace wyn::detail
