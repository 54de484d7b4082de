// The bytes of one fuzz input as a sequence of small decisions. At the end of the input every
// decision is 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace wyn::fuzz {

class input {
 public:
  input(const std::uint8_t* data, std::size_t size) noexcept : next_(data), end_(data + size) {}

  bool empty() const noexcept { return next_ == end_; }
  std::uint8_t byte() noexcept { return empty() ? 0 : *next_++; }
  /// 0 to `n` - 1.
  unsigned below(unsigned n) noexcept { return byte() % n; }

 private:
  const std::uint8_t* next_;
  const std::uint8_t* end_;
};

[[noreturn]] inline void disagree(const char* what, const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: the model disagrees, this does not hold: %s\n", file, line, what);
  std::abort();
}

}  // namespace wyn::fuzz

/// Ends the process, which is how a fuzz target fails.
#define FUZZ_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::wyn::fuzz::disagree(#condition, __FILE__, __LINE__))
