// What the models of joining share: the block that a task's entry in a queue and its handle share,
// put together from the shipped parts as core/runtime/result_task.h does it. Result and exception
// are plain data; the block is freed by whoever gives up the last reference.
#pragma once

#include <new>

#include "core/park/event_count.h"
#include "core/runtime/join_state.h"
#include "core/runtime/join_wait.h"
#include "core/runtime/reference_pair.h"

namespace wyn::runtime_models {

/// Which parts a model runs: the shipped ones, or broken ones that the model must see through.
struct shipped_join {
  template <class Env, class Orders>
  using state = join_state<Env, Orders>;
  template <class Env, class Orders>
  using references = reference_pair<Env, Orders>;

  template <class State, class Events>
  static void finish(State& state, Events& sleepers) {
    finish_and_wake(state, sleepers);
  }
  template <class State, class Events>
  static bool sleep(State& state, Events& sleepers) {
    return sleep_until_done(state, sleepers);
  }
};

template <class Env, class Orders, class Join>
class result_block {
 public:
  static constexpr int answer = 42;
  static constexpr int error = 7;

  explicit result_block(bool throws) : throws_(throws) {}

  static result_block* make(bool throws = false) {
    void* memory = Env::allocate(sizeof(result_block), alignof(result_block));
    return ::new (memory) result_block(throws);
  }

  /// The queue's entry, in the thread that took it.
  template <class Events>
  void run_entry(Events& sleepers) {
    if (state_.claim()) run(sleepers);
    release();
  }

  /// A handle's join: runs the task if nobody has begun it, else sleeps until it is done. True when
  /// it ran here.
  template <class Events>
  bool join(Events& sleepers) {
    if (state_.done()) return false;
    if (state_.claim()) {
      run(sleepers);
      return true;
    }
    wait(sleepers);
    return false;
  }

  template <class Events>
  void wait(Events& sleepers) {
    while (!state_.done()) {
      if (!Join::sleep(state_, sleepers)) Env::pause();
    }
  }

  /// What the handle finds after a join.
  void check_outcome() const {
    Env::check(runs_.read() == 1, "the task ran once, and its joiner sees it");
    Env::check(error_.read() == (throws_ ? error : 0), "the exception came along");
    Env::check(value_.read() == (throws_ ? 0 : answer), "the result came along");
  }

  bool done() const { return state_.done(); }

  void release() {
    if (!references_.release()) return;
    this->~result_block();
    Env::deallocate(this, sizeof(result_block), alignof(result_block));
  }

 private:
  template <class Events>
  void run(Events& sleepers) {
    runs_.write(runs_.read() + 1);
    if (throws_) {
      error_.write(error);
    } else {
      value_.write(answer);
    }
    Join::finish(state_, sleepers);
  }

  const bool throws_;
  typename Join::template state<Env, Orders> state_;
  typename Join::template references<Env, Orders> references_;
  typename Env::template plain<int> runs_{0};
  typename Env::template plain<int> value_{0};
  typename Env::template plain<int> error_{0};
};

}  // namespace wyn::runtime_models
