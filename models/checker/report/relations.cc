#include "models/checker/report/relations.h"

#include <algorithm>
#include <cstddef>
#include <deque>

#include "models/checker/graph/psc.h"

namespace wyn::model {

namespace {

// As in psc.cc: a write at place p has key 2p, a read from place p has 2p + 1; at one location x
// comes before y in eco iff key(x) < key(y).
std::uint32_t key_of(const graph& g, const event& e) {
  return writes(e.kind) ? 2 * e.position : 2 * g.place_of(e.reads_from) + 1;
}

class collector {
 public:
  collector(const graph& g, memory_model model) : g_(g), model_(model) {}

  std::vector<event_edge> collect() {
    each(&collector::add_rf);
    add_mo();
    each(&collector::add_fr);
    each(&collector::add_sw);
    each(&collector::add_hb);
    if (is_rc11(model_)) add_psc();
    return std::move(edges_);
  }

 private:
  void each(void (collector::*add)(event_ref)) {
    for (int t = 0; t < g_.threads(); ++t) {
      for (int i = 0; i < g_.size(t); ++i) (this->*add)(make_ref(t, i));
    }
  }

  void add_rf(event_ref r) {
    const event& e = g_.at(r);
    if (reads(e.kind) && e.reads_from != initial_write) {
      edges_.push_back({relation::rf, e.reads_from, r});
    }
  }

  void add_mo() {
    for (std::uint32_t l = 0; l < g_.mo().locations(); ++l) {
      for (std::uint32_t p = 1; p < g_.mo().last(l); ++p) {
        edges_.push_back({relation::mo, g_.mo().at(l, p), g_.mo().at(l, p + 1)});
      }
    }
  }

  void add_fr(event_ref r) {
    const event& e = g_.at(r);
    if (!reads(e.kind)) return;
    const std::uint32_t next = g_.place_of(e.reads_from) + 1;
    if (next > g_.mo().last(e.location)) return;
    const event_ref w = g_.mo().at(e.location, next);
    if (w != r) edges_.push_back({relation::fr, r, w});
  }

  const view& before(event_ref r) const {
    static constexpr view nothing{};
    return index_of(r) == 0 ? nothing : g_.views(thread_of(r), index_of(r) - 1).hb;
  }

  void add_sw(event_ref b) {
    const event& e = g_.at(b);
    if (!acquires(e.mo)) return;
    sources_.clear();
    if (reads(e.kind)) {
      list_releases(e.reads_from);
    } else if (e.kind == event_kind::fence) {
      for (int i = 0; i < index_of(b); ++i) {
        const event& r = g_.at(thread_of(b), i);
        if (reads(r.kind)) list_releases(r.reads_from);
      }
    }
    std::sort(sources_.begin(), sources_.end());
    sources_.erase(std::unique(sources_.begin(), sources_.end()), sources_.end());
    for (const event_ref s : sources_) {
      if (thread_of(s) != thread_of(b) && !contains(before(b), s)) {
        edges_.push_back({relation::sw, s, b});
      }
    }
  }

  // What synchronises with a reader of `w`: the releases whose sequences w belongs to.
  void list_releases(event_ref w) {
    while (w != initial_write) {
      add_release(w);
      if (model_ == memory_model::rc11) {
        for (int i = 0; i < index_of(w); ++i) {
          const event& e = g_.at(thread_of(w), i);
          if (writes(e.kind) && e.location == g_.at(w).location) {
            add_release(make_ref(thread_of(w), i));
          }
        }
      }
      if (g_.at(w).kind != event_kind::rmw) return;
      w = g_.at(w).reads_from;
    }
  }

  void add_release(event_ref w) {
    const event& e = g_.at(w);
    if (releases(e.mo)) sources_.push_back(w);
    if (e.release_fence >= 0) sources_.push_back(make_ref(thread_of(w), e.release_fence));
  }

  void add_hb(event_ref b) {
    const view& known = before(b);
    const view& now = g_.views(b).hb;
    for (int t = 0; t < g_.threads(); ++t) {
      if (t == thread_of(b) || now.count[t] <= known.count[t]) continue;
      const event_ref a = make_ref(t, now.count[t] - 1);
      bool follows = false;
      for (int u = 0; u < g_.threads(); ++u) {
        if (u == t || u == thread_of(b) || now.count[u] <= known.count[u]) continue;
        follows = follows || contains(g_.views(u, now.count[u] - 1).hb, a);
      }
      if (!follows) edges_.push_back({relation::hb, a, b});
    }
  }

