#include "models/checker/tools/trace.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <sstream>
#include <utility>

#include "models/checker/graph/machine_run.h"
#include "models/checker/graph/order_name.h"
#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

trace_step step_of(int thread, const char* site, const event& e) {
  trace_step s;
  s.thread = thread;
  s.site = site;
  s.kind = e.kind;
  s.mo = e.mo;
  s.compared = e.compared;
  if (reads(e.kind) || e.kind == event_kind::choice) s.read = e.value_read;
  if (writes(e.kind)) s.written = e.value_written;
  return s;
}

// The steps of a run that are no events.
class side_steps_of_run {
 public:
  struct numbered {
    side_step step;
    std::size_t number;  // among those of all threads
  };

  explicit side_steps_of_run(const std::vector<side_step>& all) {
    for (std::size_t n = 0; n < all.size(); ++n) {
      if (all[n].thread != world::main_thread) {
        const auto t = static_cast<std::size_t>(all[n].thread);
        if (threads_.size() <= t) threads_.resize(t + 1);
        threads_[t].push_back({all[n], n});
        if (threads_began_ == 0) threads_began_ = n;
      } else {
        main_.push_back({all[n], n});
      }
    }
    if (threads_.empty()) threads_began_ = all.size();
  }

  const std::vector<numbered>& main() const { return main_; }
  const std::vector<numbered>& of(int t) const {
    static const std::vector<numbered> none;
    return static_cast<std::size_t>(t) < threads_.size() ? threads_[static_cast<std::size_t>(t)]
                                                         : none;
  }
  // Steps of the main thread with smaller numbers belong to before().
  std::size_t end_of_before() const { return threads_began_; }

 private:
  std::vector<numbered> main_;
  std::vector<std::vector<numbered>> threads_;
  std::size_t threads_began_ = 0;
};

// Numbers locations and steps as they come.
class trace_builder {
 public:
  trace_builder(const graph& g, bool highest_first) : g_(g) {
    for (const event_ref r : seq_cst_order(g, highest_first)) {
      const int place = static_cast<int>(sc_place_.size()) + 1;
      sc_place_[r] = place;
    }
  }

  // The steps of before() are the first seq_cst ones, those of after() the last.
  void add_before(trace_step s, std::uint32_t location) {
    if (is_sc(s.mo)) s.sc_place = ++sc_before_;
    add_latest(std::move(s), location);
  }
  void add_after(trace_step s, std::uint32_t location) {
    if (is_sc(s.mo)) {
      s.sc_place = sc_before_ + static_cast<int>(sc_place_.size()) + ++sc_after_;
    }
    add_latest(std::move(s), location);
  }

  // A step that reads the last value of its location, as the main thread's steps do.
  void add_latest(trace_step s, std::uint32_t location) {
    if (accesses(s.kind)) {
      const auto last = last_write_.find(location);
      if (reads(s.kind) && last != last_write_.end()) s.reads_from = last->second;
    }
    append(std::move(s), location);
  }

  void add(event_ref r, const execution& e) {
    const event& x = g_.at(r);
    const auto& operations = e.operations()[static_cast<std::size_t>(thread_of(r))];
    trace_step s = step_of(thread_of(r), operations[static_cast<std::size_t>(index_of(r))].site, x);
    if (reads(x.kind)) {
      if (x.reads_from == initial_write) {
        const auto before = first_write_.find(x.location);
        if (before != first_write_.end()) s.reads_from = before->second;
      } else {
        s.reads_from = number_[x.reads_from];
      }
    }
    if (is_sc(x.mo)) s.sc_place = sc_before_ + sc_place_[r];
    number_[r] = static_cast<int>(trace_.steps.size());
    append(std::move(s), x.location);
  }

  // Those of a thread that stand behind its event number `position`, counted from 1.
  void add_side_behind(const std::vector<side_steps_of_run::numbered>& steps, int position) {
    for (const auto& s : steps) {
      if (s.step.position == position) append_side(s.step);
    }
  }
  // Those with numbers from `first` to below `end`, which is returned.
  std::size_t add_side(const std::vector<side_steps_of_run::numbered>& steps, std::size_t first,
                       std::size_t end) {
    for (const auto& s : steps) {
      if (s.number >= first && s.number < end) append_side(s.step);
    }
    return std::max(first, end);
  }

  // All steps of before() are there: what they wrote last is the initial write of the threads.
  void begin_threads() { first_write_ = last_write_; }
  // All steps of the threads are there: after() reads what is last in modification order.
  void end_threads() {
    for (std::uint32_t l = 0; l < g_.mo().locations(); ++l) {
      const std::uint32_t last = g_.mo().last(l);
      if (last > 0) last_write_[l] = number_[g_.mo().at(l, last)];
    }
  }

  execution_trace take() { return std::move(trace_); }

