#include "proofs/link/deque_replay.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace wyn::link {

namespace {

using model::event_kind;
using model::execution_trace;
using model::trace_step;

// What the location that a site accesses is for; empty: a slot, or a fence.
std::string role_of(const std::string& site) {
  for (const char* role : {"top", "bottom", "buffer"}) {
    const std::string end = std::string("_") + role;
    if (site.size() > end.size() && site.ends_with(end)) return role;
  }
  return {};
}

// The main thread and thread 0 are one: the owner.
int thread_of(const trace_step& s) { return std::max(s.thread, 0); }

std::string differs(const std::string& what, std::uint64_t code, number machine) {
  return what + " is " + std::to_string(code) + " in the code and " + std::to_string(machine) +
         " in the machine";
}

// The place of a seq_cst access in the order of them all, for a machine that asks for it.
template <class Parameters>
void set_position(Parameters& p, number place) {
  if constexpr (requires { p.z; }) p.z = place;
}

}  // namespace

template <class Machine>
deque_replay<Machine>::deque_replay(const std::vector<step_row>& rows, number capacity, int words)
    : rows_(stepper::prepare(rows)), capacity_(capacity), words_(words) {}

template <class Machine>
std::string deque_replay<Machine>::run(const execution_trace& t) {
  if (!t.machine_run) return "no order of the events is a run of the machine";
  reset();
  list_accesses(t);
  typename Machine::state empty;  // as the code constructs it: no buffer
  empty.isb.elements[0] = 1;
  empty.words = words_;
  if (const std::string problem = m_.begin(empty); !problem.empty()) return problem;
  for (std::size_t n = 0; n < t.steps.size(); ++n) {
    const std::string problem = perform(t.steps[n], n);
    if (problem.empty()) continue;
    return "step " + std::to_string(n) + ", " + t.steps[n].site + ": " + problem;
  }
  const std::string problem = finish();
  return problem.empty() ? problem : "at the end: " + problem;
}

template <class Machine>
void deque_replay<Machine>::reset() {
  message_.clear();
  buffer_.clear();
  items_.clear();
  cells_.clear();
  locations_.clear();
  role_.clear();
  copies_.clear();
  copied_to_.clear();
  word_ = popped_words_ = pushes_ = 0;
}

