// Method: sets of nodes, carried along the graph. eco is a comparison: a write at place p of its
// location comes before the reads from p, and these come before all that is at later places; a
// read-modify-write counts as its write, since its read part adds nothing that is not implied. So
// one walk up each thread finds the nodes that happen before each of its events; one walk down, the
// fences that happen after them; one walk down each modification order, where eco leads to. A last
// walk down each thread gathers where its events lead to, from some event on: that follows the
// nodes which happen before that event and not before the one above it.
#include "models/checker/graph/psc.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/checker/graph/node_set.h"

namespace wyn::model {

namespace {

// Reused between calls: the relation is found for every candidate graph.
template <class Set>
struct memory {
  // By event, those of thread 0 first.
  std::vector<Set> known;  ///< the nodes that happen before it, itself included
  std::vector<Set> ends;   ///< the nodes whose hb has it as the last event of its thread
  // By place of the modification orders that matter. First the fences that happen after what
  // accesses that place, a seq_cst write counting as one; then where eco leads to from there.
  std::vector<Set> after_write;
  std::vector<Set> after_reads;
  std::vector<Set> writes_after;  ///< where one step of mo or fr leads to
  std::vector<std::uint64_t> round;  ///< by location: the last call that it mattered in
  std::vector<std::uint32_t> locations;  ///< those that do
  std::uint64_t now = 0;
  // By node: relate_accesses().
  std::vector<int> other_after;
  std::vector<int> other_before;
};

template <class Set>
class finder {
 public:
  finder(const graph& g, psc_relation& psc)
      : g_(g), nodes_(psc.nodes), steps_(psc.steps), m_(memory_of_this_thread()) {}

  void find() {
    list_nodes();
    make_room();
    find_known();
    find_what_happens_after();
    for (const std::uint32_t l : m_.locations) follow_modification_order(l);
    for (int t = 0; t < g_.threads(); ++t) relate(t);
    if (has_accesses_) relate_accesses();
    if (has_light_) restrict_light_fences();
  }

 private:
  using node_index = std::array<std::size_t, max_threads + 1>;

  static memory<Set>& memory_of_this_thread() {
    static thread_local memory<Set> m;
    return m;
  }

  const event& node(std::size_t n) const { return g_.at(nodes_[n]); }
  std::size_t first_node(int t) const { return first_node_[static_cast<std::size_t>(t)]; }
  std::size_t first_event(int t) const { return first_event_[static_cast<std::size_t>(t)]; }

  void list_nodes() {
    const std::vector<event_ref>& events = g_.sc_events();
    for (const event_ref r : events) ++first_node_[static_cast<std::size_t>(thread_of(r)) + 1];
    for (int t = 0; t < g_.threads(); ++t) {
      first_node_[static_cast<std::size_t>(t) + 1] += first_node(t);
    }
    nodes_.resize(events.size());
    steps_.reset(events.size());
    // Those of one thread are in program order already.
    node_index next = first_node_;
    for (const event_ref r : events) {
      const std::size_t n = next[static_cast<std::size_t>(thread_of(r))]++;
      nodes_[n] = r;
      const event& e = g_.at(r);
      if (e.kind == event_kind::fence) fences_.add(n);
      else has_accesses_ = true;
      has_light_ = has_light_ || e.mo == order::light;
    }
  }

  void make_room() {
    std::size_t events = 0;
    for (int t = 0; t < g_.threads(); ++t) {
      first_event_[static_cast<std::size_t>(t)] = events;
      events += static_cast<std::size_t>(g_.size(t));
    }
    if (m_.known.size() < events) m_.known.resize(events);
    m_.ends.assign(events, {});
    const std::size_t places = g_.mo().places();
    if (m_.after_write.size() < places) {
      m_.after_write.resize(places);
      m_.after_reads.resize(places);
      m_.writes_after.resize(places);
    }
    if (m_.round.size() < g_.mo().locations()) m_.round.resize(g_.mo().locations(), 0);
    m_.locations.clear();
    ++m_.now;
  }

  // What a thread knows grows by nodes of its own, and where it acquires from others.
  void find_known() {
    for (int t = 0; t < g_.threads(); ++t) {
      node_index next = first_node_;
      Set known;
      const event* const events = g_.events(t);
      Set* const out = m_.known.data() + first_event(t);
      for (int i = 0, size = g_.size(t); i < size; ++i) {
        const event& e = events[i];
        if (is_sc(e.mo)) known.add(next[static_cast<std::size_t>(t)]++);
        if (may_learn(e, t)) learn(known, next, g_.views(t, i).hb);
        out[i] = known;
      }
    }
  }

