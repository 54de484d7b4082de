#include "models/checker/explore/estimate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "models/checker/explore/tree_walk.h"

namespace wyn::model {

namespace {

struct sizes {
  double executions = 0;
  double runs = 0;
};

class estimator {
 public:
  estimator(const program& p, const options& o) : tree_(p, o) {}

  std::uint64_t spent() const { return spent_; }
  tree_walk& tree() { return tree_; }

  /// Walks the whole tree, in order. False when that takes more than `limit` runs.
  bool walk_all(std::uint64_t limit, sizes& exact) {
    std::vector<tree_walk::node> left;
    left.push_back(tree_.root());
    while (!left.empty()) {
      if (spent_ >= limit) return false;
      tree_walk::node at = std::move(left.back());
      left.pop_back();
      run(*at, 1, exact);
      tree_.drop(std::move(at));
      for (; !children_.empty(); children_.pop_back()) left.push_back(std::move(children_.back()));
    }
    return true;
  }

  /// One independent estimate.
  sizes probe(std::uint64_t seed) {
    random_numbers random(seed);
    sizes sum;
    std::map<int, representative> level;
    level[0] = {1, tree_.root()};
    while (!level.empty()) {
      std::map<int, representative> next;
      for (auto& [events, r] : level) {
        run(*r.root, r.weight, sum);
        tree_.drop(std::move(r.root));
        for (tree_walk::node& child : children_) {
          representative& there = next[child->total()];
          there.weight += r.weight;
          const bool chosen = random.unit() * there.weight < r.weight;
          if (!there.root || chosen) std::swap(there.root, child);
          if (child) tree_.drop(std::move(child));
        }
        children_.clear();
      }
      level = std::move(next);
    }
    return sum;
  }

 private:
  struct representative {
    double weight = 0;
    tree_walk::node root;
  };

  void run(graph& g, double weight, sizes& sum) {
    children_.clear();
    ++spent_;
    sum.runs += weight;
    const bool complete = tree_.run(g, children_) == execution::result::complete;
    if (complete && tree_.last().is_within_bound()) sum.executions += weight;
  }

  tree_walk tree_;
  std::uint64_t spent_ = 0;
  std::vector<tree_walk::node> children_;
};

// Estimates on either side of the middle, in standard deviations of the mean: a t-quantile for few
// estimates, with room for the skew that is left on the logarithm. Measured on the programs of
// models/litmus: estimate_test.
constexpr double width_below = 2.5;
constexpr double width_above = 3.5;

size_estimate interval_of(const std::vector<sizes>& probes, double seen) {
  const auto n = static_cast<double>(probes.size());
  size_estimate e;
  for (const sizes& s : probes) {
    e.executions += s.executions / n;
    e.runs += s.runs / n;
  }
  double squares = 0;
  for (const sizes& s : probes) squares += std::pow(s.executions - e.executions, 2);
  const double error = n > 1 ? std::sqrt(squares / (n * (n - 1))) : e.executions;
  const double relative = e.executions > 0 ? error / e.executions : 1;
  // Whole numbers, and the last digits of a sum of quotients are noise.
  constexpr double noise = 1e-9;
  const double low = e.executions * std::exp(-width_below * relative);
  e.low = std::max(seen, std::floor(low * (1 - noise)));
  e.executions = std::max(e.executions, seen);
  e.high = std::ceil(e.executions * std::exp(width_above * relative) * (1 + noise));
  return e;
}

}  // namespace

size_estimate estimate_size(const program& p, const options& o, std::uint64_t effort) {
  estimator e(p, o);
  sizes seen;
  if (e.walk_all(effort / 4, seen)) {
    return {seen.executions, seen.executions, seen.executions, seen.runs, true};
  }
  std::vector<sizes> probes;
  while (e.spent() < effort || probes.size() < 8) probes.push_back(e.probe(probes.size()));
  return interval_of(probes, seen.executions);
}

}  // namespace wyn::model
