// Combined heavy fences with a mistake each: what the models must see through.
#pragma once

#include <cstdint>

#include "models/fence/askers.h"

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
  class group : public shipped<Patience>::template group<Env, Orders> {
    using base = typename shipped<Patience>::template group<Env, Orders>;
    using base::calls_;
    using base::runs;

   public:
    void fence() noexcept {
      Env::fence(Orders::group_fence_before);
      ask_and_wait();
      Env::fence(Orders::group_fence_after);
    }

   private:
    static constexpr std::uint64_t end_of_next(std::uint64_t word) noexcept {
      if (Wrong == mistake::joins_running_call && runs(word)) return word + 1;
      return base::end_of_next(word);
    }
    std::uint64_t ask() noexcept {
      if constexpr (Wrong == mistake::asks_by_a_load) return calls_.load(Orders::group_look);
      return base::ask();
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
  };
};

}  // namespace wyn::fence_models