 private:
  void append_side(const side_step& s) {
    trace_step step;
    step.thread = s.thread == world::main_thread ? trace_step::main_thread : s.thread;
    step.site = "-";
    step.kind = event_kind::fence;  // neither reads nor writes an atomic object
    step.beside = s.kind;
    step.address = reinterpret_cast<std::uintptr_t>(s.address);
    const bool reads_data = s.kind == side_step_kind::plain_read;
    if (s.bytes != 0) (reads_data ? step.read : step.written) = s.value;
    trace_.steps.push_back(std::move(step));
  }

  void append(trace_step s, std::uint32_t location) {
    if (accesses(s.kind)) {
      s.location =
          locations_.try_emplace(location, static_cast<int>(locations_.size())).first->second;
      if (writes(s.kind)) last_write_[location] = static_cast<int>(trace_.steps.size());
    }
    trace_.steps.push_back(std::move(s));
  }

  const graph& g_;
  execution_trace trace_;
  std::map<std::uint32_t, int> locations_;
  std::map<std::uint32_t, int> first_write_;
  std::map<std::uint32_t, int> last_write_;
  std::map<event_ref, int> number_;
  std::map<event_ref, int> sc_place_;
  int sc_before_ = 0;
  int sc_after_ = 0;
};

}  // namespace

void trace_recorder::performed_in_main(const operation& op, const event& what, const execution& e) {
  const bool after = e.thread_count() > 0 && e.state_of(0) == thread_state::finished;
  const std::lock_guard lock(mutex_);
  main_steps_[&e].push_back(
      {step_of(trace_step::main_thread, op.site, what), what.location, after, e.side_steps()});
}

void trace_recorder::side_steps(const side_log& log, const execution& e) {
  const std::lock_guard lock(mutex_);
  side_steps_[&e] = log.steps;
}

void trace_recorder::ended(const graph& g, const execution& e) {
  std::vector<main_step> main;
  std::vector<side_step> beside;
  {
    const std::lock_guard lock(mutex_);
    main = std::exchange(main_steps_[&e], {});
    beside = std::exchange(side_steps_[&e], {});
  }
  for (int t = 0; t < g.threads(); ++t) {
    if (e.state_of(t) != thread_state::finished) return;
  }
  const execution_trace t = trace_of(g, e, main, beside);
  std::unique_lock lock(sink_mutex_, std::defer_lock);
  if (!concurrent_) lock.lock();
  sink_(t);
}

execution_trace trace_recorder::trace_of(const graph& g, const execution& e,
                                         const std::vector<main_step>& main,
                                         const std::vector<side_step>& beside) const {
  const bool highest_first =
      order_ == trace_order::machine_highest_first || order_ == trace_order::causal_highest_first;
  const bool causal =
      order_ == trace_order::causal_lowest_first || order_ == trace_order::causal_highest_first;
  const side_steps_of_run side(beside);
  trace_builder b(g, highest_first);
  std::size_t done = 0;
  for (const main_step& s : main) {
    if (s.after) continue;
    done = b.add_side(side.main(), done, s.side_steps);
    b.add_before(s.step, s.location);
  }
  b.add_side(side.main(), done, side.end_of_before());
  b.begin_threads();
  for (int t = 0; t < g.threads(); ++t) b.add_side_behind(side.of(t), 0);
  const std::vector<event_ref> events =
      causal ? causal_order(g, highest_first) : machine_order(g, highest_first);
  for (const event_ref r : events) {
    b.add(r, e);
    b.add_side_behind(side.of(thread_of(r)), index_of(r) + 1);
  }
  const bool run = static_cast<int>(events.size()) == g.total();
  if (run) {
    b.end_threads();
    done = side.end_of_before();
    for (const main_step& s : main) {
      if (!s.after) continue;
      done = b.add_side(side.main(), done, s.side_steps);
      b.add_after(s.step, s.location);
    }
    b.add_side(side.main(), done, ~std::size_t{0});
  }
  execution_trace t = b.take();
  t.machine_run = run;
  return t;
}

