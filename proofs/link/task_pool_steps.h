// The table that links the task pool's code to the machine of its proof: which steps of
// proofs/task_pool/machine.py an access of core/task_pool/task_heap.h can be. Accesses to atomic
// objects are named by their rows of the ordering table, without the number; those to the first
// word of a slot, where free slots have their link and used ones what the user put there, are
// named slot.*.
//
// task_pool_replay.h replays executions by it; task_pool_link_test shows that each row is needed.
#pragma once

#include <string_view>
#include <vector>

namespace wyn::link {

/// Where a row applies: what the slot is that is accessed, or how a compare-exchange ended.
enum class pool_condition {
  always,
  fresh,      ///< it was never cut off its slab
  free,       ///< it is on a list
  linked,     ///< it has just been allocated, and the link is still there
  live,       ///< it is in somebody's hand
  given_up,   ///< so it is, and what its user put there has been destroyed
  returning,  ///< it is on its way to the return list
  wrote,
  failed,
};

struct pool_row {
  std::string_view site;
  pool_condition when;
  /// Steps without an access that the code may have taken before this one.
  std::vector<std::string_view> before;
  /// Of these exactly one must be possible; none: the access is no step.
  std::vector<std::string_view> steps;
};

inline std::vector<pool_row> task_pool_steps() {
  using c = pool_condition;
  return {
      {"collect.exchange_head",
       c::always,
       {"cut.end"},
       {"collect.exchange_head.some", "collect.exchange_head.none"}},
      {"return.load_head", c::always, {"cut.end", "hand_on"}, {"return.load_head"}},
      {"return.cas_head", c::wrote, {}, {"return.cas_head.won"}},
      {"return.cas_head", c::failed, {}, {"return.cas_head.lost"}},
      {"slot.construct", c::fresh, {}, {"cut.slot"}},
      {"slot.construct", c::linked, {}, {"use"}},
      {"slot.construct", c::given_up, {"cut.end", "hand_on"}, {"free_local"}},
      {"slot.construct", c::returning, {}, {"return.link"}},
      {"slot.write", c::returning, {}, {"return.link"}},
      {"slot.read", c::free, {"cut.end"}, {"allocate"}},
      {"slot.read", c::live, {"hand_on"}, {"use"}},
      {"slot.destroy", c::linked, {}, {}},  // a part of allocate
      {"slot.destroy", c::live, {"hand_on"}, {"use"}},
      {"budget.load", c::always, {}, {}},  // a cap that several heaps share
      {"budget.cas_take", c::always, {}, {}},
      {"guard.fetch_add_live", c::always, {}, {}},  // finds misuse
      {"guard.fetch_add_dead", c::always, {}, {}},
      {"guard.load_mark", c::always, {}, {}},
  };
}

}  // namespace wyn::link
