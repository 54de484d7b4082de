// The preemptions of an execution, and a bound on them that keeps the exploration optimal.
//
// Papers:  Musuvathi, Qadeer, "Iterative Context Bounding for Systematic Testing of Multithreaded
//          Programs", PLDI'07; Marmanis, Kokologiannakis, Vafeiadis, "Reconciling Preemption
//          Bounding with DPOR", TACAS'23.
//
// Terms. The preemptions of a graph are the least number over all its schedules: linear extensions
// of po u rf u mo u fr under the model sc, which are interleavings, and of po u rf under the weaker
// models, where a stale read or a write before an older one costs nothing. A switch away from a
// thread is a preemption unless the thread has no further event, or waits: its next event is a lock
// whose newest value keeps it waiting, or another wait (a futex, a join, a wait for a change) for a
// write that is still to come. Failed turns of a loop with Env::pause() are no events, so a switch
// in front of the read that ends the loop is a preemption.
//
// What is cut off. A graph that is pushed is dropped when it has more than `most` preemptions and
// the slack below. On the way to an execution G with at most `most` preemptions lie graphs with
// more, but not many more. Such a graph H is a prefix K of G and a rest M that later revisits
// remove:
//  (1) K has no more preemptions than G: in a schedule of G restricted to K, a switch in front of
//      an event of K is one in G, too, and is free in K where it is in G (of locks, whose writes
//      form a chain in rf and po, this holds for the newest value).
//  (2) M was added maximally, behind K and thread by thread: a thread that stopped goes on only by
//      a revisit, which removes what was added behind the read, or keeps it as a part of K; or it
//      joins, and then it waited. So each thread with events in both adds one preemption at most.
//  (3) One thread has none in M: that of the write of the innermost revisit to come.
//  (4) If all others do, the first one of them in the order of threads is that of the read r of the
//      outermost revisit (those before it stand still), and r is the first of M. Take a schedule of
//      G with the fewest preemptions. Either some thread of M is stopped there, by a preemption,
//      between its last event of K and the next one: then K has one less. Or thread 0 goes on with
//      r at once, behind the write that r reads in G; all other events of K come before, since
//      they are what that write or an earlier read of thread 0 depends on: then M continues where
//      K ends. A wait that was free in G may be none in H: one more where there are such waits.
// So the slack is threads - 2, or fewer where fewer have begun, and one more for waits other than
// for locks. The idea of a slack is the paper's, for sc; GenMC, which implements it, adds as many.
// The argument above is ours, and preemptions_random_test compares with all schedules of all
// executions of random programs: with a slack that is smaller by one, some are lost there.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"
#include "models/checker/memory/objects.h"

namespace wyn::model {

/// By thread and index: the operation behind each event of the running execution.
using recorded_operations = std::vector<std::vector<operation>>;

/// Counts for one graph after the other; keeps its memory between them.
class preemption_counter {
 public:
  preemption_counter(memory_model model, const recorded_operations& operations,
                     const object_table& objects)
      : interleaves_(model == memory_model::sc), operations_(operations), objects_(objects) {}

  /// The preemptions of `g`, whose operations are recorded and whose writes are all in modification
  /// order; most + 1 where there are more. Exact. The effort grows with the number of ways to
  /// choose the next thread at a switch, for as many preemptions.
  int count(const graph& g, int most);

  /// How many more preemptions than an execution of `threads` threads the graph may have that leads
  /// to it.
  int slack(const graph& g, int threads) const;

 private:
  // A schedule so far: the events that are done, and the thread that was stopped.
  struct state {
    std::array<std::int16_t, max_threads> done{};
    std::int16_t last = -1;
    bool operator==(const state&) const = default;
  };
  struct hash {
    std::size_t operator()(const state& s) const;
  };

  void list_what_comes_before();
  bool is_done(const state& s, event_ref r) const {
    return r == initial_write || index_of(r) < s.done[static_cast<std::size_t>(thread_of(r))];
  }
  bool can_go_on(const state& s, int t) const;
  bool is_kept_waiting_now(const state& s, int t) const;
  bool is_awaited(event_ref write) const;
  bool has_ended(const state& s) const;
  /// Adds the states after a turn of thread `t`, to those with as many preemptions or one more.
  void take_turn(state s, int t);
  void stop(const state& s, int t);
  const operation& operation_of(event_ref r) const {
    return operations_[static_cast<std::size_t>(thread_of(r))]
                      [static_cast<std::size_t>(index_of(r))];
  }

  bool interleaves_;
  const recorded_operations& operations_;
  const object_table& objects_;

  const graph* g_ = nullptr;
  std::array<std::size_t, max_threads> first_{};  ///< of each thread's events in `begin_`
  std::vector<std::uint32_t> begin_;  ///< of an event's predecessors in `before_`, and their end
  std::vector<event_ref> before_;
  std::vector<event_ref> awaited_;  ///< sorted: writes that some wait reads from
  std::vector<std::vector<event_ref>> loads_;  ///< under sc: of each write, by its place's number
  std::unordered_set<state, hash> seen_;
  std::vector<state> now_;   ///< to go on from with as many preemptions
  std::vector<state> next_;  ///< with one more
};

}  // namespace wyn::model
