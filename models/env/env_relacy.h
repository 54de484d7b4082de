// The environment of Relacy (github.com/dvyukov/relacy), the second engine under the models.
//
// What differs from models/env/env_checker.h, and from C++20 (models/README.md says which models it
// concerns):
//  - Relacy walks at random or within a bound: its PASS is a sample, not a proof of the bound.
//  - A light fence and a heavy one are seq_cst fences: stronger than an asymmetric pair.
//  - Release sequences are those of C++11: later stores of the same thread continue one.
//  - A failed compare-exchange reads the newest value; a load sees one of the last three.
//  - A compare-exchange may not fail with a stronger order than it succeeds with: the order of
//    success is raised there.
//  - Nothing prunes an execution: there is no assume().
//
// Relacy defines malloc, free, assert and errno as macros. They are undone here, behind Relacy's
// own headers; the standard headers that it meets first are those it includes itself.
#pragma once

// Before Relacy: their inline code calls the real functions.
#include "core/base/env_default.h"

#include <relacy/relacy.hpp>

#undef malloc
#undef calloc
#undef realloc
#undef free
#undef assert
#undef errno

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/base/site.h"

namespace wyn {

struct env_relacy {
  template <class T>
  class atomic {
   public:
    atomic() : atomic(T{}) {}
    explicit atomic(T v) { value_.store(v, rl::mo_relaxed, place("initial value")); }
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    template <class Site>
    T load(Site) const {
      return value_.load(to_relacy(Site::success), place(Site::id));
    }
    template <class Site>
    void store(T v, Site) {
      value_.store(v, to_relacy(Site::success), place(Site::id));
    }
    template <class Site>
    T exchange(T v, Site) {
      return value_.exchange(v, to_relacy(Site::success), place(Site::id));
    }
    template <class Site>
    T fetch_add(T v, Site) {
      return value_.fetch_add(v, to_relacy(Site::success), place(Site::id));
    }
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) {
      return value_.compare_exchange(rl::bool_t<false>(), expected, desired,
                                     to_relacy(raised(Site::success, Site::failure)),
                                     to_relacy(Site::failure), place(Site::id));
    }

   private:
    friend struct env_relacy;
    mutable rl::atomic<T> value_;
  };

  template <class T>
  class plain {
   public:
    plain() : value_(T{}) {}
    explicit plain(T v) : value_(v) {}
    T read() const { return value_(place("plain read")).load(); }
    void write(T v) { value_(place("plain write")).store(v); }

   private:
    mutable rl::var<T> value_;
  };

  template <class Site>
  static void fence(Site) {
    if constexpr (Site::success != order::none) {
      rl::atomic_thread_fence(to_relacy(Site::success), place(Site::id));
    }
  }

  static void pause() { rl::yield(1, place("pause")); }

  static void wait_upper(const atomic<std::uint64_t>& word, std::uint32_t expected) {
    wait_for_upper(word, expected, false);
  }
  /// The same with a time limit, which may pass at any moment; false when it has.
  static bool wait_upper_for(const atomic<std::uint64_t>& word, std::uint32_t expected,
                             std::chrono::nanoseconds) {
    return wait_for_upper(word, expected, true) != rl::unpark_reason_timeout;
  }
  static void wake_upper(const atomic<std::uint64_t>& word, int count) {
    rl::context& c = rl::ctx();
    c.sched();
    word.value_.wake(c, count, place("futex wake"));
  }

  /// Relacy's blocks are aligned to 16 bytes. A larger alignment is cut out of a larger block,
  /// whose address stands in the word before.
  static void* allocate(std::size_t bytes, std::size_t alignment) {
    if (alignment <= rl::alignment) return rl::rl_malloc(bytes, place("allocate"));
    void* block = rl::rl_malloc(bytes + alignment, place("allocate"));
    auto address = reinterpret_cast<std::uintptr_t>(block) + sizeof(void*);
    address = (address + alignment - 1) & ~(alignment - 1);
    reinterpret_cast<void**>(address)[-1] = block;
    return reinterpret_cast<void*>(address);
  }
  static void deallocate(void* p, std::size_t, std::size_t alignment) {
    void* block = alignment <= rl::alignment ? p : static_cast<void**>(p)[-1];
    rl::rl_free(block, place("deallocate"));
  }

  /// What the explorer counts; nothing here.
  static void outcome(const char*, std::int64_t) {}

  /// An assertion of a model.
  static void check(bool ok, const char* what) {
    if (!ok) rl::ctx().fail_test(what, rl::test_result_user_assert_failed, place(what));
  }

 private:
  /// As the kernel: the comparison sees the newest value and is one step with falling asleep.
  static rl::unpark_reason wait_for_upper(const atomic<std::uint64_t>& word, std::uint32_t expected,
                                          bool is_timed) {
    rl::context& c = rl::ctx();
    c.sched();
    std::uint64_t newest;
    {
      // Of Relacy's operations only a read-modify-write is sure to meet the newest value.
      rl::preemption_disabler no_switch(c);
      newest = word.value_.fetch_add(0, rl::mo_relaxed, place("futex wait"));
    }
    if (static_cast<std::uint32_t>(newest >> 32) != expected) return rl::unpark_reason_normal;
    return word.value_.wait(c, is_timed, true, place("futex wait"));
  }

  static rl::debug_info place(const char* what) { return rl::debug_info(what, "wyn", 0); }

  static constexpr rl::memory_order to_relacy(order o) {
    switch (o) {
      case order::relaxed:
        return rl::mo_relaxed;
      case order::acquire:
        return rl::mo_acquire;
      case order::release:
        return rl::mo_release;
      case order::acq_rel:
        return rl::mo_acq_rel;
      default:
        return rl::mo_seq_cst;
    }
  }

  static constexpr order raised(order success, order failure) {
    if (failure == order::seq_cst) return order::seq_cst;
    if (failure != order::acquire) return success;
    if (success == order::relaxed) return order::acquire;
    return success == order::release ? order::acq_rel : success;
  }
};

}  // namespace wyn
