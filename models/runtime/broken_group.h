// Task groups with one step left out or changed: what the models must see through.
#pragma once

#include "models/runtime/group_block.h"

namespace wyn::runtime_models {

/// The waiter blocks without another look at the count.
struct group_sleeps_without_look : shipped_group {
  template <class Count, class Events, class MaySleep>
  static void sleep(Count& count, Events& joiners, const MaySleep&) {
    if (!count.await(group_waiter::sleeper)) return;
    joiners.commit_wait(joiners.prepare_wait());
  }
};

/// The waiter blocks without a flag in the count.
struct group_sleeps_unannounced : shipped_group {
  template <class Count, class Events, class MaySleep>
  static void sleep(Count& count, Events& joiners, const MaySleep& may_sleep) {
    const auto ticket = joiners.prepare_wait();
    if (count.done() || !may_sleep()) {
      joiners.cancel_wait();
    } else {
      joiners.commit_wait(ticket);
    }
  }
};

/// The waiter looks at the group alone, not at whether others may have added to it.
struct group_ignores_outside : shipped_group {
  template <class Count, class Events, class MaySleep>
  static void sleep(Count& count, Events& joiners, const MaySleep&) {
    sleep_until_group_done(count, joiners, [] { return true; });
  }
};

/// A thread from outside adds members and tells nobody.
struct group_adds_silently : shipped_group {
  template <class Events>
  static void tell_of_outside(Events&) {}
};

/// A member ends before its closure is destroyed.
struct group_ends_before_effects : shipped_group {
  template <class Count, class Events, class WakeHelpers, class Resume, class Effects>
  static void end(Count& count, Events& joiners, const WakeHelpers& wake_helpers,
                  const Resume& resume, const Effects& effects) {
    finish_member(count, joiners, wake_helpers, resume);
    effects();
  }
};

/// A member looks at the count again after it has ended.
struct group_looks_after_the_end : shipped_group {
  template <class Count, class Events, class WakeHelpers, class Resume, class Effects>
  static void end(Count& count, Events& joiners, const WakeHelpers& wake_helpers,
                  const Resume& resume, const Effects& effects) {
    shipped_group::end(count, joiners, wake_helpers, resume, effects);
    static_cast<void>(count.done());
  }
};

/// A member publishes the one that it adds before that is counted.
struct group_counts_late : shipped_group {
  template <class Count, class Publish, class End>
  static void add_and_end(Count& count, const Publish& publish, const End& end) {
    publish();
    end();
    count.add();
  }
};

/// The last member wakes workers where joiners sleep.
struct group_wakes_the_wrong_ones : shipped_group {
  template <class Count, class Events, class WakeHelpers, class Resume, class Effects>
  static void end(Count& count, Events& joiners, const WakeHelpers&, const Resume& resume,
                  const Effects& effects) {
    shipped_group::end(
        count, joiners, [&] { joiners.notify_all(); }, resume, effects);
  }
};

}  // namespace wyn::runtime_models
