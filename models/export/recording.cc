#include "models/export/recording.h"

#include <algorithm>
#include <optional>
#include <set>

#include "models/checker/run/execution.h"

namespace wyn::model_export {

namespace {

class recorder : public model::observer {
 public:
  explicit recorder(int threads) : trees_(static_cast<std::size_t>(threads)) {}

  void meets(const model::operation& op) override {
    result_.orders[op.site] = {op.success, op.failure};
  }
  void ended(const model::graph&, const model::execution& e) override {
    const execution_log& log = log_writer::current().log();
    take_places(log, e.memory());
    take_initial(log);
    finished done;
    for (std::size_t t = 0; t < trees_.size(); ++t) {
      const bool thread_ended = e.state_of(static_cast<int>(t)) == model::thread_state::finished;
      done.leaves.push_back(trees_[t].insert(log.threads[t], thread_ended, log.waits[t]));
      if (done.leaves.back() < 0) {
        result_.problem = "thread " + std::to_string(t) +
                          " does different things after the same reads: it depends on something "
                          "that is neither atomic nor plain<T>";
      }
    }
    if (!log.complete) return;
    done.after = log.after;
    done.private_bytes = log.private_bytes;
    finished_.push_back(std::move(done));
  }

  recording conclude(const model::verdict& v);

 private:
  struct finished {
    std::vector<int> leaves;  ///< of each thread
    std::vector<performed_step> after;
    std::map<std::uintptr_t, unsigned char> private_bytes;

    unsigned char byte(std::uintptr_t at) const {
      const auto b = private_bytes.find(at);
      return b == private_bytes.end() ? 0 : b->second;
    }
  };

  void take_places(const execution_log& log, const model::world& w) {
    const auto take = [&](std::uint64_t value) {
      const auto [known, added] = result_.places.try_emplace(value);
      if (added && w.as_address(value).address != 0) known->second = w.describe(value);
    };
    const auto take_all = [&](const std::vector<performed_step>& steps) {
      for (const performed_step& s : steps) {
        for (const std::uint64_t value : {s.found, s.what.operand, s.what.expected}) take(value);
        take(s.what.object);
      }
    };
    take_all(log.before);
    for (const auto& steps : log.threads) take_all(steps);
    take_all(log.after);
  }

  void take_initial(const execution_log& log) {
    std::map<std::uintptr_t, std::uint64_t> values;
    for (const performed_step& s : log.before) {
      const std::uint64_t stored = s.what.operand;
      switch (s.what.kind) {
        case step_kind::load:
        case step_kind::await_upper:
        case step_kind::fence:
        case step_kind::plain_read:
        case step_kind::check: break;
        case step_kind::fetch_add: values[s.what.object] = s.found + stored; break;
        case step_kind::compare_exchange:
          if (s.found == s.what.expected) values[s.what.object] = stored;
          break;
        case step_kind::store:
        case step_kind::exchange:
        case step_kind::plain_write:
        case step_kind::construction:
        case step_kind::plain_construction: values[s.what.object] = stored; break;
      }
    }
    if (!began_) result_.initial = values;
    else if (values != result_.initial) result_.problem = "before() is not always the same";
    began_ = true;
  }

  bool is_function_of(std::size_t thread, std::uintptr_t byte) const {
    std::map<int, unsigned char> known;
    for (const finished& f : finished_) {
      const unsigned char value = f.byte(byte);
      if (known.try_emplace(f.leaves[thread], value).first->second != value) return false;
    }
    return true;
  }
  void assign_bytes();
  void classify();
  void build_after();

  recording result_;
  std::vector<path_tree> trees_;
  std::vector<finished> finished_;
  std::vector<std::vector<std::uintptr_t>> bytes_;  ///< of each thread
  std::vector<std::map<int, int>> classes_;         ///< of each thread: by leaf
  bool began_ = false;
};

// Gives each private byte that is not always the same to the threads that it is a function of.
void recorder::assign_bytes() {
  bytes_.resize(trees_.size());
  std::set<std::uintptr_t> all;
  for (const finished& f : finished_) {
    for (const auto& [at, value] : f.private_bytes) all.insert(at);
  }
  for (const std::uintptr_t at : all) {
    const unsigned char first = finished_.front().byte(at);
    const bool constant = std::all_of(finished_.begin(), finished_.end(),
                                      [&](const finished& f) { return f.byte(at) == first; });
    if (constant) continue;
    bool owned = false;
    for (std::size_t t = 0; t < trees_.size(); ++t) {
      if (!is_function_of(t, at)) continue;
      bytes_[t].push_back(at);
      owned = true;
    }
    if (!owned) {
      result_.problem = "more than one thread writes a byte that is neither atomic nor plain<T>";
    }
  }
}

void recorder::classify() {
  for (std::size_t t = 0; t < trees_.size(); ++t) {
    std::map<std::vector<unsigned char>, int> known;
    std::map<int, int>& by_leaf = classes_.emplace_back();
    for (const finished& f : finished_) {
      std::vector<unsigned char> bytes;
      for (const std::uintptr_t at : bytes_[t]) bytes.push_back(f.byte(at));
      by_leaf[f.leaves[t]] = known.try_emplace(bytes, static_cast<int>(known.size())).first->second;
    }
    std::map<int, step> last;
    if (known.size() > 1) {
      for (const auto& [leaf, number] : by_leaf) {
        step s;
        s.kind = step_kind::plain_write;
        s.object = result_object(static_cast<int>(t));
        s.operand = static_cast<std::uint64_t>(number);
        last[leaf] = s;
      }
    }
    result_.threads.push_back(graph_of(trees_[t], last));
  }
}

void recorder::build_after() {
  path_tree after;
  for (const finished& f : finished_) {
    std::vector<performed_step> path;
    for (std::size_t t = 0; t < trees_.size(); ++t) {
      step s;
      s.kind = step_kind::plain_read;
      s.object = result_object(static_cast<int>(t));
      const auto found = static_cast<std::uint64_t>(classes_[t].at(f.leaves[t]));
      if (!bytes_[t].empty()) path.push_back({s, found});
    }
    path.insert(path.end(), f.after.begin(), f.after.end());
    if (after.insert(path, true) < 0) {
      result_.problem = "after() depends on something that is neither atomic nor plain<T>, and "
                        "not in the model's memory";
    }
  }
  result_.after = graph_of(after);
}

recording recorder::conclude(const model::verdict& v) {
  const log_writer& writer = log_writer::current();
  if (v.kind != model::verdict_kind::pass) result_.problem = v.report;
  else if (!writer.refused().empty()) result_.problem = "no C program has " + writer.refused();
  if (!result_.problem.empty()) return std::move(result_);
  assign_bytes();
  if (!result_.problem.empty()) return std::move(result_);
  classify();
  build_after();
  result_.executions = v.executions;
  result_.names = writer.names();
  return std::move(result_);
}

}  // namespace

recording record(const model::program& p, const std::vector<model::order_override>& overrides) {
  log_writer::current().forget();
  recorder r(p.threads);
  model::options o;
  o.watched_by = &r;
  o.overrides = overrides;
  o.symmetry = false;
  o.jobs = 1;
  return r.conclude(model::check(p, o));
}

}  // namespace wyn::model_export
