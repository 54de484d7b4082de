#include "proofs/link/deque_replay_base.h"

#include <algorithm>
#include <string>
#include <utility>

namespace wyn::link {

namespace {

using model::execution_trace;
using model::trace_step;

// The main thread and thread 0 are one: the owner.
int thread_of(const trace_step& s) { return std::max(s.thread, 0); }

// The number that a step has which `s` reads from; `initial`: of what was there at the beginning.
std::string number_of_source(const std::map<int, number>& numbers, const trace_step& s, number& k) {
  k = 0;
  if (s.reads_from == trace_step::initial) return {};
  const auto source = numbers.find(s.reads_from);
  if (source == numbers.end()) return "it reads what no step has written";
  k = source->second;
  return {};
}

}  // namespace

std::string role_of(const std::string& site) {
  for (const char* role : {"top", "bottom", "buffer", "askers"}) {
    const std::string end = std::string("_") + role;
    if (site.size() > end.size() && site.ends_with(end)) return role;
  }
  return {};
}

template <class Machine>
deque_replay_base<Machine>::deque_replay_base(const std::vector<step_row>& rows, number capacity,
                                              number words)
    : rows_(stepper::prepare(rows)), slots_(m_, capacity, words) {}

template <class Machine>
auto deque_replay_base<Machine>::initial() const -> state_type {
  state_type empty;
  empty.isb.elements[0] = 1;
  empty.words = slots_.words();
  return empty;
}

template <class Machine>
std::string deque_replay_base<Machine>::run(const execution_trace& t) {
  if (!t.machine_run) return "no order of the events is a run of the machine";
  reset();
  list_accesses(t);
  begin_run();
  if (const std::string problem = m_.begin(initial()); !problem.empty()) return problem;
  for (std::size_t n = 0; n < t.steps.size(); ++n) {
    const std::string problem = perform(t.steps[n], n);
    if (problem.empty()) continue;
    return "step " + std::to_string(n) + ", " + t.steps[n].site + ": " + problem;
  }
  m_.parameters = {};
  const std::string problem = finish();
  return problem.empty() ? problem : "at the end: " + problem;
}

template <class Machine>
void deque_replay_base<Machine>::reset() {
  slots_.reset();
  message_.clear();
  buffer_.clear();
  role_.clear();
  word_ = popped_words_ = pushes_ = 0;
}

template <class Machine>
void deque_replay_base<Machine>::list_accesses(const execution_trace& t) {
  trace_ = &t;
  sites_.clear();
  next_.assign(t.steps.size(), t.steps.size());
  std::map<int, std::size_t> last;
  for (std::size_t n = 0; n < t.steps.size(); ++n) {
    sites_.push_back(without_id(t.steps[n].site));
    const auto [before, first] = last.try_emplace(thread_of(t.steps[n]), n);
    if (!first) next_[std::exchange(before->second, n)] = n;
  }
}

template <class Machine>
std::string deque_replay_base<Machine>::next_site(std::size_t n) const {
  return next_[n] < sites_.size() ? sites_[next_[n]] : "";
}

template <class Machine>
bool deque_replay_base<Machine>::applies(condition when, const step& s, std::size_t n) const {
  const std::string next = next_site(n);
  const bool pushes = next == "push.load_top" || next == "push.store_slot";
  const bool pops = next == "pop.store_bottom";
  const bool takes = next == "oldest.load_top";
  const bool steals = next == "peek.load_bottom" || next == "steal.fence";
  switch (when) {
    case condition::always: return true;
    case condition::begins_push: return pushes;
    case condition::begins_pop: return pops;
    case condition::begins_oldest: return takes;
    case condition::begins_none: return !pushes && !pops && !takes;
    case condition::goes_on: return steals;
    case condition::gives_up: return !steals;
    case condition::zero: return s.read == 0;
    case condition::not_zero: return s.read != 0;
    case condition::wrote: return model::writes(s.kind);
    case condition::failed: return !model::writes(s.kind);
  }
  return false;
}

template <class Machine>
auto deque_replay_base<Machine>::row_of(const step& s, std::size_t n) const -> const prepared_row* {
  for (const prepared_row& r : rows_) {
    if (r.row.site == sites_[n] && applies(r.row.when, s, n)) return &r;
  }
  return nullptr;
}

template <class Machine>
bool deque_replay_base<Machine>::is_possible(const prepared_row& row) const {
  return std::any_of(row.steps.begin(), row.steps.end(),
                     [&](const transition* t) { return m_.is_enabled(*t); });
}

template <class Machine>
std::string deque_replay_base<Machine>::perform(const step& s, std::size_t n) {
  const prepared_row* row = row_of(s, n);
  if (row == nullptr) return pass_over_ ? "" : "no row of the table is for this access";
  std::string problem = compare_role(s, sites_[n]);
  if (constructs(n)) return problem.empty() ? compare_more(s, n) : problem;
  if (problem.empty()) problem = prepare(*row, s, n);
  if (problem.empty()) problem = take_before(*row);
  if (problem.empty() && !row->steps.empty()) problem = m_.take_one(row->steps);
  return problem.empty() ? compare(s, n) : problem;
}

template <class Machine>
std::string deque_replay_base<Machine>::take_before(const prepared_row& row) {
  const auto parameters = m_.parameters;
  std::string problem;
  for (const transition* t : row.before) {
    if (is_possible(row)) break;
    set_unseen(*t);
    if (problem.empty() && m_.is_enabled(*t)) problem = m_.take(*t);
    m_.parameters = parameters;
  }
  return problem;
}

template <class Machine>
std::string deque_replay_base<Machine>::take_if_possible(const char* name) {
  const transition& t = stepper::named(name);
  return m_.is_enabled(t) ? m_.take(t) : "";
}

template <class Machine>
std::string deque_replay_base<Machine>::prepare(const prepared_row& row, const step& s,
                                                std::size_t n) {
  m_.parameters = {};
  set_parameters(s);
  if (m_.parameters.me >= max_thieves<state_type>) {
    return "more thieves than deque_terms.h has room for";
  }
  if (sites_[n] == "push.store_slot") word_ = m_.state.ow;
  if (sites_[n] == "pop.load_slot") word_ = popped_words_++ % slots_.words();
  if (sites_[n] == "steal.load_slot") word_ = select(m_.state.twj, m_.parameters.me);
  if (std::string problem = prepare_operand(row.row.k, s); !problem.empty()) return problem;
  if (row.row.when == condition::begins_push) return begin_push(n);
  if (sites_[n] == "grow.store_buffer") return slots_.prepare_growth();
  return {};
}

template <class Machine>
std::string deque_replay_base<Machine>::prepare_operand(operand k, const step& s) {
  auto& p = m_.parameters;
  switch (k) {
    case operand::none: break;
    case operand::top: return read_top(s, p.k);
    case operand::item: p.k = slots_.item_of(word_, s.read); break;
    case operand::message: return read_bottom(s, p.k);
    case operand::buffer: return number_of_source(buffer_, s, p.k);
  }
  return {};
}

template <class Machine>
std::string deque_replay_base<Machine>::read_bottom(const step& s, number& k) const {
  return number_of_source(message_, s, k);
}

// The item is the one whose words this push stores, if it does not refuse it.
template <class Machine>
std::string deque_replay_base<Machine>::begin_push(std::size_t n) {
  m_.parameters.fresh = ++pushes_;
  number word = 0;
  for (std::size_t i = next_[n]; i < sites_.size() && sites_[i] != "push.load_bottom";
       i = next_[i]) {
    if (sites_[i] != "push.store_slot") continue;
    std::string problem = slots_.add_word(word++, trace_->steps[i].written, pushes_);
    if (!problem.empty()) return problem;
  }
  return {};
}

// One location for each role, and none for two.
template <class Machine>
std::string deque_replay_base<Machine>::compare_role(const step& s, const std::string& site) {
  const std::string role = role_of(site);
  if (role.empty()) return {};
  const auto [known, first] = role_.try_emplace(role, s.location);
  if (known->second != s.location) return "another location than before is " + role;
  for (const auto& [other, location] : role_) {
    if (other != role && location == s.location) return role + " and " + other + " are one";
  }
  return slots_.is_cell(s.location) ? role + " is a cell" : "";
}

// What the access wrote, or what an access that is no step read, is what the machine has.
template <class Machine>
std::string deque_replay_base<Machine>::compare(const step& s, std::size_t n) {
  const std::string& site = sites_[n];
  std::string problem = compare_more(s, n);
  if (problem.empty() && role_of(site) == "bottom") problem = compare_bottom(s, n);
  if (problem.empty() && site == "grow.store_buffer") {
    buffer_[static_cast<int>(n)] = m_.state.cur;
    return slots_.end_growth();
  }
  return problem.empty() ? compare_slot(s, site) : problem;
}

template <class Machine>
std::string deque_replay_base<Machine>::compare_bottom(const step& s, std::size_t n) {
  const auto& state = m_.state;
  if (model::writes(s.kind)) message_[static_cast<int>(n)] = state.lastb;
  if (model::writes(s.kind) && s.written != static_cast<std::uint64_t>(state.B)) {
    return differs("bottom", s.written, state.B);
  }
  const bool is_owners = sites_[n] == "push.load_bottom";
  if (is_owners && s.read != static_cast<std::uint64_t>(state.B)) {
    return differs("bottom", s.read, state.B);
  }
  const bool is_guess = sites_[n] == "size.load_bottom";
  if (model::writes(s.kind) || is_owners || is_guess) return {};
  const number value = select(state.bv, m_.parameters.k);
  return s.read == static_cast<std::uint64_t>(value)
             ? ""
             : differs("the message of bottom", s.read, value);
}

template <class Machine>
std::string deque_replay_base<Machine>::compare_slot(const step& s, const std::string& site) {
  const auto& state = m_.state;
  if (site == "push.store_slot") return slots_.holds(s.location, state.ob, word_, s.written);
  if (site == "pop.load_slot") return slots_.holds(s.location, popped_index(), word_, s.read);
  if (site == "grow.load_slot" || site == "grow.store_slot") {
    return slots_.copy(s, site == "grow.load_slot");
  }
  if (site != "steal.load_slot") return {};
  const number j = m_.parameters.me;
  return slots_.is_cell(s.location, select(state.tej, j), select(state.tlj, j), word_);
}

template <class Machine>
std::string deque_replay_base<Machine>::finish() {
  std::string problem = take_if_possible("push.refuse");
  if (!problem.empty()) return problem;
  if (!m_.is_enabled(stepper::named("pop.start")) &&
      !m_.is_enabled(stepper::named("pop.empty_by_cache"))) {
    return "the machine's owner is in the middle of an operation";
  }
  for (number j = 0; j < max_thieves<state_type>; ++j) {
    if (select(m_.state.tpcj, j) != 0) return "a thief is in the middle of a steal";
  }
  return {};
}

template class deque_replay_base<deque_fence::machine>;
template class deque_replay_base<deque_seq_cst::machine>;
template class deque_replay_base<deque_biased::machine>;

}  // namespace wyn::link
