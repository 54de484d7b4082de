// The table that links the event count's code to the machine of its proof: which steps of
// proofs/park/machine.py an access of core/park/event_count.h can be. Accesses are named by their
// rows of the ordering table, without the number; wait_upper, wait_upper_for and wake are the calls
// of the kernel, put is how a model makes a condition true.
//
// park_replay.h replays executions by it; park_link_test shows that each row is needed.
#pragma once

#include <string_view>
#include <vector>

namespace wyn::link {

/// Where a row applies.
enum class park_condition {
  always,
  awake,   ///< the wait is not asleep, nor was it woken
  asleep,  ///< it is, or it was and has been woken
  put,     ///< the fence of a notification of a condition
  looked,  ///< the ring of a notification that has looked for waiters
  bare,    ///< a fence without a condition, a ring without a look: work_signal::wake_one
  one,     ///< of a notify_one
  all,     ///< of a notify_all
};

struct park_row {
  std::string_view site;
  park_condition when;
  /// Steps without an access that the code may have taken before this one.
  std::vector<std::string_view> before;
  /// Of these exactly one must be possible; none: all that happens has been taken before.
  std::vector<std::string_view> steps;
};

inline std::vector<park_row> park_steps() {
  using c = park_condition;
  return {
      {"put", c::always, {}, {"notify.publish"}},
      {"notify.fence", c::put, {}, {"notify.fence"}},
      {"notify.fence", c::bare, {"notify.publish"}, {"notify.fence"}},
      {"notify.load_waiters",
       c::always,
       {},
       {"notify.load_waiters.none", "notify.load_waiters.some"}},
      {"notify.fetch_add",
       c::looked,
       {},
       {"notify.fetch_add_epoch.none", "notify.fetch_add_epoch.some"}},
      {"notify.fetch_add",
       c::bare,
       {"notify.publish", "notify.fence", "notify.no_look"},
       {"notify.fetch_add_epoch.none", "notify.fetch_add_epoch.some"}},
      {"wake", c::one, {}, {"notify.wake.one", "notify.wake.nap", "notify.wake.nobody"}},
      {"wake", c::all, {"notify.wake.more", "notify.wake.more.nap"}, {"notify.wake.nobody"}},
      {"prepare.fetch_add", c::always, {}, {"prepare.fetch_add"}},
      {"prepare.fence", c::always, {}, {"prepare.fence"}},
      {"cancel.fetch_add", c::always, {}, {"cancel.fetch_add"}},
      {"wait_upper", c::awake, {}, {"commit.look.returns"}},
      {"wait_upper", c::asleep, {"commit.spurious"}, {}},
      {"commit.fetch_add", c::always, {}, {"commit.fetch_add"}},
      {"nap.fetch_add", c::always, {}, {"nap.fetch_add"}},
      {"wait_upper_for", c::always, {"nap.wakes_up"}, {}},
      {"nap_over.fetch_add", c::always, {}, {"nap_over.fetch_add"}},
      {"settle.fetch_add", c::always, {}, {"settle.fetch_add"}},
      {"look", c::always, {}, {}},  // compared with what the wait must have seen
      {"take", c::always, {}, {}},  // the client's
      {"take.load", c::always, {}, {}},
  };
}

/// The search gate's accesses, which the work signal's models make and the machine has not.
inline constexpr std::string_view gate_sites[] = {
    "look.load",       "claim.load", "claim.cas",      "unclaim.load", "unclaim.cas",
    "wake.load",       "wake.cas",   "wake.fetch_add", "enter.load",   "enter.fetch_add",
    "leave.fetch_add", "ask.load",   "ask.cas",        "request.load", "request.cas",
};

/// park_steps() with these.
inline std::vector<park_row> work_signal_steps() {
  std::vector<park_row> rows = park_steps();
  for (const std::string_view site : gate_sites) {
    rows.push_back({site, park_condition::always, {}, {}});
  }
  return rows;
}

}  // namespace wyn::link
