#include "models/checker/graph/psc.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wyn::model {

namespace {

// eco is a comparison of keys: a write at place p has key 2p, a read from place p has 2p + 1, and
// eco(x, y) holds iff x and y access one location and key(x) < key(y). A read-modify-write counts
// as its write: its read part adds nothing that is not implied.
std::uint32_t key_of(const graph& g, const event& e) {
  return writes(e.kind) ? 2 * e.position : 2 * g.place_of(e.reads_from) + 1;
}

constexpr std::uint32_t none_after = ~std::uint32_t{0};

// For one fence and one location: what lies after the fence and before it in happens-before.
struct fence_row {
  std::uint32_t least_after = none_after;  ///< least key after the fence
  std::uint32_t most_before = 0;           ///< greatest key + 1 before the fence
  std::uint32_t last_write_before = 0;     ///< greatest key + 1 of a write before the fence
};

struct access {
  std::uint32_t key;
  std::uint32_t location;  ///< numbered within the graph
  event_ref event;
  bool writes;
};

class psc_relation {
 public:
  explicit psc_relation(const graph& g) : g_(g), nodes_(g.sc_events()) {
    fill_rows();
    build_edges();
  }

  const std::vector<char>& edges() const { return scratch().edges; }

 private:
  // Reused between calls: the check runs for every candidate graph.
  struct memory {
    std::vector<access> accesses;
    std::vector<std::uint32_t> numbers;  ///< of each location, or none_after
    std::vector<fence_row> rows;
    std::vector<char> edges;
  };
  memory& scratch() const { return memory_; }
  int count() const { return static_cast<int>(nodes_.size()); }
  const event& node(int a) const { return g_.at(nodes_[static_cast<std::size_t>(a)]); }
  event_ref ref(int a) const { return nodes_[static_cast<std::size_t>(a)]; }
  bool is_fence(int a) const { return node(a).kind == event_kind::fence; }
  fence_row& row(int fence, std::uint32_t location) const {
    return scratch()
        .rows[static_cast<std::size_t>(fence) * locations_ + scratch().numbers[location]];
  }
  bool hb(event_ref a, event_ref b) const {
    return a != b && contains(g_.views(b).hb, a);
  }

  // Numbers the locations that the graph accesses: a program may have many more.
  void list_accesses() {
    std::vector<access>& accesses = scratch().accesses;
    std::vector<std::uint32_t>& numbers = scratch().numbers;
    accesses.clear();
    numbers.assign(g_.mo().locations(), none_after);
    for (int t = 0; t < g_.threads(); ++t) {
      first_access_[static_cast<std::size_t>(t)] = static_cast<std::uint32_t>(accesses.size());
      for (int i = 0; i < g_.size(t); ++i) {
        const event& e = g_.at(t, i);
        if (!reads(e.kind) && !writes(e.kind)) continue;
        std::uint32_t& n = numbers[e.location];
        if (n == none_after) n = locations_++;
        accesses.push_back({key_of(g_, e), n, make_ref(t, i), writes(e.kind)});
      }
    }
    first_access_[static_cast<std::size_t>(g_.threads())] =
        static_cast<std::uint32_t>(accesses.size());
  }

  void fill_rows() {
    list_accesses();
    scratch().rows.assign(nodes_.size() * locations_, fence_row{});
    for (int f = 0; f < count(); ++f) {
      if (!is_fence(f)) continue;
      fence_row* const rows = &scratch().rows[static_cast<std::size_t>(f) * locations_];
      for (int t = 0; t < g_.threads(); ++t) fill_rows_of(rows, ref(f), t);
    }
  }

  // What is before a fence comes first in each thread, and what is after it comes last.
  void fill_rows_of(fence_row* rows, event_ref fence, int t) {
    const std::vector<access>& accesses = scratch().accesses;
    const int before = g_.views(fence).hb.count[t];
    std::uint32_t i = first_access_[static_cast<std::size_t>(t)];
    std::uint32_t end = first_access_[static_cast<std::size_t>(t) + 1];
    for (; i < end && index_of(accesses[i].event) < before; ++i) {
      const access& a = accesses[i];
      fence_row& r = rows[a.location];
      r.most_before = std::max(r.most_before, a.key + 1);
      if (a.writes) r.last_write_before = std::max(r.last_write_before, a.key + 1);
    }
    for (; i < end && contains(g_.views(accesses[end - 1].event).hb, fence); --end) {
      const access& a = accesses[end - 1];
      rows[a.location].least_after = std::min(rows[a.location].least_after, a.key);
    }
  }

  void build_edges() {
    const int n = count();
    scratch().edges.assign(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), 0);
    for (int a = 0; a < n; ++a) {
      for (int b = 0; b < n; ++b) {
        if (a != b && related(a, b)) scratch().edges[static_cast<std::size_t>(a * n + b)] = 1;
      }
    }
  }

  bool related(int a, int b) const {
    if (is_fence(a)) return is_fence(b) ? fence_to_fence(a, b) : fence_to_access(a, b);
    return is_fence(b) ? access_to_fence(a, b) : access_to_access(a, b);
  }

