#include "models/export/paths.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <tuple>
#include <utility>

namespace wyn::model_export {

int path_tree::insert(const std::vector<performed_step>& path, bool complete, bool waits) {
  std::size_t at = 0;
  for (const performed_step& s : path) {
    if (nodes_[at].ends) return -1;
    if (nodes_[at].next_step && !(*nodes_[at].next_step == s.what)) return -1;
    nodes_[at].next_step = s.what;
    if (waits && &s == &path.back()) return static_cast<int>(at);
    const auto [next, added] =
        nodes_[at].following.try_emplace(s.found, static_cast<int>(nodes_.size()));
    at = static_cast<std::size_t>(next->second);
    if (added) nodes_.emplace_back();
  }
  if (complete) {
    if (nodes_[at].next_step) return -1;
    nodes_[at].ends = true;
  }
  return static_cast<int>(at);
}

namespace {

class graph_builder {
 public:
  graph_builder(const path_tree& t, const std::map<int, step>& last) : tree_(t), last_(last) {
    result_.nodes.emplace_back();  // the end
  }

  path_graph build() {
    result_.start = add(0);
    return std::move(result_);
  }

 private:
  using node = path_graph::node;
  using branch = path_graph::branch;
  // What a step does, in an order that does not depend on where texts lie.
  using key = std::tuple<step_kind, std::string, order, order, std::uintptr_t, std::uint64_t,
                         std::uint64_t, std::vector<std::pair<std::vector<std::uint64_t>, int>>>;

  int add(int tree_node) {
    const path_tree::node& n = tree_.nodes()[static_cast<std::size_t>(tree_node)];
    if (n.next_step) {
      std::vector<branch> branches;
      for (const auto& [value, next] : n.following) add_value(branches, value, add(next));
      return unique({*n.next_step, std::move(branches)});
    }
    const auto last = last_.find(tree_node);
    if (last == last_.end()) return 0;
    return unique({last->second, {{{0}, 0}}});
  }

  static void add_value(std::vector<branch>& branches, std::uint64_t value, int next) {
    const auto same = std::find_if(branches.begin(), branches.end(),
                                   [&](const branch& b) { return b.next == next; });
    if (same != branches.end()) same->values.push_back(value);
    else branches.push_back({{value}, next});
  }

  int unique(node n) {
    key k{n.what.kind,   n.what.text,    n.what.success,  n.what.failure,
          n.what.object, n.what.operand, n.what.expected, {}};
    for (const branch& b : n.branches) std::get<7>(k).emplace_back(b.values, b.next);
    const auto [known, added] = known_.try_emplace(k, static_cast<int>(result_.nodes.size()));
    if (added) result_.nodes.push_back(std::move(n));
    return known->second;
  }

  const path_tree& tree_;
  const std::map<int, step>& last_;
  path_graph result_;
  std::map<key, int> known_;
};

}  // namespace

path_graph graph_of(const path_tree& t, const std::map<int, step>& last) {
  return graph_builder(t, last).build();
}

}  // namespace wyn::model_export
