#include "proofs/link/deque_replay.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace wyn::link {

namespace deque {

// What an index, an item or a stamp of a replayed execution is less than: beyond, every array has
// its default.
number bound_of(const state& s) { return std::max({s.n, s.L, s.cur, s.nid}) + 2; }

template <char Name>
number range_of(const state& s) {
  if (Name == 'e') return s.cur + 1;
  if (Name == 'm') return s.n + 2;
  if (Name == 'j') return max_thieves;
  return bound_of(s);
}
template number range_of<'c'>(const state& s);
template number range_of<'d'>(const state& s);
template number range_of<'e'>(const state& s);
template number range_of<'i'>(const state& s);
template number range_of<'j'>(const state& s);
template number range_of<'k'>(const state& s);
template number range_of<'m'>(const state& s);

// The cell of an index: that of a growth for a buffer that is yet to be.
number slot(const state& s, const parameters& p, number buffer, number index) {
  const number capacity = std::max(1, buffer <= s.cur ? select(s.cap, buffer) : p.ncap);
  const number rest = index % capacity;
  return rest < 0 ? rest + capacity : rest;
}

}  // namespace deque

namespace {

using model::event_kind;
using model::execution_trace;
using model::trace_step;

const deque::transition& transition_named(std::string_view name) {
  for (const deque::transition& t : deque::transitions) {
    if (name == t.name) return t;
  }
  std::fprintf(stderr, "the machine has no step %.*s\n", static_cast<int>(name.size()),
               name.data());
  std::abort();
}

bool is_slot(const std::string& site) {
  return site == "DF3" || site == "DF9c" || site == "DF13b" || site == "DF15b" || site == "DF15c";
}

// What the location that a site accesses is for; empty: a slot, or a fence.
std::string role_of(const std::string& site) {
  static const std::map<std::string, std::string> roles = {
      {"DF2", "top"},     {"DF8", "top"},     {"DF9", "top"},     {"DF10", "top"},
      {"DF14", "top"},    {"DF17", "top"},    {"DF1", "bottom"},  {"DF5", "bottom"},
      {"DF6", "bottom"},  {"DF9b", "bottom"}, {"DF12", "bottom"}, {"DF16", "bottom"},
      {"DF13", "buffer"}, {"DF15", "buffer"}};
  const auto role = roles.find(site);
  return role == roles.end() ? "" : role->second;
}

// The main thread and thread 0 are one: the owner.
int thread_of(const trace_step& s) { return std::max(s.thread, 0); }

std::string differs(const std::string& what, std::uint64_t code, number machine) {
  return what + " is " + std::to_string(code) + " in the code and " + std::to_string(machine) +
         " in the machine";
}

}  // namespace

deque::state initial_deque() {
  deque::state s;
  s.isb.elements[0] = 1;
  return s;
}

std::vector<std::string> violated(const deque::state& s) {
  if (deque::bound_of(s) > static_cast<number>(s.item.elements.size())) {
    std::fprintf(stderr, "a larger execution than machine_terms.h has room for\n");
    std::abort();
  }
  std::vector<std::string> names;
  for (const deque::conjunct& c : deque::invariant) {
    if (!c.holds(s)) names.emplace_back(c.name);
  }
  return names;
}

deque_replay::deque_replay(std::vector<step_row> rows, number capacity, int words)
    : capacity_(capacity), words_(words) {
  for (step_row& row : rows) {
    prepared_row prepared{row, nullptr, {}};
    if (!row.before.empty()) prepared.before = &transition_named(row.before);
    for (const std::string_view name : row.steps) {
      prepared.steps.push_back(&transition_named(name));
    }
    rows_.push_back(std::move(prepared));
  }
}

std::string deque_replay::run(const execution_trace& t) {
  if (!t.machine_run) return "no order of the events is a run of the machine";
  for (int word = 0; word < words_; ++word) {
    std::string problem = run_word(t, word);
    if (!problem.empty()) return problem;
  }
  return {};
}

