// Symmetry reduction: of the executions that differ only by a permutation of interchangeable
// threads, one is explored (and now and then a few more, never none).
//
// Kokologiannakis, Marmanis, Vafeiadis, "SPORE: Combining Symmetry and Partial Order Reduction"
// (PLDI'24) has the idea: restrict the graphs of TruSt by a predicate, and count the twin of an
// event among what the event depends on. The predicate and the argument below are ours.
//
// Terms. s < t are threads of one group. They are alike below i if their first i events have the
// same outcome: the same choice, the same source, or in memory of their own the corresponding one.
// Two writes to one location are never alike. Where s and t are alike below i and both have event
// i, s.i is a twin of t.i. An event depends (dep) on what is before it in po, rf and twins,
// transitively. The outcomes of twins are compared by their place in modification order (of what
// they read, or where they write); a larger choice and giving up come first.
//
// A graph is canonical if
//  (1) dep has no cycle,
//  (2) a twin s.i of t.i exists wherever t.i does, and
//  (3) if t.i comes before its twin s.i, there is a reason: the source of t.i depends on some
//      u.i, u < t, itself a twin of t.i with u >= s or u alike with s up to i.
//
// Each class of permutations has a canonical graph. Take a linear extension of po and rf in which
// events with the same outcome stand together as soon as the first of them is due (the others are
// ready then: they have the same source), and number the threads by it: (1) and (2) hold, and
// threads that are alike are neighbours. Where (3) fails for s and t, take the least such t: move
// the threads that are alike with t up to i before those alike with s. A new cycle of dep would
// have to go from a thread that was passed to the source of t.i: that would have been the reason.
// The sequence of outcomes at i gets smaller and no other one changes, so this ends: (3) holds.
//
// Exploring canonical graphs alone loses none of them. TruSt needs two things of the graphs that it
// explores (POPL'22, section 3.1), with dep in place of po and rf. (a) What remains of a canonical
// graph when a set that is closed under dep is kept is canonical: sources and orders remain, twins
// remain by closure, and so does a reason, which is a dependency. (b) The next event, added
// maximally, gives a canonical graph: nothing depends on it, its outcome is not before that of any
// twin, and its twins exist, since the lowest thread that can go on does, and a thread stops for
// what it has read alone. And what an event depends on never changes while it exists: whether s and
// t are alike below i is decided by events that t.i depends on. So revisits are those of TruSt with
// dep for the prefix: a read is not revisited by a write that depends on it, its twins included,
// and a kept event keeps its twins. That is the piece without which no such predicate works: a twin
// added after the event would have to be maximal, and so come after it.
//
// By (1) no check is needed: a revisit that would close a cycle of dep is none. (2) holds by order.
// (3) is checked where an event is not added maximally.
//
// More than one canonical graph: when threads that are alike are not neighbours. Rejected: to
// demand that they are. A read that is added maximally, to be revisited later, may be alike with a
// thread further away, so (b) would fail: GenMC's reduction, which compares threads alone, loses
// executions. Rejected: modification order alone in (3). A thread can depend on its twin and read
// what is older; with (1) such a class would have no canonical graph at all.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "models/checker/graph/graph.h"
#include "models/checker/memory/objects.h"
#include "models/checker/memory/world.h"
#include "models/checker/options.h"
#include "models/checker/program.h"

namespace wyn::model {

/// Why a check with `o` does not use the symmetry that `p` declares; empty: it does, or there is
/// none.
std::string why_no_symmetry(const program& p, const options& o);

/// The groups of `p`, for a report: "threads 0-2 and 4-5"; or why they do not count. Empty: none.
std::string symmetry_in_words(const program& p, const options& o);

/// What is wrong with the groups that `p` declares; empty: nothing.
std::string problem_of_groups(const program& p);

class symmetry {
 public:
  using set = std::uint16_t;  ///< of threads, a bit each

  symmetry(const program& p, const options& o, const world& w, const object_table& objects);

  /// Whether the reduction is made.
  bool on() const { return on_; }
  /// Whether `thread` belongs to a group.
  bool has(int thread) const { return on_ && grouped_[static_cast<std::size_t>(thread)]; }
  /// Two neighbours of a group; which, depends on `n`.
  std::pair<int, int> pair(unsigned n) const;

  /// The smaller threads of the group that are alike with all events of `thread`: those whose next
  /// events would be the twins of its next one. O(threads).
  set alike(const graph& g, int thread) const;

  /// Completes `e`, about to be appended to `thread`, and its views: they hold what it depends on.
  void follow(const graph& g, int thread, event& e, event_views& v) const;

  /// Whether the graph is canonical, if it was without the last event of `thread`. A write has its
  /// place.
  bool allows(const graph& g, int thread) const;

  /// Whether `b` of thread `t` is the operation that `a` is of thread `s`.
  bool corresponds(const operation& a, int s, const operation& b, int t) const;

 private:
  bool same_outcome(const graph& g, int s, int t, int index) const;
  bool same_location(std::uint32_t a, int s, std::uint32_t b, int t) const;
  bool same_value(std::uint64_t a, int s, std::uint64_t b, int t) const;
  bool has_reason(const graph& g, int s, event_ref later) const;

  const world& world_;
  const object_table& objects_;
  bool on_ = false;
  std::array<set, max_threads> smaller_{};  ///< threads of the same group
  std::array<bool, max_threads> grouped_{};
};

/// Adds the prefix of the twins of `e`, the next event of `thread`, to its views.
void join_twins(const graph& g, int thread, const event& e, event_views& v);

/// `g` with the prefixes of po and rf alone.
graph without_twins(const graph& g, memory_model model);

}  // namespace wyn::model
