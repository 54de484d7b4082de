// Whose turn it is in a run of PCT: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized
// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS'10, section 2.
//
// Every thread has a priority, and of those that can go on the highest takes the next step. The
// thread that performs step k_i falls to priority i, below all that the threads began with.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/checker/graph/view.h"

namespace wyn::model {

class priorities {
 public:
  /// `order`: the threads, the highest first. `changes`: the steps k_1, k_2, ..., from 1 on.
  priorities(const std::array<int, max_threads>& order, int threads,
             std::vector<std::uint64_t> changes)
      : order_(order), changes_(std::move(changes)) {
    const int lowest = static_cast<int>(changes_.size()) + 1;
    for (int n = 0; n < threads; ++n) {
      of_[static_cast<std::size_t>(order_[static_cast<std::size_t>(n)])] = lowest + threads - n;
    }
    threads_ = threads;
  }

  /// The threads, the highest first; the first threads() of them.
  const std::array<int, max_threads>& order() const { return order_; }

  /// Thread `t` has performed a step.
  void performed(int t) {
    ++steps_;
    bool fell = false;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      if (changes_[i] != steps_) continue;
      of_[static_cast<std::size_t>(t)] = static_cast<int>(i) + 1;
      fell = true;
    }
    if (!fell) return;
    std::sort(order_.begin(), order_.begin() + threads_, [this](int a, int b) {
      return of_[static_cast<std::size_t>(a)] > of_[static_cast<std::size_t>(b)];
    });
  }
  std::uint64_t steps() const { return steps_; }

 private:
  std::array<int, max_threads> order_;
  std::vector<std::uint64_t> changes_;
  std::array<int, max_threads> of_{};
  int threads_;
  std::uint64_t steps_ = 0;
};

}  // namespace wyn::model
