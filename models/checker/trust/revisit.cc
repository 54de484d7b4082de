// Backward revisits of TruSt: a new write may be read by reads that are already in the graph.
//
// To let read r read from the new write w, the events that were added after r and on which w does
// not depend are removed. The same smaller graph can be reached from many larger ones; it is built
// from exactly one of them, the one in which all removed events had been added maximally, that is
// as they would be added without w (POPL'22, section 3.3). This makes the exploration optimal
// without any memory of what was explored.
#include <array>
#include <utility>

#include "models/checker/graph/coherence.h"
#include "models/checker/trust/extension.h"

namespace wyn::model {

namespace {

// One candidate revisit. The two parts of a read-modify-write are treated as the two events that
// they are in the paper.
class removal {
 public:
  removal(const graph& g, event_ref write, event_ref read)
      : g_(g),
        write_(write),
        prefix_(g.views(write).prefix),
        first_stamp_(g.at(read).stamp) {}

  /// Whether everything that is removed was added maximally.
  bool is_canonical(event_ref read) const {
    if (!added_maximally(read)) return false;
    for (int t = 0; t < g_.threads(); ++t) {
      const event* const events = g_.events(t);
      const int size = g_.size(t);
      // The prefix is closed under program order and reads-from: what is in it is kept, and so is
      // what it reads from.
      for (int i = prefix_.count[t]; i < size; ++i) {
        const event& e = events[i];
        if (reads(e.kind) && reads_younger_write(e)) return false;
        // A writing part is never older than its read.
        if (e.write_stamp >= first_stamp_ && !added_maximally(make_ref(t, i))) return false;
      }
    }
    return true;
  }

  /// Makes `g`, a copy of the graph, the smaller one.
  void apply(graph& g) const {
    std::array<int, max_threads> keep{};
    for (int t = 0; t < g_.threads(); ++t) {
      int n = prefix_.count[t];
      while (n < g_.size(t) && g_.at(t, n).stamp < first_stamp_) ++n;
      keep[static_cast<std::size_t>(t)] = n;
    }
    g.restrict_to(keep);
    for (int t = 0; t < g.threads(); ++t) {
      if (g.size(t) == 0) continue;
      const event_ref last = make_ref(t, g.size(t) - 1);
      if (g.at(last).kind == event_kind::rmw && write_is_removed(last)) g.unplace_write(last);
    }
  }

 private:
  bool read_is_removed(event_ref r) const {
    return !contains(prefix_, r) && g_.at(r).stamp >= first_stamp_;
  }
  bool write_is_removed(event_ref r) const {
    return !contains(prefix_, r) && g_.at(r).position != 0 &&
           g_.at(r).write_stamp >= first_stamp_;
  }

  // A read that was revisited reads from a write that is younger than itself. Such a write, seen
  // from the moment at which it was added, was read already: it was not added maximally.
  bool reads_younger_write(const event& e) const {
    if (e.reads_from == initial_write || !write_is_removed(e.reads_from)) return false;
    return e.stamp <= g_.at(e.reads_from).write_stamp;
  }

  // Whether the write x was there at `stamp`, or is kept because the new write depends on it.
  bool earlier(event_ref x, std::uint32_t stamp) const {
    if (x == initial_write) return true;
    if (x == write_) return false;
    return contains(prefix_, x) || g_.at(x).write_stamp <= stamp;
  }

  bool none_earlier_after(std::uint32_t place, event_ref self, std::uint32_t stamp) const {
    const std::uint32_t location = g_.at(self).location;
    for (std::uint32_t p = place + 1; p <= g_.mo().last(location); ++p) {
      const event_ref x = g_.mo().at(location, p);
      if (x != self && earlier(x, stamp)) return false;
    }
    return true;
  }

  // True also for what is not removed.
  bool added_maximally(event_ref self) const {
    const event& e = g_.at(self);
    if (writes(e.kind) && write_is_removed(self) &&
        !none_earlier_after(e.position, self, e.write_stamp)) {
      return false;
    }
    if (!read_is_removed(self)) return true;
    if (e.kind == event_kind::choice) return e.value_read == 0;
    if (e.gave_up) return false;
    if (!reads(e.kind)) return true;
    return earlier(e.reads_from, e.stamp) &&
           none_earlier_after(g_.place_of(e.reads_from), self, e.stamp);
  }

  const graph& g_;
  event_ref write_;
  const view& prefix_;
  std::uint32_t first_stamp_;
};

}  // namespace

void extension::push_revisits(const graph& g, event_ref write) {
  const std::uint32_t location = g.at(write).location;
  const view& prefix = g.views(write).prefix;
  for (int t = 0; t < g.threads(); ++t) {
    if (!g.may_access(t, location)) continue;
    // The prefix is closed under program order: what it holds of t comes first.
    for (int i = prefix.count[t]; i < g.size(t); ++i) {
      const event& e = g.at(t, i);
      if (reads(e.kind) && e.location == location) push_revisit(g, write, make_ref(t, i));
    }
  }
}

void extension::push_revisit(const graph& g, event_ref write, event_ref read) {
  const removal r(g, write, read);
  if (!r.is_canonical(read)) return;

  work_list::item kept = work_.copy_of(g);
  r.apply(*kept);
  const event& w = g.at(write);
  const std::uint32_t location = w.location;
  const int reader = thread_of(read);

  // Where the write may stand: after what it knows, and after what the reader knows.
  std::uint32_t first;
  std::uint32_t last;
  if (w.kind == event_kind::rmw) {
    first = last = kept->place_of(w.reads_from) + 1;
  } else {
    view before = g.views(write).hb;
    before.count[thread_of(write)] = static_cast<std::int16_t>(index_of(write));
    first = earliest_readable(*kept, before, location) + 1;
    last = kept->mo().last(location) + 1;
  }
  const std::uint32_t known =
      earliest_readable(*kept, kept->current_hb(reader), location) + 1;
  if (known > first) first = known;

  const operation& op =
      operations_[static_cast<std::size_t>(reader)][static_cast<std::size_t>(index_of(read))];
  const auto push = [&](std::uint32_t place, event e) {
    work_list::item other = work_.copy_of(*kept);
    other->place_write(place, write);
    e.stamp = e.write_stamp = g.at(read).stamp;
    e.plain_before = g.at(read).plain_before;
    const event_views v = views_with_twins(*other, reader, e);
    other->append(reader, e, v);
    if (is_canonical(*other, reader) && is_canonical(*other, thread_of(write))) {
      settle(std::move(other));
    } else {
      work_.drop(std::move(other));
    }
  };
  const std::uint64_t value = w.value_written;
  for (std::uint32_t place = first; place <= last; ++place) {
    if (kept->is_taken(location, place - 1)) continue;
    // What gives up here comes after what is read: a choice that is made anew.
    if (may_give_up(op, value)) push(place, giving_up_event(op, write, value));
    if (place < last && wakes_by_value(op) && sleeps(op, value)) continue;
    push(place, read_event(op, write, value));
  }
  work_.drop(std::move(kept));
}

}  // namespace wyn::model
