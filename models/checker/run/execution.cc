#include "models/checker/run/execution.h"

#include <exception>
#include <numeric>
#include <utility>

namespace wyn::model {

execution::execution(const program& p, const options& o, work_list& work)
    : program_(p),
      options_(o),
      world_(p.threads, o.stack_bytes, o.arena_bytes),
      objects_(world_, operations_),
      orders_(o.overrides, o.watched_by),
      operations_(static_cast<std::size_t>(p.threads)),
      symmetry_(p, o, world_, objects_),
      extension_(work, operations_, objects_, o, symmetry_) {
  std::iota(order_.begin(), order_.end(), 0);
}

execution::result execution::run(graph& g, bool fill_values) {
  running_ = this;
  fill_values_ = fill_values;
  start(g);
  enter_main();
  if (!stopped_ && replay_all()) {
    if (turns_ != nullptr) run_by_turns();
    if (!stopped_) run_new_events();
  }
  const result r = stopped_ ? (dropped_ ? result::blocked : result::stopped) : finish();
  running_ = nullptr;
  return r;
}

execution::result execution::run_logged(graph& g, side_log& log, bool fill_values) {
  log_ = &log;
  const result r = run(g, fill_values);
  log_->end();
  log_ = nullptr;
  return r;
}

execution::result execution::follow(graph& g, const script& s) {
  script_ = &s;
  is_free_ = false;
  const result r = run(g);
  script_ = nullptr;
  is_free_ = true;
  return r;
}

// A thread waits for what its next event reads from. Behind its last event it waits for those of
// the other threads: only then is it clear whether it spins or sleeps for ever.
bool execution::script_allows(const thread& th) const {
  const auto& row = script_->rows[static_cast<std::size_t>(&th - threads_.data())];
  if (static_cast<std::size_t>(th.position) >= row.size()) {
    return static_cast<std::size_t>(graph_->total()) >= script_->total();
  }
  const event_ref from = row[static_cast<std::size_t>(th.position)].reads_from;
  return from == initial_write || index_of(from) < graph_->size(thread_of(from));
}

void execution::start(graph& g) {
  graph_ = &g;
  objects_.reset();
  g.ensure_locations(objects_.locations());
  wakes_.clear();
  outcome_.clear();
  stopped_ = dropped_ = before_chooses_ = false;
  adding_ = false;
  in_after_ = false;
  unreplayed_ = g.total();
  main_.reset(world_.stack_top(world::main_thread), world_.stack_bytes(), &main_body, this);
  for (int t = 0; t < program_.threads; ++t) {
    thread& th = threads_[static_cast<std::size_t>(t)];
    th.body.reset(world_.stack_top(t), world_.stack_bytes(), &thread_body, this);
    th.state = t < initial_threads() ? thread_state::running : thread_state::finished;
    th.task = nullptr;
    th.plain_since_event = false;
    th.position = 0;
    th.paused_at = -1;
    th.steps = 0;
    th.failures = th.wakeups = th.timeouts = 0;
    th.recorded = g.size(t);
    th.events = g.events(t);
    th.views = g.views(t);
    std::vector<operation>& operations = operations_[static_cast<std::size_t>(t)];
    operations.resize(static_cast<std::size_t>(th.recorded));
    th.operations = operations.data();
  }
}

void execution::enter_main() {
  active_ = world::main_thread;
  inside_ = true;
  main_.enter();
  inside_ = false;
}

void execution::enter(int t) {
  active_ = t;
  self_ = &threads_[static_cast<std::size_t>(t)];
  inside_ = true;
  self_->body.enter();
  inside_ = false;
  active_ = world::main_thread;
}

bool execution::replay_all() {
  while (unreplayed_ > 0) {
    const int before = unreplayed_;
    for (int t = 0; t < program_.threads; ++t) {
      const thread& th = threads_[static_cast<std::size_t>(t)];
      if (th.position >= graph_->size(t) || th.state != thread_state::running) continue;
      enter(t);
      if (stopped_) return false;
    }
    if (unreplayed_ == before) {
      stopped_ = true;
      stop_kind_ = verdict_kind::nondeterministic;
      stop_failure_ = model::failure::none;
      stop_text_ = "a thread ended or waited earlier than in the execution that is replayed";
      return false;
    }
  }
  return true;
}

void execution::run_new_events() {
  adding_ = true;
  // Once more for those that wait for the end of another thread, or for another event of a script.
  for (bool more = true; more;) {
    more = false;
    for (int n = 0; n < program_.threads && !stopped_; ++n) {
      const int t = order_[static_cast<std::size_t>(n)];
      const thread& th = threads_[static_cast<std::size_t>(t)];
      if (!can_go_on(t)) continue;
      const int events = th.position;
      enter(t);
      more |= script_ == nullptr || th.position > events || th.state != thread_state::running;
    }
  }
  if (script_ == nullptr || stopped_) return;
  if (static_cast<std::size_t>(graph_->total()) == script_->total()) return;
  stopped_ = true;
  stop_kind_ = verdict_kind::nondeterministic;
  stop_failure_ = failure::none;
  stop_text_ =
      "the execution of options::replay does not fit this program: a thread waits for ever";
}

execution::result execution::finish() {
  bool complete = true;
  for (int t = 0; t < program_.threads; ++t) {
    if (threads_[static_cast<std::size_t>(t)].state != thread_state::finished) complete = false;
  }
  if (!complete) {
    std::vector<thread_end> ends;
    for (int t = 0; t < program_.threads; ++t) {
      const thread& th = threads_[static_cast<std::size_t>(t)];
      ends.push_back({th.state, th.spin_from, th.joins});
    }
    violation v = symmetry_.on() ? judge_blocked(without_twins(*graph_, options_.model), objects_,
                                                 operations_, ends, wakes_)
                                 : judge_blocked(*graph_, objects_, operations_, ends, wakes_);
    if (v.kind == failure::none) return result::blocked;
    stop_thread_ = world::main_thread;
    stop_kind_ = verdict_kind::fail;
    stop_failure_ = v.kind;
    stop_text_ = std::move(v.text);
    return result::stopped;
  }
  // Initial values are needed for it.
  within_bound_ = extension_.is_within_bound(*graph_);
  // The main thread goes on with the final value of every location.
  const modification_order& mo = graph_->mo();
  if (log_ != nullptr) {
    for (std::uint32_t l = 0; l < mo.locations(); ++l) {
      log_->initial.push_back(objects_.initial_value(l));
    }
  }
  for (std::uint32_t l = 0; l < mo.locations(); ++l) {
    if (mo.last(l) == 0) continue;
    objects_.set_initial_value(l, graph_->at(mo.at(l, mo.last(l))).value_written);
  }
  in_after_ = true;
  enter_main();
  if (!stopped_ && !outcome_.empty()) judge_outcome();
  return stopped_ ? result::stopped : result::complete;
}

void execution::judge_outcome() {
  if (options_.forbidden.empty() && options_.show.empty()) return;
  const std::string outcome = outcome_.text();
  stop_thread_ = world::main_thread;
  for (const std::string& f : options_.forbidden) {
    if (!matches(outcome, f)) continue;
    stopped_ = true;
    stop_kind_ = verdict_kind::fail;
    stop_failure_ = failure::assertion;
    stop_text_ = "the forbidden outcome " + f;
    return;
  }
  if (!matches(outcome, options_.show)) return;
  stopped_ = true;
  stop_kind_ = verdict_kind::bounded;
  stop_failure_ = failure::none;
  stop_text_ = "stopped at an execution with the outcome " + outcome + " (options::show)";
}

void execution::main_body(void* self) { static_cast<execution*>(self)->guarded_main(); }

namespace {

// What `body` threw, in words; empty when it returned. The exception is over when this returns: a
// fiber that is abandoned inside a handler would keep it alive for ever.
template <class Body>
std::string thrown_by(Body body) {
  try {
    body();
  } catch (const std::exception& e) {
    return std::string("threw an exception: ") + e.what();
  } catch (...) {
    return "threw an exception";
  }
  return {};
}

}  // namespace

void execution::guarded_main() {
  if (starts_threads()) construct_words();
  object_ = world_.allocate(world::main_thread, program_.bytes, program_.alignment);
  if (object_ == nullptr) {
    stop(verdict_kind::model_error, failure::none,
         "the model object does not fit: raise options::arena_bytes");
  }
  std::string thrown = thrown_by([&] {
    program_.construct(object_);
    program_.before(object_);
  });
  if (!thrown.empty()) stop(verdict_kind::model_error, failure::none, "before() " + thrown);
  main_.leave();
  thrown = thrown_by([&] {
    program_.after(object_);
    program_.destroy(object_);
  });
  if (!thrown.empty()) stop(verdict_kind::model_error, failure::none, "after() " + thrown);
  if (options_.check_leaks) require(objects_.none_leaked());
  for (;;) main_.leave();
}

void execution::thread_body(void* self) {
  auto* e = static_cast<execution*>(self);
  e->guarded_thread(e->active_);
}

void execution::guarded_thread(int t) {
  const bool started = threads_[static_cast<std::size_t>(t)].task != nullptr;
  const std::string thrown = thrown_by([&] {
    if (started) run_task(t);
    else program_.thread(object_, t);
  });
  if (!thrown.empty()) {
    stop(verdict_kind::model_error, failure::none, "thread " + std::to_string(t) + " " + thrown);
  }
  if (symmetry_.has(t) && threads_[static_cast<std::size_t>(t)].position == graph_->size(t)) {
    check_symmetry(nullptr);
  }
  block(thread_state::finished);
}

void execution::stop(verdict_kind kind, model::failure f, std::string text) {
  if (before_chooses_) active_ = world::main_thread;
  stopped_ = true;
  stop_thread_ = active_;
  stop_kind_ = kind;
  stop_failure_ = f;
  stop_text_ = std::move(text);
  for (;;) (in_main() ? main_ : self().body).leave();
}

void execution::block(thread_state why) {
  self().state = why;
  for (;;) self().body.leave();
}

void execution::no_atomic(const void* address, const char* site) {
  objects_.no_atomic(address, here(), site);
  stop_at_problem();
}

void execution::stop_at_problem() {
  const violation& v = objects_.problem();
  if (log_ != nullptr) log_->refuse();
  stop(v.kind == failure::none ? verdict_kind::model_error : verdict_kind::fail, v.kind, v.text);
}

}  // namespace wyn::model
