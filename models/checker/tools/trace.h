// Executions as traces: the events of a complete execution in one order, each with its site, what
// it read and wrote, and which step it read from. For whoever compares the executions of a program
// with something else, as proofs/link does with the transitions of a proof.
//
// The order is one in which a machine of views can perform the events (graph/machine_run.h); where
// there is none, the trace says so and has the events of no thread. Or it is one of which only
// program order and reads-from are asked. What the main thread does in before() and after() stands
// at the beginning and at the end. On request there are the steps as well that are no events, plain
// data for one: each stands right behind the event before it in its thread.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/run/observer.h"
#include "models/checker/run/side_log.h"

namespace wyn::model {

struct trace_step {
  /// Of steps of the main thread.
  static constexpr int main_thread = -1;
  /// For reads_from: what the object was constructed with.
  static constexpr int initial = -1;

  int thread = main_thread;
  std::string site;
  event_kind kind = event_kind::load;
  order mo = order::relaxed;
  bool compared = false;     ///< of a compare-exchange, be it a failed one
  int sc_place = 0;          ///< in an order of the seq_cst steps that extends psc, from 1 on
  int location = -1;         ///< numbered in the order of the trace; -1: a fence or a choice
  int reads_from = initial;  ///< a step of this trace, before this one
  std::uint64_t read = 0;
  std::uint64_t written = 0;
  /// Of a step that is no event: what it is, its address, and in `read` or `written` the value of
  /// plain data that can be shown as a number.
  std::optional<side_step_kind> beside;
  std::uint64_t address = 0;

  bool operator==(const trace_step&) const = default;
};

struct execution_trace {
  std::vector<trace_step> steps;
  bool machine_run = true;  ///< false: no order of the events is a run of a machine of views

  bool operator==(const execution_trace&) const = default;
};

/// In which order a trace has the steps of the threads, and which comes first where there is a
/// choice: that of the thread with the lowest number, or with the highest.
enum class trace_order {
  machine_lowest_first,
  machine_highest_first,
  causal_lowest_first,
  causal_highest_first,
};

/// Watches an exploration (options::watched_by) and hands each complete execution to `sink`, one at
/// a time unless told otherwise.
class trace_recorder : public observer {
 public:
  using sink = std::function<void(const execution_trace&)>;

  explicit trace_recorder(sink s, trace_order order = trace_order::machine_lowest_first,
                          bool with_side_steps = false)
      : sink_(std::move(s)), order_(order), with_side_steps_(with_side_steps) {}

  /// The sink may be called by several explorers (options::jobs) at once.
  void calls_sink_concurrently() { concurrent_ = true; }

  void meets(const operation&) override {}
  void performed_in_main(const operation& op, const event& what, const execution& e) override;
  bool wants_side_steps() const override { return with_side_steps_; }
  void side_steps(const side_log& log, const execution& e) override;
  void ended(const graph& g, const execution& e) override;

 private:
  struct main_step {
    trace_step step;
    std::uint32_t location;
    bool after;              ///< all threads have ended
    std::size_t side_steps;  ///< before it, of all threads
  };

  execution_trace trace_of(const graph& g, const execution& e, const std::vector<main_step>& main,
                           const std::vector<side_step>& beside) const;

  sink sink_;
  trace_order order_;
  bool concurrent_ = false;
  std::mutex sink_mutex_;
  std::mutex mutex_;  ///< for the two maps
  std::map<const execution*, std::vector<main_step>> main_steps_;
  bool with_side_steps_;
  std::map<const execution*, std::vector<side_step>> side_steps_;
};

/// One line for the trace and one for each step; to be read back by from_text.
///
///     trace 2 run
///     0 store rlx 3 - - 1 DF5 push.store_bottom
///
/// thread ("main" for the main thread), kind, order ("seq_cst@2": the second one), location, reads
/// from ("init" for what the object was constructed with), value read, value written, site; "-"
/// where there is none. A compare-exchange is "cas", or "failed" where it is a load. A step that is
/// no event ("read", "write", "construct", "destroy", "deallocate", "wake") has "@" and its address
/// in place of a location.
std::string to_text(const execution_trace& t);

/// Reads the next trace of `in`. False at its end, and when what follows is no trace: `problem`
/// then says why.
bool read_trace(std::istream& in, execution_trace& t, std::string& problem);

}  // namespace wyn::model
