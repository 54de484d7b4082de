// C += A * B by quadrants: eight products of half the size, in two rounds of four at once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wyn::bench::compare {

/// `n` is a power of two times the base; `width` is the length of a row of the whole.
struct product {
  double* c;
  const double* a;
  const double* b;
  std::size_t n, width;

  // Unrolled, as the compiler of the Rust peers does unasked: where other work shares a core, the
  // number of instructions counts.
  void here() const {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) {
        const double factor = a[i * width + k];
#pragma GCC unroll 2
        for (std::size_t j = 0; j < n; ++j) c[i * width + j] += factor * b[k * width + j];
      }
    }
  }

  /// Quadrant `q` of the result (bit 1: lower, bit 0: right), from the `round`-th half of the inner
  /// dimension.
  product quadrant(std::size_t q, std::size_t round) const {
    const std::size_t half = n / 2, row = (q >> 1) * half, column = (q & 1) * half;
    return {c + row * width + column, a + row * width + round * half,
            b + round * half * width + column, half, width};
  }
};

template <class System>
void multiply(System& s, const product& p, std::size_t base) {
  if (p.n <= base) return p.here();
  for (std::size_t round = 0; round < 2; ++round) {
    s.sum(4, [&](std::size_t q) {
      multiply(s, p.quadrant(q, round), base);
      return std::uint64_t{0};
    });
  }
}

}  // namespace wyn::bench::compare
