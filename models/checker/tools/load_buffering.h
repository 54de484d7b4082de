// Load buffering: the behaviour that RC11 forbids and that ARMv8 and POWER allow. A thread's write
// is seen by others and comes back to it as the value of a load that stands before it: a cycle of
// program order and reads-from. No execution of the explorer has one; this lint finds where
// hardware could.
//
// Criterion: such a cycle is impossible when each of its steps from a read to a later write of one
//          thread is ordered: by an acquire on the read, a release on the write, or a fence between
//          the two. The lint lists each pair of a read and a later write of a thread, in some
//          explored execution, that is not, if
//           - they access different locations,
//           - another thread may write what is read and another one reads what is written, and
//           - reads and later writes of the threads lead from the one location to the other, so
//             that the written value can come back.
//          A compare-exchange may write, be it one that fails in every execution explored. All
//          executions together tell who reads and who may write a location.
//          Dependencies (of an address, a value, a branch) order such a pair on hardware, as long
//          as no compiler removes them. The explorer does not see them: such a pair is listed, and
//          it is for a person to say that it is harmless.
// What it is worth: a program whose list is empty has no load buffering on ARM, POWER, RISC-V and
//          x86, under the assumptions of proofs/load_buffering.md; the proof is there. They are
//          about hardware and compilers, and one is about dependencies: without any, no criterion
//          on the executions of RC11 could do, since a program that never writes in any of them may
//          have values out of thin air.
// Sources: Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI'17 (RC11 and (po u rf) acyclic); Podkopaev,
//          Lahav, Vafeiadis, "Bridging the gap between programming languages and hardware weak
//          memory models", POPL'19 (bob).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/checker/memory/objects.h"
#include "models/checker/run/observer.h"

namespace wyn::model {

/// A read and a later write of one thread that nothing orders.
struct load_buffering_pair {
  std::string read;   ///< site
  std::string write;  ///< site

  auto operator<=>(const load_buffering_pair&) const = default;
};

/// "DF2 push.load_top -> DF3 push.store_slot".
std::string to_string(const load_buffering_pair& pair);

/// Watches an exploration (options::watched_by) and then knows the pairs. What it sees it tells
/// `next`, too, unless that is nullptr.
class load_buffering_lint : public observer {
 public:
  explicit load_buffering_lint(observer* next = nullptr) : next_(next) {}

  void meets(const operation& op) override;
  void ended(const graph& g, const execution& e) override;

  /// Each once, sorted.
  std::vector<load_buffering_pair> pairs() const;

 private:
  // What a location is called in every explorer.
  using place = std::pair<std::uint64_t, std::uint32_t>;
  struct candidate {
    int thread;
    place read;
    place written;
    load_buffering_pair sites;
    auto operator<=>(const candidate&) const = default;
  };

  void visit(const graph& g, const execution& e, int thread);
  bool comes_back(const candidate& c) const;

  observer* next_;
  mutable std::mutex mutex_;
  std::map<place, std::uint32_t> readers_;  ///< threads, as bits
  std::map<place, std::uint32_t> writers_;
  std::set<candidate> candidates_;
  /// From what a thread read to what it wrote later.
  std::map<place, std::map<place, std::uint32_t>> steps_;
};

}  // namespace wyn::model
