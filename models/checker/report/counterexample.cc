#include "models/checker/report/counterexample.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "models/checker/report/names.h"
#include "models/checker/report/object_names.h"
#include "models/checker/report/relations.h"
#include "models/checker/report/schedule.h"
#include "models/checker/report/source.h"
#include "models/checker/report/why.h"
#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

// What a thread did, in program order: an event, or a step that is none.
struct item {
  int event = -1;
  side_step side{};
  int times = 1;  ///< equal steps in a row
};

class builder {
 public:
  builder(const graph& g, execution& e) : e_(e) { run_again(g); }

  counterexample build() {
    c_.text = names_->replace_in(e_.stop_text());
    c_.threads = g_.threads();
    c_.model = to_string(e_.model());
    list_overrides();
    list_items();
    number_items();
    for (const schedule::entry& x : schedule_.order) describe(x);
    list_locations();
    list_edges();
    end_threads();
    mark_failure();
    find_race();
    if (stopped_short()) {
      show_the_end();
    } else {
      explain(c_, {g_, e_.model(), events_in_order_, event_numbers_, race_});
      fold();
    }
    return std::move(c_);
  }

 private:
  // A second run sees the steps between the events. Only what has been replayed when it stops
  // belongs to the failure; that is closed under po and rf.
  void run_again(const graph& g) {
    g_.assign(g);
    failure_ = e_.stop_failure();
    if (e_.stop_kind() == verdict_kind::fail) {
      const std::string text = e_.stop_text();
      e_.run_logged(g_, log_);
      same_ = e_.stop_kind() == verdict_kind::fail && e_.stop_failure() == failure_ &&
              e_.stop_text() == text;
    }
    names_.emplace(e_.memory(), log_.names);
    if (!same_) log_ = {};
    std::array<int, max_threads> keep{};
    for (int t = 0; t < g_.threads(); ++t) keep[static_cast<std::size_t>(t)] = e_.events_of(t);
    g_.restrict_to(keep);
  }

  void list_overrides() {
    for (const order_override& o : e_.settings().overrides) {
      c_.overrides.push_back(o.site + " -> " + short_name(o.replacement));
    }
  }

  // Plain data of one thread is its own affair, and so is what nobody writes once it is there.
  void find_shared() {
    std::map<const void*, int> owner;
    std::set<const void*> written;
    for (const side_step& s : log_.steps) {
      if (s.thread == world::main_thread) continue;
      if (s.kind == side_step_kind::plain_write) written.insert(s.address);
      const auto known = owner.emplace(s.address, s.thread).first;
      if (known->second != s.thread) shared_.insert(s.address);
    }
    std::erase_if(shared_, [&](const void* a) { return written.count(a) == 0; });
    if (same_ && !log_.steps.empty()) failing_address_ = log_.steps.back().address;
    if (failure_ == failure::assertion) failing_address_ = nullptr;
  }

  bool shown(const side_step& s) const {
    if (s.thread == world::main_thread) return false;
    switch (s.kind) {
      case side_step_kind::wake:
      case side_step_kind::deallocation: return true;
      case side_step_kind::construction:
      case side_step_kind::destruction: return s.address == failing_address_;
      default: return s.address == failing_address_ || shared_.count(s.address) != 0;
    }
  }

  void list_items() {
    find_shared();
    items_.resize(static_cast<std::size_t>(g_.threads()));
    for (const side_step& s : log_.steps) {
      if (!shown(s)) continue;
      std::vector<item>& row = items_[static_cast<std::size_t>(s.thread)];
      add_events(row, s.thread, s.position);
      if (!row.empty() && row.back().event < 0 && row.back().side.kind == s.kind &&
          row.back().side.address == s.address && row.back().side.bytes == s.bytes &&
          row.back().side.value == s.value) {
        ++row.back().times;
      } else {
        row.push_back({-1, s, 1});
      }
    }
    for (int t = 0; t < g_.threads(); ++t) {
      add_events(items_[static_cast<std::size_t>(t)], t, g_.size(t));
    }
  }

