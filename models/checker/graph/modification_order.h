// The modification order of every location: a total order of its writes, the initial write first.
//
// All orders lie in one array, so that a graph is copied with few block copies. Place 0 is the
// initial write and is not stored; place p >= 1 of location l is writes_[begin_[l] + p - 1].
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/checker/graph/event.h"

namespace wyn::model {

class modification_order {
 public:
  /// Makes room for locations [0, n). Locations are never removed.
  void ensure_locations(std::uint32_t n) {
    if (begin_.size() < n + std::size_t{1}) {
      begin_.resize(n + std::size_t{1}, static_cast<std::uint32_t>(writes_.size()));
    }
  }
  std::uint32_t locations() const { return static_cast<std::uint32_t>(begin_.size()) - 1; }

  /// Place of the last write of `location`; 0 when there is only the initial one.
  std::uint32_t last(std::uint32_t location) const {
    return begin_[location + 1] - begin_[location];
  }
  event_ref at(std::uint32_t location, std::uint32_t place) const {
    return place == 0 ? initial_write : writes_[begin_[location] + place - 1];
  }

  /// Places of all locations, the initial ones included, have numbers from 0 to places() - 1; those
  /// of one location stand together, in order.
  std::uint32_t places() const { return static_cast<std::uint32_t>(writes_.size()) + locations(); }
  std::uint32_t number_of(std::uint32_t location, std::uint32_t place) const {
    return begin_[location] + location + place;
  }

  /// Puts `w` at `place` >= 1; the writes from there on move up by one.
  void insert(std::uint32_t location, std::uint32_t place, event_ref w) {
    writes_.insert(writes_.begin() + (begin_[location] + place - 1), w);
    for (std::size_t l = location + 1; l < begin_.size(); ++l) ++begin_[l];
  }

  /// Takes out the write at `place` >= 1.
  void erase(std::uint32_t location, std::uint32_t place) {
    writes_.erase(writes_.begin() + (begin_[location] + place - 1));
    for (std::size_t l = location + 1; l < begin_.size(); ++l) --begin_[l];
  }

  /// Drops every write for which `keep` is false.
  template <class Keep>
  void filter(Keep keep) {
    std::uint32_t out = 0;
    std::uint32_t from = 0;
    for (std::size_t l = 0; l + 1 < begin_.size(); ++l) {
      const std::uint32_t end = begin_[l + 1];
      for (; from < end; ++from) {
        if (keep(writes_[from])) writes_[out++] = writes_[from];
      }
      begin_[l + 1] = out;
    }
    writes_.resize(out);
  }

 private:
  std::vector<std::uint32_t> begin_ = {0};
  std::vector<event_ref> writes_;
};

}  // namespace wyn::model