void deque_replay::reset() {
  state_ = initial_deque();
  parameters_ = {};
  message_.clear();
  buffer_.clear();
  items_.clear();
  cells_.clear();
  locations_.clear();
  role_.clear();
  copies_.clear();
  copied_to_.clear();
  copying_ = false;
  pushes_ = 0;
}

std::string deque_replay::run_word(const execution_trace& t, int word) {
  reset();
  trace_ = &t;
  list_accesses(t, word);
  if (!deque::is_initial(state_, parameters_) || !violated(state_).empty()) {
    return "the machine does not begin with an empty deque";
  }
  ++states_;
  if (listener_) listener_(nullptr, parameters_, state_);
  for (std::size_t n = 0; n < t.steps.size(); ++n) {
    if (skipped_[n]) continue;
    const std::string problem = perform(t.steps[n], n);
    if (problem.empty()) continue;
    return "step " + std::to_string(n) + ", " + t.steps[n].site + ": " + problem;
  }
  const std::string problem = finish();
  return problem.empty() ? problem : "at the end: " + problem;
}

void deque_replay::list_accesses(const execution_trace& t, int word) {
  sites_.clear();
  skipped_.clear();
  next_.assign(t.steps.size(), t.steps.size());
  std::map<std::pair<int, std::string>, int> slots;
  std::map<int, std::size_t> last;
  for (std::size_t n = 0; n < t.steps.size(); ++n) {
    const trace_step& s = t.steps[n];
    sites_.push_back(s.site.substr(0, s.site.find(' ')));
    const int of_slot = is_slot(sites_[n]) ? slots[{thread_of(s), sites_[n]}]++ % words_ : word;
    skipped_.push_back(of_slot != word);
    if (of_slot != word) continue;
    const auto [before, first] = last.try_emplace(thread_of(s), n);
    if (!first) next_[std::exchange(before->second, n)] = n;
  }
}

bool deque_replay::applies(condition when, const step& s, std::size_t n) const {
  const std::string next = next_[n] < sites_.size() ? sites_[next_[n]] : "";
  const bool pushes = next == "DF2" || next == "DF3";
  const bool pops = next == "DF6";
  switch (when) {
    case condition::always: return true;
    case condition::begins_push: return pushes;
    case condition::begins_pop: return pops;
    case condition::begins_none: return !pushes && !pops;
    case condition::wrote: return model::writes(s.kind);
    case condition::failed: return !model::writes(s.kind);
  }
  return false;
}

const deque_replay::prepared_row* deque_replay::row_of(const step& s, std::size_t n) const {
  for (const prepared_row& r : rows_) {
    if (r.row.site == sites_[n] && applies(r.row.when, s, n)) return &r;
  }
  return nullptr;
}

bool deque_replay::is_possible(const prepared_row& row) const {
  return std::any_of(row.steps.begin(), row.steps.end(),
                     [&](const deque::transition* t) { return is_enabled(*t); });
}

std::string deque_replay::perform(const step& s, std::size_t n) {
  const prepared_row* row = row_of(s, n);
  if (row == nullptr) return pass_over_ ? "" : "no row of the table is for this access";
  std::string problem = compare_role(s, sites_[n]);
  if (problem.empty()) problem = prepare(*row, s, n);
  if (!problem.empty()) return problem;
  if (row->before != nullptr && !is_possible(*row) && is_enabled(*row->before)) {
    problem = take(*row->before);
  }
  if (problem.empty() && !row->steps.empty()) problem = take_one(*row);
  return problem.empty() ? compare(s, n) : problem;
}

std::string deque_replay::take_one(const prepared_row& row) {
  const deque::transition* found = nullptr;
  std::string names;
  for (const deque::transition* t : row.steps) {
    names += names.empty() ? t->name : std::string(" nor ") + t->name;
    if (!is_enabled(*t)) continue;
    if (found != nullptr) {
      return std::string("both ") + found->name + " and " + t->name + " are possible";
    }
    found = t;
  }
  return found != nullptr ? take(*found) : "the machine cannot take " + names;
}

