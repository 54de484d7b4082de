#include "models/checker/explore/sampling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/explore/tree_walk.h"
#include "models/checker/report/counterexample.h"
#include "models/checker/trust/script.h"

namespace wyn::model {

namespace {

std::array<int, max_threads> drawn_order(int threads, random_numbers& random) {
  std::array<int, max_threads> order;
  std::iota(order.begin(), order.end(), 0);
  for (int n = threads; n > 1; --n) {
    const auto other = random.below(static_cast<std::uint64_t>(n));
    std::swap(order[static_cast<std::size_t>(n - 1)], order[static_cast<std::size_t>(other)]);
  }
  return order;
}

// What a run comes to; nothing when it ends well.
std::optional<stop_record> count(execution::result r, const graph& g, execution& e, tally& counts) {
  ++counts.runs;
  if (r == execution::result::complete) counts.count_complete(g, e.model());
  if (r == execution::result::blocked) ++counts.blocked;
  if (r != execution::result::stopped) return std::nullopt;
  // The trace is made by further runs of `e`, which forget what stopped this one.
  stop_record why{e.stop_kind(), e.stop_failure(), e.stop_text(), to_word(g), nullptr};
  why.trace = trace_of(g, e);
  return why;
}

class sampler {
 public:
  sampler(const program& p, const options& o, tally& counts)
      : tree_(p, o), options_(o), threads_(p.threads), counts_(counts) {
    chance_.threads = p.threads;
    chance_.depth = std::max(o.depth, 1);
  }

  const pct_chance& chance() const { return chance_; }

  /// Walk number `n`, which depends on the seed and on `n` alone.
  std::optional<stop_record> walk(std::uint64_t n) {
    random_numbers random(options_.seed * 0x9e3779b97f4a7c15u + n);
    tree_.last().set_thread_order(drawn_order(threads_, random));
    tree_walk::node at = tree_.root();
    for (int step = 0;; ++step) {
      children_.clear();
      const bool interleaves = options_.mode == exploration_mode::pct && step == 0;
      const execution::result r =
          interleaves ? interleave(*at, random) : tree_.run(*at, children_);
      if (auto why = count(r, *at, tree_.last(), counts_)) return why;
      tree_.drop(std::move(at));
      const bool deep_enough = options_.mode == exploration_mode::pct && step >= options_.depth;
      if (children_.empty() || deep_enough || bound_met()) return std::nullopt;
      at = std::move(children_[random.below(children_.size())]);
    }
  }

  bool bound_met() const {
    return options_.max_executions != 0 && counts_.runs >= options_.max_executions;
  }

 private:
  execution::result interleave(graph& g, random_numbers& random) {
    priorities turns = drawn_priorities(threads_, chance_.depth, chance_.steps, random);
    const bool measures = chance_.steps == 0;
    const execution::result r = tree_.run_interleaved(g, turns, children_);
    if (!measures) ++chance_.walks;
    if (turns.steps() > chance_.steps) {
      chance_.steps = turns.steps();
      chance_.walks = 0;
    }
    return r;
  }

  tree_walk tree_;
  const options& options_;
  int threads_;
  tally& counts_;
  pct_chance chance_;
  std::vector<tree_walk::node> children_;
};

std::string number(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", x);
  return text;
}

}  // namespace

priorities drawn_priorities(int threads, int depth, std::uint64_t steps, random_numbers& random) {
  const std::array<int, max_threads> order = drawn_order(threads, random);
  std::vector<std::uint64_t> changes;
  for (int n = 1; n < depth && steps > 0; ++n) changes.push_back(1 + random.below(steps));
  return {order, threads, std::move(changes)};
}

double pct_chance::of_a_walk() const {
  if (steps == 0) return 0;
  return 1 / (threads * std::pow(static_cast<double>(steps), depth - 1));
}

double pct_chance::of_all() const {
  return -std::expm1(static_cast<double>(walks) * std::log1p(-of_a_walk()));
}

std::string pct_chance::text() const {
  if (walks == 0) return "";
  const std::string d = std::to_string(depth);
  const std::string k = std::to_string(steps);
  return "; a failure of depth " + d + " of an interleaving, in " + std::to_string(threads) +
         " threads and at most " + k + " steps, is found with a chance of at least 1/(" +
         std::to_string(threads) + "*" + k + "^" + std::to_string(depth - 1) +
         ") = " + number(of_a_walk()) + " by a walk, " + number(of_all()) + " by " +
         std::to_string(walks) + " walks";
}

stop_record sample(const program& p, const options& o, const std::function<bool()>& time_is_up,
                   tally& counts) {
  sampler s(p, o, counts);
  std::uint64_t n = 0;
  while ((o.walks == 0 || n < o.walks) && !s.bound_met() && !time_is_up()) {
    if (auto why = s.walk(n++)) return *std::move(why);
  }
  const std::string chance = o.mode == exploration_mode::pct ? s.chance().text() : "";
  const char* mode = o.mode == exploration_mode::pct ? "pct" : "random";
  return {verdict_kind::bounded,
          failure::none,
          "a sample found no failure: mode " + std::string(mode) + ", seed " +
              std::to_string(o.seed) + ", " + std::to_string(n) + " walks, " +
              std::to_string(counts.runs) + " executions" + chance,
          {},
          nullptr};
}

stop_record replay(const program& p, const options& o, tally& counts) {
  script s;
  if (!from_word(o.replay, p.threads, s)) {
    return {verdict_kind::model_error,
            failure::none,
            "options::replay names no execution of " + std::to_string(p.threads) + " threads",
            {},
            nullptr};
  }
  tree_walk tree(p, o);
  tree_walk::node g = tree.root();
  const execution::result r = tree.last().follow(*g, s);
  if (auto why = count(r, *g, tree.last(), counts)) return *std::move(why);
  return {verdict_kind::bounded,
          failure::none,
          "the execution of options::replay does not fail",
          {},
          nullptr};
}

}  // namespace wyn::model
