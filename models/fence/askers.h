// What the models of combined heavy fences share: threads that ask for one between a store and a
// load, and one that has a light fence there. Neither of such a pair may miss the other's store.
#pragma once

#include <array>
#include <climits>
#include <cstddef>

#include "core/base/heavy_fence_group.h"
#include "core/base/named.h"
#include "core/base/site.h"

namespace wyn::fence_models {

/// A waiter looks until it is served.
inline constexpr int patient = INT_MAX;
/// A waiter makes a call of its own as soon as it sees that another one runs.
inline constexpr int impatient = 1;

/// The group as it ships, for askers<> and the models.
template <int Patience>
struct shipped {
  template <class Env, class Orders>
  class group : public heavy_fence_group<Env, Orders, Patience> {
   public:
    /// When all have returned: no call is left to be ended.
    bool at_rest() const noexcept { return !this->runs(this->calls_.load(Orders::group_look)); }

    /// Begins a call and goes no further, as a thread that the system has stopped.
    void begin_and_stop() noexcept {
      std::uint64_t seen = this->ask();
      if (!this->runs(seen)) this->calls_.compare_exchange(seen, seen + 1, Orders::group_begin);
    }
  };
};

/// `Count` askers, and one thread with a light fence.
template <class Env, class Orders, int Count, class Group>
class askers {
 public:
  askers() {
    for (std::size_t i = 0; i < Count; ++i) {
      name_object<Env>(of_asker_[i], "x", static_cast<std::int64_t>(i));
    }
    name_object<Env>(of_light_, "y");
  }

  /// Asker `i` as a whole.
  void ask(int i) {
    store(i);
    group_.fence();
    load(i);
  }
  void store(int i) { at(i).store(1, site<"F1 store", order::relaxed>{}); }
  void load(int i) {
    saw_light_[static_cast<std::size_t>(i)] = of_light_.load(site<"F2 load", order::relaxed>{});
  }
  /// The other side.
  void pass_lightly() {
    of_light_.store(1, site<"F1 store", order::relaxed>{});
    Env::fence(site<"F3 light", order::light>{});
    for (int i = 0; i < Count; ++i) {
      light_saw_[static_cast<std::size_t>(i)] = at(i).load(site<"F2 load", order::relaxed>{});
    }
  }
  /// After all: whether asker `i` and the other side have not missed each other.
  void check(int i) const {
    const auto k = static_cast<std::size_t>(i);
    Env::check(saw_light_[k] == 1 || light_saw_[k] == 1,
               "an asker's fence orders as its own would");
  }
  void check_all() const {
    for (int i = 0; i < Count; ++i) check(i);
  }

  Group& group() { return group_; }

 private:
  using word = typename Env::template atomic<int>;
  word& at(int i) { return of_asker_[static_cast<std::size_t>(i)]; }

  Group group_;
  std::array<word, Count> of_asker_;
  word of_light_{0};
  std::array<int, Count> saw_light_{};
  std::array<int, Count> light_saw_{};
};

}  // namespace wyn::fence_models
