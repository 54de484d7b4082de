#include "bench/simulation/memory.h"

#include <algorithm>
#include <map>

namespace wyn::simulation {

// How many of `sharers` other than `processor` are in its group, elsewhere in its socket, and
// beyond.
memory::count_of_sharers memory::others(const processor_set& sharers, int processor) const {
  const auto among = [&](int first, int size) {
    std::size_t n = 0;
    for (int i = first; i < first + size && i < max_processors; ++i) {
      n += i != processor && sharers[static_cast<std::size_t>(i)];
    }
    return n;
  };
  const std::size_t all = sharers.count() - sharers[static_cast<std::size_t>(processor)];
  const std::size_t near = among(processor / machine_.cluster * machine_.cluster, machine_.cluster);
  if (near == all) return {near, 0, 0};
  const std::size_t here =
      machine_.socket == 0 ? all : among(first_of_socket(processor), machine_.socket);
  return {near, here < near ? 0 : here - near, here < near ? all - near : all - here};
}

double memory::read(int processor, const void* address, double now) {
  line& l = at(address);
  const auto self = static_cast<std::size_t>(processor);
  if (l.owner == processor || l.sharers[self]) return now + machine_.hit_ns;
  if (l.owner < 0 && l.sharers.none()) {  // nobody has touched it
    l.sharers[self] = true;
    return now + machine_.hit_ns;
  }
  const double begin = std::max(now, l.free_at);
  count(address, begin - now);
  if (l.owner >= 0) {
    l.free_at = begin + distance(l.owner, processor);
    l.sharers[static_cast<std::size_t>(l.owner)] = true;
    l.sharers[self] = true;
    l.owner = -1;
    return l.free_at;
  }
  const count_of_sharers has = others(l.sharers, processor);
  const double way = has.near > 0  ? machine_.near_ns
                     : has.far > 0 ? machine_.far_ns
                                   : machine_.remote_ns;
  l.sharers[self] = true;
  l.free_at = begin + machine_.serve_ns;
  return begin + way;
}

double memory::own(int processor, const void* address, double now) {
  line& l = at(address);
  double way = 0;  // nobody else has it
  if (l.owner >= 0 && l.owner != processor) {
    way = distance(l.owner, processor);
  } else if (const count_of_sharers has = others(l.sharers, processor); has.remote > 0) {
    way = machine_.remote_ns;
  } else if (has.far > 0) {
    way = machine_.far_ns;
  } else if (has.near > 0) {
    way = machine_.near_ns;
  }
  const double begin = std::max(now, l.free_at);
  if (way > 0) count(address, begin - now);
  l.owner = processor;
  l.sharers.reset();
  l.free_at = begin + way;
  return l.free_at;
}

void memory::count(const void* address, double waited) {
  const auto known = names_.find(address);
  const char* const name = known == names_.end() ? "other" : known->second;
  line_traffic& t = traffic_[name];
  ++t.moves;
  t.waited_ns += waited;
}

std::vector<line_traffic> memory::traffic() const {
  std::map<std::string, line_traffic> by_name;  // one literal may have several addresses
  for (const auto& [name, t] : traffic_) {
    line_traffic& sum = by_name[name];
    sum.name = name;
    sum.moves += t.moves;
    sum.waited_ns += t.waited_ns;
  }
  std::vector<line_traffic> all;
  for (auto& [name, t] : by_name) all.push_back(t);
  std::stable_sort(all.begin(), all.end(), [](const line_traffic& a, const line_traffic& b) {
    return a.waited_ns > b.waited_ns;
  });
  return all;
}

}  // namespace wyn::simulation
