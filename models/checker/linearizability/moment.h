// A point of an execution that is no event: where an operation of a history is called or returns.
#pragma once

#include "models/checker/graph/view.h"

namespace wyn::model {

/// A point between two events of a thread of the model, or in before() or after().
struct moment {
  static constexpr int before_threads = -1;
  static constexpr int after_threads = max_threads;

  int thread = before_threads;
  int index = 0;  ///< events of the thread before the point
  view hb;        ///< events that happen before the point; nothing outside the threads

  bool in_thread() const { return thread >= 0 && thread < max_threads; }
};

/// Whether `first` happens before `second`, a point of another thread. It does not follow from an
/// event of the first thread that happens before `second`: an event after `first` must.
inline bool happens_before(const moment& first, const moment& second) {
  if (!first.in_thread() || !second.in_thread()) return first.thread < second.thread;
  return second.hb.contains(first.thread, first.index);
}

}  // namespace wyn::model
