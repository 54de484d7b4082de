#include "models/checker/graph/machine_run.h"

#include <array>
#include <cstddef>

#include "models/checker/graph/psc.h"

namespace wyn::model {

namespace {

class scheduler {
 public:
  explicit scheduler(const graph& g) : g_(g), nodes_(g.sc_events()) { psc_matrix(g, edges_); }

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
    const std::size_t n = nodes_.size();
    std::size_t self = 0;
    while (nodes_[self] != make_ref(t, i)) ++self;
    for (std::size_t a = 0; a < n; ++a) {
      if (edges_[a * n + self] != 0 && !is_done(nodes_[a])) return false;
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
  const std::vector<event_ref>& nodes_;
  std::vector<char> edges_;
  std::array<int, max_threads> done_{};
};

}  // namespace

bool has_machine_run(const graph& g) {
  const std::vector<event_ref>& nodes = g.sc_events();
  const std::size_t n = nodes.size();
  if (n < 2) return true;
  static thread_local std::vector<char> edges;
  psc_matrix(g, edges);
  // A cycle passes through seq_cst events, since po u rf has none: paths between these will do.
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      if (a != b && contains(g.views(nodes[b]).prefix, nodes[a])) edges[a * n + b] = 1;
    }
  }
  return is_acyclic(edges, n);
}

std::vector<event_ref> machine_order(const graph& g, bool highest_first) {
  return scheduler(g).order(highest_first);
}

}  // namespace wyn::model
