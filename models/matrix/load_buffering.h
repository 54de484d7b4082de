// Load buffering: the relaxed behaviour that RC11 forbids and ARMv8 and POWER allow. A thread's
// write is seen by others, and comes back to it as the value of a load that stands before it.
//
// No model can show it. A sufficient rule without dependencies (which compilers may remove): a
// cycle of program order and reads-from is impossible when each of its steps from a read to a later
// write of one thread is ordered, by an acquire read, a release write, or a fence between the two.
// This file finds the steps of a trace that are not.
//
// The rule looks at pairs of different locations, where another thread writes what is read and
// reads what is written. It judges the trace it is given: a step that no script takes is not seen.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "models/env/env_trace.h"

namespace wyn::models {

/// The unordered steps of a trace, as "DF2 push.load_top -> DF3 push.store_slot".
std::set<std::string> unordered_steps(const std::vector<trace_event>& events);

}  // namespace wyn::models
