// The seed of a randomised test: printed, and taken from WYN_SEED to repeat a run.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace wyn::tests {

inline std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("WYN_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 0) : std::random_device{}();
  std::printf("seed %llu (WYN_SEED=%llu repeats the run)\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace wyn::tests
