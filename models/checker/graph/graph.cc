#include "models/checker/graph/graph.h"

#include <algorithm>

namespace wyn::model {

void graph::place_write(std::uint32_t place, event_ref w) {
  const std::uint32_t location = at(w).location;
  mo_.insert(location, place, w);
  for (std::uint32_t p = place; p <= mo_.last(location); ++p) at(mo_.at(location, p)).position = p;
}

void graph::unplace_write(event_ref w) {
  const std::uint32_t location = at(w).location;
  const std::uint32_t place = at(w).position;
  mo_.erase(location, place);
  at(w).position = 0;
  for (std::uint32_t p = place; p <= mo_.last(location); ++p) at(mo_.at(location, p)).position = p;
}

void graph::restrict_to(const std::array<int, max_threads>& keep) {
  const auto kept = [&](event_ref r) { return index_of(r) < keep[thread_of(r)]; };
  mo_.filter(kept);
  for (int t = 0; t < threads_; ++t) {
    const auto n = static_cast<std::size_t>(keep[t]);
    rows_[t].events.resize(n);
    rows_[t].views.resize(n);
  }
  for (std::uint32_t l = 0; l < mo_.locations(); ++l) {
    for (std::uint32_t p = 1; p <= mo_.last(l); ++p) at(mo_.at(l, p)).position = p;
  }
  sc_events_.erase(std::remove_if(sc_events_.begin(), sc_events_.end(),
                                  [&](event_ref r) { return !kept(r); }),
                   sc_events_.end());
}

void graph::assign(const graph& other) {
  threads_ = other.threads_;
  next_stamp_ = other.next_stamp_;
  has_machine_run_ = other.has_machine_run_;
  for (int t = 0; t < threads_; ++t) rows_[t] = other.rows_[t];
  mo_ = other.mo_;
  sc_events_ = other.sc_events_;
}

}  // namespace wyn::model
