// Items of one, two and four words with a checksum, so that a torn item is seen.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace wyn::deque_tests {

/// `Words` words that carry one number; any two words of different items contradict each other.
template <std::size_t Words>
struct item {
  std::array<std::uint64_t, Words> words;

  static item of(std::uint64_t number) {
    item result{};
    for (std::size_t i = 0; i < Words; ++i) result.words[i] = mix(number, i);
    return result;
  }
  std::uint64_t number() const { return words[0]; }
  bool whole() const {
    for (std::size_t i = 0; i < Words; ++i) {
      if (words[i] != mix(words[0], i)) return false;
    }
    return true;
  }
  bool operator==(const item&) const = default;

 private:
  static std::uint64_t mix(std::uint64_t number, std::size_t word) {
    if (word == 0) return number;
    return (number + 1) * (0x9E3779B97F4A7C15u + 2 * word);
  }
};

using one_word = item<1>;
using two_words = item<2>;
using four_words = item<4>;

}  // namespace wyn::deque_tests