  // psc_F; psc_base between two fences is a part of it.
  bool fence_to_fence(int a, int b) const {
    const bool light_a = node(a).mo == order::light;
    const bool light_b = node(b).mo == order::light;
    if ((light_a && node(b).mo != order::heavy) || (light_b && node(a).mo != order::heavy)) {
      return false;
    }
    if (hb(ref(a), ref(b))) return true;
    const fence_row* const after = &scratch().rows[static_cast<std::size_t>(a) * locations_];
    const fence_row* const before = &scratch().rows[static_cast<std::size_t>(b) * locations_];
    for (std::uint32_t l = 0; l < locations_; ++l) {
      if (after[l].least_after != none_after && after[l].least_after + 1 < before[l].most_before) {
        return true;
      }
    }
    return false;
  }

  // [E.sc] ; scb ; hb? ; [F.sc]. Where a happens before the fence, the first step of that path is
  // po or synchronises at a's own location, and both are in scb.
  bool access_to_fence(int a, int b) const {
    if (node(b).mo == order::light) return false;
    if (hb(ref(a), ref(b))) return true;
    return key_of(g_, node(a)) + 1 < row(b, node(a).location).last_write_before;
  }

  // [F.sc] ; hb? ; scb ; [E.sc]. Happens-before alone is not enough: the fence may synchronise with
  // b through a relaxed write that does not itself happen before b.
  bool fence_to_access(int a, int b) const {
    if (node(a).mo == order::light) return false;
    const int t = thread_of(ref(b));
    const int i = index_of(ref(b));
    if (i > 0 && contains(g_.views(t, i - 1).hb, ref(a))) return true;
    const event& y = node(b);
    if (writes(y.kind)) {
      const std::uint32_t least = row(a, y.location).least_after;
      if (least != none_after && least < key_of(g_, y)) return true;
    }
    return same_location_between(ref(a), ref(b));
  }

  // Some x with hb(fence, x), hb(x, b) at b's location.
  bool same_location_between(event_ref fence, event_ref b) const {
    const view& before = g_.views(b).hb;
    for (int t = 0; t < g_.threads(); ++t) {
      for (int i = before.count[t] - 1; i >= 0; --i) {
        const event& x = g_.at(t, i);
        if (!contains(g_.views(t, i).hb, fence)) break;
        const bool access = reads(x.kind) || writes(x.kind);
        if (access && x.location == g_.at(b).location && make_ref(t, i) != b) return true;
      }
    }
    return false;
  }

  // [E.sc] ; scb ; [E.sc].
  bool access_to_access(int a, int b) const {
    const event_ref ra = ref(a);
    const event_ref rb = ref(b);
    if (thread_of(ra) == thread_of(rb)) return index_of(ra) < index_of(rb);
    const event& x = node(a);
    const event& y = node(b);
    if (x.location == y.location) {
      if (hb(ra, rb)) return true;
      if (writes(y.kind) && key_of(g_, x) < key_of(g_, y)) return true;
    }
    return through_other_locations(ra, rb);
  }

  bool differs(const event& e, std::uint32_t location) const {
    return !(reads(e.kind) || writes(e.kind)) || e.location != location;
  }

  // po|/=loc ; hb ; po|/=loc. Plain data has a location of its own, so an access to it counts on
  // both ends although it is no event: it lies before the event that has plain_before.
  bool through_other_locations(event_ref a, event_ref b) const {
    const int ta = thread_of(a);
    const int tb = thread_of(b);
    int c = index_of(a) + 1;
    while (c < g_.size(ta) && !g_.at(ta, c).plain_before &&
           !differs(g_.at(ta, c), g_.at(a).location)) {
      ++c;
    }
    if (c >= g_.size(ta)) return false;
    for (int j = index_of(b); j > 0; --j) {
      if (g_.at(tb, j).plain_before || differs(g_.at(tb, j - 1), g_.at(b).location)) {
        return g_.views(tb, j - 1).hb.contains(ta, c);
      }
    }
    return false;
  }

  const graph& g_;
  const std::vector<event_ref>& nodes_;
  std::uint32_t locations_ = 0;
  std::array<std::uint32_t, max_threads + 1> first_access_{};  ///< of each thread
  memory& memory_ = memory_of_this_thread();

  static memory& memory_of_this_thread() {
    static thread_local memory m;
    return m;
  }
};

}  // namespace

bool psc_is_acyclic(const graph& g) {
  const std::size_t n = g.sc_events().size();
  return n < 2 || is_acyclic(psc_relation(g).edges(), n);
}

void psc_matrix(const graph& g, std::vector<char>& edges) { edges = psc_relation(g).edges(); }

// Takes away the nodes to which nothing leads any more, until none is left or a cycle is.
bool is_acyclic(const std::vector<char>& edges, std::size_t n) {
  static thread_local std::vector<std::size_t> incoming;
  static thread_local std::vector<std::size_t> ready;
  incoming.assign(n, 0);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) incoming[b] += edges[a * n + b] != 0;
  }
  ready.clear();
  for (std::size_t a = 0; a < n; ++a) {
    if (incoming[a] == 0) ready.push_back(a);
  }
  std::size_t removed = 0;
  for (; !ready.empty(); ++removed) {
    const std::size_t a = ready.back();
    ready.pop_back();
    for (std::size_t b = 0; b < n; ++b) {
      if (edges[a * n + b] != 0 && --incoming[b] == 0) ready.push_back(b);
    }
  }
  return removed == n;
}

}  // namespace wyn::model
