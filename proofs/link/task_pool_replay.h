// Replays executions of the task pool's code through the machine of its proof, one machine a heap.
//
// An execution comes as a trace with the steps that are no events (models/checker/tools/trace.h),
// since the memory of a slot, link and payload, is plain data. Each access to the return list or to
// the first word of a slot must be a step of the machine that task_pool_steps.h allows; before the
// step its obligations must hold, and in the state after it every conjunct of the invariant. What
// was read or written must be what the machine has: the heads of the lists, and each link.
//
// Threads:  the heap's owner, and the main thread, are thread 0 of the machine.
// Slots:    a word at a slot's place that the owner constructs while it cuts is a new slot. Which
//           thread uses it then is seen by who accesses it: the machine's hand_on.
// The end:  after() is not replayed. It counts and destroys, which the machine leaves out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "models/checker/tools/trace.h"
#include "proofs/link/machine_stepper.h"
#include "proofs/link/task_pool_machine.h"
#include "proofs/link/task_pool_steps.h"

namespace wyn::link {

class task_pool_replay {
 public:
  using stepper = machine_stepper<task_pool::machine>;
  /// Whether an address is one where a slot may begin.
  using place_test = std::function<bool(std::uint64_t)>;

  task_pool_replay(const std::vector<pool_row>& rows, place_test is_place);

  /// Accesses without a row are passed over. Without this call they are a problem.
  void pass_over_unknown_sites() { pass_over_ = true; }

  /// What prevents the replay of `t`, with the step; empty: nothing.
  std::string run(const model::execution_trace& t);

  /// Over all runs.
  std::uint64_t states() const { return states_; }
  const std::set<std::string>& steps_taken() const { return taken_; }

 private:
  using step = model::trace_step;
  using transition = stepper::transition;
  using prepared_row = stepper::prepared<pool_row>;
  struct heap {
    int location;  ///< of the head of its return list
    int owner;     ///< a thread, or none but the main thread
    stepper machine;
    std::map<std::uint64_t, number> slots;  ///< by address
    std::set<number> linked;                ///< allocated, and the link is still there
    std::set<number> given_up;              ///< what the user put there has been destroyed
  };
  struct access {
    heap* of;
    number thread;  ///< of the machine
    number slot;    ///< 0: none
    std::string site;
    pool_condition slot_is;
  };

  void list_heaps(const model::execution_trace& t);
  std::string perform(std::size_t n);
  bool find(std::size_t n, access& a);
  bool find_slot(const step& s, access& a);
  const prepared_row* row_of(const access& a, const step& s) const;
  void prepare(const access& a, const step& s);
  std::string end_cuts_elsewhere(const access& a, const step& s);
  std::string step_before(const transition& t, const access& a);
  void note(const access& a);
  std::string compare(const access& a, const step& s) const;
  std::string finish();
  std::uint64_t slot_to_return(std::size_t n) const;

  std::vector<prepared_row> rows_;
  place_test is_place_;
  bool pass_over_ = false;
  std::uint64_t states_ = 0;
  std::set<std::string> taken_;

  // Of one run.
  const model::execution_trace* trace_ = nullptr;
  std::vector<std::unique_ptr<heap>> heaps_;
};

}  // namespace wyn::link
