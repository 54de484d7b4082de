#include "models/checker/trust/preemptions.h"

#include <algorithm>
#include <cstddef>

namespace wyn::model {

namespace {

bool is_lock(const operation& op) {
  return (op.kind == operation_kind::take || op.kind == operation_kind::take_share) && !op.tries;
}

bool is_await(const operation& op) {
  return op.kind == operation_kind::await || op.kind == operation_kind::await_upper ||
         op.kind == operation_kind::await_change;
}

}  // namespace

std::size_t preemption_counter::hash::operator()(const state& s) const {
  std::uint64_t h = static_cast<std::uint64_t>(s.last) + 1;
  for (const std::int16_t n : s.done) {
    h = (h ^ static_cast<std::uint64_t>(n)) * 0x9e3779b97f4a7c15u;
    h ^= h >> 31;
  }
  return h;
}

int preemption_counter::slack(const graph& g, int threads) const {
  int begun = 0;
  bool awaits = false;
  for (int t = 0; t < g.threads(); ++t) {
    if (g.size(t) > 0) ++begun;
    for (int i = 0; i < g.size(t) && !awaits; ++i) awaits = is_await(operation_of(make_ref(t, i)));
  }
  return std::max(0, std::min(threads - 2, begun - 1)) + (awaits && begun > 1 ? 1 : 0);
}

// Breadth first by preemptions, and within a number of them depth first. A turn goes on as far as
// it can, with one exception: who stops it in front of a write that others wait for lets them wait
// for free. Earlier stops gain nothing: what is done earlier hinders nobody.
int preemption_counter::count(const graph& g, int most) {
  g_ = &g;
  list_what_comes_before();
  seen_.clear();
  next_.assign(1, state{});
  for (int preemptions = 0; preemptions <= most; ++preemptions) {
    now_.swap(next_);
    next_.clear();
    while (!now_.empty()) {
      const state s = now_.back();
      now_.pop_back();
      if (has_ended(s)) return preemptions;
      if (!seen_.insert(s).second) continue;
      for (int t = 0; t < g.threads(); ++t) {
        if (t != s.last) take_turn(s, t);
      }
    }
  }
  return most + 1;
}

void preemption_counter::take_turn(state s, int t) {
  std::int16_t& done = s.done[static_cast<std::size_t>(t)];
  const int begin = done;
  s.last = static_cast<std::int16_t>(t);
  while (can_go_on(s, t)) {
    if (done > begin && is_awaited(make_ref(t, done))) stop(s, t);
    ++done;
  }
  if (done > begin) stop(s, t);
}

void preemption_counter::stop(const state& s, int t) {
  const bool free =
      s.done[static_cast<std::size_t>(t)] == g_->size(t) || is_kept_waiting_now(s, t);
  (free ? now_ : next_).push_back(s);
}

bool preemption_counter::has_ended(const state& s) const {
  for (int t = 0; t < g_->threads(); ++t) {
    if (s.done[static_cast<std::size_t>(t)] != g_->size(t)) return false;
  }
  return true;
}

bool preemption_counter::can_go_on(const state& s, int t) const {
  const int i = s.done[static_cast<std::size_t>(t)];
  if (i == g_->size(t)) return false;
  const std::size_t n = first_[static_cast<std::size_t>(t)] + static_cast<std::size_t>(i);
  for (std::uint32_t b = begin_[n]; b < begin_[n + 1]; ++b) {
    if (!is_done(s, before_[b])) return false;
  }
  return true;
}

bool preemption_counter::is_kept_waiting_now(const state& s, int t) const {
  const event_ref r = make_ref(t, s.done[static_cast<std::size_t>(t)]);
  const operation& op = operation_of(r);
  const event& e = g_->at(r);
  if (is_await(op)) return !is_done(s, e.reads_from) || (!e.gave_up && sleeps(op, e.value_read));
  if (!is_lock(op)) return false;
  if (sleeps(op, e.value_read)) return true;
  std::uint32_t place = g_->mo().last(e.location);
  while (!is_done(s, g_->mo().at(e.location, place))) --place;
  const event_ref newest = g_->mo().at(e.location, place);
  return is_kept_waiting(op, newest == initial_write ? objects_.initial_value(e.location)
                                                     : g_->at(newest).value_written);
}

bool preemption_counter::is_awaited(event_ref write) const {
  return std::binary_search(awaited_.begin(), awaited_.end(), write);
}

void preemption_counter::list_what_comes_before() {
  begin_.clear();
  before_.clear();
  awaited_.clear();
  if (interleaves_) {
    loads_.resize(std::max<std::size_t>(loads_.size(), g_->mo().places()));
    for (std::vector<event_ref>& l : loads_) l.clear();
  }
  for (int t = 0; t < g_->threads(); ++t) {
    for (int i = 0; i < g_->size(t); ++i) {
      const event& e = g_->at(t, i);
      if (!reads(e.kind)) continue;
      const operation& op = operation_of(make_ref(t, i));
      if (is_await(op) || is_lock(op)) awaited_.push_back(e.reads_from);
      if (interleaves_ && e.kind == event_kind::load) {
        loads_[g_->mo().number_of(e.location, g_->place_of(e.reads_from))].push_back(
            make_ref(t, i));
      }
    }
  }
  std::sort(awaited_.begin(), awaited_.end());
  for (int t = 0; t < g_->threads(); ++t) {
    first_[static_cast<std::size_t>(t)] = begin_.size();
    for (int i = 0; i < g_->size(t); ++i) {
      const event& e = g_->at(t, i);
      begin_.push_back(static_cast<std::uint32_t>(before_.size()));
      if (reads(e.kind)) before_.push_back(e.reads_from);
      if (!interleaves_ || !writes(e.kind)) continue;
      const std::uint32_t older = e.position - 1;
      before_.push_back(g_->mo().at(e.location, older));
      const std::vector<event_ref>& loads = loads_[g_->mo().number_of(e.location, older)];
      before_.insert(before_.end(), loads.begin(), loads.end());
    }
    begin_.push_back(static_cast<std::uint32_t>(before_.size()));
  }
}

}  // namespace wyn::model
