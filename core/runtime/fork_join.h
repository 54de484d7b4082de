// fork_join(f, g): two calls that may run at the same time, joined before it returns.
//
// g's entry lies on the caller's deque while f runs, and its state on the caller's stack: no memory
// is allocated. If nobody has stolen it when f is done, the caller takes it back and calls g
// directly, where the compiler can inline it; no atomic operation of the fork's own is spent on
// that way.
//
// What lies above g's entry in the deque was spawned by f: it is part of the caller's own work, and
// is run on the way down. Once g is stolen everything older is stolen too (thieves take the
// oldest), so the caller finds nothing of anybody else's. While it waits it runs what g forks on
// its thief's deque (leapfrog.h), and nothing else.
#pragma once

#include <cxxabi.h>

#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/runtime/binding.h"
#include "core/runtime/joinable.h"
#include "core/runtime/result_task.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The part of a fork that does not depend on types. Lives on the stack of the forking thread.
class forked_call : public joinable {
 public:
  /// `call`, on a thief's thread, calls g and stores its result.
  explicit forked_call(void (*call)(forked_call&)) noexcept : call_(call) {}
  ~forked_call() {}

  /// Puts the entry on the deque of `self`. False when there is no room.
  [[gnu::always_inline]] bool push(scheduler& s, participant& self) noexcept {
    const work_item entry{run_stolen, this};
    if (!self.deque().push_if_room(entry)) [[unlikely]] {
      if (!push_to_full(self, entry)) return false;
    }
    s.signal().work_added();
    return true;
  }

  /// f has ended, and the entry was pushed. True: g is the caller's to call. False: a thief has
  /// taken it; the caller waits until it is done, and what it threw is in `error` then. Nothing
  /// leaves this but the end of the thread, within a task that f has spawned: the entry is where it
  /// was then.
  [[gnu::always_inline]] bool take_back(participant& self) {
    work_item t;
    if (self.deque().pop(t)) [[likely]] {
      if (t.arg == this && t.run == run_stolen) [[likely]] return true;
      return run_down_to_entry(self, t);
    }
    return false;
  }

  /// A thief has taken the entry. Returns when g is done. Two things leave this otherwise: the
  /// unwinding of a task that is run meanwhile and ends its thread, when g is done; spawn_error, in
  /// the child of a fork(), at once.
  [[gnu::noinline, gnu::cold]] void await_thief(participant& self);

  /// Steals a fork from a thief that `mark` names: of a task that the caller waits for.
  static bool steal_back(participant& self, const thief_mark<participant>& mark,
                         work_item& t) noexcept {
    return self.owner().steal_back(self, mark, run_stolen, t);
  }

 private:
  static void run_stolen(void* arg);  // the entry's function, the same for all forks
  static bool push_to_full(participant& self, work_item entry) noexcept;
  bool run_down_to_entry(participant& self, work_item t);

  void (*call_)(forked_call&);
  union {
    thief_mark<participant> mark_;  // a thief's; alive once the entry's task is claimed
  };
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
  explicit forked_child(G& g) noexcept : forked_call(&call_for_thief), g_(g) {}
  ~forked_child() {}

  [[gnu::always_inline]] auto call() { return invoke_stored<G>(g_); }

  /// Calls g for a caller that has something else to throw; thread exit and cancellation pass.
  void call_quietly() {
    try {
      static_cast<void>(call());
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
    }
  }

  union {
    stored_result<std::invoke_result_t<G>> value;  // a thief's; alive once done without an error
  };

 private:
  static void call_for_thief(forked_call& base) {
    auto& self = static_cast<forked_child&>(base);
    ::new (&self.value) stored_result<std::invoke_result_t<G>>(self.call());
  }
  G& g_;
};

/// A child that only a thief gives anything to destroy: the forking thread destroys it if there has
/// been one, and it is done.
template <class G>
union maybe_stolen {
  explicit maybe_stolen(G& g) noexcept : child(g) {}
  ~maybe_stolen() {}
  forked_child<G> child;
};
template <class G>
struct stolen_child_end {
  forked_child<G>& child;
  ~stolen_child_end() {
    if (!child.state.done()) return;  // the child of a fork() has no thieves
    if (!child.error) std::destroy_at(&child.value);
    std::destroy_at(&child);
  }
};

