// One batch of a benchmark that starts programs: who is asked when, and how.
#pragma once

#include <algorithm>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace wyn::bench {

/// f(cell) for each cell of each of `groups`: those of a group one after the other, both in an
/// order that `random` makes.
template <class Group, class Random, class F>
void for_each_shuffled(std::vector<Group>& groups, Random& random, const F& f) {
  std::vector<Group*> order;
  for (Group& g : groups) order.push_back(&g);
  std::shuffle(order.begin(), order.end(), random);
  for (Group* g : order) {
    std::vector<typename Group::value_type*> cells;
    for (auto& c : *g) cells.push_back(&c);
    std::shuffle(cells.begin(), cells.end(), random);
    for (auto* c : cells) f(*c);
  }
}

/// Runs a program and hands what it says to `use`. Empty, or why nothing came of it: how the
/// program ended, that it said something else than JSON, or what `use` threw.
std::string ask_program(const std::vector<std::string>& command, double timeout_seconds,
                        const std::function<void(const nlohmann::json&)>& use);

}  // namespace wyn::bench
