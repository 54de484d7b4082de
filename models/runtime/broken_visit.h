// Freeing outgrown buffers with one step left out or changed: what the models must see through.
#pragma once

#include "models/runtime/outgrown.h"

namespace wyn::runtime_models {

/// The thief does not raise its mark.
struct visits_unseen : shipped_visit {
  template <class Mark, class Take>
  static auto visit(Mark&, const Take& take) {
    return take();
  }
};

/// The thief lowers its mark before it is done.
struct leaves_too_soon : shipped_visit {
  template <class Mark, class Take>
  static auto visit(Mark& mark, const Take& take) {
    mark.enter();
    mark.leave();
    return take();
  }
};

/// The owner does not look.
struct frees_at_once : shipped_visit {
  template <class Mark, class List, class Queue>
  static void push(const List&, Queue& queue, std::uint64_t item) {
    queue.push(item);
    queue.free_outgrown();
  }
};

/// The owner looks at the marks before it grows.
struct looks_before_it_grows : shipped_visit {
  template <class Mark, class List, class Queue>
  static void push(const List& list, Queue& queue, std::uint64_t item) {
    Mark::published();
    const bool visited = anybody_visits(list);
    queue.push(item);
    if (!visited) queue.free_outgrown();
  }
};

}  // namespace wyn::runtime_models