  // Acyclic, so that what follows from two others can be left out without a trace.
  void add_psc() {
    psc_relation psc;
    find_psc(g_, psc);
    const std::size_t n = psc.nodes.size();
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (!psc.steps.has(a, b) || thread_of(psc.nodes[a]) == thread_of(psc.nodes[b])) continue;
        bool follows = false;
        for (std::size_t c = 0; c < n; ++c) {
          follows = follows || (psc.steps.has(a, c) && psc.steps.has(c, b));
        }
        if (!follows) edges_.push_back({relation::psc, psc.nodes[a], psc.nodes[b]});
      }
    }
  }

  const graph& g_;
  memory_model model_;
  std::vector<event_edge> edges_;
  std::vector<event_ref> sources_;
};

// Between two events, with what follows by transitivity; of several relations the first one named.
bool edge_between(const graph& g, event_ref a, event_ref b, relation& kind) {
  const event& x = g.at(a);
  const event& y = g.at(b);
  if (thread_of(a) == thread_of(b)) {
    kind = relation::po;
    return index_of(a) < index_of(b);
  }
  if (x.location != y.location) return false;
  if (reads(y.kind) && y.reads_from == a) {
    kind = relation::rf;
    return true;
  }
  if (!writes(y.kind)) return false;
  kind = writes(x.kind) ? relation::mo : relation::fr;
  return (writes(x.kind) ? x.position : g.place_of(x.reads_from)) < y.position;
}

constexpr std::size_t max_events_of_a_cycle_search = 400;

class cycle_search {
 public:
  cycle_search(const graph& g, const std::vector<event_ref>& in_order) : g_(g) {
    for (const event_ref r : in_order) {
      if (accesses(g.at(r).kind)) events_.push_back(r);
    }
  }

  std::vector<event_edge> find() {
    std::vector<std::size_t> best;
    if (events_.size() > max_events_of_a_cycle_search) return {};
    for (std::size_t start = 0; start < events_.size(); ++start) {
      const std::vector<std::size_t> found = shortest_through(start, best.size());
      if (!found.empty()) best = found;
    }
    std::vector<event_edge> cycle;
    for (std::size_t n = 0; n < best.size(); ++n) {
      const event_ref a = events_[best[n]];
      const event_ref b = events_[best[(n + 1) % best.size()]];
      relation kind = relation::po;
      edge_between(g_, a, b, kind);
      cycle.push_back({kind, a, b});
    }
    return cycle;
  }

 private:
  // Breadth first; shorter than `bound` events, if that is not 0.
  std::vector<std::size_t> shortest_through(std::size_t start, std::size_t bound) const {
    const std::size_t none = events_.size();
    std::vector<std::size_t> parent(events_.size(), none);
    std::vector<std::size_t> depth(events_.size(), 0);
    std::deque<std::size_t> queue{start};
    relation kind = relation::po;
    depth[start] = 1;
    while (!queue.empty()) {
      const std::size_t a = queue.front();
      queue.pop_front();
      if (bound != 0 && depth[a] >= bound) return {};
      if (a != start && edge_between(g_, events_[a], events_[start], kind)) {
        std::vector<std::size_t> path;
        for (std::size_t n = a; n != start; n = parent[n]) path.push_back(n);
        path.push_back(start);
        std::reverse(path.begin(), path.end());
        return path;
      }
      for (std::size_t b = 0; b < events_.size(); ++b) {
        if (depth[b] != 0 || !edge_between(g_, events_[a], events_[b], kind)) continue;
        depth[b] = depth[a] + 1;
        parent[b] = a;
        queue.push_back(b);
      }
    }
    return {};
  }

  const graph& g_;
  std::vector<event_ref> events_;
};

}  // namespace

std::vector<event_edge> relations_of(const graph& g, memory_model model) {
  return collector(g, model).collect();
}

std::vector<event_edge> cycle_of(const graph& g, const std::vector<event_ref>& in_order) {
  return cycle_search(g, in_order).find();
}

bool is_coherent_at(const graph& g, event_ref r) {
  const event& b = g.at(r);
  if (!accesses(b.kind)) return true;
  const view& known = g.views(r).hb;
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < known.count[t]; ++i) {
      const event& a = g.at(t, i);
      if (!accesses(a.kind) || a.location != b.location || make_ref(t, i) == r) continue;
      if (key_of(g, b) < key_of(g, a)) return false;
    }
  }
  return true;
}

bool is_coherent(const graph& g) {
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < g.size(t); ++i) {
      if (!is_coherent_at(g, make_ref(t, i))) return false;
    }
  }
  return true;
}

}  // namespace wyn::model
