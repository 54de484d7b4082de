// Takes steps of a proof's machine: each must be possible and meet its obligations, and every
// conjunct of the invariant must hold in the state after it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "proofs/link/machine_terms.h"

namespace wyn::link {

/// "DF9b pop.restore_bottom" is "pop.restore_bottom".
inline std::string without_id(const std::string& site) { return site.substr(site.find(' ') + 1); }

/// `Machine` is what proofs/link/generate.py makes.
template <class Machine>
class machine_stepper {
 public:
  using state_type = typename Machine::state;
  using parameters_type = typename Machine::parameters;
  using transition = transition_of<state_type, parameters_type>;
  /// Sees each step with its parameters and the state after it; first, without a step, the initial
  /// state.
  using listener =
      std::function<void(const transition*, const parameters_type&, const state_type&)>;

  void tell(listener l) { listener_ = std::move(l); }

  /// Begins in `s`. A problem, or empty.
  std::string begin(const state_type& s) {
    state = s;
    parameters = {};
    if (!Machine::is_initial(state, parameters)) return "not an initial state of the machine";
    return arrive(nullptr);
  }

  /// The machine's step of this name; ends the process if there is none.
  static const transition& named(std::string_view name) {
    for (const transition& t : Machine::transitions) {
      if (name == t.name) return t;
    }
    std::fprintf(stderr, "the machine has no step %.*s\n", static_cast<int>(name.size()),
                 name.data());
    std::abort();
  }

  /// A row of a table from sites to steps, with the machine's steps in place of their names.
  template <class Row>
  struct prepared {
    Row row;
    std::vector<const transition*> before;
    std::vector<const transition*> steps;
  };
  /// Of rows with `before` and `steps`; ends the process at a name that the machine has not.
  template <class Row>
  static std::vector<prepared<Row>> prepare(const std::vector<Row>& rows) {
    std::vector<prepared<Row>> all;
    for (const Row& row : rows) {
      prepared<Row>& p = all.emplace_back(prepared<Row>{row, {}, {}});
      for (const std::string_view name : row.before) p.before.push_back(&named(name));
      for (const std::string_view name : row.steps) p.steps.push_back(&named(name));
    }
    return all;
  }

  bool is_enabled(const transition& t) const { return t.enabled(state, parameters); }

  /// Takes `t`, which is enabled. A problem, or empty.
  std::string take(const transition& t) {
    if (const char* claim = t.broken(state, parameters)) {
      return std::string(t.name) + " although not: " + claim;
    }
    const state_type before = state;
    t.update(before, parameters, state);
    if (known_.insert(&t).second) taken_.insert(t.name);
    return arrive(&t);
  }

  /// Takes the one of `steps` that is enabled. A problem, or empty.
  std::string take_one(const std::vector<const transition*>& steps) {
    const transition* found = nullptr;
    for (const transition* t : steps) {
      if (!is_enabled(*t)) continue;
      if (found != nullptr) {
        return std::string("both ") + found->name + " and " + t->name + " are possible";
      }
      found = t;
    }
    if (found != nullptr) return take(*found);
    std::string names;
    for (const transition* t : steps) {
      names += names.empty() ? t->name : std::string(" nor ") + t->name;
    }
    return "the machine cannot take " + names;
  }

  /// Over all runs: states in which every conjunct was evaluated, and names of the steps taken.
  std::uint64_t states() const { return states_; }
  const std::set<std::string>& steps_taken() const { return taken_; }

  state_type state;
  parameters_type parameters;

 private:
  std::string arrive(const transition* t) {
    ++states_;
    if (listener_) listener_(t, parameters, state);
    for (const auto& c : Machine::invariant) {
      if (c.holds(state)) continue;
      return std::string(t == nullptr ? "the beginning" : t->name) + " leads to a state without " +
             c.name;
    }
    return {};
  }

  listener listener_;
  std::uint64_t states_ = 0;
  std::set<const transition*> known_;  ///< of which taken_ has the names
  std::set<std::string> taken_;
};

}  // namespace wyn::link
