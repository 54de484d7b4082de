// Goal:   A deque frees its outgrown buffers while a thief steals: never one that it reads in.
// Method: A deque with one slot, which is full, grows twice; a thief visits it twice.
// Bound:  2 threads, 3 items, 2 steals, capacities 1, 2 and 4.
#pragma once

#include "models/runtime/outgrown.h"

namespace wyn::runtime_models {

template <class Env, class Orders, template <class> class Queue, class Visit>
struct outgrown_queue {
  static constexpr int threads = 2;
  static constexpr int items = 3;

  struct {
    std::uint32_t size() const { return 1; }
    const visitor<Env, Orders>* at(std::uint32_t) const { return &one; }
    visitor<Env, Orders> one;
  } visitors;

  void before() { queue.push(1); }
  void thread(int id) {
    if (id == 0) {
      for (std::uint64_t i = 2; i <= items; ++i) {
        Visit::template push<visit_mark<Env, Orders>>(visitors, queue, i);
      }
    } else {
      for (int i = 0; i < 2; ++i) {
        taken.note(1, Visit::visit(visitors.one.mark(), [this] { return queue.take(); }));
      }
    }
  }
  void after() {
    for (int i = 0; i < items; ++i) taken.note(0, queue.take());
    taken.check_all_taken();
  }

  Queue<Env> queue;
  taken_items<Env, items, threads> taken;
};

template <class Env, class Orders, class Visit = shipped_visit>
using outgrown_deque = outgrown_queue<Env, Orders, small_deque, Visit>;

/// The same with the biased deque: a visitor asks for it first.
template <class Env, class Orders, class Visit = shipped_visit>
using outgrown_biased_deque = outgrown_queue<Env, Orders, small_biased_deque, Visit>;

}  // namespace wyn::runtime_models
