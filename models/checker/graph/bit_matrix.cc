#include "models/checker/graph/bit_matrix.h"

#include "models/checker/graph/node_set.h"

namespace wyn::model {

namespace {

// Depth-first search, without recursion: there may be as many nodes as an execution has events.
template <class Set>
class cycle_search {
 public:
  explicit cycle_search(const bit_matrix& m) : m_(m) { path_.clear(); }

  bool finds_none() {
    for (std::size_t a = 0; a < m_.size(); ++a) {
      if (!ended_.holds(a) && !finds_none_from(a)) return false;
    }
    return true;
  }

 private:
  bool finds_none_from(std::size_t first) {
    enter(first);
    while (!path_.empty()) {
      const std::size_t b = next_of(path_.back());
      if (b == m_.size()) {
        ended_.add(path_.back());
        path_.pop_back();
      } else if (entered_.holds(b)) {
        return false;  // not ended, so on the path
      } else {
        enter(b);
      }
    }
    return true;
  }

  void enter(std::size_t a) {
    path_.push_back(a);
    entered_.add(a);
  }

  // A node behind `a` at which the search has not ended; size() if there is none.
  std::size_t next_of(std::size_t a) const {
    for (std::size_t w = 0; w < m_.words(); ++w) {
      const bit_matrix::word ended = w < ended_.words() ? ended_.word(w) : 0;
      const bit_matrix::word next = m_.row(a)[w] & ~ended;
      if (next != 0) return w * 64 + static_cast<std::size_t>(std::countr_zero(next));
    }
    return m_.size();
  }

  const bit_matrix& m_;
  Set entered_;
  Set ended_;
  // Reused between calls: the check runs for every candidate graph.
  static inline thread_local std::vector<std::size_t> path_;
};

}  // namespace

bool bit_matrix::is_acyclic() const {
  if (size_ <= small_node_set::capacity) return cycle_search<small_node_set>(*this).finds_none();
  return cycle_search<large_node_set>(*this).finds_none();
}

}  // namespace wyn::model
