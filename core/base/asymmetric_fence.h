// Asymmetric fences: the frequent side pays nothing, the rare side pays for both (P1202R5; Linux
// membarrier(2), PRIVATE_EXPEDITED).
//
// The mode is fixed while the library is loaded, before main (asymmetric_fence.cc). Where the
// kernel refuses membarrier (too old, or a seccomp filter), or WYN_NO_MEMBARRIER is set in the
// environment, to whatever value, both halves are seq_cst fences: slower, and as strong. Half of
// the one and half of the other would be wrong, so no caller chooses.
#pragma once

#include <atomic>

namespace wyn {

/// The instruction of a seq_cst fence. On x86 a locked read-modify-write of the stack, which orders
/// as mfence does for write-back memory and takes a third of the time. Written out on every target,
/// since ThreadSanitizer drops std::atomic_thread_fence (env_tsan.h).
inline void full_fence() noexcept {
#if defined(__x86_64__)
  asm volatile("lock orl $0, -8(%%rsp)" ::: "memory", "cc");
#elif defined(__aarch64__)
  asm volatile("dmb ish" ::: "memory");
#elif defined(__riscv)
  asm volatile("fence rw, rw" ::: "memory");
#else
  std::atomic_thread_fence(std::memory_order_seq_cst);
#endif
}

namespace detail {
/// True when heavy_fence() interrupts the other threads, so that a light one needs no instruction.
extern const bool membarrier_registered;
/// The system call; one serves all threads that want it before it begins (heavy_fence_group.h).
/// Kept apart so that the inline code holds no system call.
void membarrier_or_abort() noexcept;
}  // namespace detail

/// Whether this process runs with asymmetric fences or with the symmetric replacement.
inline bool asymmetric_fences_available() noexcept { return detail::membarrier_registered; }

/// Keeps the compiler from moving accesses to memory across it. No instruction.
inline void compiler_fence() noexcept { asm volatile("" ::: "memory"); }

/// The cheap half. Any thread; wait-free; no instruction where membarrier is available.
inline void light_fence() noexcept {
  if (__builtin_expect(detail::membarrier_registered, 1)) {
    compiler_fence();
  } else {
    full_fence();
  }
}

/// The expensive half: a system call, 0.5 to 20 microseconds, or the wait for another thread's that
/// serves both. Any thread; does not block on locks.
inline void heavy_fence() noexcept {
  full_fence();
  if (detail::membarrier_registered) detail::membarrier_or_abort();
  full_fence();
}

}  // namespace wyn
