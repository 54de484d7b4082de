// Goal:   Executions that no machine of views performs. The owner's look at the count tells it what
//         a thief had read of top when it left, though not all that an acquire of that word would;
//         so a path of po and rf leads from the fence of a second steal, by a cell that the owner
//         then writes, to a fence before it in psc (proofs/deque/biased/machine_runs.md).
// Method: One thief has not come further than the count, so that it is not 0. One steals twice;
//         one finds what that left, and leaves; one, which reads a cell that is written again,
//         loses twice. Their first looks, before the deque was shared, are left out, and so are
//         executions in which anything else happens.
// Bound:  11 items, 2 takes of the oldest, 2 pops, 4 thieves, 4 steals.
#pragma once

#include <cstdint>

#include "models/biased_deque/parts_of_a_steal.h"

namespace wyn::biased_models {

template <class Env, class Orders, class Deque = deque_in_parts>
struct askers_left {
  static constexpr int threads = 4;

  void before() {
    for (std::uint64_t i = 0; i < 8; ++i) deque.push(i);
    deque.ask();
    deque.begins_to_ask();
  }
  void thread(int id) {
    switch (id) {
      case 0: owner(); break;
      case 1:
        deque.steal_takes(2);
        deque.steal_takes(3);
        break;
      case 2: deque.ask_finds_shared(4); break;
      default:
        deque.steal_loses(0, 10, 1);  // item 10 lies where item 0 did,
        deque.steal_loses(1, 9, 2);   // and item 9 where item 1 did
    }
  }

 private:
  void owner() {
    std::uint64_t item = 0;
    deque.take_oldest(item);
    deque.take_oldest(item);
    deque.push(8);
    deque.push(9);
    deque.pop(item);
    deque.pop(item);  // the second look at the shared word, and so one at the count
    deque.push(10);
  }

  typename Deque::template type<std::uint64_t, Env, Orders> deque{8, 8};
};

}  // namespace wyn::biased_models
