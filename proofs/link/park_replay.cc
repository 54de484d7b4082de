#include "proofs/link/park_replay.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace wyn::link {

namespace {

using model::execution_trace;
using model::side_step_kind;
using model::trace_step;

// proofs/park/machine.py has these numbers.
constexpr number fenced = 2, blocked = 3, out = 5, napping = 7, nap_out = 8;
constexpr number n_idle = 0, ringing = 3, done = 5, woke = 6;

std::string site_of(const trace_step& s) {
  if (s.beside) return s.beside == side_step_kind::wake ? "wake" : "";
  return without_id(s.site);
}

// The kernel's call of a wait.
bool sleeps_in(const std::string& site) { return site == "wait_upper" || site == "wait_upper_for"; }

// Of the event count: the search gate's word has fetch_adds as well.
bool changes_word(const std::string& site) {
  return site.ends_with("fetch_add") &&
         std::find(std::begin(gate_sites), std::end(gate_sites), site) == std::end(gate_sites);
}

}  // namespace

park_replay::park_replay(const std::vector<park_row>& rows, bool notifies_all, bool sleeps)
    : rows_(stepper::prepare(rows)), notifies_all_(notifies_all), sleeps_(sleeps) {}

std::string park_replay::run(const execution_trace& t) {
  if (!t.machine_run) return "no order of the events is a run of the machine";
  list(t);
  if (static_cast<number>(waits_.size()) > park::max_waits ||
      static_cast<number>(notifications_.size()) > park::max_notifications ||
      static_cast<number>(settles_.size()) > park::max_settles) {
    return "a larger execution than park_terms.h has room for";
  }
  std::string problem = m_.begin(initial());
  for (std::size_t n = 0; n < end_ && problem.empty(); ++n) {
    problem = perform(n);
    if (problem.empty() && sleeps_) problem = fall_asleep(n);
    if (!problem.empty()) {
      problem = "step " + std::to_string(n) + ", " + trace_->steps[n].site + ": " + problem;
    }
  }
  return problem.empty() ? finish() : problem;
}

// Who does each step, and which message of the word it makes or reads.
void park_replay::list(const execution_trace& t) {
  trace_ = &t;
  sites_.clear();
  waits_.clear();
  notifications_.clear();
  settles_.clear();
  next_.assign(t.steps.size(), t.steps.size());
  actor_.assign(t.steps.size(), -1);
  message_.assign(t.steps.size(), 0);
  std::map<int, std::size_t> last;
  end_ = t.steps.size();
  while (end_ > 0 && t.steps[end_ - 1].thread == trace_step::main_thread) --end_;
  for (std::size_t n = 0; n < end_; ++n) {
    sites_.push_back(site_of(t.steps[n]));
    if (t.steps[n].beside) continue;
    const auto [before, first] = last.try_emplace(t.steps[n].thread, n);
    if (!first) next_[std::exchange(before->second, n)] = n;
  }
  number newest = 0;
  for (std::size_t n = 0; n < end_; ++n) {
    const trace_step& s = t.steps[n];
    if (changes_word(sites_[n])) {
      message_[n] = ++newest;
    } else if (!s.beside && s.reads_from != trace_step::initial && model::reads(s.kind)) {
      message_[n] = message_[static_cast<std::size_t>(s.reads_from)];
    }
  }
  for (std::size_t n = 0; n < end_; ++n) list_step(n);
  list_misses();
}

void park_replay::list_step(std::size_t n) {
  const std::string& site = sites_[n];
  const int thread = trace_->steps[n].thread;
  // The last number that a step of this thread and of the same kind of actor has.
  const auto current = [&](const auto& is_mine) {
    for (std::size_t i = n; i-- > 0;) {
      if (trace_->steps[i].thread == thread && actor_[i] >= 0 && is_mine(sites_[i])) {
        return actor_[i];
      }
    }
    return number{-1};
  };
  const auto of_notifier = [](const std::string& s) {
    return s == "put" || s == "wake" || s.starts_with("notify.");
  };
  const auto of_waiter = [](const std::string& s) {
    return sleeps_in(s) || s == "look" || s.starts_with("prepare.") || s.starts_with("cancel.") ||
           s.starts_with("commit.") || s.starts_with("nap");
  };
  if (site == "put") {
    if (next_[n] >= end_ || sites_[next_[n]] != "notify.fence") return;
    actor_[n] = actor_[next_[n]] = begin_notification(n, next_[n]);
  } else if (site == "notify.fence") {
    if (actor_[n] < 0) actor_[n] = begin_notification(end_, n);
  } else if (of_notifier(site)) {
    actor_[n] = current(of_notifier);
    if (site != "notify.fetch_add") return;
    const bool rang = actor_[n] >= 0 && of(actor_[n]).ring < end_;
    if (actor_[n] < 0 || rang) actor_[n] = begin_notification(end_, end_);
    of(actor_[n]).ring = n;
  } else if (site == "prepare.fetch_add") {
    actor_[n] = static_cast<number>(waits_.size());
    const std::size_t fence = next_[n];
    const std::size_t next = fence < end_ ? next_[fence] : end_;
    waits_.push_back({n, fence, next, end_, message_[n], {}, {}});
  } else if (site == "nap.fetch_add") {
    actor_[n] = static_cast<number>(waits_.size());
    waits_.push_back({n, end_, next_[n], end_, message_[n], {}, {}});
  } else if (site == "settle.fetch_add") {
    actor_[n] = static_cast<number>(settles_.size());
    settles_.push_back(n);
  } else if (of_waiter(site)) {
    actor_[n] = current(of_waiter);
    const bool ends = sleeps_in(site) || site == "cancel.fetch_add" || site == "nap_over.fetch_add";
    if (!ends || actor_[n] < 0) return;
    std::size_t& end = waits_[static_cast<std::size_t>(actor_[n])].end;
    end = std::min(end, n);
  }
}

