// What the models of the join counter share: members that leave something behind, and the one that
// goes on for all.
#pragma once

#include <array>
#include <cstdint>

#include "core/coro/join_counter.h"

namespace wyn::coro_models {

template <class Env, class Orders, int Members>
class members {
 public:
  /// Member `m` runs on a thread that begins another member next, which arrives for it.
  void run(int m) { results_[static_cast<std::size_t>(m)].write(m + 1); }
  /// Member `m` runs and arrives as a coroutine does, for the last `n` that its thread has run; the
  /// last resumes the parent.
  void run_and_arrive(int m, std::uint32_t n) {
    run(m);
    if (missing_.is_last(n) || missing_.arrive(n)) resume();
  }
  /// A member that cannot carry others any more, since it has failed, arrives for them first.
  void run_and_arrive_before(int m, std::uint32_t n) {
    run(m);
    Env::check(!missing_.arrive(n), "it is still missing itself");
    if (missing_.is_last(1) || missing_.arrive(1)) resume();
  }
  /// After all: the parent was resumed.
  void check_resumed() const {
    Env::check(resumed_.read() == 1, "the parent is resumed once");
  }

 private:
  // Plain data: a second resumption, or one that does not see a result, is a race.
  void resume() {
    for (int m = 0; m < Members; ++m) {
      Env::check(results_[static_cast<std::size_t>(m)].read() == m + 1,
                 "the parent sees every result");
    }
    resumed_.write(resumed_.read() + 1);
  }

  join_counter<Env, Orders> missing_{Members};
  std::array<typename Env::template plain<int>, Members> results_;
  typename Env::template plain<int> resumed_{0};
};

}  // namespace wyn::coro_models
