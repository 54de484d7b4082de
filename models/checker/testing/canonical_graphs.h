// Complete graphs up to permutations of symmetric threads, for comparisons of explorations with and
// without the reduction (trust/symmetry.h).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <mutex>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "models/checker/program.h"
#include "models/checker/run/execution.h"
#include "models/checker/run/observer.h"

namespace wyn::model {

/// A key of `g` that is the same for all graphs that differ by a permutation within the groups of
/// `p`, and only for these: the least of the keys of all permutations.
class canonical_key {
 public:
  explicit canonical_key(const program& p) : threads_(p.threads) {
    std::iota(name_.begin(), name_.end(), 0);
    for (int n = 0; n < p.symmetric_groups; ++n) groups_.push_back(p.symmetric[n]);
  }

  std::string of(const graph& g, const execution& e) {
    locations_.clear();
    for (std::uint32_t l = 0; l < g.mo().locations(); ++l) {
      locations_.push_back(e.objects().location_name(l));
    }
    least_.clear();
    permute(g, 0);
    return least_;
  }

 private:
  // Gives the threads of group n and of those behind it every order.
  void permute(const graph& g, std::size_t n) {
    if (n == groups_.size()) {
      std::string key = key_of(g);
      if (least_.empty() || key < least_) least_ = std::move(key);
      return;
    }
    const auto first = name_.begin() + groups_[n].first;
    do {
      permute(g, n + 1);
    } while (std::next_permutation(first, first + groups_[n].count));
  }

  // "t0.heap+0x10": whose it is.
  std::string renamed(const std::string& location) const {
    if (location.size() < 2 || location[0] != 't') return location;
    std::size_t end = 1;
    while (end < location.size() && location[end] >= '0' && location[end] <= '9') ++end;
    if (end == 1) return location;
    const auto t = static_cast<std::size_t>(std::stoi(location.substr(1, end - 1)));
    return "t" + std::to_string(name_[t]) + location.substr(end);
  }

  std::string key_of(const graph& g) const {
    std::vector<std::string> rows(static_cast<std::size_t>(threads_));
    for (int t = 0; t < threads_; ++t) {
      std::string& row = rows[static_cast<std::size_t>(name_[static_cast<std::size_t>(t)])];
      for (int i = 0; i < g.size(t); ++i) {
        const event& e = g.at(t, i);
        row += "lsufc"[static_cast<int>(e.kind)];
        if (e.kind == event_kind::choice) row += std::to_string(e.value_read);
        if (e.gave_up) row += '!';
        if (!reads(e.kind) && !writes(e.kind)) continue;
        row += renamed(locations_[e.location]);
        if (reads(e.kind)) row += "<" + source(e.reads_from);
        if (writes(e.kind)) row += "@" + std::to_string(e.position);
      }
    }
    std::string key;
    for (const std::string& row : rows) key += row + "|";
    return key;
  }

  std::string source(event_ref r) const {
    if (r == initial_write) return "-";
    return std::to_string(name_[static_cast<std::size_t>(thread_of(r))]) + "." +
           std::to_string(index_of(r));
  }

  int threads_;
  std::array<int, max_threads> name_;  ///< of each thread, under the permutation that is tried
  std::vector<thread_group> groups_;
  std::vector<std::string> locations_;
  std::string least_;
};

/// Gathers the keys of the complete executions of a check that it watches.
class canonical_graphs : public observer {
 public:
  explicit canonical_graphs(const program& p) : key_(p), threads_(p.threads) {}

  void meets(const operation&) override {}
  void ended(const graph& g, const execution& e) override {
    for (int t = 0; t < threads_; ++t) {
      if (e.state_of(t) != thread_state::finished) return;
    }
    const std::lock_guard lock(mutex_);
    keys_.insert(key_.of(g, e));
  }
  const std::set<std::string>& keys() const { return keys_; }

 private:
  std::mutex mutex_;
  canonical_key key_;
  int threads_;
  std::set<std::string> keys_;
};

}  // namespace wyn::model
