// Goal:   A thread that joins while a queue grows is seen by the owner, or finds the larger buffer.
// Method: A thief puts its mark into the list of participants and visits at once.
// Bound:  2 threads, 2 items, 1 steal, capacities 1 and 2.
#pragma once

#include "core/runtime/published_list.h"
#include "models/runtime/outgrown.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Visit = shipped_visit>
struct outgrown_newcomer {
  static constexpr int threads = 2;
  static constexpr int items = 2;
  using list = published_list<visitor<Env, Orders>, Env, Orders, 1, 1>;

  void before() { queue.push(1); }
  void thread(int id) {
    if (id == 0) {
      Visit::template push<visit_mark<Env, Orders>>(visitors, queue, 2);
    } else {
      Env::check(visitors.add(&newcomer) == list::added::yes, "there is room");
      taken.note(1, Visit::visit(newcomer.mark(), [this] { return queue.take(); }));
    }
  }
  void after() {
    for (int i = 0; i < items; ++i) taken.note(0, queue.take());
    taken.check_all_taken();
  }

  list visitors;
  visitor<Env, Orders> newcomer;
  small_deque<Env> queue;
  taken_items<Env, items, threads> taken;
};

}  // namespace wyn::runtime_models
