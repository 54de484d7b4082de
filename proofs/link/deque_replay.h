// Replays executions of the deque's code through a machine of its proofs, with either table.
//
// An execution comes as a trace (models/checker/tools/trace.h): its accesses in an order that
// extends program order, reads-from and, for the table of fences, the order of the seq_cst events.
// Each access must be a step of the machine that deque_steps.h allows at its site, with what the
// access read as its parameter; before the step its obligations must hold, and in the state after
// it every conjunct of the invariant. What the access wrote must be what the machine has then.
//
// Owner and thieves: thread 0 and the main thread are the owner, before, in and after the threads.
//          An owner that takes its oldest item is one more thief of the machine.
// Positions: the machine of the fence-free table takes the place of a seq_cst access in the total
//          order of them all as a parameter; the trace has it.
// Growth:  the cells of a new buffer are copied one by one in the code and in one step in the
//          machine. The replay collects the copies as a block and takes the step when the buffer is
//          published. That is right because nobody else can reach a cell of the block in between,
//          and the code is seen to do so: each word of each live index is read from the newest
//          buffer, with the value that the machine has there, and written once; and a thief's load
//          of a slot names a buffer that the machine has published.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/deque_fence_machine.h"
#include "proofs/link/deque_seq_cst_machine.h"
#include "proofs/link/deque_steps.h"
#include "proofs/link/machine_stepper.h"

namespace wyn::link {

/// `Machine`: deque_fence::machine or deque_seq_cst::machine.
template <class Machine>
class deque_replay {
 public:
  using stepper = machine_stepper<Machine>;
  using transition = typename stepper::transition;

  /// Of deques whose first buffer has `capacity` slots, a power of two, and whose items have
  /// `words` words.
  deque_replay(const std::vector<step_row>& rows, number capacity, int words = 1);

  /// Accesses at sites without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);

  stepper& machine() { return m_; }

 private:
  using step = model::trace_step;
  using prepared_row = typename stepper::template prepared<step_row>;
  struct cell_name {
    number buffer;
    number place;
    auto operator<=>(const cell_name&) const = default;
  };

  void reset();
  void list_accesses(const model::execution_trace& t);
  std::string perform(const step& s, std::size_t n);
  const prepared_row* row_of(const step& s, std::size_t n) const;
  bool applies(condition when, const step& s, std::size_t n) const;
  bool is_possible(const prepared_row& row) const;
  std::string prepare(const prepared_row& row, const step& s, std::size_t n);
  std::string begin_push(std::size_t n);
  std::string copy(const step& s, const std::string& site);
  std::string prepare_growth();
  std::string compare(const step& s, std::size_t n);
  std::string compare_owner(const step& s, const std::string& site);
  std::string compare_role(const step& s, const std::string& site);
  std::string compare_cell(const step& s, number index, number word, std::uint64_t value);
  std::string is_cell(int location, number buffer, number index, number word);
  std::string finish();
  number item_of(number word, std::uint64_t value) const;

  stepper m_;
  std::vector<prepared_row> rows_;
  number capacity_;
  number words_;
  bool pass_over_ = false;

  // Of one run.
  const model::execution_trace* trace_ = nullptr;
  std::vector<std::string> sites_;  ///< of each step, without the number
  std::vector<std::size_t> next_;   ///< the next step of its thread, or the number of steps
  std::map<int, number> message_;   ///< stamps of the stores to bottom, by step
  std::map<int, number> buffer_;    ///< numbers of the buffers, by the step that published them
  std::map<std::pair<number, std::uint64_t>, number> items_;  ///< by word and its value
  std::map<int, cell_name> cells_;                            ///< by location
  std::map<cell_name, int> locations_;
  std::map<std::string, int> role_;    ///< locations of top, bottom and the pointer
  std::vector<std::uint64_t> copies_;  ///< of the block: values of the live indices' words in turn
  std::vector<int> copied_to_;         ///< locations
  number word_ = 0;                    ///< which word of its slot the access is to
  number popped_words_ = 0;
  number pushes_ = 0;
};

extern template class deque_replay<deque_fence::machine>;
extern template class deque_replay<deque_seq_cst::machine>;

}  // namespace wyn::link
