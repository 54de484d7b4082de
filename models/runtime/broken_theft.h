// Leapfrogging with one step left out or changed: what the models must see through.
#pragma once

#include "models/runtime/leapfrog.h"

namespace wyn::runtime_models {

/// Does not ask what it takes.
struct steals_anything : shipped_theft {
  template <class Mark, class IsPart, class Steal>
  static bool steal_back(const Mark& mark, const IsPart&, const Steal& steal) {
    return wyn::steal_back(mark, [](std::uint64_t) { return true; }, steal);
  }
};

/// Steals from whoever the mark named a moment ago.
struct steals_unlooked : shipped_theft {
  template <class Mark, class IsPart, class Steal>
  static bool steal_back(const Mark& mark, const IsPart& is_part, const Steal& steal) {
    auto* const thief = mark.thief();
    return thief != nullptr && steal(*thief, is_part);
  }
};

/// Looks once more before it reads the item.
struct looks_too_soon : shipped_theft {
  template <class Mark, class IsPart, class Steal>
  static bool steal_back(const Mark& mark, const IsPart& is_part, const Steal& steal) {
    auto* const thief = mark.thief();
    return thief != nullptr && mark.names(*thief) && steal(*thief, is_part);
  }
};

/// Raises the mark over what lies in its deque.
struct raises_over_others : shipped_theft {
  template <class Thief, class Mark, class Task>
  static void run_marked(Thief& self, Mark& mark, const Task& task) {
    mark.raise(self);
    task();
    mark.lower(self);
  }
};

/// Runs tasks of others under a mark that stands.
struct stays_marked : shipped_theft {
  template <class Thief>
  static void lower_all(Thief&) {}
};

/// Never lowers.
struct never_lowers : shipped_theft {
  template <class Thief, class Mark, class Task>
  static void run_marked(Thief& self, Mark& mark, const Task& task) {
    mark.raise(self);
    task();
  }
};

}  // namespace wyn::runtime_models