number park_replay::begin_notification(std::size_t put, std::size_t fence) {
  notifications_.push_back({put, fence, end_});
  return static_cast<number>(notifications_.size()) - 1;
}

// Which conditions a wait's re-check has looked for and not seen, although they were made true.
void park_replay::list_misses() {
  for (std::size_t j = 0; j < waits_.size(); ++j) {
    wait& w = waits_[j];
    w.missed.assign(notifications_.size(), false);
    w.behind.clear();
    for (std::size_t n = w.next; n < w.end; n = next_[n]) {
      if (sites_[n] != "look") continue;
      for (std::size_t i = 0; i < notifications_.size(); ++i) {
        if (notifications_[i].put >= end_) continue;
        const step& put = trace_->steps[notifications_[i].put];
        const bool older = trace_->steps[n].reads_from < static_cast<int>(notifications_[i].put);
        if (put.location == trace_->steps[n].location && older) w.missed[i] = true;
      }
    }
    for (const std::size_t settle : settles_) w.behind.push_back(reads_older(w, settle));
  }
}

// Whether its re-check, or its look at the search gate, reads something older than what the caller
// of settled_waiters had written there before. Each location that both use is written by
// read-modify-writes, or by one thread, so the trace has its writes in modification order.
bool park_replay::reads_older(const wait& w, std::size_t settle) const {
  std::map<int, int> last;  // by location, before the call
  for (std::size_t n = 0; n < settle; ++n) {
    const step& s = trace_->steps[n];
    const bool writes = s.location >= 0 && model::writes(s.kind);
    if (writes && s.thread == trace_->steps[settle].thread) last[s.location] = static_cast<int>(n);
  }
  for (std::size_t n = w.next; n < w.end; n = next_[n]) {
    const step& s = trace_->steps[n];
    const auto written = last.find(s.location);
    if (written != last.end() && s.reads_from < written->second) return true;
  }
  return false;
}

// Whether the fence of the wait comes before that of the notification.
number park_replay::initial_first(const wait& w, const notification& v) const {
  if (v.fence >= end_) return w.message < message_[v.ring] ? 1 : 0;
  return trace_->steps[w.fence].sc_place < trace_->steps[v.fence].sc_place ? 1 : 0;
}

auto park_replay::initial() const -> stepper::state_type {
  stepper::state_type s{};
  for (std::size_t j = 0; j < waits_.size(); ++j) {
    if (waits_[j].fence >= end_) continue;
    for (std::size_t i = 0; i < notifications_.size(); ++i) {
      s.first.elements[j].elements[i] = initial_first(waits_[j], notifications_[i]);
    }
  }
  return s;
}

auto park_replay::row_of(const step& s, std::size_t n) const -> const prepared_row* {
  using c = park_condition;
  for (const prepared_row& r : rows_) {
    if (r.row.site != sites_[n]) continue;
    const c when = r.row.when;
    if (when == c::always || when == (notifies_all_ ? c::all : c::one)) return &r;
    if (sites_[n] == "notify.fetch_add" && actor_[n] >= 0) {
      const bool bare = select(m_.state.npci, actor_[n]) == n_idle;
      if (when == (bare ? c::bare : c::looked)) return &r;
    }
    if (sites_[n] == "notify.fence" && actor_[n] >= 0) {
      const bool bare = of(actor_[n]).put >= end_;
      if (when == (bare ? c::bare : c::put)) return &r;
    }
    if (sites_[n] != "wait_upper" || actor_[n] < 0) continue;
    const bool slept = select(m_.state.wpcj, actor_[n]) != fenced;
    if (when == (slept ? c::asleep : c::awake)) return &r;
  }
  static_cast<void>(s);
  return nullptr;
}

std::string park_replay::compare_misses(number j) {
  const std::vector<bool>& missed = waits_[static_cast<std::size_t>(j)].missed;
  for (std::size_t i = 0; i < missed.size(); ++i) {
    if (missed[i] && select(select(m_.state.first, j), static_cast<number>(i)) == 0) {
      return "the re-check misses a condition that the machine's wait must see";
    }
  }
  const std::vector<bool>& behind = waits_[static_cast<std::size_t>(j)].behind;
  for (std::size_t x = 0; x < behind.size(); ++x) {
    if (behind[x] && select(select(m_.state.gotj, j), static_cast<number>(x)) != 0) {
      return "the re-check misses what came before a call of settled_waiters that it has acquired";
    }
  }
  return {};
}

