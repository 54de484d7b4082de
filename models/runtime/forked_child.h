// Goal:   The join of a fork whose second half was stolen: the state lies on the joiner's stack and
//         is gone as soon as it is done. The thief does not touch it after that, and the joiner may
//         come before the thief has claimed it.
// Method: The thief claims, runs and finishes; the joiner waits, looks, and frees the block.
// Bound:  2 threads, 1 stolen call.
#pragma once

#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Join = shipped_join>
struct forked_child {
  struct frame {
    typename Join::template state<Env, Orders> state;
    typename Env::template plain<int> value{0};
  };
  static constexpr int threads = 2;

  void before() { child = ::new (Env::allocate(sizeof(frame), alignof(frame))) frame; }
  void thread(int id) {
    if (id == 0) {
      Env::check(child->state.claim(), "nobody else claims a stolen call");
      child->value.write(1);
      Join::finish(child->state, sleepers);
    } else {
      while (!child->state.done()) {
        if (!Join::sleep(child->state, sleepers)) Env::pause();
      }
      Env::check(child->value.read() == 1, "the joiner sees what the thief did");
      child->~frame();
      Env::deallocate(child, sizeof(frame), alignof(frame));
    }
  }

  event_count<Env, Orders> sleepers;
  frame* child = nullptr;
};

}  // namespace wyn::runtime_models
