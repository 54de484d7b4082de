// Goal:   An item of two words is taken whole or not at all, though each word is an atomic of its
//         own.
// Method: Two pushes through one slot: a thief can read one word of each item, and its compare-
//         exchange must fail then.
// Bound:  2 items of 2 words, 2 steals by one thief, capacity 1.
#pragma once

#include "models/deque/workload.h"

namespace wyn::deque_models {

template <class Env, class Orders, class Deque = shipped_deque>
struct multi_word {
  static constexpr int threads = 2;

  void before() {}
  void thread(int id) {
    if (id == 0) {
      work.push();
      work.push();
    } else {
      work.steal(id);
      work.steal(id);
    }
  }
  void after() { work.drain_and_check(); }

  workload<Env, Orders, Deque, 2, threads, two_words> work{1, 1};
};

}  // namespace wyn::deque_models