template <class Machine>
void deque_replay<Machine>::list_accesses(const execution_trace& t) {
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
bool deque_replay<Machine>::applies(condition when, const step& s, std::size_t n) const {
  const std::string next = next_[n] < sites_.size() ? sites_[next_[n]] : "";
  const bool pushes = next == "push.load_top" || next == "push.store_slot";
  const bool pops = next == "pop.store_bottom";
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

template <class Machine>
auto deque_replay<Machine>::row_of(const step& s, std::size_t n) const -> const prepared_row* {
  for (const prepared_row& r : rows_) {
    if (r.row.site == sites_[n] && applies(r.row.when, s, n)) return &r;
  }
  return nullptr;
}

template <class Machine>
bool deque_replay<Machine>::is_possible(const prepared_row& row) const {
  return std::any_of(row.steps.begin(), row.steps.end(),
                     [&](const transition* t) { return m_.is_enabled(*t); });
}

template <class Machine>
std::string deque_replay<Machine>::perform(const step& s, std::size_t n) {
  const prepared_row* row = row_of(s, n);
  if (row == nullptr) return pass_over_ ? "" : "no row of the table is for this access";
  std::string problem = compare_role(s, sites_[n]);
  if (problem.empty()) problem = prepare(*row, s, n);
  if (!problem.empty()) return problem;
  for (const transition* t : row->before) {
    if (problem.empty() && !is_possible(*row) && m_.is_enabled(*t)) problem = m_.take(*t);
  }
  if (problem.empty() && !row->steps.empty()) problem = m_.take_one(row->steps);
  return problem.empty() ? compare(s, n) : problem;
}

template <class Machine>
number deque_replay<Machine>::item_of(number word, std::uint64_t value) const {
  const auto item = items_.find({word, value});
  return item == items_.end() ? 0 : item->second;
}

template <class Machine>
std::string deque_replay<Machine>::prepare(const prepared_row& row, const step& s, std::size_t n) {
  if (s.thread >= max_thieves) return "more thieves than deque_terms.h has room for";
  auto& p = m_.parameters;
  p = {};
  // The owner, where it steals, is the last thief of the machine.
  p.me = thread_of(s) > 0 ? s.thread - 1 : max_thieves - 1;
  set_position(p, s.sc_place);
  if (sites_[n] == "push.store_slot") word_ = m_.state.ow;
  if (sites_[n] == "pop.load_slot") word_ = popped_words_++ % words_;
  if (sites_[n] == "steal.load_slot") word_ = select(m_.state.twj, p.me);
  switch (row.row.k) {
    case operand::none: break;
    case operand::value: p.k = static_cast<number>(s.read); break;
    case operand::item: p.k = item_of(word_, s.read); break;
    case operand::message:
    case operand::buffer: {
      const std::map<int, number>& numbers = row.row.k == operand::message ? message_ : buffer_;
      if (s.reads_from == trace_step::initial) break;  // the message 0, or no buffer: 0 as well
      const auto source = numbers.find(s.reads_from);
      if (source == numbers.end()) return "it reads what no step has written";
      p.k = source->second;
    }
  }
  if (row.row.when == condition::begins_push) return begin_push(n);
  if (sites_[n] == "grow.store_buffer") return prepare_growth();
  return {};
}

// The item is the one whose words this push stores, if it does not refuse it.
template <class Machine>
std::string deque_replay<Machine>::begin_push(std::size_t n) {
  m_.parameters.fresh = ++pushes_;
  number word = 0;
  for (std::size_t i = next_[n]; i < sites_.size() && sites_[i] != "push.load_bottom";
       i = next_[i]) {
    if (sites_[i] != "push.store_slot") continue;
    const std::uint64_t value = trace_->steps[i].written;
    if (!items_.try_emplace({word++, value}, pushes_).second) {
      return "two items have the value " + std::to_string(value);
    }
  }
  return {};
}

// A part of the block that copies the live items: all words of an index are read, then written.
template <class Machine>
std::string deque_replay<Machine>::copy(const step& s, const std::string& site) {
  const auto read = static_cast<number>(copies_.size());
  const auto written = static_cast<number>(copied_to_.size());
  const bool reading = site == "grow.load_slot";
  const number done = reading ? read : written;
  const number index = m_.state.ot + done / words_;
  if (!m_.is_enabled(stepper::named("push.refuse"))) return "the machine does not grow here";
  if (index >= m_.state.ob) return "more cells are copied than are live";
  const bool in_turn =
      reading ? read / words_ == written / words_ : read % words_ == 0 && written < read;
  if (!in_turn) return "slots are read and written in turn";
  if (reading) {
    copies_.push_back(s.read);
    return compare_cell(s, index, done % words_, s.read);
  }
  copied_to_.push_back(s.location);
  const std::uint64_t copied = copies_[static_cast<std::size_t>(written)];
  return s.written == copied ? "" : "the copy of a cell is not what was read";
}

template <class Machine>
std::string deque_replay<Machine>::prepare_growth() {
  auto& p = m_.parameters;
  const number now = select(m_.state.cap, m_.state.cur);
  p.ncap = now == 0 ? capacity_ : 2 * now;
  p.nw = constant_table(m_.state.n + 1);
  if (static_cast<number>(copied_to_.size()) != (m_.state.ob - m_.state.ot) * words_) {
    return "not every live cell was copied";
  }
  number done = 0;
  for (const std::uint64_t value : copies_) {
    const number v = done % words_;
    const number cell = word(m_.state, p, m_.state.cur + 1, m_.state.ot + done++ / words_, v);
    p.nb.elements[static_cast<std::size_t>(cell)] = item_of(v, value);
  }
  return {};
}

// One location for each role, and none for two.
template <class Machine>
std::string deque_replay<Machine>::compare_role(const step& s, const std::string& site) {
  const std::string role = role_of(site);
  if (role.empty()) return {};
  const auto [known, first] = role_.try_emplace(role, s.location);
  if (known->second != s.location) return "another location than before is " + role;
  for (const auto& [other, location] : role_) {
    if (other != role && location == s.location) return role + " and " + other + " are one";
  }
  return cells_.count(s.location) != 0 ? role + " is a cell" : "";
}

template <class Machine>
std::string deque_replay<Machine>::is_cell(int location, number buffer, number index,
                                           number of_item) {
  const cell_name name{buffer, word(m_.state, m_.parameters, buffer, index, of_item)};
  const auto of_location = cells_.try_emplace(location, name).first;
  const auto of_cell = locations_.try_emplace(name, location).first;
  if (of_location->second == name && of_cell->second == location) return {};
  return "it accesses another cell than that of word " + std::to_string(of_item) + " of index " +
         std::to_string(index) + " in buffer " + std::to_string(buffer);
}

// Of the newest buffer.
template <class Machine>
std::string deque_replay<Machine>::compare_cell(const step& s, number index, number of_item,
                                                std::uint64_t value) {
  const number buffer = m_.state.cur;
  std::string problem = is_cell(s.location, buffer, index, of_item);
  if (!problem.empty()) return problem;
  const number place = word(m_.state, m_.parameters, buffer, index, of_item);
  const number item = select(select(m_.state.buf, buffer), place);
  const number read = item_of(of_item, value);
  return read == item ? "" : differs("the cell's item", static_cast<std::uint64_t>(read), item);
}

template <class Machine>
std::string deque_replay<Machine>::compare_owner(const step& s, const std::string& site) {
  const auto& state = m_.state;
  if (site == "push.load_bottom" && s.read != static_cast<std::uint64_t>(state.B)) {
    return differs("bottom", s.read, state.B);
  }
  if (site == "push.store_slot") return compare_cell(s, state.ob, word_, s.written);
  if (site == "pop.load_slot") return compare_cell(s, state.ob, word_, s.read);
  if (site == "grow.load_slot" || site == "grow.store_slot") return copy(s, site);
  return {};
}

// What the access wrote, or what an access that is no step read, is what the machine has.
template <class Machine>
std::string deque_replay<Machine>::compare(const step& s, std::size_t n) {
  const auto& state = m_.state;
  const std::string& site = sites_[n];
  const auto number_of_step = static_cast<int>(n);
  const std::string role = role_of(site);
  if (model::writes(s.kind) && role == "top" && s.written != static_cast<std::uint64_t>(state.T)) {
    return differs("top", s.written, state.T);
  }
  if (model::writes(s.kind) && role == "bottom") {
    if (s.written != static_cast<std::uint64_t>(state.B)) {
      return differs("bottom", s.written, state.B);
    }
    message_[number_of_step] = state.lastb;
  }
  if (site == "steal.load_bottom") {
    const number value = select(state.bv, m_.parameters.k);
    if (s.read != static_cast<std::uint64_t>(value)) {
      return differs("the message of bottom", s.read, value);
    }
  }
  if (site == "steal.load_slot") {
    const number j = m_.parameters.me;
    return is_cell(s.location, select(state.tej, j), select(state.tlj, j), word_);
  }
  if (site == "grow.store_buffer") {
    buffer_[number_of_step] = state.cur;
    number done = 0;
    for (const int location : std::exchange(copied_to_, {})) {
      const std::string problem =
          is_cell(location, state.cur, state.ot + done / words_, done % words_);
      if (!problem.empty()) return problem;
      ++done;
    }
    copies_.clear();
  }
  return compare_owner(s, site);
}

template <class Machine>
std::string deque_replay<Machine>::finish() {
  m_.parameters = {};
  const transition& refuse = stepper::named("push.refuse");
  if (m_.is_enabled(refuse)) {
    const std::string problem = m_.take(refuse);
    if (!problem.empty()) return problem;
  }
  if (!m_.is_enabled(stepper::named("pop.start")) &&
      !m_.is_enabled(stepper::named("pop.empty_by_cache"))) {
    return "the machine's owner is in the middle of an operation";
  }
  for (m_.parameters.me = 0; m_.parameters.me < max_thieves; ++m_.parameters.me) {
    const auto thief = static_cast<std::size_t>(m_.parameters.me);
    if (m_.state.tpcj.elements[thief] != 0) return "a thief is in the middle of a steal";
  }
  return {};
}

template class deque_replay<deque_fence::machine>;
template class deque_replay<deque_seq_cst::machine>;

}  // namespace wyn::link
