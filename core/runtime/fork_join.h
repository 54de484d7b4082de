// fork_join(f, g): two calls that may run at the same time, joined before it returns.
//
// g's entry lies on the caller's deque while f runs, and its state on the caller's stack: no memory is
// allocated. If nobody has stolen it when f is done, the caller takes it back and calls g directly.
//
// What lies above g's entry in the deque was spawned by f: it is part of the caller's own work, and is run
// on the way down. Once g is stolen everything older is stolen too (thieves take the oldest), so the caller
// finds nothing of anybody else's, and waits without running foreign tasks.
#pragma once

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/runtime/joinable.h"
#include "core/runtime/result_task.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"

namespace wyn::detail {

/// The part of a fork that does not depend on types: fork_join.cc.
class forked_call : public joinable {
 public:
  forked_call(scheduler& s, void (*call)(forked_call&)) noexcept : joinable(s), call_(call) {}

  /// Puts the entry on the deque of `self`, if it has room.
  void push(participant& self) noexcept;
  /// Brings g to its end, whether push succeeded or not: calls it here, or waits for the thief. `f` has
  /// ended. What g throws is in `error`.
  void join(participant& self);

 private:
  static void run_stolen(void* arg);
  // Nobody else has the entry: no claim, nobody to notify.
  void run_unshared();

  void (*call_)(forked_call&);
  bool pushed_ = false;
};

template <class G>
class forked_child final : public forked_call {
 public:
  using result = stored_result<std::invoke_result_t<G>>;
  forked_child(scheduler& s, G& g) noexcept : forked_call(s, &call), g_(g) {}
  std::optional<result> value;

 private:
  static void call(forked_call& base) {
    auto& self = static_cast<forked_child&>(base);
    self.value.emplace(invoke_stored(self.g_));
  }
  G& g_;

 public:
  /// Calls `f`; void becomes std::monostate.
  template <class F>
  static stored_result<std::invoke_result_t<F>> invoke_stored(F& f) {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      std::invoke(std::forward<F>(f));
      return {};
    } else {
      return std::invoke(std::forward<F>(f));
    }
  }
};

/// The caller's participant, or spawn_error.
participant& bind_or_throw(scheduler& s);

template <class F, class G>
auto fork_join(scheduler& s, F&& f, G&& g) {
  using f_result = stored_result<std::invoke_result_t<F>>;
  participant& self = bind_or_throw(s);
  forked_child<G> child(s, g);
  std::optional<f_result> mine;
  std::exception_ptr error;
  {
    running_scope scope(s);
    struct nesting {
      participant& p;
      explicit nesting(participant& q) noexcept : p(q) { p.enter(); }
      ~nesting() { p.leave(); }
    } inside(self);
    child.push(self);
    struct join_in_any_case {  // a thread that is cancelled within f still owns g's frame
      forked_child<G>* child;
      participant& self;
      ~join_in_any_case() noexcept(false) {
        if (child != nullptr) child->join(self);
      }
    } guard{&child, self};
    try {
      mine.emplace(forked_child<G>::invoke_stored(f));
    } catch (const abi::__forced_unwind&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    guard.child = nullptr;
    child.join(self);
  }
  if (error) std::rethrow_exception(error);
  if (child.error) std::rethrow_exception(child.error);
  if constexpr (std::is_void_v<std::invoke_result_t<F>> && std::is_void_v<std::invoke_result_t<G>>) {
    return;
  } else {
    return std::pair<f_result, typename forked_child<G>::result>(std::move(*mine),
                                                                 std::move(*child.value));
  }
}

}  // namespace wyn::detail
