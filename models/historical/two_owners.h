// Two threads push into one Chase-Lev deque.
//
// two_owners: the main thread spawns into a worker's deque (the documented design of wynlang/wyn at
//   commit eb79d9a). Bottom is loaded and stored, not read-modify-written: both pushes take the
//   same slot. Repaired: a thread that is no worker has a queue of its own.
#pragma once

#include <cstdint>

#include "core/deque/chase_lev_deque.h"
#include "core/injector/producer_ring.h"

namespace wyn::historical {

/// One queue for both threads.
template <class Env>
struct one_deque {
  bool push(int, std::uint64_t item) { return deque.push(item); }
  bool take(int, std::uint64_t& item) { return deque.pop(item); }

  chase_lev_deque<std::uint64_t, Env, deque_fence_orders> deque{2};
};

/// The worker's deque, and a ring for the other thread.
template <class Env>
struct deque_and_ring {
  bool push(int thread, std::uint64_t item) {
    return thread == 0 ? deque.push(item) : ring.push(item);
  }
  bool take(int thread, std::uint64_t& item) {
    return thread == 0 ? deque.pop(item) : ring.claim(&item, 1).count == 1;
  }

  chase_lev_deque<std::uint64_t, Env, deque_fence_orders> deque{2};
  producer_ring<std::uint64_t, Env, producer_ring_orders> ring{2};
};

// Goal:   Two threads spawn at the same time, and both tasks are there.
// Method: One push each into queues that have grown before.
// Bound:  2 items.
template <class Env, class Queues>
struct two_spawners {
  static constexpr int threads = 2;

  void before() {
    for (int id = 0; id < threads; ++id) {
      std::uint64_t item = 0;
      queues.push(id, item);
      queues.take(id, item);
    }
  }
  void thread(int id) { queues.push(id, static_cast<std::uint64_t>(id) + 1); }
  void after() {
    std::uint64_t sum = 0;
    for (int id = 0; id < threads; ++id) {
      for (std::uint64_t item = 0; queues.take(id, item);) sum += item;
    }
    Env::check(sum == 3, "no accepted item is lost");
  }

  Queues queues;
};

template <class Env>
struct two_owners {
  using bug = two_spawners<Env, one_deque<Env>>;
  using repaired = two_spawners<Env, deque_and_ring<Env>>;
};

}  // namespace wyn::historical
