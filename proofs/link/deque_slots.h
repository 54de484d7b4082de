// What a replay of a deque's executions knows of the slots: which item a word is of, where in
// memory the cells of the machine's buffers lie, and the growth that is going on.
//
// Growth:  the cells of a new buffer are copied one by one in the code and in one step in the
//          machine. The copies are collected as a block, and the step is taken when the buffer is
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
#include "proofs/link/deque_biased_machine.h"
#include "proofs/link/deque_fence_machine.h"
#include "proofs/link/deque_seq_cst_machine.h"
#include "proofs/link/machine_stepper.h"

namespace wyn::link {

/// "`what` is 1 in the code and 2 in the machine".
std::string differs(const std::string& what, std::uint64_t code, number machine);

/// `Machine`: one of the three above. What returns text returns a problem or "".
template <class Machine>
class deque_slots {
 public:
  using stepper = machine_stepper<Machine>;

  /// Of a deque whose first buffer has `capacity` slots, and whose items have `words` words.
  deque_slots(stepper& m, number capacity, number words);

  number words() const { return words_; }
  /// A new execution.
  void reset();

  /// `value` is that word of that item.
  std::string add_word(number of_item, std::uint64_t value, number item);
  /// The item of which `value` is that word; 0: none.
  number item_of(number of_item, std::uint64_t value) const;

  bool is_cell(int location) const { return cells_.count(location) != 0; }
  /// The location is that cell, and no other one is.
  std::string is_cell(int location, number buffer, number index, number of_item);
  /// That cell of the newest buffer is at the location, and its word in the machine has the value.
  std::string holds(int location, number index, number of_item, std::uint64_t value);

  /// A part of a growth: a word is read from the newest buffer, or written to the next one.
  std::string copy(const model::trace_step& s, bool reads);
  /// Sets the parameters of the machine's step for the growth whose parts were copied.
  std::string prepare_growth();
  /// The machine has taken it: the cells that were written are those of the newest buffer.
  std::string end_growth();

 private:
  struct cell_name {
    number buffer;
    number place;
    auto operator<=>(const cell_name&) const = default;
  };

  stepper& m_;
  number capacity_;
  number words_;

  // Of one execution.
  std::map<std::pair<number, std::uint64_t>, number> items_;  ///< by word and its value
  std::map<int, cell_name> cells_;                            ///< by location
  std::map<cell_name, int> locations_;
  std::vector<std::uint64_t> copies_;  ///< values of the live indices' words in turn
  std::vector<int> copied_to_;         ///< locations
};

extern template class deque_slots<deque_fence::machine>;
extern template class deque_slots<deque_seq_cst::machine>;
extern template class deque_slots<deque_biased::machine>;

}  // namespace wyn::link
