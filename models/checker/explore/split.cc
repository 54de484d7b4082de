#include "models/checker/explore/split.h"

#include <algorithm>
#include <list>
#include <queue>
#include <utility>

#include "models/checker/explore/tree_walk.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/trust/script.h"

namespace wyn::model {

namespace {

constexpr std::size_t least_subtrees = 1000;
constexpr std::size_t subtrees_of_a_share = 500;
constexpr std::size_t most_subtrees = 50000;

struct subtree {
  tree_walk::node root;
  int events = 0;
  std::uint64_t number = 0;  ///< by age, so that equals have an order
};

class splitter {
 public:
  splitter(const program& p, const options& o)
      : tree_(p, o),
        options_(o),
        result_(o),
        wanted_(std::clamp(static_cast<std::size_t>(o.shard.count) * subtrees_of_a_share,
                           least_subtrees, most_subtrees)) {}

  share run() {
    add(subtrees_.end(), tree_.root());
    while (!result_.stop && !largest_.empty() && subtrees_.size() < wanted_) cut_largest();
    if (!result_.stop) hand_out();
    return std::move(result_);
  }

 private:
  using place = std::list<subtree>::iterator;
  struct smaller {
    bool operator()(place a, place b) const {
      return a->events != b->events ? a->events > b->events : a->number > b->number;
    }
  };

  void add(place before, tree_walk::node root) {
    subtree s;
    s.number = made_++;
    s.events = root->total();
    s.root = std::move(root);
    largest_.push(subtrees_.insert(before, std::move(s)));
  }

  void cut_largest() {
    const place cut = largest_.top();
    largest_.pop();
    std::vector<tree_walk::node> children;
    ++result_.explored.runs;
    const execution::result r = tree_.run(*cut->root, children);
    result_.explored.cut_off = tree_.last().cut_off();
    switch (r) {
      case execution::result::complete:
        if (!tree_.last().is_within_bound()) {
          ++result_.explored.beyond;
          break;
        }
        result_.explored.count_complete(*cut->root, options_.model);
        result_.seen.complete(*cut->root, tree_.last());
        break;
      case execution::result::blocked:
        ++result_.explored.blocked;
        result_.seen.blocked(*cut->root, tree_.last());
        break;
      case execution::result::stopped:
        result_.stop = stop_record{tree_.last().stop_kind(), tree_.last().stop_failure(),
                                   tree_.last().stop_text(), to_word(*cut->root),
                                   trace_of(*cut->root, tree_.last())};
        return;
    }
    for (tree_walk::node& child : children) add(cut, std::move(child));
    subtrees_.erase(cut);
  }

  void hand_out() {
    std::vector<place> by_size;
    for (place s = subtrees_.begin(); s != subtrees_.end(); ++s) by_size.push_back(s);
    std::stable_sort(by_size.begin(), by_size.end(),
                     [](place a, place b) { return a->events < b->events; });
    std::vector<bool> mine(static_cast<std::size_t>(made_), false);
    for (std::size_t n = 0; n < by_size.size(); ++n) {
      const subtree& s = *by_size[n];
      const auto owner = static_cast<int>(n % static_cast<std::size_t>(options_.shard.count));
      if (owner == options_.shard.index) mine[static_cast<std::size_t>(s.number)] = true;
      mix(s.number);
      mix(static_cast<std::uint64_t>(s.events));
    }
    for (const subtree& s : subtrees_) {
      if (mine[static_cast<std::size_t>(s.number)]) {
        result_.subtrees.push_back(tree_.portable(*s.root));
      }
    }
    mix(result_.explored.runs);
    result_.all_subtrees = subtrees_.size();
    if (options_.shard.index == 0) return;
    result_.explored = {};
    result_.seen.clear();
  }

  void mix(std::uint64_t x) {
    result_.fingerprint = (result_.fingerprint ^ x) * 0x9e3779b97f4a7c15u;
    result_.fingerprint ^= result_.fingerprint >> 29;
  }

  tree_walk tree_;
  const options& options_;
  share result_;
  std::list<subtree> subtrees_;
  std::priority_queue<place, std::vector<place>, smaller> largest_;
  std::size_t wanted_;
  std::uint64_t made_ = 0;
};

}  // namespace

share split(const program& p, const options& o) { return splitter(p, o).run(); }

}  // namespace wyn::model
