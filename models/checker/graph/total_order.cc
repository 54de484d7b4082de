#include "models/checker/graph/total_order.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace wyn::model {

namespace {

bool is_heavy(const event& e) { return e.kind == event_kind::fence && e.mo == order::heavy; }

// Whether the event waits until its thread's stores have left the buffer.
bool drains(const event& e) {
  if (e.kind == event_kind::rmw || e.compared) return true;
  const bool may = e.kind == event_kind::store || e.kind == event_kind::fence;
  return may && (e.mo == order::seq_cst || is_heavy(e));
}

class machine {
 public:
  explicit machine(const graph& g) : g_(g) {
    list_reads();
    list_heavy_fences();
  }

  bool runs_to_the_end() {
    run_what_hinders_nothing();
    if (has_ended()) return true;
    if (heavy_fences_ == 0) return false;
    std::set<state> seen;
    return ends_from_here(seen);
  }

 private:
  // Events [drained, next) have been issued; the buffered stores among them are in the buffer.
  struct progress {
    int next = 0;
    int drained = 0;
    int to_come = 0;  ///< heavy fences of other threads that have not interrupted this one
    std::uint32_t pending = 0;  ///< the threads that its own heavy fence has still to interrupt
    bool in_heavy_fence = false;

    auto operator<=>(const progress&) const = default;
  };
  struct state {
    std::array<progress, max_threads> threads{};
    std::vector<std::uint32_t> last_done;  ///< by location: place of the newest write in memory
    std::vector<std::uint32_t> unread;     ///< by write: loads of it that are still to come

    auto operator<=>(const state&) const = default;
  };
  // Reused between calls: the check runs for every candidate graph.
  struct memory {
    std::vector<std::uint32_t> first_place;  ///< by location: its initial write in `unread`
    state now;
  };

  progress& at(int t) { return now_.threads[static_cast<std::size_t>(t)]; }
  std::uint32_t& unread(std::uint32_t location, std::uint32_t place) {
    return now_.unread[memory_.first_place[location] + place];
  }
  static bool is_buffered(const event& e) {
    return e.kind == event_kind::store && !drains(e);
  }
  static std::uint32_t bit(int t) { return std::uint32_t{1} << t; }

  // A read-modify-write is no reader that its own write waits for.
  void list_reads() {
    const std::uint32_t locations = g_.mo().locations();
    memory_.first_place.resize(locations);
    now_.last_done.assign(locations, 0);
    std::uint32_t sum = 0;
    for (std::uint32_t l = 0; l < locations; ++l) {
      memory_.first_place[l] = sum;
      sum += g_.mo().last(l) + 1;
    }
    now_.unread.assign(sum, 0);
    now_.threads.fill({});
    for (int t = 0; t < g_.threads(); ++t) {
      for (int i = 0; i < g_.size(t); ++i) {
        const event& e = g_.at(t, i);
        if (e.kind == event_kind::load) ++unread(e.location, g_.place_of(e.reads_from));
      }
    }
  }

  void list_heavy_fences() {
    for (const event_ref r : g_.sc_events()) {
      if (!is_heavy(g_.at(r))) continue;
      ++heavy_fences_;
      for (int t = 0; t < g_.threads(); ++t) at(t).to_come += t != thread_of(r);
    }
  }

  bool has_ended() {
    for (int t = 0; t < g_.threads(); ++t) {
      if (at(t).next != g_.size(t) || !is_empty(t)) return false;
    }
    return true;
  }

  void run_what_hinders_nothing() {
    for (bool moved = true; moved;) {
      moved = false;
      for (int t = 0; t < g_.threads(); ++t) {
        while (drain_one(t) || interrupt(t) || issue_one(t)) moved = true;
      }
    }
  }

  // Whether all events can take effect from here, where nothing but a store that stays in its
  // buffer can be issued.
  bool ends_from_here(std::set<state>& seen) {
    if (!seen.insert(now_).second) return false;
    for (int t = 0; t < g_.threads(); ++t) {
      if (!may_buffer(t)) continue;
      const state before = now_;
      ++at(t).next;
      run_what_hinders_nothing();
      if (has_ended() || ends_from_here(seen)) return true;
      now_ = before;
    }
    return false;
  }

  // A store is issued before it can leave the buffer for the sake of a load that passes it.
  bool may_buffer(int t) {
    const int next = at(t).next;
    if (next == g_.size(t) || !is_buffered(g_.at(t, next))) return false;
    for (int i = next + 1; i < g_.size(t) && !drains(g_.at(t, i)); ++i) {
      if (g_.at(t, i).kind == event_kind::load) return true;
    }
    return false;
  }

  bool is_empty(int t) {
    progress& p = at(t);
    while (p.drained < p.next && !is_buffered(g_.at(t, p.drained))) ++p.drained;
    return p.drained == p.next;
  }

  // mo and fr: the write before it is in memory, and nobody has still to read that.
  bool write(const event& e) {
    std::uint32_t& last = now_.last_done[e.location];
    if (last + 1 != e.position || unread(e.location, last) != 0) return false;
    ++last;
    return true;
  }

