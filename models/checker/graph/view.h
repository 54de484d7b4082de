// A view: for each thread of a model, how many of its first events are known.
//
// Views stand for downward closed sets of events (everything that happens before an event, or its
// whole po-rf prefix), so that a set test is one comparison and a union is one maximum.
#pragma once

#include <cstdint>

namespace wyn::model {

/// Threads of a model, the main thread not counted.
inline constexpr int max_threads = 16;
/// A component of a view has 16 bits; this leaves room for the arithmetic on it.
inline constexpr int max_events_of_a_thread = 32000;

struct view {
  std::int16_t count[max_threads] = {};

  /// Whether event number `index` of `thread` belongs to the set.
  bool contains(int thread, int index) const { return count[thread] > index; }

  void join(const view& other) {
    for (int t = 0; t < max_threads; ++t) {
      if (other.count[t] > count[t]) count[t] = other.count[t];
    }
  }
};

}  // namespace wyn::model
