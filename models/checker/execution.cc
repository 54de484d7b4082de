#include "models/checker/execution.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "models/checker/happens_before.h"

namespace wyn::model {

namespace {
constinit thread_local execution* running = nullptr;
}  // namespace

execution* execution::current() { return running; }

execution::execution(const program& p, const options& o, work_list& work)
    : program_(p),
      options_(o),
      world_(p.threads, o.stack_bytes, o.arena_bytes),
      objects_(world_),
      orders_(o.overrides),
      operations_(static_cast<std::size_t>(p.threads)),
      extension_(work, operations_, objects_) {}

// ---- the run ----

execution::result execution::run(graph& g) {
  running = this;
  start(g);
  enter_main();
  if (!stopped_ && replay_all()) run_new_events();
  const result r = stopped_ ? result::stopped : finish();
  running = nullptr;
  return r;
}

void execution::start(graph& g) {
  graph_ = &g;
  objects_.reset();
  g.ensure_locations(objects_.locations());
  wakes_.clear();
  stopped_ = false;
  adding_ = false;
  unreplayed_ = g.total();
  main_.reset(world_.stack_top(world::main_thread), world_.stack_bytes(), &main_body, this);
  for (int t = 0; t < program_.threads; ++t) {
    thread& th = threads_[static_cast<std::size_t>(t)];
    th.body.reset(world_.stack_top(t), world_.stack_bytes(), &thread_body, this);
    th.state = thread_state::running;
    th.plain_since_event = false;
    th.position = 0;
    th.paused_at = -1;
    th.steps = 0;
    operations_[static_cast<std::size_t>(t)].resize(static_cast<std::size_t>(g.size(t)));
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
  inside_ = true;
  threads_[static_cast<std::size_t>(t)].body.enter();
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
  for (int t = 0; t < program_.threads && !stopped_; ++t) {
    if (threads_[static_cast<std::size_t>(t)].state == thread_state::running) enter(t);
  }
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
      ends.push_back({th.state, th.spin_from});
    }
    violation v = judge_blocked(*graph_, objects_, ends, wakes_);
    if (v.kind == failure::none) return result::blocked;
    stop_kind_ = verdict_kind::fail;
    stop_failure_ = v.kind;
    stop_text_ = std::move(v.text);
    return result::stopped;
  }
  // The main thread goes on with the final value of every location.
  const modification_order& mo = graph_->mo();
  for (std::uint32_t l = 0; l < mo.locations(); ++l) {
    if (mo.last(l) > 0) objects_.set_initial_value(l, graph_->at(mo.at(l, mo.last(l))).value_written);
  }
  enter_main();
  return stopped_ ? result::stopped : result::complete;
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
  const std::string thrown = thrown_by([&] { program_.thread(object_, t); });
  if (!thrown.empty()) {
    stop(verdict_kind::model_error, failure::none, "thread " + std::to_string(t) + " " + thrown);
  }
  block(thread_state::finished);
}

void execution::stop(verdict_kind kind, model::failure f, std::string text) {
  stopped_ = true;
  stop_kind_ = kind;
  stop_failure_ = f;
  stop_text_ = std::move(text);
  for (;;) (in_main() ? main_ : self().body).leave();
}

void execution::block(thread_state why) {
  self().state = why;
  for (;;) self().body.leave();
}

void execution::require(bool allowed) {
  if (allowed) return;
  stop(verdict_kind::fail, objects_.problem().kind, objects_.problem().text);
}

// ---- what a thread does ----

point execution::here() const {
  static constexpr view nothing{};
  if (in_main()) return {world::main_thread, 0, &nothing};
  const thread& th = threads_[static_cast<std::size_t>(active_)];
  const view* hb = th.position == 0 ? &nothing : &graph_->views(active_, th.position - 1).hb;
  return {active_, th.position, hb};
}

void execution::count_step() {
  ++all_steps_;
  if (in_main()) return;
  if (++self().steps > options_.max_steps) {
    stop(verdict_kind::bounded, failure::none,
         "thread " + std::to_string(active_) + " makes more than " +
             std::to_string(options_.max_steps) +
             " steps in one execution (options::max_steps); a loop that waits must call Env::pause()");
  }
}

void execution::construct_atomic(const void* address, std::uint64_t value) {
  require(objects_.construct_atomic(address, value, here()));
  graph_->ensure_locations(objects_.locations());
}

void execution::construct_plain(const void* address) {
  require(objects_.construct_plain(address, here()));
}

void execution::destroy(const void* address) { require(objects_.destroy(address, here())); }

void execution::plain_read(const void* address) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  require(objects_.read_plain(address, here()));
}

void execution::plain_write(const void* address) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  require(objects_.write_plain(address, here()));
}

void execution::pause() {
  count_step();
  if (!in_main()) self().paused_at = self().position;
}

void execution::assume(bool condition) {
  if (condition) return;
  if (in_main()) {
    stop(verdict_kind::model_error, failure::none, "assume(false) in before() or after()");
  }
  block(thread_state::assumed);
}

void execution::check(bool condition, const char* what) {
  if (!condition) stop(verdict_kind::fail, failure::assertion, what);
}

void* execution::allocate(std::size_t bytes, std::size_t alignment) {
  void* p = objects_.allocate(bytes, alignment, active_);
  if (p == nullptr) {
    stop(verdict_kind::model_error, failure::none,
         "an allocation does not fit: raise options::arena_bytes");
  }
  return p;
}

void execution::deallocate(void* p, std::size_t bytes) {
  if (p != nullptr) require(objects_.deallocate(p, bytes, here()));
}

