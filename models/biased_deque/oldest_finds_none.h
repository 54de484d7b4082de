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

#include "models/biased_deque/parts_of_a_steal.h"
#include "models/deque/workload.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque = deque_in_parts>
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