  void add_events(std::vector<item>& row, int t, int until) {
    int& next = events_listed_[static_cast<std::size_t>(t)];
    for (; next < until; ++next) row.push_back({next, {}, 1});
  }

  void number_items() {
    std::vector<std::vector<schedule_item>> rows(items_.size());
    numbers_.resize(items_.size());
    for (std::size_t t = 0; t < items_.size(); ++t) {
      for (const item& i : items_[t]) rows[t].push_back({i.event});
      numbers_[t].assign(items_[t].size(), 0);
    }
    schedule_ = schedule_items(g_, rows);
    c_.switches = schedule_.switches;
    c_.preemptions = schedule_.preemptions;
    int n = 0;
    for (const schedule::entry& x : schedule_.order) {
      const auto t = static_cast<std::size_t>(x.thread);
      const auto i = static_cast<std::size_t>(x.item);
      numbers_[t][i] = ++n;
      if (items_[t][i].event < 0) continue;
      const event_ref r = make_ref(x.thread, items_[t][i].event);
      event_number_[r] = n;
      events_in_order_.push_back(r);
      event_numbers_.push_back(n);
    }
  }

  int number(event_ref r) const {
    const auto known = event_number_.find(r);
    return known == event_number_.end() ? 0 : known->second;
  }

  std::string value(std::uint64_t v) const { return names_->value(v); }
  std::string place(const void* address) const { return names_->object(address); }
  std::string name_of(std::uint32_t location) const {
    return place(e_.objects().location_address(location));
  }

  void describe(const schedule::entry& x) {
    const item& i = items_[static_cast<std::size_t>(x.thread)][static_cast<std::size_t>(x.item)];
    reported_step s;
    s.number = static_cast<int>(c_.steps.size()) + 1;
    s.thread = x.thread;
    if (i.event < 0) describe_side_step(s, i);
    else describe_event(s, make_ref(x.thread, i.event));
    c_.steps.push_back(std::move(s));
  }

  static void describe_kind(reported_step& s, side_step_kind kind) {
    switch (kind) {
      case side_step_kind::plain_read:
        s.operation = "plain read";
        s.reads = true;
        break;
      case side_step_kind::plain_write:
        s.operation = "plain write";
        s.writes = true;
        break;
      case side_step_kind::construction: s.operation = "construction"; break;
      case side_step_kind::destruction: s.operation = "destruction"; break;
      case side_step_kind::deallocation: s.operation = "deallocation"; break;
      case side_step_kind::wake: s.operation = "wake"; break;
    }
  }

  void describe_side_step(reported_step& s, const item& i) const {
    describe_kind(s, i.side.kind);
    s.location = place(i.side.address);
    if (i.side.bytes != 0) (s.reads ? s.read : s.written) = value(i.side.value);
    if (i.times > 1) s.note = std::to_string(i.times) + " times";
  }

  void describe_event(reported_step& s, event_ref r) const {
    const event& e = g_.at(r);
    const auto& of_thread = e_.operations()[static_cast<std::size_t>(thread_of(r))];
    const operation op = of_thread[static_cast<std::size_t>(index_of(r))];
    s.site = op.site;
    const source_place source = source_of(s.site);
    if (!source.file.empty()) s.source = source.file + ":" + std::to_string(source.line);
    s.operation = operation_name(op.kind);
    if (e.kind == event_kind::choice) {
      s.read = value(e.value_read);
      return;
    }
    s.order = short_name(e.mo);
    if (const original_orders* o = e_.orders().originals_of(op.site)) {
      const bool failed = e.kind == event_kind::load && op.kind == operation_kind::compare_exchange;
      const order original = failed ? o->failure : o->success;
      if (original != e.mo) s.table_order = short_name(original);
    }
    if (e.kind == event_kind::fence) return;
    s.location = name_of(e.location);
    s.reads = reads(e.kind);
    s.writes = writes(e.kind);
    if (s.reads) {
      s.read = value(e.value_read);
      s.reads_from = number(e.reads_from);
      list_missed(s, r);
    }
    if (s.writes) {
      s.written = value(e.value_written);
      s.place = static_cast<int>(e.position);
    }
  }

