// Asymmetric fences by running machines, not by axioms: what a program can do where a heavy fence
// interrupts every other thread at an arbitrary point of its program, and a light fence does
// nothing at all. Shares no code with the explorer and no axiom with reference.h.
//
// A heavy fence of thread k is: a seq_cst fence of k; then, in any order and interleaved with
// everything else, for each other thread one interrupt, which is a seq_cst fence at whatever point
// of its program that thread has reached; when all have been interrupted, a seq_cst fence of k.
// That is membarrier(2) with the private expedited command.
//
// What is compared (membarrier_reference_test.cc), and why in this direction:
//
// * Every outcome of either machine is one of the explorer's under RC11. This is what a verdict
//   needs: what passes under the axioms is right on the machine. Argument: a cycle of psc_F has
//   some heavy fence H whose end is latest. A light fence L after H in the cycle has before or at
//   itself an event that ran after end(H); a heavy or light fence H' after L has in front of it an
//   event that runs before the interrupt of L's thread by H', hence before end(H') <= end(H).
// * Under tso the explorer has every outcome of the x86 machine and no other, whatever the fences.
// * The view machine also has every outcome of the explorer, on programs of two threads with a
//   light fence between any two accesses of a thread. That is observed, not proved, and limited
//   for reasons: the machine executes a thread in program order, so without a light fence it keeps
//   an order that the compiler may break and the axioms therefore give up; and with three threads
//   it orders fences through chains of relaxed accesses, which happens-before, and so RC11, does
//   not see.
#pragma once

#include <set>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

/// Whether heavy fences interrupt; if not, they are seq_cst fences of their own thread alone. The
/// difference shows what the interrupts are for.
enum class interrupts : unsigned char { delivered, lost };

/// All final states of `p` on a machine of views: RC11 without seq_cst accesses, run in program
/// order. Writes are messages in modification order, each thread has the place in each location
/// below which it can no longer read, and a seq_cst fence exchanges this knowledge with all others.
/// Throws std::invalid_argument for plain data and for seq_cst accesses. Exponential.
std::set<state> outcomes_of_views(const program& p, interrupts i = interrupts::delivered);

/// All final states of `p` on x86: a memory, and a store buffer for each thread. seq_cst stores are
/// xchg, seq_cst fences mfence, and an interrupt empties the buffer of the thread it meets. Throws
/// std::invalid_argument for plain data. Exponential.
std::set<state> outcomes_of_x86(const program& p, interrupts i = interrupts::delivered);

}  // namespace wyn::litmus
