#include "models/checker/graph/machine_run.h"

#include <array>
#include <cstddef>

#include "models/checker/graph/psc.h"

namespace wyn::model {

namespace {

class scheduler {
 public:
  explicit scheduler(const graph& g) : g_(g) { find_psc(g, psc_); }

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
    if (!is_sc(e.mo)) return true;
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
  static thread_local psc_relation psc;
  find_psc(g, psc);
  if (!psc.steps.is_acyclic()) return {false, false};
  // A cycle passes through seq_cst events, since po u rf has none: paths between these will do.
  const std::vector<event_ref>& nodes = psc.nodes;
  for (std::size_t b = 0; b < nodes.size(); ++b) {
    const view& prefix = g.views(nodes[b]).prefix;
    for (std::size_t a = 0; a < nodes.size(); ++a) {
      if (a != b && contains(prefix, nodes[a])) psc.steps.add(a, b);
    }
  }
  return {true, psc.steps.is_acyclic()};
}

bool has_machine_run(const graph& g) { return judge_psc(g).has_machine_run; }

std::vector<event_ref> machine_order(const graph& g, bool highest_first) {
  return scheduler(g).order(highest_first);
}

}  // namespace wyn::model
