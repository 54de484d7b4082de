// An execution graph: the events of every thread in program order, where each read reads from, and
// the modification order of each location. Everything else (happens-before, eco, psc) follows from
// these and is computed when an event is added.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/checker/graph/event.h"
#include "models/checker/graph/modification_order.h"

namespace wyn::model {

class graph {
 public:
  explicit graph(int threads = 0) : threads_(threads) {}

  int threads() const { return threads_; }
  int size(int thread) const { return static_cast<int>(rows_[thread].events.size()); }
  /// Events of all threads.
  int total() const {
    int sum = 0;
    for (int t = 0; t < threads_; ++t) sum += size(t);
    return sum;
  }

  const event& at(int thread, int index) const {
    return rows_[thread].events[static_cast<std::size_t>(index)];
  }
  event& at(int thread, int index) {
    return rows_[thread].events[static_cast<std::size_t>(index)];
  }
  /// All events of a thread; good until one is added or removed.
  event* events(int thread) { return rows_[thread].events.data(); }
  const event* events(int thread) const { return rows_[thread].events.data(); }
  const event_views* views(int thread) const { return rows_[thread].views.data(); }
  const event& at(event_ref r) const { return at(thread_of(r), index_of(r)); }
  event& at(event_ref r) { return at(thread_of(r), index_of(r)); }

  /// False when no event of `thread` accesses `location`: nothing need be looked for there. The
  /// cost of an event then does not grow with the events of threads that are unrelated to it.
  bool may_access(int thread, std::uint32_t location) const {
    return (rows_[thread].accessed & bit_of(location)) != 0;
  }

  const event_views& views(int thread, int index) const {
    return rows_[thread].views[static_cast<std::size_t>(index)];
  }
  const event_views& views(event_ref r) const { return views(thread_of(r), index_of(r)); }

  /// What happens before the next event of `thread`.
  const view& current_hb(int thread) const {
    static constexpr view nothing{};
    return rows_[thread].views.empty() ? nothing : rows_[thread].views.back().hb;
  }

  const modification_order& mo() const { return mo_; }
  void ensure_locations(std::uint32_t n) { mo_.ensure_locations(n); }

  /// Place in modification order of the write that `r` names.
  std::uint32_t place_of(event_ref r) const { return r == initial_write ? 0 : at(r).position; }

  /// Whether the write after `place` is a read-modify-write that read from `place`: no other write
  /// may come between the two (atomicity).
  bool is_taken(std::uint32_t location, std::uint32_t place) const {
    if (place >= mo_.last(location)) return false;
    const event& next = at(mo_.at(location, place + 1));
    return next.kind == event_kind::rmw && next.reads_from == mo_.at(location, place);
  }

  std::uint32_t next_stamp() const { return next_stamp_; }
  void set_next_stamp(std::uint32_t s) { next_stamp_ = s; }

  /// Adds `e` at the end of `thread`, with its views computed (happens_before.h). A write is not
  /// yet in modification order.
  void append(int thread, const event& e, const event_views& v) {
    if (is_sc(e.mo)) sc_events_.push_back(make_ref(thread, size(thread)));
    if (accesses(e.kind)) rows_[thread].accessed |= bit_of(e.location);
    rows_[thread].events.push_back(e);
    rows_[thread].views.push_back(v);
  }

  /// Puts the write `w` at `place` of its location's modification order.
  void place_write(std::uint32_t place, event_ref w);

  /// Takes the write `w` out of modification order.
  void unplace_write(event_ref w);

  /// Whether `r` is a read-modify-write whose writing part has not been added yet.
  bool is_half(event_ref r) const { return at(r).kind == event_kind::rmw && at(r).position == 0; }

  /// Keeps the first keep[t] events of each thread t.
  void restrict_to(const std::array<int, max_threads>& keep);

  /// The events that are nodes of psc, in no particular order.
  const std::vector<event_ref>& sc_events() const { return sc_events_; }

  /// Whether po u rf u psc is acyclic (machine_run.h), as it was when that was last looked at. What
  /// is added maximally leads nowhere, so it stays true, or false.
  bool has_machine_run() const { return has_machine_run_; }
  void set_machine_run(bool has) { has_machine_run_ = has; }

  /// Copies `other`; memory that this graph already owns is reused.
  void assign(const graph& other);

 private:
  struct row {
    std::vector<event> events;
    std::vector<event_views> views;
    std::uint64_t accessed = 0;  ///< bit_of() each location accessed; some perhaps no more
  };
  static std::uint64_t bit_of(std::uint32_t location) {
    return std::uint64_t{1} << (location % 64);
  }

  int threads_;
  std::uint32_t next_stamp_ = 0;
  bool has_machine_run_ = true;
  std::array<row, max_threads> rows_;
  modification_order mo_;
  std::vector<event_ref> sc_events_;
};

}  // namespace wyn::model
