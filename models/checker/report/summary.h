// What the executions of a program that passes have shown: which outcomes, and which sites.
//
// Cost: an execution that declares no outcome pays one test; beyond options::coverage executions it
// pays nothing for the sites.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <unordered_map>

#include "models/checker/graph/graph.h"
#include "models/checker/options.h"
#include "models/checker/run/execution.h"
#include "models/checker/verdict.h"

namespace wyn::model {

class run_summary {
 public:
  explicit run_summary(const options& o);

  /// After a run of `e` along `g` that was complete or blocked.
  void complete(const graph& g, const execution& e);
  void blocked(const graph& g, const execution& e) {
    if (looked_at_ < limit_) look_at_sites(g, e);
  }

  /// Adds what another explorer of the same program has seen. Locations and addresses of sites are
  /// each explorer's own; names are not.
  void merge(const run_summary& other);
  void clear();

  /// Lines, and what they say of another run of the same program: load() takes the line that begins
  /// with `word` up to its end, and answers whether it is one.
  void save(std::ostream& file) const;
  bool load(const std::string& word, std::istream& file);

  /// Fills in the outcomes and sites of `v`, whose counts are there. A pass in which an outcome of
  /// options::reachable was never shown becomes a failure.
  void put_into(verdict& v) const;

 private:
  struct use {
    std::string site;
    bool stale = false;
  };

  void look_at_sites(const graph& g, const execution& e);
  void look_for_stale_reads(const graph& g, const execution& e);
  use& use_of(const char* site);
  bool reached(const std::string& row) const;
  bool shown(const std::string& pattern) const;

  const options& options_;
  std::uint64_t limit_;  ///< executions whose sites are looked at
  std::uint64_t looked_at_ = 0;
  std::uint64_t completed_ = 0;
  std::unordered_map<std::string, std::uint64_t> outcomes_;
  std::unordered_map<const char*, use> uses_;  ///< by the address of the name
  std::map<std::string, bool> sites_;          ///< of other explorers, and whether stale
};

}  // namespace wyn::model
