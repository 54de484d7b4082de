// The table that links the deque's code to the machines of its proofs: which steps of
// proofs/deque/machine.py and proofs/deque/seq_cst/machine.py, with items of several words, an
// access of core/deque/chase_lev_deque.h can be. An access is named as in its ordering table,
// without the number: the names are the same in both tables. The biased deque's are in
// biased_steps.h; what all have is here.
//
// deque_replay.h replays executions by it. deque_link_test shows that each row is needed: without
// it some execution of the deque's models cannot be replayed.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace wyn::link {

/// Where a row applies.
enum class condition {
  always,
  begins_push,    ///< the thread's next access is push.load_top or push.store_slot
  begins_pop,     ///< the thread's next access is pop.store_bottom
  begins_oldest,  ///< the thread's next access is oldest.load_top
  begins_none,    ///< it is none of these: the operation ends here
  goes_on,        ///< the thief uses what it has read
  gives_up,       ///< it does not: the steal ends here
  zero,           ///< it reads 0
  not_zero,       ///< it does not
  wrote,          ///< a compare-exchange that succeeded
  failed,         ///< one that failed
};

/// What the step's parameter k is.
enum class operand {
  none,
  top,      ///< the message of top that it read: its value, where top only grows
  message,  ///< the stamp of the message of bottom that it read
  buffer,   ///< the number of the buffer whose publication it read
  item,     ///< the item whose word it read
};

struct step_row {
  std::string_view site;
  condition when;
  /// Steps without an access that the code may have taken before this one.
  std::vector<std::string_view> before;
  /// Of these exactly one must be possible; none: the access is no step, and its value is compared
  /// with the machine's state.
  std::vector<std::string_view> steps;
  operand k;
};

/// One table made of several.
template <class... Tables>
std::vector<step_row> joined(std::vector<step_row> rows, Tables... others) {
  const auto add = [&](std::vector<step_row>& more) {
    for (step_row& row : more) rows.push_back(std::move(row));
  };
  (add(others), ...);
  return rows;
}

/// What every deque has: the slots, bottom, and what a thief reads of them.
inline std::vector<step_row> slot_and_bottom_steps() {
  using c = condition;
  using o = operand;
  return {
      {"push.load_top", c::always, {}, {"push.load_top.room", "push.load_top.full"}, o::top},
      {"grow.load_slot", c::always, {}, {}, o::none},   // a part of grow
      {"grow.store_slot", c::always, {}, {}, o::none},  // a part of grow
      {"grow.store_buffer", c::always, {}, {"grow"}, o::none},
      {"push.store_slot",
       c::always,
       {"push.room_by_cache"},
       {"push.store_word", "push.store_last_word"},
       o::none},
      {"push.store_bottom", c::always, {}, {"push.store_bottom"}, o::none},
      {"pop.store_bottom", c::always, {}, {"pop.store_bottom"}, o::none},
      {"pop.load_slot", c::always, {}, {}, o::none},
      {"pop.cas_top", c::wrote, {}, {"pop.cas_top.won"}, o::none},
      {"pop.restore_bottom",
       c::always,
       {},
       {"pop.restore_bottom.empty", "pop.restore_bottom.race"},
       o::none},
      {"steal.load_bottom",
       c::always,
       {},
       {"steal.load_bottom.some", "steal.load_bottom.none"},
       o::message},
      {"steal.load_buffer", c::always, {}, {"steal.load_buffer"}, o::buffer},
      {"steal.load_slot", c::always, {}, {"steal.load_word", "steal.load_last_word"}, o::item},
      {"steal.cas_top", c::wrote, {}, {"steal.cas_top.won"}, o::none},
      {"steal.cas_top", c::failed, {}, {"steal.cas_top.lost"}, o::none},
      {"size.load_bottom", c::always, {}, {}, o::none},  // a guess that decides nothing
      {"size.load_top", c::always, {}, {}, o::none},
  };
}

/// What every deque with fences has.
inline std::vector<step_row> fence_steps() {
  using c = condition;
  using o = operand;
  return {
      {"push.fence", c::always, {}, {"push.fence"}, o::none},
      {"steal.fence", c::always, {}, {"steal.fence"}, o::none},
  };
}

/// What the Chase-Lev deque has with either table. Accesses and steps of thieves have their own
/// names; all others are the owner's.
inline std::vector<step_row> chase_lev_steps() {
  using c = condition;
  using o = operand;
  return {
      {"push.load_bottom", c::begins_push, {"push.refuse"}, {"push.start"}, o::none},
      {"push.load_bottom", c::begins_pop, {"push.refuse"}, {"pop.start"}, o::none},
      {"push.load_bottom", c::begins_none, {"push.refuse"}, {"pop.empty_by_cache"}, o::none},
      {"pop.load_top",
       c::always,
       {},
       {"pop.load_top.empty", "pop.load_top.many", "pop.load_top.last"},
       o::top},
      {"pop.cas_top", c::failed, {}, {"pop.cas_top.lost"}, o::top},
      {"steal.load_top", c::always, {}, {"steal.load_top"}, o::top},
  };
}

/// The whole table of the fence-free machine, and that of the one with fences.
inline std::vector<step_row> deque_seq_cst_steps() {
  return joined(slot_and_bottom_steps(), chase_lev_steps());
}
inline std::vector<step_row> deque_fence_steps() {
  return joined(
      deque_seq_cst_steps(), fence_steps(),
      std::vector<step_row>{{"pop.fence", condition::always, {}, {"pop.fence"}, operand::none}});
}

}  // namespace wyn::link