namespace {

constexpr std::array<std::pair<event_kind, const char*>, 5> kinds{{{event_kind::load, "load"},
                                                                   {event_kind::store, "store"},
                                                                   {event_kind::rmw, "rmw"},
                                                                   {event_kind::fence, "fence"},
                                                                   {event_kind::choice, "choice"}}};

constexpr std::array<std::pair<side_step_kind, const char*>, 6> side_kinds{
    {{side_step_kind::plain_read, "read"},
     {side_step_kind::plain_write, "write"},
     {side_step_kind::construction, "construct"},
     {side_step_kind::destruction, "destroy"},
     {side_step_kind::deallocation, "deallocate"},
     {side_step_kind::wake, "wake"}}};

std::string kind_of(const trace_step& s) {
  for (const auto& [kind, name] : side_kinds) {
    if (s.beside == kind) return name;
  }
  if (s.compared) return s.kind == event_kind::rmw ? "cas" : "failed";
  for (const auto& [kind, name] : kinds) {
    if (kind == s.kind) return name;
  }
  return "?";
}

bool kind_named(const std::string& name, trace_step& s) {
  s.compared = name == "cas" || name == "failed";
  if (s.compared) {
    s.kind = name == "cas" ? event_kind::rmw : event_kind::load;
    return true;
  }
  for (const auto& [kind, known] : kinds) {
    if (name != known) continue;
    s.kind = kind;
    return true;
  }
  for (const auto& [kind, known] : side_kinds) {
    if (name != known) continue;
    s.kind = event_kind::fence;
    s.beside = kind;
    return true;
  }
  return false;
}

// Of a number that is there iff `present`.
template <class Number>
std::string field(bool present, Number n) {
  return present ? std::to_string(n) : "-";
}

// All of `word`, or false.
template <class Number>
bool parse(const std::string& word, Number& n) {
  std::istringstream in(word);
  return (in >> n) && in.peek() == std::istringstream::traits_type::eof();
}

std::string text_of(const trace_step& s) {
  const bool reads_memory = reads(s.kind);
  std::string text = s.thread == trace_step::main_thread ? "main" : std::to_string(s.thread);
  text += " " + kind_of(s) + " " + order_name(s.mo);
  if (s.sc_place != 0) text += "@" + std::to_string(s.sc_place);
  if (s.beside) {
    return text + " @" + std::to_string(s.address) + " - " + std::to_string(s.read) + " " +
           std::to_string(s.written) + " " + s.site + "\n";
  }
  text += " " + field(s.location >= 0, s.location);
  text += " " + (s.reads_from == trace_step::initial && reads_memory
                     ? "init"
                     : field(reads_memory, s.reads_from));
  text += " " + field(reads_memory || s.kind == event_kind::choice, s.read);
  return text + " " + field(writes(s.kind), s.written) + " " + s.site + "\n";
}

// `number`: of this step in its trace.
bool read_step(const std::string& line, int number, trace_step& s) {
  std::istringstream in(line);
  std::string thread, kind, mo, location, from, read, written;
  if (!(in >> thread >> kind >> mo >> location >> from >> read >> written)) return false;
  in.get();
  if (!std::getline(in, s.site) || !kind_named(kind, s)) return false;
  if (const auto at = mo.find('@'); at != std::string::npos) {
    if (!parse(mo.substr(at + 1), s.sc_place) || s.sc_place < 1) return false;
    mo.resize(at);
  }
  const auto named = order_named(mo);
  if (!named) return false;
  s.mo = *named;
  if (s.beside) {
    return (thread == "main" || (parse(thread, s.thread) && s.thread >= 0)) &&
           location.starts_with("@") && parse(location.substr(1), s.address) && from == "-" &&
           parse(read, s.read) && parse(written, s.written);
  }
  if (thread != "main" && (!parse(thread, s.thread) || s.thread < 0)) return false;
  if (accesses(s.kind) != (location != "-") || reads(s.kind) != (from != "-")) return false;
  if (accesses(s.kind) && (!parse(location, s.location) || s.location < 0)) return false;
  const bool from_step = from != "-" && from != "init";
  if (from_step && (!parse(from, s.reads_from) || s.reads_from < 0 || s.reads_from >= number)) {
    return false;
  }
  const bool has_read = reads(s.kind) || s.kind == event_kind::choice;
  if (has_read != (read != "-") || (has_read && !parse(read, s.read))) return false;
  return writes(s.kind) == (written != "-") && (!writes(s.kind) || parse(written, s.written));
}

}  // namespace

std::string to_text(const execution_trace& t) {
  std::string text =
      "trace " + std::to_string(t.steps.size()) + (t.machine_run ? " run" : " no-run");
  text += "\n";
  for (const trace_step& s : t.steps) text += text_of(s);
  return text;
}

bool read_trace(std::istream& in, execution_trace& t, std::string& problem) {
  t = {};
  problem.clear();
  std::string line;
  if (!std::getline(in, line)) return false;
  std::istringstream head(line);
  std::string word, run;
  int steps = -1;
  if (!(head >> word >> steps >> run) || word != "trace" || steps < 0 ||
      (run != "run" && run != "no-run")) {
    problem = "not the head of a trace: " + line;
    return false;
  }
  t.machine_run = run == "run";
  for (int n = 0; n < steps; ++n) {
    trace_step s;
    if (!std::getline(in, line) || !read_step(line, n, s)) {
      problem = "not step " + std::to_string(n) + " of a trace: " + line;
      return false;
    }
    t.steps.push_back(std::move(s));
  }
  return true;
}

}  // namespace wyn::model
