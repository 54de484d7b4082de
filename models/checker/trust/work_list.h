// The graphs still to be explored: a stack, so that the exploration is depth first and what is
// pending at any time is polynomial in the length of an execution. Dropped graphs keep their memory
// for the next copy.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "models/checker/graph/graph.h"

namespace wyn::model {

class work_list {
 public:
  using item = std::unique_ptr<graph>;

  item copy_of(const graph& g) {
    item copy;
    if (unused_.empty()) {
      copy = std::make_unique<graph>();
    } else {
      copy = std::move(unused_.back());
      unused_.pop_back();
    }
    copy->assign(g);
    return copy;
  }
  void push(item g) { pending_.push_back(std::move(g)); }
  void drop(item g) { unused_.push_back(std::move(g)); }

  bool empty() const { return pending_.empty(); }
  std::size_t size() const { return pending_.size(); }
  /// The graph that is popped after `n` others.
  const graph& pending(std::size_t n) const { return *pending_[pending_.size() - 1 - n]; }
  /// The graph that would be popped last.
  item pop_oldest() {
    item g = std::move(pending_.front());
    pending_.erase(pending_.begin());
    return g;
  }
  item pop() {
    item g = std::move(pending_.back());
    pending_.pop_back();
    return g;
  }

 private:
  std::vector<item> pending_;
  std::vector<item> unused_;
};

}  // namespace wyn::model
