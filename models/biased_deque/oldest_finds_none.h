// Goal:   Executions that no machine of views performs. The owner looks for its oldest item, reads
//         relaxed that there is none, and claims an index behind it; so a path of po and rf leads
//         from the heavy fence of a thief that shared the deque to the fence of one that begins to
//         ask, though psc has them the other way round (proofs/deque/biased/machine_runs.md).
// Method: The owner moves the index, takes the bias back and looks once more when a thief, which
//         has slept over a shared word that went and came back, has taken the last item. Only
//         executions in which all that happens are looked at. The thief that begins to ask does
//         the first half of a steal.
// Bound:  4 items, 2 takes of the oldest, 3 pops, 3 thieves, 2 askings and 1 steal.
#pragma once

#include <cstdint>

#include "core/deque/biased_deque.h"
#include "models/deque/workload.h"

namespace wyn::biased_models {

/// The shipped deque, and the first half of its steal.
struct deque_with_half_a_steal {
  template <class Item, class Env, class Orders>
  class type : public biased_deque<Item, Env, Orders, 1> {
    using base = biased_deque<Item, Env, Orders, 1>;

   public:
    type(std::int64_t initial_capacity, std::int64_t max_capacity)
        : base(initial_capacity, max_capacity) {}
    using base::ask;

    /// As steal begins: it found the word `top`, biased, and `bottom` above its index.
    void steal_begins(std::int64_t top, std::int64_t bottom) {
      Env::assume(this->top_.load(Orders::steal_load_top) == top);
      Env::assume(this->bottom_.load(Orders::peek_load_bottom) == bottom);
      ask();
    }
  };
};

template <class Env, class Orders, class Deque>
struct oldest_finds_none {
  static constexpr int threads = 4;

  void before() {
    for (int i = 0; i < 4; ++i) work.push();
  }
  void thread(int id) {
    switch (id) {
      case 0:
        Env::assume(work.take_oldest());
        Env::assume(work.pop());
        Env::assume(work.pop());
        Env::assume(!work.take_oldest());
        Env::assume(!work.pop());
        break;
      case 1: Env::assume(work.steal(id) == steal_result::item); break;
      case 2: work.deque().ask(); break;
      default: work.deque().steal_begins(0, 1);
    }
  }
  void after() { work.drain_and_check(); }

  deque_models::workload<Env, Orders, Deque, 4, threads> work{4};
};

}  // namespace wyn::biased_models
