// Cache lines: where each one is, and what it costs to have it here.
//
// A line is either owned by one processor, who may write it, or shared by several, who may read it.
// It moves to one taker at a time, so a line that many want has a queue: this is what saturates.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/simulation/machine.h"

namespace wyn::simulation {

inline constexpr int max_processors = 1024;

/// How often the lines of the objects of one name had to move, and how long it took.
struct line_traffic {
  std::string name;
  std::uint64_t moves = 0;
  double waited_ns = 0;  ///< for others who took the line first
};

class memory {
 public:
  explicit memory(const machine& m) : machine_(m) {}

  /// When a load that begins at `now` has its value.
  double read(int processor, const void* address, double now);
  /// When a write that begins at `now` owns its line.
  double own(int processor, const void* address, double now);

  /// Calls the object at `address` by `name`, for traffic().
  void name(const void* address, const char* name) { names_[address] = name; }
  /// By name, the most waited for first.
  std::vector<line_traffic> traffic() const;

 private:
  using processor_set = std::bitset<max_processors>;
  struct line {
    int owner = -1;         // may write; nobody else has it then
    processor_set sharers;  // may read
    double free_at = 0;
  };

  line& at(const void* address) {
    return lines_[reinterpret_cast<std::uintptr_t>(address) / line_bytes];
  }
  double distance(int from, int to) const {
    if (from / machine_.cluster == to / machine_.cluster) return machine_.near_ns;
    return first_of_socket(from) == first_of_socket(to) ? machine_.far_ns : machine_.remote_ns;
  }
  int first_of_socket(int processor) const {
    return machine_.socket == 0 ? 0 : processor / machine_.socket * machine_.socket;
  }
  struct count_of_sharers {
    std::size_t near, far, remote;
  };
  count_of_sharers others(const processor_set& sharers, int processor) const;
  void count(const void* address, double waited);

  static constexpr std::uintptr_t line_bytes = 64;

  machine machine_;
  std::unordered_map<std::uintptr_t, line> lines_;
  std::unordered_map<const void*, const char*> names_;
  std::unordered_map<const char*, line_traffic> traffic_;
};

}  // namespace wyn::simulation