  // rf; a thread reads its own stores from the buffer.
  bool load(int t, const event& e) {
    const std::uint32_t place = g_.place_of(e.reads_from);
    const bool own = e.reads_from != initial_write && thread_of(e.reads_from) == t;
    if (!own && now_.last_done[e.location] < place) return false;
    --unread(e.location, place);
    return true;
  }

  bool drain_one(int t) {
    if (is_empty(t) || !write(g_.at(t, at(t).drained))) return false;
    ++at(t).drained;
    return true;
  }

  // By all heavy fences that have begun.
  bool interrupt(int t) {
    if (at(t).to_come == 0 || !is_empty(t)) return false;
    bool any = false;
    for (int by = 0; by < g_.threads(); ++by) {
      if ((at(by).pending & bit(t)) == 0) continue;
      at(by).pending &= ~bit(t);
      --at(t).to_come;
      any = true;
    }
    return any;
  }

  bool issue_one(int t) {
    progress& p = at(t);
    if (p.next == g_.size(t)) return false;
    const event& e = g_.at(t, p.next);
    if (drains(e) && !is_empty(t)) return false;
    if (is_heavy(e)) return heavy_fence(p, t);
    if (is_buffered(e)) return issue_to_buffer(p, t, e);
    if (e.kind == event_kind::load && !load(t, e)) return false;
    if (writes(e.kind) && !write(e)) return false;
    ++p.next;
    return true;
  }

  // Its beginning, or its end.
  bool heavy_fence(progress& p, int t) {
    if (!p.in_heavy_fence) {
      p.in_heavy_fence = true;
      p.pending = (bit(g_.threads()) - 1) & ~bit(t);
      return true;
    }
    if (p.pending != 0) return false;
    p.in_heavy_fence = false;
    ++p.next;
    return true;
  }

  // A store that stays in the buffer puts off the interrupts to come.
  bool issue_to_buffer(progress& p, int t, const event& e) {
    if (p.to_come != 0) {
      if (!is_empty(t) || !write(e)) return false;
      p.drained = p.next + 1;
    }
    ++p.next;
    return true;
  }

  const graph& g_;
  int heavy_fences_ = 0;
  memory& memory_ = memory_of_this_thread();
  state& now_ = memory_.now;

  static memory& memory_of_this_thread() {
    static thread_local memory m;
    return m;
  }
};

}  // namespace

// Without buffers the machine needs no more than this: what each thread does next, the newest write
// of each location, and how many loads of it are still to come.
bool is_interleaving(const graph& g) {
  static thread_local std::vector<std::uint32_t> place;   // by event: what it reads or writes
  static thread_local std::vector<std::uint32_t> unread;  // by place; no read-modify-write
  static thread_local std::vector<std::uint32_t> newest;  // by location: a place
  const modification_order& mo = g.mo();
  unread.assign(mo.places(), 0);
  newest.resize(mo.locations());
  for (std::uint32_t l = 0; l < mo.locations(); ++l) newest[l] = mo.number_of(l, 0);
  const auto events_of_all = static_cast<std::size_t>(g.total());
  if (place.size() < events_of_all) place.resize(events_of_all);
  std::array<int, max_threads> next{};
  std::array<const std::uint32_t*, max_threads> places_of;
  std::uint32_t* end = place.data();
  for (int t = 0; t < g.threads(); ++t) {
    places_of[static_cast<std::size_t>(t)] = end;
    const event* const events = g.events(t);
    for (int i = 0, size = g.size(t); i < size; ++i) {
      const event& e = events[i];
      const bool is_load = e.kind == event_kind::load;
      std::uint32_t p = 0;
      if (is_load) ++unread[p = mo.number_of(e.location, g.place_of(e.reads_from))];
      else if (writes(e.kind)) p = mo.number_of(e.location, e.position);
      *end++ = p;
    }
  }
  const auto may_come = [&](const event& e, std::uint32_t p) {
    if (e.kind == event_kind::load) {
      if (newest[e.location] != p) return false;
      --unread[p];
    } else if (writes(e.kind)) {
      if (newest[e.location] != p - 1 || unread[p - 1] != 0) return false;
      newest[e.location] = p;
    }
    return true;
  };
  bool ended = false;
  for (bool moved = true; moved && !ended;) {
    moved = false;
    ended = true;
    for (int t = 0; t < g.threads(); ++t) {
      int& i = next[static_cast<std::size_t>(t)];
      const event* const events = g.events(t);
      const std::uint32_t* const places = places_of[static_cast<std::size_t>(t)];
      const int size = g.size(t);
      const int before = i;
      while (i < size && may_come(events[i], places[i])) ++i;
      moved |= i != before;
      ended &= i == size;
    }
  }
  return ended;
}

bool has_total_order(const graph& g, buffering b) {
  // Buffers that are emptied at once do for an interleaving.
  return is_interleaving(g) || (b == buffering::stores && machine(g).runs_to_the_end());
}

}  // namespace wyn::model
