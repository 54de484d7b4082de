// How a range of indices is cut into pieces: for loops, sums and scans alike.
#pragma once

#include <cstddef>

namespace wyn::detail {

/// The indices 0 to `n` - 1 in pieces of `grain`, the last one perhaps shorter. `grain` is not 0,
/// and may be as large as it likes.
struct pieces_of {
  std::size_t n, grain;

  constexpr std::size_t count() const noexcept { return n == 0 ? 0 : (n - 1) / grain + 1; }
  constexpr std::size_t begin(std::size_t piece) const noexcept { return piece * grain; }
  constexpr std::size_t end(std::size_t piece) const noexcept {
    const std::size_t from = begin(piece);
    return n - from > grain ? from + grain : n;
  }
};

}  // namespace wyn::detail
