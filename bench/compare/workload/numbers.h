// The numbers that the workloads compute with, the same in every language.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wyn::bench::compare {

/// The generator SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) as a hash of its state.
inline std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

/// Depends on each element and on its place.
template <class T>
std::uint64_t checksum(const T* data, std::size_t n) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(data[i]) * (2 * i + 1);
  return sum;
}

/// `steps` steps that depend on each other: a task of a given length. The shift keeps compilers
/// from merging several steps into one.
inline std::uint64_t chain(std::uint64_t x, std::size_t steps) {
  for (std::size_t i = 0; i < steps; ++i)
    x = (x ^ (x >> 31)) * 6364136223846793005 + 1442695040888963407;
  return x;
}

}  // namespace wyn::bench::compare