std::string deque_replay::take(const deque::transition& t) {
  if (const char* claim = t.broken(state_, parameters_)) {
    return std::string(t.name) + " although not: " + claim;
  }
  deque::state after = state_;
  t.update(state_, parameters_, after);
  state_ = after;
  taken_.insert(t.name);
  ++states_;
  if (listener_) listener_(&t, parameters_, state_);
  const std::vector<std::string> names = violated(state_);
  return names.empty() ? "" : std::string(t.name) + " leads to a state without " + names.front();
}

number deque_replay::item_of(std::uint64_t value) const {
  const auto item = items_.find(value);
  return item == items_.end() ? 0 : item->second;
}

std::string deque_replay::prepare(const prepared_row& row, const step& s, std::size_t n) {
  if (s.thread > max_thieves) return "more thieves than deque_replay.h has room for";
  parameters_ = {};
  parameters_.me = std::max(s.thread - 1, 0);
  switch (row.row.k) {
    case operand::none: break;
    case operand::value: parameters_.k = static_cast<number>(s.read); break;
    case operand::item: parameters_.k = item_of(s.read); break;
    case operand::message:
    case operand::buffer: {
      const std::map<int, number>& numbers = row.row.k == operand::message ? message_ : buffer_;
      if (s.reads_from == trace_step::initial) break;  // the message 0, or no buffer: 0 as well
      const auto source = numbers.find(s.reads_from);
      if (source == numbers.end()) return "it reads what no step has written";
      parameters_.k = source->second;
    }
  }
  if (row.row.when == condition::begins_push) return begin_push(n);
  if (sites_[n] == "DF15") return prepare_growth();
  return {};
}

// The item is the one that this push stores, if it does not refuse it.
std::string deque_replay::begin_push(std::size_t n) {
  parameters_.fresh = ++pushes_;
  for (std::size_t i = next_[n]; i < sites_.size() && sites_[i] != "DF1"; i = next_[i]) {
    if (sites_[i] != "DF3") continue;
    const std::uint64_t value = trace_->steps[i].written;
    if (!items_.try_emplace(value, pushes_).second) {
      return "two items have the value " + std::to_string(value);
    }
    break;
  }
  return {};
}

// A part of the block that copies the live items: the read of a cell, or the write of its copy.
std::string deque_replay::copy(const step& s, const std::string& site) {
  const auto done = static_cast<number>(copied_to_.size());
  const number index = state_.ot + done;
  if (!transition_named("push.refuse").enabled(state_, parameters_)) {
    return "the machine does not grow here";
  }
  if (index >= state_.ob) return "more cells are copied than are live";
  if ((site == "DF15c") != copying_) return "cells are read and written in turn";
  copying_ = !copying_;
  if (site == "DF15b") {
    copies_.push_back(s.read);
    return compare_cell(s, state_.cur, index, s.read);
  }
  copied_to_.push_back(s.location);
  return s.written == copies_.back() ? "" : "the copy of a cell is not what was read";
}

std::string deque_replay::prepare_growth() {
  const number now = select(state_.cap, state_.cur);
  parameters_.ncap = now == 0 ? capacity_ : 2 * now;
  parameters_.nw = constant_table(state_.n + 1);
  if (static_cast<number>(copied_to_.size()) != state_.ob - state_.ot) {
    return "not every live cell was copied";
  }
  number index = state_.ot;
  for (const std::uint64_t value : copies_) {
    const auto at = static_cast<std::size_t>(index++ % parameters_.ncap);
    parameters_.nb.elements[at] = item_of(value);
  }
  return {};
}