std::string park_replay::step_before(const prepared_row& row) {
  std::string problem;
  for (const transition* t : row.before) {
    while (problem.empty() && m_.is_enabled(*t)) {
      problem = m_.take(*t);
      m_.parameters.to = first_to_wake();
    }
  }
  return problem;
}

std::string park_replay::perform(std::size_t n) {
  const step& s = trace_->steps[n];
  if (sites_[n].empty()) return {};
  if (sleeps_in(sites_[n]) && actor_[n] >= 0) {
    // It found the ticket's epoch and returned by itself: it slept, be it for an instant.
    const bool unchanged = static_cast<number>(s.read >> 32) == select(m_.state.tkj, actor_[n]);
    const std::string problem = unchanged ? fall_asleep_if_possible(actor_[n]) : "";
    if (!problem.empty()) return problem;
  }
  const prepared_row* row = row_of(s, n);
  if (row == nullptr) return pass_over_ ? "" : "no row of the table is for this access";
  const bool is_client = row->steps.empty() && row->before.empty();
  if (!is_client && actor_[n] >= 0) {
    m_.parameters = {};
    m_.parameters.me = actor_[n];
    m_.parameters.to = first_to_wake();
    // The explorer's kernel may read an older word than one that holds the lock would. All that the
    // program is told is that the epoch is another one.
    m_.parameters.k = sleeps_in(sites_[n]) ? std::max(message_[n], m_.state.fl) : message_[n];
    std::string problem = step_before(*row);
    if (problem.empty() && !row->steps.empty()) problem = m_.take_one(row->steps);
    if (problem.empty()) problem = compare(s, n);
    if (!problem.empty()) return problem;
  }
  return {};
}

// The word, as it was read and as it is, is that of the machine.
std::string park_replay::compare(const step& s, std::size_t n) {
  const auto& state = m_.state;
  if (sites_[n] == "prepare.fence") return compare_misses(actor_[n]);
  const auto word_of = [&](number m) {
    return static_cast<std::uint64_t>(select(state.ep, m)) << 32 |
           static_cast<std::uint64_t>(select(state.cnt, m));
  };
  const bool writes = changes_word(sites_[n]);
  if (!writes && sites_[n] != "notify.load_waiters" && !sleeps_in(sites_[n])) return {};
  if (writes && message_[n] != state.w) return "the machine's word has another number of messages";
  if (s.read != word_of(writes ? message_[n] - 1 : message_[n])) return "another word is read";
  return writes && s.written != word_of(state.w) ? "another word is written" : "";
}

// Of those asleep, the one whose wait ends first.
number park_replay::first_to_wake() const {
  number first = 0;
  std::size_t when = trace_->steps.size();
  for (std::size_t j = 0; j < waits_.size(); ++j) {
    const number pc = select(m_.state.wpcj, static_cast<number>(j));
    if ((pc != blocked && pc != napping) || waits_[j].end >= when) continue;
    when = waits_[j].end;
    first = static_cast<number>(j);
  }
  return first;
}

// After step n, each wait whose next event is the kernel's, if the kernel would let it sleep.
std::string park_replay::fall_asleep(std::size_t n) {
  for (std::size_t j = 0; j < waits_.size(); ++j) {
    const wait& w = waits_[j];
    if (w.end >= end_ || n >= w.end || !sleeps_in(sites_[w.end])) continue;
    std::size_t last = w.announced;
    while (next_[last] < w.end) last = next_[last];
    const std::string problem = last <= n ? fall_asleep_if_possible(static_cast<number>(j)) : "";
    if (!problem.empty()) return problem;
  }
  return {};
}

std::string park_replay::fall_asleep_if_possible(number j) {
  m_.parameters = {};
  m_.parameters.me = j;
  for (const char* name : {"commit.look.blocks", "nap.look.blocks"}) {
    const transition& blocks = stepper::named(name);
    for (m_.parameters.k = m_.state.w; m_.parameters.k >= 0; --m_.parameters.k) {
      if (m_.is_enabled(blocks)) return m_.take(blocks);
    }
  }
  return {};
}

std::string park_replay::finish() const {
  for (std::size_t j = 0; j < waits_.size(); ++j) {
    const number pc = select(m_.state.wpcj, static_cast<number>(j));
    if (pc != out && pc != nap_out) return "a wait of the machine is not at its end";
  }
  for (std::size_t i = 0; i < notifications_.size(); ++i) {
    const number pc = select(m_.state.npci, static_cast<number>(i));
    // One that does not ring has left the rest to whoever searches (work_signal.h).
    const bool left = pc == ringing && notifications_[i].ring >= end_;
    if (pc != done && pc != woke && !left) {
      return "a notification of the machine is not at its end";
    }
  }
  return {};
}

}  // namespace wyn::link
