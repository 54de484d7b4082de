// The preemptions of an execution by the definition (trust/preemptions.h), over all its schedules.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/run/execution.h"
#include "models/checker/run/observer.h"

namespace wyn::model {

/// Of a complete execution, or what is left of one. Locks are mutexes: not locked at first.
class all_schedules {
 public:
  all_schedules(const graph& g, const execution& e)
      : g_(g), operations_(e.operations()), interleaves_(e.model() == memory_model::sc) {}

  int fewest_preemptions() {
    const std::vector<int> none(static_cast<std::size_t>(g_.threads()), 0);
    return fewest(none, -1);
  }

 private:
  using place = std::vector<int>;
  static constexpr int impossible = 1000;

  bool done(const place& at, event_ref r) const {
    return r == initial_write ||
           index_of(r) < at[static_cast<std::size_t>(thread_of(r))];
  }
  std::uint32_t source_place(const event& e) const { return g_.place_of(e.reads_from); }

  // Whether `a` comes before `b` in rf, mo or fr.
  bool before(event_ref a, event_ref b) const {
    const event& x = g_.at(a);
    const event& y = g_.at(b);
    if (reads(y.kind) && y.reads_from == a) return true;
    if (!interleaves_ || a == b || !accesses(x.kind) || !accesses(y.kind) ||
        x.location != y.location) {
      return false;
    }
    if (!writes(y.kind)) return false;
    if (writes(x.kind) && x.position < y.position) return true;
    return reads(x.kind) && source_place(x) < y.position;
  }
  bool possible(const place& at, int t) const {
    const event_ref next = make_ref(t, at[static_cast<std::size_t>(t)]);
    for (int u = 0; u < g_.threads(); ++u) {
      for (int i = at[static_cast<std::size_t>(u)]; i < g_.size(u); ++i) {
        if (before(make_ref(u, i), next)) return false;
      }
    }
    return true;
  }
  bool waits(const place& at, int t) const {
    const int i = at[static_cast<std::size_t>(t)];
    const event& e = g_.at(t, i);
    const operation& op =
        operations_[static_cast<std::size_t>(t)][static_cast<std::size_t>(i)];
    if (op.kind == operation_kind::await_change) return !done(at, e.reads_from);
    if (op.kind != operation_kind::take || op.tries) return false;
    std::uint64_t value = 0;  // an unlocked mutex
    for (std::uint32_t p = 1; p <= g_.mo().last(e.location); ++p) {
      const event_ref w = g_.mo().at(e.location, p);
      if (done(at, w)) value = g_.at(w).value_written;
    }
    return is_kept_waiting(op, value);
  }
  int fewest(const place& at, int last) {
    const auto known = known_.find({at, last});
    if (known != known_.end()) return known->second;
    bool ended = true;
    int best = impossible;
    for (int t = 0; t < g_.threads(); ++t) {
      if (at[static_cast<std::size_t>(t)] == g_.size(t)) continue;
      ended = false;
      if (!possible(at, t)) continue;
      const bool stops = last >= 0 && last != t &&
                         at[static_cast<std::size_t>(last)] < g_.size(last) && !waits(at, last);
      place next = at;
      ++next[static_cast<std::size_t>(t)];
      best = std::min(best, fewest(next, t) + (stops ? 1 : 0));
    }
    return known_[{at, last}] = ended ? 0 : best;
  }

  const graph& g_;
  const recorded_operations& operations_;
  bool interleaves_;
  std::map<std::pair<place, int>, int> known_;
};

/// The complete executions of a check by one explorer, and the preemptions of each, if they are to
/// be counted.
class preemptions_of_all : public observer {
 public:
  explicit preemptions_of_all(bool count) : counts_(count) {}
  void meets(const operation&) override {}
  void ended(const graph& g, const execution& e) override {
    std::string key;
    for (int t = 0; t < g.threads(); ++t) {
      if (e.state_of(t) != thread_state::finished) return;
      for (int i = 0; i < g.size(t); ++i) {
        const event& x = g.at(t, i);
        key += std::to_string(static_cast<int>(x.kind)) + "," + std::to_string(x.reads_from) +
               "," + std::to_string(writes(x.kind) ? x.position : 0) + " ";
      }
      key += "|";
    }
    of_[key] = counts_ ? all_schedules(g, e).fewest_preemptions() : 0;
  }
  const std::map<std::string, int>& all() const { return of_; }

 private:
  bool counts_;
  std::map<std::string, int> of_;
};

}  // namespace wyn::model
