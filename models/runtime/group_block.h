// What the models of task groups share: a group in a block that its waiter frees, members that
// leave something behind in plain data, and the two ways to wait.
#pragma once

#include <new>

#include "core/park/event_count.h"
#include "core/runtime/group_count.h"
#include "core/runtime/group_state.h"
#include "core/runtime/group_wait.h"
#include "models/runtime/counted_work.h"

namespace wyn::runtime_models {

/// Which steps a model runs: the shipped ones, or broken ones that the model must see through.
struct shipped_group {
  /// A member's end: its effects, and the count.
  template <class Count, class Events, class WakeHelpers, class Resume, class Effects>
  static void end(Count& count, Events& joiners, const WakeHelpers& wake_helpers,
                  const Resume& resume, const Effects& effects) {
    effects();
    finish_member(count, joiners, wake_helpers, resume);
  }
  /// A member adds another one, and publishes it, before it ends itself.
  template <class Count, class Publish, class End>
  static void add_and_end(Count& count, const Publish& publish, const End& end) {
    count.add();
    publish();
    end();
  }
  template <class Count, class Events, class MaySleep>
  static void sleep(Count& count, Events& joiners, const MaySleep& may_sleep) {
    sleep_until_group_done(count, joiners, may_sleep);
  }
  template <class Events>
  static void tell_of_outside(Events& joiners) {
    joiners.notify_all();
  }
};

/// A group of up to two members, in a block of its own.
template <class Env, class Orders, class Group>
struct group_block {
  static group_block* make(int members) {
    auto* made = ::new (Env::allocate(sizeof(group_block), alignof(group_block))) group_block;
    for (int i = 0; i < members; ++i) made->count.add();
    return made;
  }
  void free() {
    this->~group_block();
    Env::deallocate(this, sizeof(group_block), alignof(group_block));
  }

  /// Member `i` runs and ends, where nobody waits but sleepers.
  template <class Events>
  void run(int i, Events& joiners) {
    Group::end(
        count, joiners, [] {}, [] {}, [&] { done[i].happen(); });
  }

  /// As task_group::join_as_maker sleeps.
  template <class Events>
  void wait(Events& joiners) {
    while (!count.done()) Group::sleep(count, joiners, [] { return true; });
  }

  void check(int members) const {
    for (int i = 0; i < members; ++i) {
      Env::check(done[i].happened(), "whoever waits sees what each member did, once");
    }
  }

  group_count<Env, Orders> count;
  effect<Env> done[2];
};

}  // namespace wyn::runtime_models
