#include "proofs/link/task_pool_replay.h"

#include <algorithm>
#include <utility>

namespace wyn::link {

namespace {

using model::execution_trace;
using model::side_step_kind;
using model::trace_step;

// proofs/task_pool/machine.py has these numbers.
constexpr number owner = 0;
constexpr number live = 1, returning = 2, free_slot = 3;
constexpr number cutting = 1;

constexpr int nobody = -2;

std::string site_of(const trace_step& s) {
  if (!s.beside) return without_id(s.site);
  switch (*s.beside) {
    case side_step_kind::plain_read: return "slot.read";
    case side_step_kind::plain_write: return "slot.write";
    case side_step_kind::construction: return "slot.construct";
    case side_step_kind::destruction: return "slot.destroy";
    case side_step_kind::deallocation:
    case side_step_kind::wake: break;
  }
  return {};
}

bool is_of_list(const std::string& site) {
  return site == "collect.exchange_head" || site == "return.load_head" || site == "return.cas_head";
}

// The pointwise maximum of two views.
table joined(const table& a, const table& b) {
  table view;
  for (std::size_t x = 0; x < static_cast<std::size_t>(pool_slots); ++x) {
    view.elements[x] = std::max(a.elements[x], b.elements[x]);
  }
  return view;
}

}  // namespace

task_pool_replay::task_pool_replay(const std::vector<pool_row>& rows, place_test is_place)
    : rows_(stepper::prepare(rows)), is_place_(std::move(is_place)) {}

std::string task_pool_replay::run(const execution_trace& t) {
  trace_ = &t;
  list_heaps(t);
  task_pool::state empty;
  empty.rl = 1;
  std::string problem;
  for (auto& h : heaps_) {
    if (problem.empty()) problem = h->machine.begin(empty);
  }
  bool threads_began = false;
  for (std::size_t n = 0; n < t.steps.size() && problem.empty(); ++n) {
    const bool in_main = t.steps[n].thread == trace_step::main_thread;
    if (in_main && threads_began) break;
    threads_began = threads_began || !in_main;
    problem = perform(n);
    if (!problem.empty()) {
      problem = "step " + std::to_string(n) + ", " + t.steps[n].site + ": " + problem;
    }
  }
  if (problem.empty()) problem = finish();
  for (const auto& h : heaps_) {
    states_ += h->machine.states();
    taken_.insert(h->machine.steps_taken().begin(), h->machine.steps_taken().end());
  }
  return problem;
}

// The return list of each heap has a location; who exchanges its head is the owner.
void task_pool_replay::list_heaps(const execution_trace& t) {
  heaps_.clear();
  for (const trace_step& s : t.steps) {
    const std::string site = site_of(s);
    if (s.beside || !is_of_list(site)) continue;
    auto known = std::find_if(heaps_.begin(), heaps_.end(),
                              [&](const auto& h) { return h->location == s.location; });
    if (known == heaps_.end()) {
      heaps_.push_back(std::make_unique<heap>(heap{s.location, nobody, {}, {}, {}, {}}));
      known = std::prev(heaps_.end());
    }
    const bool exchanges = site == "collect.exchange_head";
    if (exchanges && s.thread != trace_step::main_thread) (*known)->owner = s.thread;
  }
}

// The slot that the thread of step n, a load of the head, is about to return.
std::uint64_t task_pool_replay::slot_to_return(std::size_t n) const {
  for (std::size_t i = n + 1; i < trace_->steps.size(); ++i) {
    const trace_step& s = trace_->steps[i];
    if (s.thread != trace_->steps[n].thread || s.beside) continue;
    if (without_id(s.site) != "return.cas_head") continue;
    if (model::writes(s.kind)) return s.written;
  }
  return 0;
}

// What step n is to which heap; false: it is to none.
bool task_pool_replay::find(std::size_t n, access& a) {
  const step& s = trace_->steps[n];
  a = {nullptr, 0, 0, site_of(s), pool_condition::always};
  if (s.beside) return !a.site.empty() && find_slot(s, a);
  for (auto& h : heaps_) {
    if (h->location == s.location && is_of_list(a.site)) a.of = h.get();
  }
  if (a.of == nullptr) return true;  // of the cap or the guard
  const bool owns = s.thread == trace_step::main_thread || s.thread == a.of->owner;
  a.thread = owns ? owner : s.thread + 1;
  if (a.site == "return.load_head") {
    const auto slot = a.of->slots.find(slot_to_return(n));
    if (slot != a.of->slots.end()) a.slot = slot->second;
  }
  return true;
}

// A word at a slot's place is a slot if it was cut, or if an owner who is cutting constructs it.
bool task_pool_replay::find_slot(const step& s, access& a) {
  for (auto& h : heaps_) {
    const bool owns = s.thread == trace_step::main_thread || s.thread == h->owner;
    const number thread = owns ? owner : s.thread + 1;
    const auto known = h->slots.find(s.address);
    if (known != h->slots.end()) {
      a.of = h.get();
      a.thread = thread;
      a.slot = known->second;
      const number state = select(h->machine.state.st, a.slot);
      a.slot_is = state == free_slot               ? pool_condition::free
                  : state == returning             ? pool_condition::returning
                  : h->linked.count(a.slot) != 0   ? pool_condition::linked
                  : h->given_up.count(a.slot) != 0 ? pool_condition::given_up
                                                   : pool_condition::live;
      return true;
    }
  }
  for (auto& h : heaps_) {
    const bool owns = s.thread == trace_step::main_thread || s.thread == h->owner;
    const bool cuts = h->machine.state.opc == cutting && owns;
    if (!cuts || s.beside != side_step_kind::construction || !is_place_(s.address)) continue;
    a.of = h.get();
    a.thread = owner;
    a.slot = static_cast<number>(h->slots.size()) + 1;
    a.slot_is = pool_condition::fresh;
    h->slots[s.address] = a.slot;
    return true;
  }
  return false;
}

auto task_pool_replay::row_of(const access& a, const step& s) const -> const prepared_row* {
  for (const prepared_row& r : rows_) {
    if (r.row.site != a.site) continue;
    const pool_condition when = r.row.when;
    if (when == pool_condition::always || when == a.slot_is) return &r;
    if (!s.beside &&
        when == (model::writes(s.kind) ? pool_condition::wrote : pool_condition::failed)) {
      return &r;
    }
  }
  return nullptr;
}

void task_pool_replay::prepare(const access& a, const step& s) {
  auto& p = a.of->machine.parameters;
  const auto& state = a.of->machine.state;
  p = {};
  p.me = a.thread;
  p.s = a.slot;
  p.nv = joined(state.mv, select(state.seenj, a.thread));
  if (!s.beside && model::reads(s.kind)) {
    const auto slot = a.of->slots.find(s.read);
    p.k = slot == a.of->slots.end() ? 0 : slot->second;
  }
}

// An owner of several heaps, as the main thread is, who allocates from one has left the others.
std::string task_pool_replay::end_cuts_elsewhere(const access& a, const step& s) {
  if (a.site != "collect.exchange_head" || s.thread != trace_step::main_thread) return {};
  for (auto& h : heaps_) {
    if (h.get() == a.of || h->machine.state.opc != cutting) continue;
    const std::string problem = h->machine.take(stepper::named("cut.end"));
    if (!problem.empty()) return problem;
  }
  return {};
}

std::string task_pool_replay::step_before(const transition& t, const access& a) {
  stepper& m = a.of->machine;
  const bool mine = std::string_view(t.name) != "cut.end" || a.thread == owner;
  if (std::string_view(t.name) != "hand_on") return mine && m.is_enabled(t) ? m.take(t) : "";
  const number holder = select(m.state.who, a.slot);
  if (holder == a.thread) return {};
  m.parameters.me = holder;
  m.parameters.to = a.thread;
  const std::string problem = m.is_enabled(t) ? m.take(t) : "";
  m.parameters.me = a.thread;
  return problem;
}

std::string task_pool_replay::perform(std::size_t n) {
  const step& s = trace_->steps[n];
  access a;
  if (!find(n, a)) return {};
  const prepared_row* row = row_of(a, s);
  if (a.slot_is == pool_condition::given_up && a.site != "slot.construct") {
    return "it accesses a slot whose user has ended what was in it";
  }
  if (row == nullptr) return pass_over_ ? "" : "no row of the table is for this access";
  if (a.of == nullptr) return {};
  std::string problem = end_cuts_elsewhere(a, s);
  prepare(a, s);
  stepper& m = a.of->machine;
  for (const transition* t : row->before) {
    if (problem.empty()) problem = step_before(*t, a);
  }
  if (problem.empty()) problem = compare(a, s);
  if (problem.empty() && !row->steps.empty()) problem = m.take_one(row->steps);
  note(a);
  return problem;
}

// Before the step is taken: what was read is what the machine is about to read.
std::string task_pool_replay::compare(const access& a, const step& s) const {
  const auto& state = a.of->machine.state;
  const auto number_at = [&](std::uint64_t address) {
    const auto slot = a.of->slots.find(address);
    return slot != a.of->slots.end() ? slot->second : address == 0 ? 0 : -1;
  };
  const auto differs = [&](const char* what, std::uint64_t code, number machine) {
    if (number_at(code) == machine) return std::string();
    return std::string(what) + " is slot " + std::to_string(number_at(code)) + " in the code and " +
           std::to_string(machine) + " in the machine";
  };
  if (a.site == "collect.exchange_head") {
    if (s.written != 0) return "the return list is not emptied";
    return differs("the head", s.read, state.head);
  }
  if (a.site == "return.cas_head" && model::writes(s.kind)) {
    const std::string problem = differs("the head", s.read, state.head);
    if (!problem.empty()) return problem;
    return differs("what is returned", s.written, select(state.sj, a.thread));
  }
  if (a.site == "slot.read" && a.slot_is == pool_condition::free) {
    if (a.slot != state.loc) return "the slot is not the first one of the local list";
    return differs("the link", s.read, select(state.next, a.slot));
  }
  if (a.site == "slot.write" && a.slot_is == pool_condition::returning) {
    return differs("the link", s.written, select(state.ej, a.thread));
  }
  if (a.slot_is == pool_condition::returning && a.slot != select(state.sj, a.thread)) {
    return "another slot than that which is returned";
  }
  return {};
}

// What the slot is from here on, as far as the machine does not know it.
void task_pool_replay::note(const access& a) {
  if (a.slot == 0) return;
  const bool was_free = a.slot_is == pool_condition::free;
  if (a.site == "slot.read" && was_free) a.of->linked.insert(a.slot);
  if (a.site == "slot.construct") {
    a.of->linked.erase(a.slot);
    a.of->given_up.erase(a.slot);
  }
  if (a.site == "slot.destroy" && a.slot_is == pool_condition::live) {
    a.of->given_up.insert(a.slot);
  }
}

std::string task_pool_replay::finish() {
  for (const auto& h : heaps_) {
    for (std::size_t j = 0; j < static_cast<std::size_t>(pool_threads); ++j) {
      if (h->machine.state.pcj.elements[j] != 0) return "a thread is in the middle of a return";
    }
  }
  return {};
}

}  // namespace wyn::link