  static bool may_learn(const event& e, int thread) {
    if (!acquires(e.mo)) return false;
    if (!reads(e.kind)) return e.kind == event_kind::fence;
    return e.reads_from != initial_write && thread_of(e.reads_from) != thread;
  }

  void learn(Set& known, node_index& next, const view& hb) const {
    for (int t = 0; t < g_.threads(); ++t) {
      std::size_t n = next[static_cast<std::size_t>(t)];
      const std::size_t end = first_node(t + 1);
      for (; n < end && index_of(nodes_[n]) < hb.count[t]; ++n) known.add(n);
      next[static_cast<std::size_t>(t)] = n;
    }
  }

  void find_what_happens_after() {
    for_each_node(fences_, [&](std::size_t n) {
      const view& hb = g_.views(nodes_[n]).hb;
      for (int t = 0; t < g_.threads(); ++t) {
        const auto count = static_cast<std::size_t>(hb.count[t]);
        if (count > 0) m_.ends[first_event(t) + count - 1].add(n);
      }
    });
    for (int t = 0; t < g_.threads(); ++t) {
      Set after;
      std::size_t n = first_node(t + 1);
      const event* const events = g_.events(t);
      const Set* const ends = m_.ends.data() + first_event(t);
      for (int i = g_.size(t) - 1; i >= 0; --i) {
        after |= ends[i];
        const event& e = events[i];
        const bool is_node = is_sc(e.mo);
        n -= is_node;
        if (!accesses(e.kind) || (after.empty() && !is_node)) continue;
        note_location(e.location);
        const std::uint32_t place = place_of(e);
        Set& there = writes(e.kind) ? m_.after_write[place] : m_.after_reads[place];
        there |= after;
        if (writes(e.kind) && is_node) there.add(n);
      }
    }
  }

  std::uint32_t place_of(const event& e) const {
    return g_.mo().number_of(e.location, writes(e.kind) ? e.position : g_.place_of(e.reads_from));
  }

  void note_location(std::uint32_t location) {
    if (m_.round[location] == m_.now) return;
    m_.round[location] = m_.now;
    m_.locations.push_back(location);
    const std::uint32_t first = g_.mo().number_of(location, 0);
    for (std::uint32_t p = first; p <= first + g_.mo().last(location); ++p) {
      m_.after_write[p] = m_.after_reads[p] = {};
    }
  }

  void follow_modification_order(std::uint32_t location) {
    Set later;
    Set later_writes;
    const std::uint32_t first = g_.mo().number_of(location, 0);
    for (std::uint32_t p = first + g_.mo().last(location) + 1; p-- > first;) {
      const Set of_write = m_.after_write[p];
      const Set of_reads = m_.after_reads[p];
      m_.writes_after[p] = later_writes;
      m_.after_reads[p] = later;
      later |= of_reads;
      m_.after_write[p] = later;
      later |= of_write;
      later_writes |= of_write;
    }
  }

  void relate(int t) {
    Set met;     // nodes of this thread
    Set led_to;  // what eco leads to
    std::size_t n = first_node(t + 1);
    const event* const events = g_.events(t);
    const Set* const known = m_.known.data() + first_event(t);
    for (int i = g_.size(t) - 1; i >= 0 && !known[i].empty(); --i) {
      const event& e = events[i];
      const bool is_node = is_sc(e.mo);
      const bool is_access = accesses(e.kind);
      const bool leads_on = is_access && m_.round[e.location] == m_.now;
      const std::uint32_t place = leads_on ? place_of(e) : 0;
      if (leads_on) led_to |= writes(e.kind) ? m_.after_write[place] : m_.after_reads[place];
      n -= is_node;
      // [F.sc];hb?;scb;[E.sc] has a step at its end that is in scb: hb to the access is not enough.
      if (is_node && !is_access) met.add(n);
      Set first_known = known[i];
      if (i > 0) first_known -= known[i - 1];
      for_each_node(first_known, [&](std::size_t a) { lead_to(a, met, led_to); });
      if (is_node && is_access) {
        steps_.add_all(n, m_.writes_after[place]);
        met.add(n);
      }
    }
    for (n = first_node(t); n < first_node(t + 1); ++n) steps_.remove(n, n);
  }

