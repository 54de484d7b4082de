#include "models/export/code_graph.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace wyn::model_export {

namespace {

// Where a thread may be: which values its undecided registers hold, and where in the graph of paths
// it then is.
struct state {
  struct row {
    std::vector<std::uint64_t> values;
    int at = 0;
  };
  std::vector<int> registers;
  std::vector<row> rows;

  bool is_decided() const {
    return std::all_of(rows.begin(), rows.end(),
                       [&](const row& r) { return r.at == rows.front().at; });
  }
};

class code_builder {
 public:
  explicit code_builder(const path_graph& g) : paths_(g) {
    result_.nodes.emplace_back();
    depth_.push_back(0);
  }

  code_graph build() {
    result_.start = decided(paths_.start);
    return std::move(result_);
  }

 private:
  using node_kind = code_graph::node_kind;

  const path_graph::node& path_node(int at) const {
    return paths_.nodes[static_cast<std::size_t>(at)];
  }

  // Nothing that was read still matters.
  int decided(int at) {
    if (at == 0) return 0;
    const auto known = decided_.find(at);
    if (known != decided_.end()) return known->second;
    const int n = step_from({{}, {{{}, at}}});
    decided_[at] = n;
    return n;
  }

  int code_from(const state& s) {
    if (s.is_decided()) return claim(s);
    const step& first = path_node(s.rows.front().at).what;
    for (const state::row& r : s.rows) {
      if (r.at == 0 || s.rows.front().at == 0 || !(path_node(r.at).what == first)) return split(s);
    }
    return step_from(s);
  }

  int claim(const state& s) {
    code_graph::node n;
    n.kind = node_kind::claim;
    n.registers = s.registers;
    for (const state::row& r : s.rows) n.of.push_back(r.values);
    n.next = decided(s.rows.front().at);
    n.meeting = n.next;
    return s.registers.empty() ? n.next : add(std::move(n));
  }

  // All rows are at the same step.
  int step_from(const state& s) {
    const step& what = path_node(s.rows.front().at).what;
    code_graph::node n;
    n.kind = node_kind::step;
    n.what = what;
    state next{s.registers, {}};
    if (reads(what.kind)) {
      n.found = registers_++;
      next.registers.push_back(n.found);
    }
    for (const state::row& r : s.rows) {
      for (const path_graph::branch& b : path_node(r.at).branches) {
        for (const std::uint64_t v : b.values) {
          state::row longer{r.values, b.next};
          if (reads(what.kind)) longer.values.push_back(v);
          next.rows.push_back(std::move(longer));
        }
      }
    }
    n.next = next.rows.empty() ? stuck() : code_from(next);
    n.meeting = n.next;
    return add(std::move(n));
  }

  int stuck() {
    code_graph::node n;
    n.kind = node_kind::stuck;
    return add(std::move(n));
  }

  // The rows by what is in a column: values after which the same step follows, in every row, are
  // one group.
  std::vector<std::pair<std::vector<std::uint64_t>, state>> groups(const state& s,
                                                                   std::size_t column) const {
    std::map<std::uint64_t, std::vector<state::row>> by_value;
    for (const state::row& r : s.rows) by_value[r.values[column]].push_back(r);
    std::vector<std::pair<std::vector<std::uint64_t>, state>> result;
    for (auto& [value, rows] : by_value) {
      const auto same =
          std::find_if(result.begin(), result.end(), [this, &here = rows](const auto& group) {
            return follows_one_step(group.second.rows, here);
          });
      if (same == result.end()) {
        result.push_back({{value}, {s.registers, std::move(rows)}});
      } else {
        same->first.push_back(value);
        auto& all = same->second.rows;
        all.insert(all.end(), rows.begin(), rows.end());
      }
    }
    return result;
  }

  bool follows_one_step(const std::vector<state::row>& some,
                        const std::vector<state::row>& others) const {
    const int first = some.front().at;
    const auto like_first = [&](const state::row& r) {
      return (r.at == 0) == (first == 0) && path_node(r.at).what == path_node(first).what;
    };
    return std::all_of(some.begin(), some.end(), like_first) &&
           std::all_of(others.begin(), others.end(), like_first);
  }

  // The register to branch on: the last of those that decide most.
  std::size_t best_column(const state& s) const {
    std::size_t best = 0;
    std::size_t best_undecided = s.rows.size() + 1;
    for (std::size_t c = 0; c < s.registers.size(); ++c) {
      const auto by_value = groups(s, c);
      if (by_value.size() < 2) continue;
      std::size_t undecided = 0;
      for (const auto& [values, group] : by_value) {
        if (!follows_one_step(group.rows, group.rows)) undecided += group.rows.size();
      }
      if (undecided > best_undecided) continue;
      best = c;
      best_undecided = undecided;
    }
    return best;
  }

  int split(const state& s) {
    const std::size_t column = best_column(s);
    code_graph::node n;
    n.kind = node_kind::split;
    n.found = s.registers[column];
    for (auto& [values, group] : groups(s, column)) {
      if (values.size() == 1) drop_column(group, column);
      n.branches.push_back({values, code_from(group)});
    }
    n.meeting = meeting_of(n.branches);
    return add(std::move(n));
  }

  static void drop_column(state& s, std::size_t column) {
    const auto at = static_cast<std::ptrdiff_t>(column);
    s.registers.erase(s.registers.begin() + at);
    for (state::row& r : s.rows) r.values.erase(r.values.begin() + at);
  }

  // The nearest common ancestor in the tree in which the parent of a node is its meeting point.
  int meeting_of(const std::vector<code_graph::branch>& branches) const {
    int a = branches.front().next;
    for (const code_graph::branch& other : branches) {
      int b = other.next;
      while (a != b) {
        int& deeper = depth(a) >= depth(b) ? a : b;
        deeper = result_.nodes[static_cast<std::size_t>(deeper)].meeting;
      }
    }
    return a;
  }
  int depth(int n) const { return depth_[static_cast<std::size_t>(n)]; }

  int add(code_graph::node n) {
    depth_.push_back(depth(n.meeting) + 1);
    result_.nodes.push_back(std::move(n));
    return static_cast<int>(result_.nodes.size()) - 1;
  }

  const path_graph& paths_;
  code_graph result_;
  std::vector<int> depth_;
  std::map<int, int> decided_;
  int registers_ = 0;
};

}  // namespace

code_graph code_of(const path_graph& g) { return code_builder(g).build(); }

}  // namespace wyn::model_export
