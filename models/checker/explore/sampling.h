// Looks at a sample of the executions of a program that is too large for all of them.
//
// A walk begins with the first execution of an exploration and goes down its tree (tree_walk.h):
// each step takes one of the graphs that the last execution left to be explored, that is one
// decision (what a read reads, where a write stands, a choice) made in another way, at random, and
// runs it. The threads take their turns in an order that is drawn for each walk. So every step is
// an execution of the memory model, every execution of the program can be met, waiting loops cost
// nothing, and what a walk meets first is what differs little from the ordinary.
//
// In mode pct a walk begins with an interleaving as in Burckhardt, Kothari, Musuvathi, Nagarakatte,
// "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs" (ASPLOS'10): random
// priorities, and options::depth - 1 changes of them at random steps. A failure is of depth d if
// some d pairs of steps suffice for it, each in an order. Among n threads, and where no run has
// more than k steps, a walk finds a failure of an interleaving of depth d with a chance of at least
// 1 / (n k^(d-1)), whatever the program. A step is an event. Where a loop waits (Env::pause()) or
// a thread sleeps, it has no turn until there is something new to read; that is what makes the
// theorem hold for them. k is the largest number of steps seen, and the chance is claimed for walks
// of that k alone; the first walk of all only measures it. choose() takes 0 in the interleaving.
//
// From there the walk goes on for options::depth steps down the tree, which is what shows stale
// reads; Gao, Chakraborty, Ozkan, "Probabilistic Concurrency Testing for Weak Memory Programs"
// (ASPLOS'23) have the idea of few deviations. No chance is claimed for these.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "models/checker/explore/task_list.h"
#include "models/checker/explore/tree_walk.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/run/priorities.h"

namespace wyn::model {

/// Takes options::walks walks, or as many as fit before `time_is_up`. Returns why it ended;
/// `counts` says how many executions were run, those that are met again included. The caller holds
/// a thread_guard.
stop_record sample(const program& p, const options& o, const std::function<bool()>& time_is_up,
                   tally& counts);

/// Of a run for failures of depth `depth`, in `threads` threads and at most `steps` steps.
priorities drawn_priorities(int threads, int depth, std::uint64_t steps, random_numbers& random);

/// What mode pct guarantees for failures of depth `depth`: threads, steps of the longest
/// interleaving, and how many walks had changes drawn from so many.
struct pct_chance {
  int threads = 1;
  std::uint64_t steps = 0;
  int depth = 1;
  std::uint64_t walks = 0;

  double of_a_walk() const;
  double of_all() const;
  std::string text() const;
};

/// Runs the execution of options::replay. The caller holds a thread_guard.
stop_record replay(const program& p, const options& o, tally& counts);

}  // namespace wyn::model