  // From a fence: psc_F, and psc_base to an access. From an access to a fence:
  // [E.sc];scb;hb?;[F.sc] where it happens before the fence, the first step of that path being po
  // or a synchronisation at its own location, and both are in scb.
  void lead_to(std::size_t a, const Set& met, const Set& led_to) {
    Set all = met;
    if (fences_.holds(a)) all |= led_to;
    else all &= fences_;
    steps_.add_all(a, all);
  }

  void relate_accesses() {
    find_other_locations();
    for (std::size_t b = 0; b < nodes_.size(); ++b) {
      if (fences_.holds(b)) continue;
      for (int t = 0; t < g_.threads(); ++t) same_location_between(t, b);
      for (std::size_t a = 0; a < nodes_.size(); ++a) {
        if (a != b && !fences_.holds(a) && access_to_access(a, b)) steps_.add(a, b);
      }
    }
  }

  // From a fence to the access b: some x of thread t at b's location, hb(fence, x), hb(x, b). The
  // last one knows most.
  void same_location_between(int t, std::size_t b) {
    const std::uint32_t location = node(b).location;
    for (int i = g_.views(nodes_[b]).hb.count[t] - 1; i >= 0; --i) {
      const event& x = g_.at(t, i);
      if (!accesses(x.kind) || x.location != location || make_ref(t, i) == nodes_[b]) continue;
      Set known = m_.known[first_event(t) + static_cast<std::size_t>(i)];
      known &= fences_;
      for_each_node(known, [&](std::size_t a) { steps_.add(a, b); });
      return;
    }
  }

  // po|/=loc on either side of hb: the first event behind a node, and the last one before it, that
  // is not at its location; or -1. Plain data has a location of its own, so an access to it counts
  // although it is no event: it lies before the event that has plain_before.
  void find_other_locations() {
    m_.other_after.resize(nodes_.size());
    m_.other_before.resize(nodes_.size());
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      const int t = thread_of(nodes_[n]);
      const auto differs = [&](int i) {
        return !accesses(g_.at(t, i).kind) || g_.at(t, i).location != node(n).location;
      };
      int c = index_of(nodes_[n]) + 1;
      while (c < g_.size(t) && !g_.at(t, c).plain_before && !differs(c)) ++c;
      m_.other_after[n] = c < g_.size(t) ? c : -1;
      int d = index_of(nodes_[n]) - 1;
      while (d >= 0 && !g_.at(t, d + 1).plain_before && !differs(d)) --d;
      m_.other_before[n] = d;
    }
  }

  // [E.sc] ; scb ; [E.sc] but for mo and fr.
  bool access_to_access(std::size_t a, std::size_t b) const {
    const int ta = thread_of(nodes_[a]);
    const int tb = thread_of(nodes_[b]);
    if (ta == tb) return a < b;
    if (node(a).location == node(b).location && contains(g_.views(nodes_[b]).hb, nodes_[a])) {
      return true;
    }
    const int c = m_.other_after[a];
    const int d = m_.other_before[b];
    return c >= 0 && d >= 0 && g_.views(tb, d).hb.contains(ta, c);
  }

  void restrict_light_fences() {
    for (std::size_t a = 0; a < nodes_.size(); ++a) {
      for (std::size_t b = 0; b < nodes_.size(); ++b) {
        const order first = node(a).mo;
        const order second = node(b).mo;
        const bool light = first == order::light || second == order::light;
        if (light && first != order::heavy && second != order::heavy) steps_.remove(a, b);
      }
    }
  }

  const graph& g_;
  std::vector<event_ref>& nodes_;
  bit_matrix& steps_;
  memory<Set>& m_;
  std::array<std::size_t, max_threads> first_event_{};
  node_index first_node_{};
  Set fences_;
  bool has_accesses_ = false;  ///< among the nodes
  bool has_light_ = false;
};

}  // namespace

void find_psc(const graph& g, psc_relation& psc) {
  if (g.sc_events().size() <= small_node_set::capacity) finder<small_node_set>(g, psc).find();
  else finder<large_node_set>(g, psc).find();
}

}  // namespace wyn::model
