// The production environment: std::atomic, plain memory, Linux futex.
//
// The only file of core/ that turns an ordering-table row into a std::memory_order. Everything is
// inline and the row is a type, so the object code is that of hand-written std::atomic code
// (tests/base/codegen_test compares the two).
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "core/base/asymmetric_fence.h"
#include "core/base/backoff.h"
#include "core/base/futex.h"
#include "core/base/site.h"
#include "core/base/zeroed_memory.h"

namespace wyn {

struct env_std {
  static constexpr std::memory_order to_std(order o) noexcept {
    switch (o) {
      case order::relaxed: return std::memory_order_relaxed;
      case order::acquire: return std::memory_order_acquire;
      case order::release: return std::memory_order_release;
      case order::acq_rel: return std::memory_order_acq_rel;
      default: return std::memory_order_seq_cst;
    }
  }

  /// gcc before 14 on RISC-V takes the fence before an lr/sc pair from the failure order, and not
  /// from the success order (GCC bug 104831), and gives seq_cst no more than acquire and release.
#if defined(__riscv) && defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 14
  static constexpr bool weak_compare_exchange = true;
#else
  static constexpr bool weak_compare_exchange = false;
#endif

  /// The failure order that a compare-exchange hands to the compiler. With release and relaxed the
  /// weak one has no fence at all: seq_cst as failure order brings it back.
  static constexpr std::memory_order failure_to_std(order success, order failure) noexcept {
    const bool fenced =
        success == order::release || success == order::acq_rel || success == order::seq_cst;
    return to_std(weak_compare_exchange && fenced ? order::seq_cst : failure);
  }

  /// An atomic object whose every access names a row.
  template <class T>
  class atomic {
    static_assert(
        std::is_trivially_copyable_v<T> && sizeof(T) <= 8,
        "Wyn's atomics are lock-free on every target: at most 8 bytes, trivially copyable");

   public:
    constexpr atomic() noexcept : value_(T{}) {}
    explicit constexpr atomic(T v) noexcept : value_(v) {}

    template <class Site>
    T load(Site) const noexcept { return value_.load(to_std(Site::success)); }
    template <class Site>
    void store(T v, Site) noexcept { value_.store(v, to_std(Site::success)); }
    template <class Site>
    T exchange(T v, Site) noexcept { return value_.exchange(v, to_std(Site::success)); }
    template <class Site>
    T fetch_add(T v, Site) noexcept { return value_.fetch_add(v, to_std(Site::success)); }
    /// Strong; on failure `expected` becomes the value found.
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) noexcept {
      // The read of the weak one could come before an earlier seq_cst compare-exchange.
      if constexpr (weak_compare_exchange && Site::success == order::seq_cst) full_fence();
      return value_.compare_exchange_strong(expected, desired, to_std(Site::success),
                                            failure_to_std(Site::success, Site::failure));
    }

    const std::atomic<T>& underlying() const noexcept { return value_; }

   private:
    std::atomic<T> value_;
  };

  /// Ordinary memory. The checker's twin reports a data race on it.
  template <class T>
  class plain {
   public:
    constexpr plain() noexcept : value_{} {}
    explicit constexpr plain(T v) noexcept : value_(v) {}
    T read() const noexcept { return value_; }
    void write(T v) noexcept { value_ = v; }

   private:
    T value_;
  };

  template <class Site>
  static void fence(Site) noexcept {
    if constexpr (Site::success == order::none) return;
    else if constexpr (Site::success == order::light) light_fence();
    else if constexpr (Site::success == order::heavy) heavy_fence();
    else if constexpr (Site::success == order::seq_cst) full_fence();
    else std::atomic_thread_fence(to_std(Site::success));
  }

  /// known_fence.h.
  static bool heavy_fences_exist() noexcept { return asymmetric_fences_available(); }
  template <class Site>
  static void fence_beside_heavy(Site) noexcept {
    static_assert(Site::success == order::light);
    compiler_fence();
  }

  static void pause() noexcept { cpu_pause(); }

  /// Blocks while the upper half of `word` equals `expected`. May return early without a cause.
  static void wait_upper(const atomic<std::uint64_t>& word, std::uint32_t expected) noexcept {
    futex_wait(upper_half(word), expected);
  }
  /// The same for no longer than `most`. False when that time has passed.
  static bool wait_upper_for(const atomic<std::uint64_t>& word, std::uint32_t expected,
                             std::chrono::nanoseconds most) noexcept {
    return futex_wait_for(upper_half(word), expected, most);
  }
  /// Wakes up to `count` threads blocked in wait_upper(word).
  static void wake_upper(const atomic<std::uint64_t>& word, int count) noexcept {
    futex_wake(upper_half(word), count);
  }

  /// Memory for a structure's own use; nullptr when there is none. `alignment` is a power of two.
  static void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
    return ::operator new(bytes, std::align_val_t{alignment}, std::nothrow);
  }
  /// The unsized form: clang 14 declares the sized one only under -fsized-deallocation.
  static void deallocate(void* p, std::size_t /*bytes*/, std::size_t alignment) noexcept {
    ::operator delete(p, std::align_val_t{alignment});
  }

  /// Zeroed memory, aligned to 16; nullptr when there is none. An array of atomic<integer> in it is
  /// ready for use with every element 0: on Wyn's targets an atomic is its value, and a page that
  /// nobody has touched costs nothing. An environment without these two constructs each element.
  static void* allocate_zeroed(std::size_t bytes) noexcept { return allocate_zeroed_memory(bytes); }
  static void deallocate_zeroed(void* p, std::size_t bytes) noexcept {
    free_zeroed_memory(p, bytes);
  }

 private:
  static const std::uint32_t* upper_half(const atomic<std::uint64_t>& word) noexcept {
    static_assert(sizeof(std::atomic<std::uint64_t>) == 8);
    const auto* halves = reinterpret_cast<const std::uint32_t*>(&word.underlying());
    return halves + (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 1 : 0);
  }
};

}  // namespace wyn
