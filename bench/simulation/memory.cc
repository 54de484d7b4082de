#include "bench/simulation/memory.h"

#include <algorithm>
#include <map>

namespace wyn::simulation {

// Whether one of `sharers` other than `processor` is in its group.
bool memory::near_has(const processor_set& sharers, int processor) const {
  const int first = processor / machine_.cluster * machine_.cluster;
  for (int i = first; i < first + machine_.cluster && i < max_processors; ++i) {
    if (i != processor && sharers[static_cast<std::size_t>(i)]) return true;
  }
  return false;
}

bool memory::far_has(const processor_set& sharers, int processor) const {
  std::size_t near = 0;
  const int first = processor / machine_.cluster * machine_.cluster;
  for (int i = first; i < first + machine_.cluster && i < max_processors; ++i) {
    near += sharers[static_cast<std::size_t>(i)];
  }
  return sharers.count() > near;
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
  const double way = near_has(l.sharers, processor) ? machine_.near_ns : machine_.far_ns;
  l.sharers[self] = true;
  l.free_at = begin + machine_.serve_ns;
  return begin + way;
}

double memory::own(int processor, const void* address, double now) {
  line& l = at(address);
  double way = 0;  // nobody else has it
  if (l.owner >= 0 && l.owner != processor) {
    way = distance(l.owner, processor);
  } else if (far_has(l.sharers, processor)) {
    way = machine_.far_ns;
  } else if (near_has(l.sharers, processor)) {
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