void execution::wake(const void* address) {
  if (in_main()) return;
  std::uint32_t location = 0;
  // The wake call belongs behind the events before it, whose place among the others is fixed only
  // when this thread's turn has come.
  wait_for_turn();
  require(objects_.find_atomic(address, location));
  wakes_.push_back({active_, location, *here().hb});
}

int execution::choose(int n) {
  if (n < 1) stop(verdict_kind::model_error, failure::none, "choose(n) needs n >= 1");
  if (in_main()) {
    stop(verdict_kind::model_error, failure::none, "choose() in before() or after()");
  }
  operation op;
  op.kind = operation_kind::choice;
  op.operand = static_cast<std::uint64_t>(n);
  op.site = "choose";
  return static_cast<int>(perform(nullptr, op));
}

std::uint64_t execution::perform(const void* address, operation& op) {
  if (!orders_.idle()) orders_.apply(op);
  if (op.kind == operation_kind::fence &&
      (op.success == order::none || op.success == order::relaxed)) {
    return 0;
  }
  if (in_main()) return perform_in_main(address, op);

  count_step();
  wait_for_turn();
  const int index = self().position;
  if (address != nullptr) require(objects_.find_atomic(address, op.location));
  if (index < graph_->size(active_)) replay(op, op.location);
  else extend(op);

  thread& th = self();
  th.position = index + 1;
  th.plain_since_event = false;
  if (address != nullptr) {
    require(objects_.access_atomic(address, {active_, index, &graph_->views(active_, index).hb}));
  }
  const std::uint64_t value = graph_->at(active_, index).value_read;
  if (sleeps(op, value)) block(thread_state::asleep);
  return value;
}

std::uint64_t execution::perform_in_main(const void* address, const operation& op) {
  if (op.kind == operation_kind::fence) return 0;
  std::uint32_t location = 0;
  require(objects_.find_atomic(address, location));
  const std::uint64_t value = objects_.initial_value(location);
  if (op.kind == operation_kind::store) {
    objects_.set_initial_value(location, op.operand);
    return 0;
  }
  const event e = read_event(op, initial_write, value);
  if (e.kind == event_kind::rmw) objects_.set_initial_value(location, e.value_written);
  if (sleeps(op, value)) {
    stop(verdict_kind::fail, failure::deadlock,
         "before() or after() waits, and no other thread runs");
  }
  return value;
}

void execution::wait_for_turn() {
  for (;;) {
    thread& th = self();
    if (th.position >= graph_->size(active_)) {
      if (adding_) return;
    } else {
      const event& e = graph_->at(active_, th.position);
      if (!reads(e.kind) || e.reads_from == initial_write) return;
      const thread& source = threads_[static_cast<std::size_t>(thread_of(e.reads_from))];
      if (source.position > index_of(e.reads_from)) return;
    }
    th.body.leave();
  }
}

void execution::replay(const operation& op, std::uint32_t location) {
  const thread& th = self();
  const event& e = graph_->at(active_, th.position);
  bool same = false;
  switch (op.kind) {
    case operation_kind::fence: same = e.kind == event_kind::fence && e.mo == op.success; break;
    case operation_kind::choice:
      same = e.kind == event_kind::choice && e.value_read < op.operand;
      break;
    case operation_kind::store:
      same = e.kind == event_kind::store && e.location == location && e.mo == op.success &&
             e.value_written == op.operand;
      break;
    default: {
      const event again = read_event(op, e.reads_from, e.value_read);
      same = e.kind == again.kind && e.location == location && e.mo == again.mo &&
             e.value_written == again.value_written;
    }
  }
  if (!same) {
    stop(verdict_kind::nondeterministic, failure::none,
         "event " + std::to_string(th.position) + " of thread " + std::to_string(active_) +
             " (" + op.site + ") differs from the execution that is replayed");
  }
  operations_[static_cast<std::size_t>(active_)][static_cast<std::size_t>(th.position)] = op;
  --unreplayed_;
}

void execution::extend(const operation& op) {
  thread& th = self();
  int from = 0;
  if (th.paused_at >= 0 && repeats_iteration(op, from)) {
    th.spin_from = from;
    block(thread_state::spinning);
  }
  if (th.position >= std::min(options_.max_events, max_events_of_a_thread)) {
    stop(verdict_kind::bounded, failure::none,
         "thread " + std::to_string(active_) + " has more than " + std::to_string(th.position) +
             " events in one execution (options::max_events); a loop that waits must call "
             "Env::pause()");
  }
  operations_[static_cast<std::size_t>(active_)].push_back(op);
  extension_.add(*graph_, active_, op, th.plain_since_event);
}

// Whether `op`, asked for after a pause, begins once more an iteration that only read: it would read
// the same again. The thread then waits for a write that one of these reads can read instead; that is
// a revisit, in another graph, and no failed iteration is left in any graph.
bool execution::repeats_iteration(const operation& op, int& from) const {
  const thread& th = threads_[static_cast<std::size_t>(active_)];
  const auto& operations = operations_[static_cast<std::size_t>(active_)];
  for (int i = th.position - 1; i >= 0; --i) {
    const event& e = graph_->at(active_, i);
    const bool pure = e.kind == event_kind::load || e.kind == event_kind::fence ||
                      (e.kind == event_kind::rmw && e.value_read == e.value_written);
    if (!pure || i >= th.paused_at) {
      if (!pure) return false;
      continue;
    }
    if (operations[static_cast<std::size_t>(i)] == op) {
      from = i;
      return true;
    }
  }
  return false;
}

}  // namespace wyn::model
