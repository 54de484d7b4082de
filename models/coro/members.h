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
  /// Member `m` runs and arrives as a coroutine does; the last resumes the parent.
  void run(int m) {
    work(m);
    if (missing_.is_last() || missing_.arrive()) resume();
  }
  /// Member `m` runs on a thread that begins another member next.
  void run_and_pass_on(int m) {
    work(m);
    missing_.pass_on();
  }
  /// After all: the parent was resumed.
  void check_resumed() const {
    Env::check(resumed_.read() == 1, "the parent is resumed once");
  }

 private:
  void work(int m) { results_[static_cast<std::size_t>(m)].write(m + 1); }

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
