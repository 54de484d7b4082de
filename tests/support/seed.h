// The seed of a randomised test: printed, and taken from WYN_SEED to repeat a run.
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

namespace wyn::tests {

/// The number in `text`, decimal or as in C. Anything else ends the process with a message: a run
/// by another seed than was asked for would repeat nothing.
inline std::uint64_t seed_in(const char* text) {
  char* end = nullptr;
  errno = 0;
  const std::uint64_t seed = std::strtoull(text, &end, 0);
  if (errno != 0 || end == text || *end != '\0' || std::strchr(text, '-') != nullptr) {
    std::fprintf(stderr, "WYN_SEED=%s: this is no number from 0 to 2^64 - 1\n", text);
    std::exit(2);
  }
  return seed;
}

inline std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("WYN_SEED");
  const std::uint64_t seed = given != nullptr ? seed_in(given) : std::random_device{}();
  std::printf("seed %llu (WYN_SEED=%llu repeats the run)\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(seed));
  return seed;
}

}  // namespace wyn::tests
