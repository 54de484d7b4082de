// Exponential backoff for loops that lost a race.
#pragma once

#include <cstdint>

namespace wyn {

/// Tells the processor that this is a spin loop. Any thread; wait-free.
inline void cpu_pause() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#elif defined(__riscv)
  asm volatile(".insn i 0x0F, 0, x0, x0, 0x010" ::: "memory");
#endif
}

/// Pauses 1, 2, 4 ... `limit` times. Owned by one thread; never blocks, never calls the system.
class backoff {
 public:
  explicit backoff(std::uint32_t limit_pauses = 64) noexcept : limit_(limit_pauses) {}

  void pause() noexcept {
    for (std::uint32_t i = 0; i < pauses_; ++i) cpu_pause();
    // Half the limit, so that the doubling neither passes the limit nor overflows.
    pauses_ = pauses_ <= limit_ / 2 ? pauses_ * 2 : limit_;
  }
  void reset() noexcept { pauses_ = 1; }
  /// How many pauses the next pause() makes.
  std::uint32_t next_pauses() const noexcept { return pauses_; }

 private:
  std::uint32_t pauses_ = 1;
  std::uint32_t limit_;
};

}  // namespace wyn
