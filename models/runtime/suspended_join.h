// Goal:   A coroutine that awaits a task goes on once: by itself if the task is done, else on the
//         runner's thread, which finds what to resume. It sees the result, and may free the block.
// Method: One thread runs the task; the other one looks, suspends as core/coro/await.h does, and
//         looks again when it must go on.
// Bound:  2 threads, 1 task.
#pragma once

#include <new>

#include "core/park/event_count.h"
#include "core/runtime/join_state.h"
#include "core/runtime/join_wait.h"

namespace wyn::runtime_models {

/// The steps of the coroutine, shipped, or broken ones that the model must see through.
struct shipped_suspension {
  /// Stores what is to be resumed, and says so. Whether it is left to the runner.
  template <class Store, class State>
  static bool suspend(const Store& store, State& state) {
    store();
    return state.suspend();
  }
};

/// Says that it is suspended before it has stored how to be resumed.
struct suspends_first : shipped_suspension {
  template <class Store, class State>
  static bool suspend(const Store& store, State& state) {
    if (!state.suspend()) return false;
    store();
    return true;
  }
};

template <class Env, class Orders, class Suspension = shipped_suspension>
struct suspended_join {
  struct block {
    join_state<Env, Orders> state;
    typename Env::template plain<int> value{0};
    typename Env::template plain<int> continuation{0};
  };
  static constexpr int threads = 2;

  void before() {
    task = ::new (Env::allocate(sizeof(block), alignof(block))) block;
    Env::check(task->state.claim(), "nobody else claims it");
  }
  void thread(int id) {
    if (id == 0) {
      task->value.write(42);
      finish_and_wake(task->state, sleepers, [&] {
        Env::check(task->continuation.read() == 7, "what is resumed has been stored");
        go_on();
      });
    } else if (task->state.done() ||
               !Suspension::suspend([&] { task->continuation.write(7); }, task->state)) {
      Env::check(task->state.done(), "a coroutine that need not wait does not");
      go_on();
    }
  }
  void after() { Env::check(went_on.read() == 1, "the coroutine goes on, once"); }

  void go_on() {
    went_on.write(went_on.read() + 1);
    Env::check(task->value.read() == 42, "the coroutine sees the result");
    task->~block();
    Env::deallocate(task, sizeof(block), alignof(block));
  }

  event_count<Env, Orders> sleepers;
  block* task = nullptr;
  typename Env::template plain<int> went_on{0};
};

}  // namespace wyn::runtime_models
