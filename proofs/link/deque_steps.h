// The table that links the deque's code to the machines of its proofs: which steps of
// proofs/deque/machine.py and proofs/deque/seq_cst/machine.py, with items of several words, an
// access of core/deque/chase_lev_deque.h can be. An access is named as in its ordering table,
// without the number: the names are the same in both tables.
//
// deque_replay.h replays executions by it. deque_link_test shows that each row is needed: without
// it some execution of the deque's models cannot be replayed.
#pragma once

#include <string_view>
#include <vector>

namespace wyn::link {

/// Where a row applies.
enum class condition {
  always,
  begins_push,  ///< the thread's next access is push.load_top or push.store_slot
  begins_pop,   ///< the thread's next access is pop.store_bottom
  begins_none,  ///< it is neither: the operation ends here
  wrote,        ///< a compare-exchange that succeeded
  failed,       ///< one that failed
};

/// What the step's parameter k is.
enum class operand {
  none,
  value,    ///< the number that the event read
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

/// What only the table of fences has.
inline std::vector<step_row> deque_fence_steps() {
  using c = condition;
  using o = operand;
  return {
      {"push.fence", c::always, {}, {"push.fence"}, o::none},
      {"pop.fence", c::always, {}, {"pop.fence"}, o::none},
      {"steal.fence", c::always, {}, {"steal.fence"}, o::none},
  };
}

/// What both tables have. Accesses and steps of thieves have their own names; all others are the
/// owner's.
inline std::vector<step_row> deque_steps() {
  using c = condition;
  using o = operand;
  return {
      {"push.load_bottom", c::begins_push, {"push.refuse"}, {"push.start"}, o::none},
      {"push.load_bottom", c::begins_pop, {"push.refuse"}, {"pop.start"}, o::none},
      {"push.load_bottom", c::begins_none, {"push.refuse"}, {"pop.empty_by_cache"}, o::none},
      {"push.load_top", c::always, {}, {"push.load_top.room", "push.load_top.full"}, o::value},
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
      {"pop.load_top",
       c::always,
       {},
       {"pop.load_top.empty", "pop.load_top.many", "pop.load_top.last"},
       o::value},
      {"pop.load_slot", c::always, {}, {}, o::none},
      {"pop.cas_top", c::wrote, {}, {"pop.cas_top.won"}, o::none},
      {"pop.cas_top", c::failed, {}, {"pop.cas_top.lost"}, o::value},
      {"pop.restore_bottom",
       c::always,
       {},
       {"pop.restore_bottom.empty", "pop.restore_bottom.race"},
       o::none},
      {"steal.load_top", c::always, {}, {"steal.load_top"}, o::value},
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

}  // namespace wyn::link
