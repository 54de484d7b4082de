// Goal:   A heavy fence acquires for what was read before it, relaxed, and releases for what is
//         written after it, relaxed: also when another thread's call has served it.
// Method: Data goes to an asker by a flag that it reads before its fence, and from the asker by a
//         flag that it writes after it; a second asker may make the call. A missing order is a
//         race on the data.
// Bound:  2 askers, 2 messages.
#pragma once

#include "core/base/heavy_fence_group.h"
#include "models/fence/askers.h"

namespace wyn::fence_models {

template <class Env, class Orders, class Kind = shipped<patient>>
struct carried_over {
  static constexpr int threads = 3;

  void thread(int id) {
    if (id == 0) {
      const bool received = arrived.load(site<"F4 look", order::relaxed>{}) == 1;
      sent.write(1);
      group.fence();
      if (received) Env::check(received_data.read() == 1, "what the flag stands for is there");
      left.store(1, site<"F5 tell", order::relaxed>{});
    } else if (id == 1) {
      group.fence();
    } else {
      received_data.write(1);
      arrived.store(1, site<"F6 tell", order::release>{});
      if (left.load(site<"F7 look", order::acquire>{}) == 1) {
        Env::check(sent.read() == 1, "what was written before the fence is there");
      }
    }
  }
  void after() {}

  typename Kind::template group<Env, Orders> group;
  typename Env::template plain<int> received_data{0};
  typename Env::template plain<int> sent{0};
  typename Env::template atomic<int> arrived{0};
  typename Env::template atomic<int> left{0};
};

}  // namespace wyn::fence_models
