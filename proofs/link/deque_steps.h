// The table that links the deque's code to the machine of its proof: which steps of
// proofs/deque/machine.py an access of core/deque/chase_lev_deque.h, named by its row of
// deque_fence_orders, can be.
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
  begins_push,  ///< the thread's next access is DF2 or DF3
  begins_pop,   ///< the thread's next access is DF6
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
  item,     ///< the item that it read
};

struct step_row {
  std::string_view site;
  condition when;
  /// A step without an access that the code may have taken before this one.
  std::string_view before;
  /// Of these exactly one must be possible; none: the access is no step, and its value is compared
  /// with the machine's state.
  std::vector<std::string_view> steps;
  operand k;
};

/// Accesses and steps of thieves have their own names; all others are the owner's.
inline std::vector<step_row> deque_steps() {
  using c = condition;
  using o = operand;
  return {
      {"DF1", c::begins_push, "push.refuse", {"push.start"}, o::none},
      {"DF1", c::begins_pop, "push.refuse", {"pop.start"}, o::none},
      {"DF1", c::begins_none, "push.refuse", {"pop.empty_by_cache"}, o::none},
      {"DF2", c::always, "", {"push.load_top.room", "push.load_top.full"}, o::value},
      {"DF15b", c::always, "", {}, o::none},  // a part of grow
      {"DF15c", c::always, "", {}, o::none},  // a part of grow
      {"DF15", c::always, "", {"grow"}, o::none},
      {"DF3", c::always, "push.room_by_cache", {"push.store_slot"}, o::none},
      {"DF4", c::always, "", {"push.fence"}, o::none},
      {"DF5", c::always, "", {"push.store_bottom"}, o::none},
      {"DF6", c::always, "", {"pop.store_bottom"}, o::none},
      {"DF7", c::always, "", {"pop.fence"}, o::none},
      {"DF8",
       c::always,
       "",
       {"pop.load_top.empty", "pop.load_top.many", "pop.load_top.last"},
       o::value},
      {"DF9c", c::always, "", {}, o::none},
      {"DF9", c::wrote, "", {"pop.cas_top.won"}, o::none},
      {"DF9", c::failed, "", {"pop.cas_top.lost"}, o::value},
      {"DF9b", c::always, "", {"pop.restore_bottom.empty", "pop.restore_bottom.race"}, o::none},
      {"DF10", c::always, "", {"steal.load_top"}, o::value},
      {"DF11", c::always, "", {"steal.fence"}, o::none},
      {"DF12", c::always, "", {"steal.load_bottom.some", "steal.load_bottom.none"}, o::message},
      {"DF13", c::always, "", {"steal.load_buffer"}, o::buffer},
      {"DF13b", c::always, "", {"steal.load_slot"}, o::item},
      {"DF14", c::wrote, "", {"steal.cas_top.won"}, o::none},
      {"DF14", c::failed, "", {"steal.cas_top.lost"}, o::none},
      {"DF16", c::always, "", {}, o::none},  // a guess that decides nothing
      {"DF17", c::always, "", {}, o::none},
  };
}

}  // namespace wyn::link
