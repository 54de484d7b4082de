// Combined heavy fences with a mistake each: what the models must see through.
#pragma once

#include <cstdint>

#include "core/base/heavy_fence_group.h"
#include "core/base/site.h"

namespace wyn::fence_models {

enum class mistake : unsigned char {
  none,                ///< the shipped protocol: shows that the rest of this class is right
  joins_running_call,  ///< a call that runs when a thread asks serves it
  asks_by_a_load,      ///< whoever begins a call knows nothing of the askers
  ends_by_a_store,     ///< which breaks off the release sequences of those who ask meanwhile
  ends_by_an_addition, ///< which two may do for one call
  takes_over_and_does_not_call,  ///< who ends another's call trusts that it was made
};

template <mistake Wrong, int Patience>
struct broken {
  template <class Env, class Orders>
  class group {
   public:
    void fence() noexcept {
      Env::fence(Orders::group_fence_before);
      ask_and_wait();
      Env::fence(Orders::group_fence_after);
    }
    std::uint64_t calls() const noexcept { return calls_.load(Orders::group_look) / 2; }
    bool at_rest() const noexcept { return !runs(calls_.load(Orders::group_look)); }
    void begin_and_stop() noexcept {
      std::uint64_t seen = ask();
      if (!runs(seen)) calls_.compare_exchange(seen, seen + 1, Orders::group_begin);
    }

   private:
    static constexpr bool runs(std::uint64_t word) noexcept { return word % 2 != 0; }
    static constexpr std::uint64_t end_of_next(std::uint64_t word) noexcept {
      if (Wrong == mistake::joins_running_call) return word + (runs(word) ? 1 : 2);
      return word + (runs(word) ? 3 : 2);
    }
    std::uint64_t ask() noexcept {
      if constexpr (Wrong == mistake::asks_by_a_load) return calls_.load(Orders::group_look);
      std::uint64_t seen = calls_.load(Orders::group_ask_load);
      while (!calls_.compare_exchange(seen, seen, Orders::group_ask)) {
      }
      return seen;
    }
    void ask_and_wait() noexcept {
      const std::uint64_t served = end_of_next(ask());
      int looks = 0;
      std::uint64_t seen = calls_.load(Orders::group_look);
      while (seen < served) {
        if (!runs(seen)) {
          if (calls_.compare_exchange(seen, seen + 1, Orders::group_begin)) {
            Env::fence(Orders::group_call);
            return end(seen + 1);
          }
        } else {
          if (++looks == Patience) {
            if (Wrong != mistake::takes_over_and_does_not_call) Env::fence(Orders::group_call);
            return end(seen);
          }
          Env::pause();
        }
        seen = calls_.load(Orders::group_look);
      }
    }
    void end(std::uint64_t running) noexcept {
      if constexpr (Wrong == mistake::ends_by_a_store) {
        calls_.store(running + 1, Orders::group_end);
      } else if constexpr (Wrong == mistake::ends_by_an_addition) {
        calls_.fetch_add(1, Orders::group_end);
      } else {
        calls_.compare_exchange(running, running + 1, Orders::group_end);
      }
    }

    typename Env::template atomic<std::uint64_t> calls_{0};
  };
};

}  // namespace wyn::fence_models
