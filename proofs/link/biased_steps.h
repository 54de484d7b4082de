// The table that links the biased deque's code to the machine of its proof: which steps of
// proofs/deque/biased/machine.py, with items of several words, an access of
// core/deque/biased_deque.h can be. deque_steps.h says how a row is read.
//
// The machine has no messages of the count of askers: leaving is a step, entering is none, and what
// the owner reads there decides by its value which step it takes. biased_replay.h compares the
// count with the thieves of the machine that are in ask().
#pragma once

#include <string_view>
#include <vector>

#include "proofs/link/deque_steps.h"

namespace wyn::link {

/// The owner's part of what only this deque has.
inline std::vector<step_row> biased_owner_steps() {
  using c = condition;
  using o = operand;
  // A push that was refused, and a pop that was too impatient to look at the count.
  const std::vector<std::string_view> ended = {"push.refuse", "rebias.not_yet"};
  return {
      {"push.load_bottom", c::begins_push, ended, {"push.start"}, o::none},
      {"push.load_bottom", c::begins_pop, ended, {"pop.start"}, o::none},
      {"push.load_bottom", c::begins_oldest, ended, {}, o::none},
      {"push.load_bottom", c::begins_none, ended, {"pop.empty_by_cache"}, o::none},
      {"pop.fence", c::always, {}, {"pop.light_fence"}, o::none},
      {"pop.load_top",
       c::always,
       {},
       {"pop.load_top.mine", "pop.load_top.last", "pop.load_top.slow"},
       o::top},
      {"slow_pop.fence", c::always, {}, {"pop.fence"}, o::none},
      {"slow_pop.load_top",
       c::always,
       {},
       {"pop.load_top_again.empty", "pop.load_top_again.many", "pop.load_top_again.first_look",
        "pop.load_top_again.seen", "pop.load_top_again.last"},
       o::top},
      {"pop.cas_top", c::failed, {}, {"pop.cas_top.again", "pop.cas_top.lost"}, o::top},
      {"rebias.load_askers", c::zero, {}, {"rebias.load_askers.none"}, o::none},
      {"rebias.load_askers", c::not_zero, {}, {"rebias.not_yet"}, o::none},
      {"rebias.cas_top", c::wrote, {}, {"rebias.cas_top.won"}, o::none},
      {"rebias.cas_top", c::failed, {}, {"rebias.cas_top.lost"}, o::top},
      {"oldest.load_top", c::always, {}, {"oldest.load_top.some", "oldest.load_top.none"}, o::top},
      {"oldest.cas_top", c::wrote, {}, {"oldest.cas_top.won"}, o::none},
      {"oldest.cas_top", c::failed, {}, {"oldest.cas_top.again", "oldest.cas_top.lost"}, o::top},
  };
}

/// The thieves'.
inline std::vector<step_row> biased_thief_steps() {
  using c = condition;
  using o = operand;
  return {
      {"steal.load_top", c::goes_on, {}, {"steal.load_top"}, o::top},
      {"steal.load_top", c::gives_up, {}, {}, o::top},  // after ask(): it forgets what it read
      {"peek.load_bottom",
       c::always,
       {},
       {"steal.peek_bottom.none", "steal.peek_bottom.some"},
       o::message},
      // A model may call ask() alone: then nobody has seen the look that makes a thief ask.
      {"ask.fetch_add_askers",
       c::always,
       {"steal.load_top", "steal.peek_bottom.some"},
       {},
       o::none},
      {"ask.fence", c::always, {}, {"ask.fence"}, o::none},
      {"ask.load_top",
       c::always,
       {},
       {"ask.load_top.shared", "ask.load_top.asked", "ask.load_top.owner"},
       o::top},
      {"ask.cas_top", c::wrote, {}, {"ask.cas_top.won"}, o::none},
      {"ask.cas_top", c::failed, {}, {"ask.cas_top.lost.asked", "ask.cas_top.lost"}, o::top},
      {"share.fence", c::always, {}, {"ask.heavy_fence"}, o::none},
      {"share.cas_top", c::wrote, {}, {"share.cas_top.won"}, o::none},
      {"share.cas_top", c::failed, {}, {"share.cas_top.again", "share.cas_top.lost"}, o::top},
      {"leave.fetch_add_askers", c::always, {}, {"ask.leave"}, o::none},
  };
}

/// The whole table.
inline std::vector<step_row> biased_steps() {
  return joined(slot_and_bottom_steps(), fence_steps(), biased_owner_steps(), biased_thief_steps());
}

}  // namespace wyn::link