  void list_missed(reported_step& s, event_ref r) const {
    const event& e = g_.at(r);
    for (std::uint32_t p = g_.place_of(e.reads_from) + 1; p <= g_.mo().last(e.location); ++p) {
      const event_ref w = g_.mo().at(e.location, p);
      if (w != r && number(w) != 0 && number(w) < s.number) s.missed.push_back(number(w));
    }
    std::sort(s.missed.begin(), s.missed.end());
  }

  std::uint64_t initial_value(std::uint32_t l) const {
    return l < log_.initial.size() ? log_.initial[l] : e_.objects().initial_value(l);
  }

  void list_locations() {
    std::vector<std::uint32_t> seen;
    for (const event_ref r : events_in_order_) {
      const event& e = g_.at(r);
      if (!reads(e.kind) && !writes(e.kind)) continue;
      if (std::find(seen.begin(), seen.end(), e.location) != seen.end()) continue;
      seen.push_back(e.location);
      reported_location l{name_of(e.location), value(initial_value(e.location)), {}};
      for (std::uint32_t p = 1; p <= g_.mo().last(e.location); ++p) {
        l.writes.push_back(number(g_.mo().at(e.location, p)));
      }
      c_.locations.push_back(std::move(l));
    }
  }

  void list_edges() {
    for (const std::vector<int>& row : numbers_) {
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i] != 0) c_.edges.push_back({relation::po, row[i - 1], row[i]});
      }
    }
    for (const event_edge& x : relations_of(g_, e_.model())) {
      if (number(x.from) != 0 && number(x.to) != 0) {
        c_.edges.push_back({x.kind, number(x.from), number(x.to)});
      }
    }
    std::stable_sort(c_.edges.begin(), c_.edges.end(),
                     [](const reported_edge& a, const reported_edge& b) {
                       if (a.kind != b.kind) return a.kind < b.kind;
                       return a.from != b.from ? a.from < b.from : a.to < b.to;
                     });
  }

  int last_of(int t) const {
    if (t < 0 || t >= g_.threads()) return 0;
    int last = 0;
    for (const int n : numbers_[static_cast<std::size_t>(t)]) last = std::max(last, n);
    return last;
  }

  void note(int n, const std::string& text) {
    if (n == 0) return;
    std::string& known = c_.steps[static_cast<std::size_t>(n - 1)].note;
    known += (known.empty() ? "" : ", ") + text;
  }

  void end_threads() {
    const bool for_ever = failure_ == failure::lost_wakeup || failure_ == failure::deadlock ||
                          failure_ == failure::livelock;
    for (int t = 0; t < g_.threads(); ++t) {
      switch (e_.state_of(t)) {
        case thread_state::finished: c_.ends.push_back("ended"); break;
        case thread_state::asleep: c_.ends.push_back("sleeps"); break;
        case thread_state::spinning: c_.ends.push_back("spins"); break;
        case thread_state::assumed: c_.ends.push_back("left by assume"); break;
        default: c_.ends.push_back("");
      }
      if (for_ever && (c_.ends.back() == "sleeps" || c_.ends.back() == "spins")) {
        note(last_of(t), c_.ends.back() + " for ever");
        c_.failed_at = std::max(c_.failed_at, last_of(t));
      }
    }
  }

  void mark_failure() {
    if (e_.stop_thread() == world::main_thread) return;
    c_.failed_at = last_of(e_.stop_thread());
    if (failure_ == failure::assertion) note(c_.failed_at, "fails here");
  }

  static bool conflict(const side_step& a, const side_step& b) {
    const auto access = [](const side_step& s) {
      return s.kind == side_step_kind::plain_read || s.kind == side_step_kind::plain_write ||
             s.kind == side_step_kind::construction;
    };
    const bool both_read =
        a.kind == side_step_kind::plain_read && b.kind == side_step_kind::plain_read;
    return access(a) && access(b) && a.address == b.address && a.thread != b.thread && !both_read;
  }

  // Numbers of the events of `thread` are known at a point iff its view says so: objects.h.
  bool ordered(const side_step& a, const side_step& b) const {
    return b.position > 0 && g_.views(b.thread, b.position - 1).hb.count[a.thread] > a.position;
  }

  // The step that broke the rule is the last of its thread; the other one is the last that
  // conflicts with it and is not ordered with it.
  void find_race() {
    if (failure_ != failure::data_race || !same_) return;
    const int t = e_.stop_thread();
    if (t == world::main_thread || items_[static_cast<std::size_t>(t)].empty()) return;
    const item& last = items_[static_cast<std::size_t>(t)].back();
    if (last.event >= 0) return;
    for (std::size_t u = 0; u < items_.size(); ++u) {
      for (std::size_t i = 0; i < items_[u].size(); ++i) {
        const item& other = items_[u][i];
        if (other.event >= 0 || !conflict(other.side, last.side) ||
            ordered(other.side, last.side)) {
          continue;
        }
        c_.why.race_first = numbers_[u][i];
        c_.why.race_second = last_of(t);
        race_ = {other.side.thread, other.side.position, last.side.thread, last.side.position};
      }
    }
    if (c_.why.race_first == 0) return;
    note(c_.why.race_first, "races with #" + std::to_string(c_.why.race_second));
    note(c_.why.race_second, "races with #" + std::to_string(c_.why.race_first));
  }

  // An execution that could not be gone on with, though nothing is known to be wrong with it.
  bool stopped_short() const {
    return e_.stop_kind() != verdict_kind::fail && e_.stop_thread() != world::main_thread;
  }

  // What a thread did last tells most: an endless loop has thousands of steps.
  void show_the_end() {
    constexpr std::size_t shown_steps = 20;
    if (c_.steps.size() <= 2 * shown_steps) return;
    for (std::size_t n = 0; n < c_.steps.size() - shown_steps; ++n) c_.steps[n].folded = true;
  }

  // Steps that the failing one does not depend on, by po, rf and plain data, and that the
  // explanation does not name. A failure of all threads, or in after(), depends on everything.
  void fold() {
    if (c_.failed_at == 0 || e_.stop_thread() == world::main_thread) return;
    std::vector<bool> needed(c_.steps.size() + 1, false);
    need(c_.failed_at, needed);
    need(c_.why.race_first, needed);
    for (const int n : c_.why.cycle) need(n, needed);
    for (std::size_t n = c_.steps.size(); n > 0; --n) {
      if (!needed[n]) continue;
      for (const int m : c_.steps[n - 1].missed) need(m, needed);
    }
    for (reported_step& s : c_.steps) s.folded = !needed[static_cast<std::size_t>(s.number)];
  }

  void need(int last, std::vector<bool>& needed) const {
    std::vector<int> left{last};
    while (!left.empty()) {
      const int n = left.back();
      left.pop_back();
      if (n <= 0 || needed[static_cast<std::size_t>(n)]) continue;
      needed[static_cast<std::size_t>(n)] = true;
      const reported_step& s = c_.steps[static_cast<std::size_t>(n - 1)];
      left.push_back(s.reads_from);
      const bool plain = s.operation == "plain read" || s.operation == "plain write";
      for (const reported_step& o : c_.steps) {
        if (o.number >= n) break;
        const bool before = o.thread == s.thread;
        if (before || (plain && o.location == s.location)) left.push_back(o.number);
      }
    }
  }

  execution& e_;
  graph g_;
  side_log log_;
  std::optional<object_names> names_;
  bool same_ = false;
  model::failure failure_ = model::failure::none;
  counterexample c_;
  std::set<const void*> shared_;
  const void* failing_address_ = nullptr;
  std::vector<std::vector<item>> items_;
  std::array<int, max_threads> events_listed_{};
  std::vector<std::vector<int>> numbers_;  ///< by thread and item
  schedule schedule_;
  std::map<event_ref, int> event_number_;
  std::vector<event_ref> events_in_order_;
  std::vector<int> event_numbers_;
  race_points race_;
};

}  // namespace

counterexample make_counterexample(const graph& g, execution& e) { return builder(g, e).build(); }

std::shared_ptr<const counterexample> trace_of(const graph& g, execution& e) {
  return std::make_shared<const counterexample>(make_counterexample(g, e));
}

}  // namespace wyn::model
