// The environment of the simulation: the shipped templates run over it unchanged, and each access
// takes its simulated time.
//
// Values are sequentially consistent: what a weaker order allows beyond that is the checker's
// business. A store takes effect at once and its line moves meanwhile; fences wait for that.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

#include "bench/simulation/world.h"
#include "core/base/cache_line.h"
#include "core/base/env_concept.h"
#include "core/base/env_std.h"
#include "core/base/heavy_fence_group.h"
#include "core/base/site.h"

namespace wyn::simulation {

struct env_simulated {
  template <class T>
  class atomic {
   public:
    constexpr atomic() noexcept : value_(T{}) {}
    explicit constexpr atomic(T v) noexcept : value_(v) {}

    template <class Site>
    T load(Site) const noexcept {
      world::current()->load(this);
      return value_;
    }
    template <class Site>
    void store(T v, Site) noexcept {
      value_ = v;
      world::current()->store(this);
      if constexpr (Site::success == order::seq_cst) world::current()->full_fence();
    }
    template <class Site>
    T exchange(T v, Site) noexcept {
      world::current()->read_modify_write(this);
      return std::exchange(value_, v);
    }
    template <class Site>
    T fetch_add(T v, Site) noexcept {
      world::current()->read_modify_write(this);
      return std::exchange(value_, value_ + v);
    }
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) noexcept {
      world::current()->read_modify_write(this);
      if (value_ == expected) {
        value_ = desired;
        return true;
      }
      expected = value_;
      return false;
    }

   private:
    friend env_simulated;
    T value_;
  };

  /// Ordinary memory of one thread at a time: not simulated.
  template <class T>
  using plain = env_std::plain<T>;

  template <class Site>
  static void fence(Site) noexcept {
    if constexpr (Site::success == order::seq_cst) world::current()->full_fence();
    if constexpr (Site::success == order::heavy) heavy_fence();
  }
  /// As core/base/asymmetric_fence.h has it.
  static void heavy_fence() noexcept;

  static void pause() noexcept {
    if (world* w = world::current(); w->inside()) w->spend(w->costs().pause_ns);
  }

  static void wait_upper(const atomic<std::uint64_t>& word, std::uint32_t expected) noexcept {
    world::current()->sleep_if(&word, [&] { return word.value_ >> 32 == expected; });
  }
  static bool wait_upper_for(const atomic<std::uint64_t>& word, std::uint32_t expected,
                             std::chrono::duration<double, std::nano> most) noexcept {
    return world::current()->sleep_if_for(
        &word, [&] { return word.value_ >> 32 == expected; }, most.count());
  }
  static void wake_upper(const atomic<std::uint64_t>& word, int count) noexcept {
    world::current()->wake(&word, count);
  }

  /// At the beginning of a line, whatever is asked for: what shares a line is then the same in
  /// every run.
  static void* allocate(std::size_t bytes, std::size_t) noexcept {
    if (world* w = world::current(); w->inside()) w->spend(w->costs().allocate_ns);
    return ::operator new(bytes, std::align_val_t{cache_line_bytes}, std::nothrow);
  }
  static void deallocate(void* p, std::size_t, std::size_t) noexcept {
    ::operator delete(p, std::align_val_t{cache_line_bytes});
  }

  template <class T>
  static constexpr void name(const T& object, const char* text, std::int64_t) noexcept {
    if (!std::is_constant_evaluated()) world::current()->memory().name(&object, text);
  }
};
static_assert(environment<env_simulated>);

/// Where a heavy fence is a call for each.
struct env_simulated_calls : env_simulated {
  template <class Site>
  static void fence(Site s) noexcept {
    if constexpr (Site::success == order::heavy) {
      world::current()->membarrier();
    } else {
      env_simulated::fence(s);
    }
  }
};

inline void env_simulated::heavy_fence() noexcept {
  world& w = *world::current();
  if (!w.inside()) return;
  w.full_fence();
  if (w.costs().combine_heavy_fences) {
    w.only<heavy_fence_group<env_simulated_calls>>().fence();
  } else {
    w.membarrier();
  }
  w.full_fence();
}

}  // namespace wyn::simulation
