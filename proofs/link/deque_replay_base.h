// Replays executions of a deque's code through a machine of its proofs: what all deques have.
//
// An execution comes as a trace (models/checker/tools/trace.h): its accesses in an order that
// extends program order, reads-from and, where there are fences, the order of the seq_cst events.
// Each access must be a step of the machine that the table of steps (deque_steps.h) allows at its
// site, with what the access read as its parameter; before the step its obligations must hold, and
// in the state after it every conjunct of the invariant. What the access wrote must be what the
// machine has then.
//
// Owner and thieves: thread 0 and the main thread are the owner, before, in and after the threads.
// Growth:  is one step of the machine; see deque_slots.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/deque_slots.h"
#include "proofs/link/deque_steps.h"
#include "proofs/link/machine_stepper.h"

namespace wyn::link {

/// `Machine`: one of those of deque_slots.h. What returns text returns a problem or "".
template <class Machine>
class deque_replay_base {
 public:
  using stepper = machine_stepper<Machine>;

  /// Of deques whose first buffer has `capacity` slots, a power of two, and whose items have
  /// `words` words.
  deque_replay_base(const std::vector<step_row>& rows, number capacity, number words = 1);
  virtual ~deque_replay_base() = default;
  deque_replay_base(const deque_replay_base&) = delete;
  deque_replay_base& operator=(const deque_replay_base&) = delete;

  /// Accesses at sites without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);

  stepper& machine() { return m_; }

 protected:
  using step = model::trace_step;
  using transition = typename stepper::transition;
  using state_type = typename Machine::state;

  // What is of one deque.

  /// As the code constructs it, without a buffer.
  virtual state_type initial() const;
  /// Before the first step of an execution, and before initial().
  virtual void begin_run() {}
  /// Step n is one of construction: it is compared, and the machine begins after it.
  virtual bool constructs(std::size_t) const { return false; }
  /// Parameters besides k, for a step of the machine and for one that has no access.
  virtual void set_parameters(const step& s) = 0;
  virtual void set_unseen(const transition&) {}
  /// The message of top that `s` reads, as the parameter k.
  virtual std::string read_top(const step& s, number& k) const = 0;
  /// What `s` read of top or of the count, or wrote there, is what the machine has after it.
  virtual std::string compare_more(const step& s, std::size_t n) = 0;
  /// The index of which a pop reads the slot.
  virtual number popped_index() const { return m_.state.ob; }
  /// After the last step.
  virtual std::string finish();

  /// The machine's number of the message of bottom that `s` reads.
  std::string read_bottom(const step& s, number& k) const;
  std::string take_if_possible(const char* name);
  /// Of step n, without the number.
  const std::string& site(std::size_t n) const { return sites_[n]; }
  std::size_t steps() const { return sites_.size(); }
  /// Not of the main thread, before the threads or after.
  bool is_of_a_thread(std::size_t n) const { return trace_->steps[n].thread >= 0; }
  /// Of the step of the same thread after step n; "": there is none.
  std::string next_site(std::size_t n) const;

  stepper m_;

 private:
  using prepared_row = typename stepper::template prepared<step_row>;

  void reset();
  void list_accesses(const model::execution_trace& t);
  std::string perform(const step& s, std::size_t n);
  const prepared_row* row_of(const step& s, std::size_t n) const;
  bool applies(condition when, const step& s, std::size_t n) const;
  bool is_possible(const prepared_row& row) const;
  std::string prepare(const prepared_row& row, const step& s, std::size_t n);
  std::string prepare_operand(operand k, const step& s);
  std::string take_before(const prepared_row& row);
  std::string begin_push(std::size_t n);
  std::string compare(const step& s, std::size_t n);
  std::string compare_bottom(const step& s, std::size_t n);
  std::string compare_slot(const step& s, const std::string& site);
  std::string compare_role(const step& s, const std::string& site);

  std::vector<prepared_row> rows_;
  deque_slots<Machine> slots_;
  bool pass_over_ = false;

  // Of one run.
  const model::execution_trace* trace_ = nullptr;
  std::vector<std::string> sites_;
  std::vector<std::size_t> next_;    ///< the next step of its thread, or the number of steps
  std::map<int, number> message_;    ///< stamps of the stores to bottom, by step
  std::map<int, number> buffer_;     ///< numbers of the buffers, by the step that published them
  std::map<std::string, int> role_;  ///< locations of top, bottom, the pointer and the count
  number word_ = 0;                  ///< which word of its slot the access is to
  number popped_words_ = 0;
  number pushes_ = 0;
};

/// What the location that a site accesses is for: "top", say; "": a slot, or a fence.
std::string role_of(const std::string& site);

extern template class deque_replay_base<deque_fence::machine>;
extern template class deque_replay_base<deque_seq_cst::machine>;
extern template class deque_replay_base<deque_biased::machine>;

}  // namespace wyn::link
