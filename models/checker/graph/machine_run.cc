#include "models/checker/graph/machine_run.h"

#include <array>
#include <cstddef>

#include "models/checker/graph/psc.h"
#include "models/checker/graph/total_order.h"

namespace wyn::model {

namespace {

class scheduler {
 public:
  scheduler(const graph& g, bool keep_psc) : g_(g) {
    if (keep_psc) find_psc(g, psc_);
  }

  std::vector<event_ref> order(bool highest_first) {
    std::vector<event_ref> result;
    while (true) {
      const int t = next_thread(highest_first);
      if (t < 0) break;
      result.push_back(make_ref(t, done_[static_cast<std::size_t>(t)]++));
    }
    if (static_cast<int>(result.size()) < g_.total()) result.clear();
    return result;
  }

 private:
  bool is_done(event_ref r) const {
    return r == initial_write || index_of(r) < done_[static_cast<std::size_t>(thread_of(r))];
  }

  bool may_come(int t) const {
    const int i = done_[static_cast<std::size_t>(t)];
    if (i >= g_.size(t)) return false;
    const event& e = g_.at(t, i);
    if (reads(e.kind) && !is_done(e.reads_from)) return false;
    if (!is_sc(e.mo) || psc_.nodes.empty()) return true;
    std::size_t self = 0;
    while (psc_.nodes[self] != make_ref(t, i)) ++self;
    for (std::size_t a = 0; a < psc_.nodes.size(); ++a) {
      if (psc_.steps.has(a, self) && !is_done(psc_.nodes[a])) return false;
    }
    return true;
  }

  int next_thread(bool highest_first) const {
    for (int n = 0; n < g_.threads(); ++n) {
      const int t = highest_first ? g_.threads() - 1 - n : n;
      if (may_come(t)) return t;
    }
    return -1;
  }

  const graph& g_;
  psc_relation psc_;
  std::array<int, max_threads> done_{};
};

}  // namespace

psc_judgement judge_psc(const graph& g) {
  if (g.sc_events().size() < 2) return {true, true};
  // psc leads along po, rf, mo and fr. Most graphs are interleavings, which is found sooner.
  if (is_interleaving(g)) return {true, true};
  static thread_local psc_relation psc;
  find_psc(g, psc);
  if (!psc.steps.is_acyclic()) return {false, false};
  // A cycle passes through seq_cst events, since po u rf has none: paths between these will do.
  // Mostly psc has them all.
  const std::vector<event_ref>& nodes = psc.nodes;
  bool has_more = false;
  for (std::size_t b = 0; b < nodes.size(); ++b) {
    const view& prefix = g.views(nodes[b]).prefix;
    for (std::size_t a = 0; a < nodes.size(); ++a) {
      if (psc.steps.has(a, b) || a == b || !contains(prefix, nodes[a])) continue;
      psc.steps.add(a, b);
      has_more = true;
    }
  }
  return {true, !has_more || psc.steps.is_acyclic()};
}

bool has_machine_run(const graph& g) { return judge_psc(g).has_machine_run; }

std::vector<event_ref> machine_order(const graph& g, bool highest_first) {
  return scheduler(g, true).order(highest_first);
}

std::vector<event_ref> causal_order(const graph& g, bool highest_first) {
  return scheduler(g, false).order(highest_first);
}

std::vector<event_ref> seq_cst_order(const graph& g, bool highest_first) {
  psc_relation psc;
  find_psc(g, psc);
  // Nodes stand thread by thread, so one from an end is one of the preferred thread.
  const std::size_t count = psc.nodes.size();
  std::vector<event_ref> result;
  std::vector<bool> done(count);
  while (result.size() < count) {
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t b = highest_first ? count - 1 - n : n;
      bool next = !done[b];
      for (std::size_t a = 0; a < count; ++a) next = next && (done[a] || !psc.steps.has(a, b));
      if (!next) continue;
      done[b] = true;
      result.push_back(psc.nodes[b]);
      break;
    }
  }
  return result;
}

}  // namespace wyn::model
