// Replays executions of the deque's code through the machine of its proof.
//
// An execution comes as a trace (models/checker/tools/trace.h): its accesses in an order that
// extends program order, reads-from and the order of the seq_cst fences. Each access must be a step
// of the machine that deque_steps.h allows at its site, with what the access read as its parameter;
// before the step its obligations must hold, and in the state after it every conjunct of the
// invariant. What the access wrote must be what the machine has then.
//
// Owner and thieves: thread 0 and the main thread are the owner, before, in and after the threads.
// Growth:  the cells of a new buffer are copied one by one in the code and in one step in the
//          machine. The replay collects the copies as a block and takes the step when the buffer is
//          published. That is right because nobody else can reach a cell of the block in between,
//          and the code is seen to do so: each live index is read from the newest buffer, with the
//          value that the machine has there, and written once; and a thief's load of a slot names a
//          buffer that the machine has published.
// Several words: a slot of n words is n cells. The accesses to one word of each slot, with all that
//          is no access to a slot, are an execution of a deque of one-word items; each word is
//          replayed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/deque_machine.h"
#include "proofs/link/deque_steps.h"

namespace wyn::link {

/// Thieves of a replayed execution at most: threads 1 to max_thieves.
inline constexpr number max_thieves = 4;

/// The deque of a model, as the code constructs it: no buffer.
deque::state initial_deque();

/// Names of the conjuncts that `s` violates.
std::vector<std::string> violated(const deque::state& s);

class deque_replay {
 public:
  /// Sees each step with its parameters and the state after it; first, without a step, the initial
  /// state.
  using listener =
      std::function<void(const deque::transition*, const deque::parameters&, const deque::state&)>;

  /// Of deques whose first buffer has `capacity` slots, a power of two, and whose items have
  /// `words` words.
  deque_replay(std::vector<step_row> rows, number capacity, int words = 1);

  /// Accesses at sites without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }
  void tell(listener l) { listener_ = std::move(l); }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);

  /// Over all runs: states in which every conjunct was evaluated, and names of the steps taken.
  std::uint64_t states() const { return states_; }
  const std::set<std::string>& steps_taken() const { return taken_; }

 private:
  using step = model::trace_step;
  struct prepared_row {
    step_row row;
    const deque::transition* before;
    std::vector<const deque::transition*> steps;
  };
  struct cell_name {
    number buffer;
    number index;
    auto operator<=>(const cell_name&) const = default;
  };

  std::string run_word(const model::execution_trace& t, int word);
  void reset();
  void list_accesses(const model::execution_trace& t, int word);
  std::string perform(const step& s, std::size_t n);
  const prepared_row* row_of(const step& s, std::size_t n) const;
  bool applies(condition when, const step& s, std::size_t n) const;
  bool is_enabled(const deque::transition& t) const { return t.enabled(state_, parameters_); }
  bool is_possible(const prepared_row& row) const;
  std::string take_one(const prepared_row& row);
  std::string take(const deque::transition& t);
  std::string prepare(const prepared_row& row, const step& s, std::size_t n);
  std::string begin_push(std::size_t n);
  std::string copy(const step& s, const std::string& site);
  std::string prepare_growth();
  std::string compare(const step& s, std::size_t n);
  std::string compare_owner(const step& s, const std::string& site);
  std::string compare_role(const step& s, const std::string& site);
  std::string compare_cell(const step& s, number buffer, number index, std::uint64_t value);
  std::string is_cell(int location, number buffer, number index);
  std::string finish();
  number item_of(std::uint64_t value) const;

  std::vector<prepared_row> rows_;
  number capacity_;
  int words_;
  bool pass_over_ = false;
  listener listener_;
  std::uint64_t states_ = 0;
  std::set<std::string> taken_;

  // Of one run.
  deque::state state_;
  deque::parameters parameters_;
  const model::execution_trace* trace_ = nullptr;
  std::vector<std::string> sites_;  ///< of each step, up to the first blank
  std::vector<std::size_t> next_;   ///< the next step of its thread, or the number of steps
  std::vector<bool> skipped_;       ///< accesses to other words
  std::map<int, number> message_;   ///< stamps of the stores to bottom, by step
  std::map<int, number> buffer_;    ///< numbers of the buffers, by the step that published them
  std::map<std::uint64_t, number> items_;  ///< numbers of items, by their value
  std::map<int, cell_name> cells_;         ///< by location
  std::map<cell_name, int> locations_;
  std::map<std::string, int> role_;    ///< locations of top, bottom and the pointer
  std::vector<std::uint64_t> copies_;  ///< of the block: values of the live indices in turn
  std::vector<int> copied_to_;         ///< locations
  bool copying_ = false;               ///< a cell has been read and not yet written
  number pushes_ = 0;
};

}  // namespace wyn::link
