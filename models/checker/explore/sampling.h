// Looks at a sample of the executions of a program that is too large for all of them.
//
// A walk begins with the first execution of an exploration and goes down its tree (tree_walk.h):
// each step takes one of the graphs that the last execution left to be explored, that is one
// decision (what a read reads, where a write stands, a choice) made in another way, at random, and
// runs it. The threads take their turns in an order that is drawn for each walk. So every step is
// an execution of the memory model, every execution of the program can be met, waiting loops cost
// nothing, and what a walk meets first is what differs little from the ordinary.
//
// In mode pct a walk ends after options::depth steps. Bugs mostly need few deviations: the idea of
// Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic
// Guarantees of Finding Bugs" (ASPLOS'10), whose priorities of threads are the order of turns here,
// and of Gao, Chakraborty, Ozkan, "Probabilistic Concurrency Testing for Weak Memory Programs"
// (ASPLOS'23), whose communication events are the deviations. Their bounds on the probability are
// not claimed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"

namespace wyn::model {

/// Takes options::walks walks, or as many as fit before `time_is_up`. Returns why it ended;
/// `counts` says how many executions were run, those that are met again included. The caller holds
/// a thread_guard.
stop_record sample(const program& p, const options& o, const std::function<bool()>& time_is_up,
                   tally& counts);

/// Runs the execution of options::replay. The caller holds a thread_guard.
stop_record replay(const program& p, const options& o, tally& counts);

}  // namespace wyn::model
