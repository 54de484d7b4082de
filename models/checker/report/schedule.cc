#include "models/checker/report/schedule.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace wyn::model {

namespace {

// Where each thread stands: the number of items that are done.
using positions = std::array<int, max_threads>;

constexpr std::uint32_t unreachable = std::numeric_limits<std::uint32_t>::max();
// An anomaly weighs more than all switches together.
constexpr std::uint32_t weight_of_anomaly = 1u << 16;

class scheduler {
 public:
  scheduler(const graph& g, const std::vector<std::vector<schedule_item>>& items)
      : g_(g), items_(items), threads_(static_cast<int>(items.size())) {
    for (int t = 0; t < threads_; ++t) {
      auto& at = item_of_[static_cast<std::size_t>(t)];
      at.assign(static_cast<std::size_t>(g.size(t)), 0);
      for (std::size_t i = 0; i < row(t).size(); ++i) {
        if (row(t)[i].event >= 0) {
          at[static_cast<std::size_t>(row(t)[i].event)] = static_cast<int>(i);
        }
      }
    }
    list_reads();
  }

  schedule find(std::size_t max_states) {
    std::size_t states = 1;
    for (int t = 0; t < threads_ && states <= max_states; ++t) states *= row(t).size() + 1;
    schedule s;
    s.order = states <= max_states ? cheapest(states) : greedy();
    measure(s);
    return s;
  }

 private:
  struct reader {
    event_ref event;
    std::uint32_t place;  ///< of the write that it reads
  };

  const std::vector<schedule_item>& row(int t) const { return items_[static_cast<std::size_t>(t)]; }
  int size(int t) const { return static_cast<int>(row(t).size()); }

  void list_reads() {
    readers_.resize(g_.mo().locations());
    for (int t = 0; t < threads_; ++t) {
      for (int i = 0; i < g_.size(t); ++i) {
        const event& e = g_.at(t, i);
        if (reads(e.kind)) {
          readers_[e.location].push_back({make_ref(t, i), g_.place_of(e.reads_from)});
        }
      }
    }
  }

  bool done(const positions& at, event_ref r) const {
    if (r == initial_write) return true;
    const auto t = static_cast<std::size_t>(thread_of(r));
    return item_of_[t][static_cast<std::size_t>(index_of(r))] < at[t];
  }

  const event* event_at(const positions& at, int t) const {
    const int n = row(t)[static_cast<std::size_t>(at[static_cast<std::size_t>(t)])].event;
    return n < 0 ? nullptr : &g_.at(t, n);
  }

  bool possible(const positions& at, int t) const {
    if (at[static_cast<std::size_t>(t)] >= size(t)) return false;
    const event* e = event_at(at, t);
    return e == nullptr || !reads(e->kind) || done(at, e->reads_from);
  }

  // What is out of order when thread t's next step comes now: newer writes stand already.
  bool anomalous(const positions& at, int t) const {
    const event* e = event_at(at, t);
    if (e == nullptr || !accesses(e->kind)) return false;
    const std::uint32_t from = writes(e->kind) ? e->position : g_.place_of(e->reads_from);
    for (std::uint32_t p = from + 1; p <= g_.mo().last(e->location); ++p) {
      if (done(at, g_.mo().at(e->location, p))) return true;
    }
    return false;
  }

  // Whether thread t's next step, a write, would make a step that is still to come anomalous.
  bool spoils(const positions& at, int t) const {
    const event* e = event_at(at, t);
    if (e == nullptr || !writes(e->kind)) return false;
    if (e->position > 1 && !done(at, g_.mo().at(e->location, e->position - 1))) return true;
    for (const reader& r : readers_[e->location]) {
      if (r.place < e->position && &g_.at(r.event) != e && !done(at, r.event)) return true;
    }
    return false;
  }

  // States are numbers in a mixed radix, so that each step leads to a greater one. The cost of the
  // rest is computed from the end.
  std::vector<schedule::entry> cheapest(std::size_t states) {
    const auto threads = static_cast<std::size_t>(threads_);
    std::array<std::size_t, max_threads> radix{};
    std::size_t r = 1;
    for (std::size_t t = threads; t-- > 0;) {
      radix[t] = r;
      r *= items_[t].size() + 1;
    }
    std::vector<std::uint32_t> cost(states * threads, unreachable);
    std::vector<std::int8_t> choice(states * threads, -1);
    for (std::size_t state = states; state-- > 0;) {
      positions at{};
      for (std::size_t t = 0; t < threads; ++t) {
        at[t] = static_cast<int>(state / radix[t] % (items_[t].size() + 1));
      }
      for (std::size_t last = 0; last < threads; ++last) {
        std::uint32_t& best = cost[state * threads + last];
        if (state + 1 == states) best = 0;
        for (std::size_t n = 0; n < threads; ++n) {
          // Going on comes first, so that a switch is made only where it pays.
          const std::size_t t = n == 0 ? last : n - (n <= last ? 1 : 0);
          if (!possible(at, static_cast<int>(t))) continue;
          const std::uint32_t rest = cost[(state + radix[t]) * threads + t];
          if (rest == unreachable) continue;
          const std::uint32_t c =
              rest + (t == last || state == 0 ? 0u : 1u) +
              (anomalous(at, static_cast<int>(t)) ? weight_of_anomaly : 0u);
          if (c < best) {
            best = c;
            choice[state * threads + last] = static_cast<std::int8_t>(t);
          }
        }
      }
    }
    std::vector<schedule::entry> order;
    std::size_t last = 0;
    for (std::size_t state = 0; state + 1 < states;) {
      const std::int8_t t = choice[state * threads + last];
      if (t < 0) break;
      last = static_cast<std::size_t>(t);
      order.push_back({t, static_cast<int>(state / radix[last] % (items_[last].size() + 1))});
      state += radix[last];
    }
    return order;
  }

  std::vector<schedule::entry> greedy() const {
    std::vector<schedule::entry> order;
    positions at{};
    for (int last = 0;;) {
      int best = -1;
      int least = 0;
      for (int n = 0; n < threads_; ++n) {
        const int t = (last + n) % threads_;
        if (!possible(at, t)) continue;
        const int c = (anomalous(at, t) ? 1 : 0) + (spoils(at, t) ? 2 : 0);
        if (best < 0 || c < least) {
          best = t;
          least = c;
        }
      }
      if (best < 0) return order;
      order.push_back({best, at[static_cast<std::size_t>(best)]++});
      last = best;
    }
  }

  void measure(schedule& s) const {
    positions at{};
    for (std::size_t n = 0; n < s.order.size(); ++n) {
      const int t = s.order[n].thread;
      if (n > 0 && s.order[n - 1].thread != t) {
        ++s.switches;
        if (possible(at, s.order[n - 1].thread)) ++s.preemptions;
      }
      if (anomalous(at, t)) ++s.anomalies;
      ++at[static_cast<std::size_t>(t)];
    }
  }

  const graph& g_;
  const std::vector<std::vector<schedule_item>>& items_;
  int threads_;
  std::array<std::vector<int>, max_threads> item_of_;  ///< of each event
  std::vector<std::vector<reader>> readers_;           ///< by location
};

}  // namespace

schedule schedule_items(const graph& g, const std::vector<std::vector<schedule_item>>& items,
                        std::size_t max_states) {
  return scheduler(g, items).find(max_states);
}

}  // namespace wyn::model
