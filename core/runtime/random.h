// Random numbers for the choice of victims.
#pragma once

#include <cstdint>

namespace wyn {

/// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators", TOMS
/// 2016). Owned by one thread; not for secrets.
class random_stream {
 public:
  explicit random_stream(std::uint64_t seed) noexcept : state_(seed * 2 + 1) {}

  /// A number in [0, bound), bound >= 1; the bias is below 2^-32 for the bounds used here.
  std::uint32_t below(std::uint32_t bound) noexcept {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    const std::uint64_t high = (state_ * 0x2545F4914F6CDD1Du) >> 32;
    return static_cast<std::uint32_t>((high * bound) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace wyn
