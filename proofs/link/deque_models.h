// The deque's models over either table, as the link to the proofs replays them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/deque/all_models.h"
#include "proofs/link/deque_replay.h"

namespace wyn::link {

struct linked_model {
  models::model_run check;
  number capacity;           ///< slots of the first buffer
  int words;                 ///< of an item
  std::uint64_t executions;  ///< the golden count, that of models/deque/deque_model_test.cc
};

/// A model's shape, and its golden counts over the table of fences and over the fence-free one.
struct deque_shape {
  std::string_view name;
  number capacity;
  int words;
  std::uint64_t fence;
  std::uint64_t seq_cst;
};
inline constexpr deque_shape deque_shapes[] = {
    {"bounded_full", 2, 1, 9, 9},
    {"growth", 1, 1, 43, 43},
    {"growth_then_pop", 1, 1, 229, 219},
    {"growth_two_thieves", 1, 1, 209, 209},
    {"last_item", 2, 1, 8, 8},
    {"last_item_twice", 2, 1, 525, 480},
    {"multi_word", 1, 2, 6, 6},
    {"pop_then_growth", 1, 1, 586, 586},
    {"publication", 2, 1, 2, 2},
    {"publication_after_pop", 2, 1, 7, 7},
    {"sized_steal", 2, 1, 13, 13},
    {"three_items", 2, 1, 309, 309},
    {"three_thieves", 4, 1, 18322, 17029},
    {"two_items", 2, 1, 65, 65},
    {"two_thieves", 2, 1, 258, 252},
    {"wrap_around", 1, 1, 10, 10},
    {"wrap_around_pop", 1, 1, 1799, 1635},
};

/// Every model of models/deque/all_models.h, by name, over a table with these counts.
template <class Orders>
std::map<std::string, linked_model> deque_models_of(std::uint64_t deque_shape::*executions) {
  std::map<std::string, linked_model> result;
  for (auto& [name, run] : deque_models::all_models<Orders>()) {
    for (const deque_shape& s : deque_shapes) {
      if (name == s.name) result[name] = {run, s.capacity, s.words, s.*executions};
    }  // the link's test counts the models
  }
  return result;
}

/// A table with its machine, what links the two, the models over it, and the orders in which their
/// executions are runs.
struct fence_link {
  using orders = deque_fence_orders;
  using machine = deque_fence::machine;
  using replay = deque_replay<machine>;
  static std::vector<step_row> steps() { return deque_fence_steps(); }
  static auto models() { return deque_models_of<orders>(&deque_shape::fence); }
  static std::vector<model::trace_order> trace_orders() {
    return {model::trace_order::machine_lowest_first, model::trace_order::machine_highest_first};
  }
};

struct seq_cst_link {
  using orders = deque_seq_cst_orders;
  using machine = deque_seq_cst::machine;
  using replay = deque_replay<machine>;
  static std::vector<step_row> steps() { return deque_seq_cst_steps(); }
  static auto models() { return deque_models_of<orders>(&deque_shape::seq_cst); }
  static std::vector<model::trace_order> trace_orders() {
    return {model::trace_order::machine_lowest_first, model::trace_order::machine_highest_first,
            model::trace_order::causal_lowest_first, model::trace_order::causal_highest_first};
  }
};

}  // namespace wyn::link
