// Replays executions of the Chase-Lev deque's code through a machine of its proofs, with either
// table: deque_replay_base.h, and what is special.
//
// Thieves:   an owner that takes its oldest item is one more thief of the machine, the last.
// Positions: the machine of the fence-free table takes the place of a seq_cst access in the total
//          order of them all as a parameter; the trace has it.
// Top:     only grows, so its messages are its values.
#pragma once

#include <string>

#include "proofs/link/deque_replay_base.h"

namespace wyn::link {

/// `Machine`: deque_fence::machine or deque_seq_cst::machine.
template <class Machine>
class deque_replay : public deque_replay_base<Machine> {
  using base = deque_replay_base<Machine>;

 public:
  using base::base;

 protected:
  using base::m_;
  using typename base::step;

  void set_parameters(const step& s) override;
  std::string read_top(const step& s, number& k) const override;
  std::string compare_more(const step& s, std::size_t n) override;
};

extern template class deque_replay<deque_fence::machine>;
extern template class deque_replay<deque_seq_cst::machine>;

}  // namespace wyn::link
