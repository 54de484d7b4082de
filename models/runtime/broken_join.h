// Joins with one step left out or changed: what the models must see through.
#pragma once

#include "models/runtime/joiner_counts_first.h"
#include "models/runtime/result_block.h"

namespace wyn::runtime_models {

/// The joiner blocks without another look at the task.
struct sleeps_without_look : shipped_join {
  template <class State, class Events>
  static bool sleep(State& state, Events& sleepers) {
    if (!state.await()) return false;
    sleepers.commit_wait(sleepers.prepare_wait());
    return true;
  }
};

/// The joiner blocks without telling the runner that somebody waits.
struct sleeps_unannounced : shipped_join {
  template <class State, class Events>
  static bool sleep(State& state, Events& sleepers) {
    const auto ticket = sleepers.prepare_wait();
    if (state.done()) {
      sleepers.cancel_wait();
    } else {
      sleepers.commit_wait(ticket);
    }
    return true;
  }
};

/// The joiner takes any claim for one that somebody is told of: it also waits for a task that
/// nobody has begun.
struct sleeps_before_the_claim : shipped_join {
  template <class State, class Events>
  static bool sleep(State& state, Events& sleepers) {
    static_cast<void>(state.await());
    const auto ticket = sleepers.prepare_wait();
    if (state.done()) {
      sleepers.cancel_wait();
    } else {
      sleepers.commit_wait(ticket);
    }
    return true;
  }
};

/// The runner looks at the state once more after it is finished.
struct looks_after_the_end : shipped_join {
  template <class State, class Events>
  static void finish(State& state, Events& sleepers) {
    finish_and_wake(state, sleepers);
    static_cast<void>(state.done());
  }
};

/// Claims by a load and a store.
template <class Env, class Orders>
class unatomic_claim : public join_state<Env, Orders> {
 public:
  bool claim() noexcept {
    if (taken_.load(site<"JN1a claim.load", order::acquire>{}) != 0) return false;
    taken_.store(1, site<"JN1b claim.store", order::release>{});
    static_cast<void>(join_state<Env, Orders>::claim());
    return true;
  }

 private:
  typename Env::template atomic<int> taken_{0};
};
struct claims_in_two_steps : shipped_join {
  template <class Env, class Orders>
  using state = unatomic_claim<Env, Orders>;
};

/// Takes a task that somebody has begun for one that is done.
template <class Env, class Orders>
class hasty_state : public join_state<Env, Orders> {
 public:
  bool done() const noexcept { return this->claimed(); }
};
struct done_once_claimed : shipped_join {
  template <class Env, class Orders>
  using state = hasty_state<Env, Orders>;
};

/// Counts references by a load and a store.
template <class Env, class Orders>
class unatomic_pair {
 public:
  bool release() noexcept {
    const int left = count_.load(site<"JN5a reference.load", order::acquire>{});
    count_.store(left - 1, site<"JN5b reference.store", order::release>{});
    return left == 1;
  }

 private:
  typename Env::template atomic<int> count_{2};
};
struct counts_in_two_steps : shipped_join {
  template <class Env, class Orders>
  using references = unatomic_pair<Env, Orders>;
};

/// The joiner's run is counted after the claim.
struct claims_before_it_counts {
  template <class Count, class State, class Run>
  static void run(Count& count, State& state, const Run& run) {
    if (!state.claim()) return;
    count.note_spawned();
    run();
    count.note_completed();
  }
};

}  // namespace wyn::runtime_models