// One location for each role, and none for two.
std::string deque_replay::compare_role(const step& s, const std::string& site) {
  const std::string role = role_of(site);
  if (role.empty()) return {};
  const auto [known, first] = role_.try_emplace(role, s.location);
  if (known->second != s.location) return "another location than before is " + role;
  for (const auto& [other, location] : role_) {
    if (other != role && location == s.location) return role + " and " + other + " are one";
  }
  return cells_.count(s.location) != 0 ? role + " is a cell" : "";
}

std::string deque_replay::is_cell(int location, number buffer, number index) {
  const cell_name name{buffer, deque::slot(state_, parameters_, buffer, index)};
  const auto of_location = cells_.try_emplace(location, name).first;
  const auto of_cell = locations_.try_emplace(name, location).first;
  if (of_location->second == name && of_cell->second == location) return {};
  return "it accesses another cell than that of index " + std::to_string(index) + " in buffer " +
         std::to_string(buffer);
}

std::string deque_replay::compare_cell(const step& s, number buffer, number index,
                                       std::uint64_t value) {
  std::string problem = is_cell(s.location, buffer, index);
  if (!problem.empty()) return problem;
  const number item =
      select(select(state_.buf, buffer), deque::slot(state_, parameters_, buffer, index));
  if (item_of(value) == item) return {};
  return differs("the cell's item", static_cast<std::uint64_t>(item_of(value)), item);
}

std::string deque_replay::compare_owner(const step& s, const std::string& site) {
  if (site == "DF1" && s.read != static_cast<std::uint64_t>(state_.B)) {
    return differs("bottom", s.read, state_.B);
  }
  if (site == "DF3") return compare_cell(s, state_.cur, state_.ob, s.written);
  if (site == "DF9c") return compare_cell(s, state_.cur, state_.ob, s.read);
  if (site == "DF15b" || site == "DF15c") return copy(s, site);
  return {};
}

// What the access wrote, or what an access that is no step read, is what the machine has.
std::string deque_replay::compare(const step& s, std::size_t n) {
  const std::string& site = sites_[n];
  const auto number_of_step = static_cast<int>(n);
  const std::string role = role_of(site);
  if (model::writes(s.kind) && role == "top" && s.written != static_cast<std::uint64_t>(state_.T)) {
    return differs("top", s.written, state_.T);
  }
  if (model::writes(s.kind) && role == "bottom") {
    if (s.written != static_cast<std::uint64_t>(state_.B)) {
      return differs("bottom", s.written, state_.B);
    }
    message_[number_of_step] = state_.lastb;
  }
  if (site == "DF12" && s.read != static_cast<std::uint64_t>(select(state_.bv, parameters_.k))) {
    return differs("the message of bottom", s.read, select(state_.bv, parameters_.k));
  }
  if (site == "DF13b") {
    const number j = parameters_.me;
    return is_cell(s.location, select(state_.tej, j), select(state_.tlj, j));
  }
  if (site == "DF15") {
    buffer_[number_of_step] = state_.cur;
    number index = state_.ot;
    for (const int location : std::exchange(copied_to_, {})) {
      const std::string problem = is_cell(location, state_.cur, index++);
      if (!problem.empty()) return problem;
    }
    copies_.clear();
  }
  return compare_owner(s, site);
}

std::string deque_replay::finish() {
  parameters_ = {};
  const deque::transition& refuse = transition_named("push.refuse");
  if (is_enabled(refuse)) {
    const std::string problem = take(refuse);
    if (!problem.empty()) return problem;
  }
  if (!is_enabled(transition_named("pop.start")) &&
      !is_enabled(transition_named("pop.empty_by_cache"))) {
    return "the machine's owner is in the middle of an operation";
  }
  for (parameters_.me = 0; parameters_.me < max_thieves; ++parameters_.me) {
    if (!is_enabled(transition_named("steal.load_top"))) {
      return "a thief of the machine is in the middle of a steal";
    }
  }
  return {};
}

}  // namespace wyn::link
