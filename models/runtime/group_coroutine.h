// Goal:   A coroutine that waits for a group goes on once: at once if no member is missing, else on
//         the thread of the last one, which finds what to resume and sees what all members did. The
//         group may go then.
// Method: Two members end on threads of their own; a third thread suspends as
//         core/coro/await.h does. Whoever resumes looks, takes the flag back, and frees.
// Bound:  3 threads, 2 members.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Group = shipped_group>
struct group_coroutine {
  using block = group_block<Env, Orders, Group>;
  static constexpr int threads = 3;
  static constexpr int the_coroutine = 7;

  void before() { group = block::make(2); }
  void thread(int id) {
    if (id < 2) {
      Group::end(
          group->count, joiners, [] {},
          [&] {
            Env::check(continuation.read() == the_coroutine, "what is resumed has been stored");
            group->count.resumed();
            go_on();
          },
          [&] { group->done[id].happen(); });
    } else if (group->count.done()) {
      go_on();
    } else {
      continuation.write(the_coroutine);
      if (!group->count.await(group_waiter::coroutine)) {
        Env::check(group->count.done(), "a coroutine that need not wait does not");
        go_on();
      }
    }
  }
  void after() { Env::check(went_on.read() == 1, "the coroutine goes on, once"); }

  void go_on() {
    went_on.write(went_on.read() + 1);
    group->check(2);
    group->free();
  }

  event_count<Env, Orders> joiners;
  block* group = nullptr;
  typename Env::template plain<int> continuation{0};
  typename Env::template plain<int> went_on{0};
};

}  // namespace wyn::runtime_models