/// Joins a child for a caller that has something else to throw. `mine`: nobody has stolen it.
template <class G>
[[gnu::noinline, gnu::cold]] void join_quietly(forked_child<G>& child, participant& self,
                                               bool mine) {
  if (mine) return child.call_quietly();
  const stolen_child_end<G> end{child};
  child.await_thief(self);
}

/// Joins a child when its thread ends within f or what f has spawned. `Queued`: the child was
/// pushed.
template <bool Queued, class G>
struct unjoined_child {
  forked_child<G>* child;  // nullptr: joined
  participant& self;

  [[gnu::always_inline]] ~unjoined_child() noexcept(false) {
    if (child != nullptr) join(*child, self);
  }

 private:
  // Without `this`: so the two members need no memory.
  [[gnu::noinline, gnu::cold]] static void join(forked_child<G>& child, participant& self) {
    join_quietly(child, self, !Queued || child.take_back(self));
  }
};

/// An exception, once there is one: who knows that there is none spends no instruction on it.
union late_error {
  late_error() noexcept {}
  ~late_error() {}
  void keep_current() noexcept { ::new (&kept) std::exception_ptr(std::current_exception()); }
  std::exception_ptr kept;

  struct end {
    late_error& error;
    ~end() { std::destroy_at(&error.kept); }
  };
};

template <class F, class G>
using fork_result = std::conditional_t<
    std::is_void_v<std::invoke_result_t<F>> && std::is_void_v<std::invoke_result_t<G>>, void,
    std::pair<stored_result<std::invoke_result_t<F>>, stored_result<std::invoke_result_t<G>>>>;

/// Calls f, and g if nobody else has.
template <bool Queued, class F, class G>
[[gnu::always_inline]] inline fork_result<F, G> call_and_join(forked_child<G>& child,
                                                              participant& self, F& f) {
  using result = fork_result<F, G>;
  std::optional<stored_result<std::invoke_result_t<F>>> mine;
  bool threw = false;
  late_error error;
  unjoined_child<Queued, G> unjoined{&child, self};
  try {
    mine.emplace(invoke_stored<F>(f));
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    error.keep_current();
    threw = true;
  }
  if (threw) [[unlikely]] {
    const late_error::end destroyed{error};
    const bool mine_too = !Queued || child.take_back(self);
    unjoined.child = nullptr;
    join_quietly(child, self, mine_too);
    std::rethrow_exception(error.kept);
  }
  const bool taken_back = !Queued || child.take_back(self);
  unjoined.child = nullptr;
  // What g throws here leaves at once: nothing is left to be joined.
  if (taken_back) [[likely]] {
    if constexpr (std::is_void_v<result>) {
      static_cast<void>(child.call());
      return;
    } else {
      return result(std::move(*mine), child.call());
    }
  }
  const stolen_child_end<G> end{child};
  child.await_thief(self);
  if (child.error) [[unlikely]] std::rethrow_exception(child.error);
  if constexpr (!std::is_void_v<result>) return result(std::move(*mine), std::move(child.value));
}

/// Where there is no room for an entry.
template <class F, class G>
[[gnu::noinline, gnu::cold]] fork_result<F, G> call_both(forked_child<G>& child, participant& self,
                                                         F& f) {
  return call_and_join<false, F, G>(child, self, f);
}

/// The forking thread runs a task of `s`, or has been made to look like it.
template <class F, class G>
fork_result<F, G> fork_join_inside(scheduler& s, participant& self, F& f, G& g) {
  maybe_stolen<G> fork(g);
  if (!fork.child.push(s, self)) [[unlikely]] return call_both<F, G>(fork.child, self, f);
  return call_and_join<true, F, G>(fork.child, self, f);
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
  const queue_place place_;
};

template <class F, class G>
[[gnu::noinline]] fork_result<F, G> fork_join_outside(scheduler& s, F& f, G& g) {
  participant& self = bind_or_throw(s);
  inside_scope inside(s, self);
  return fork_join_inside<F, G>(s, self, f, g);
}

template <class F, class G>
[[gnu::always_inline]] inline fork_result<F, G> fork_join(scheduler& s, F&& f, G&& g) {
  participant* const self = running_participant;
  if (running_scheduler == &s && self != nullptr) [[likely]] {
    return fork_join_inside<F, G>(s, *self, f, g);
  }
  return fork_join_outside<F, G>(s, f, g);
}

}  // namespace wyn::detail
