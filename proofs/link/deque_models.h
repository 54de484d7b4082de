// The deque's models over the fence table, as the link to the proof replays them.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "models/deque/all_models.h"
#include "proofs/link/machine_terms.h"

namespace wyn::link {

struct linked_model {
  models::model_run check;
  number capacity;           ///< slots of the first buffer
  int words;                 ///< of an item
  std::uint64_t executions;  ///< the golden count, that of models/deque/deque_model_test.cc
};

/// Every model of models/deque/all_models.h, by name.
inline std::map<std::string, linked_model> deque_models() {
  struct shape {
    number capacity;
    int words;
    std::uint64_t executions;
  };
  static const std::map<std::string, shape> shapes = {
      {"bounded_full", {2, 1, 9}},      {"growth", {1, 1, 43}},
      {"growth_then_pop", {1, 1, 229}}, {"growth_two_thieves", {1, 1, 209}},
      {"last_item", {2, 1, 8}},         {"last_item_twice", {2, 1, 525}},
      {"multi_word", {1, 2, 6}},        {"pop_then_growth", {1, 1, 586}},
      {"publication", {2, 1, 2}},       {"publication_after_pop", {2, 1, 7}},
      {"three_items", {2, 1, 309}},     {"three_thieves", {4, 1, 18322}},
      {"two_items", {2, 1, 65}},        {"two_thieves", {2, 1, 258}},
      {"wrap_around", {1, 1, 10}},      {"wrap_around_pop", {1, 1, 1799}},
  };
  std::map<std::string, linked_model> result;
  for (auto& [name, run] : wyn::deque_models::all_models<deque_fence_orders>()) {
    const auto known = shapes.find(name);
    if (known == shapes.end()) continue;  // the link's test counts the models
    const shape& s = known->second;
    result[name] = {run, s.capacity, s.words, s.executions};
  }
  return result;
}

}  // namespace wyn::link
