// What the running thread asks for: the part of execution.h that is called from inside a fiber.
#include <algorithm>
#include <string>
#include <utility>

#include "models/checker/run/execution.h"

namespace wyn::model {

moment execution::now() const {
  if (in_main()) return {adding_ ? moment::after_threads : moment::before_threads, 0, {}};
  const point p = here();
  return {p.thread, p.index, *p.hb};
}

// What a wake call cannot have come before: liveness.h.
view execution::known_here() const {
  const int position = threads_[static_cast<std::size_t>(active_)].position;
  if (is_rc11(options_.model) || position == 0) return *here().hb;
  if (symmetry_.on()) {
    return without_twins(*graph_, options_.model).views(active_, position - 1).prefix;
  }
  return graph_->views(active_, position - 1).prefix;
}

namespace {

// A loop that waits is the usual reason.
std::string about_loops(bool can_be_raised) {
  return std::string("a loop that waits calls Env::pause() (wyn::check::pause(), "
                     "std::this_thread::yield()) in each turn; if it is no such loop, ") +
         (can_be_raised ? "raise the bound" : "the engine has no room for more");
}

}  // namespace

void execution::too_many_steps() {
  stop(verdict_kind::bounded, failure::none,
       "thread " + std::to_string(active_) + " makes more than " +
           std::to_string(options_.max_steps) +
           " steps in one execution (options::max_steps); " + about_loops(true));
}

void execution::add_to_log(side_step_kind kind, const void* address, std::size_t bytes) {
  const bool readable = world_.granule(address) != world::no_granule;
  log_->add({kind, active_, in_main() ? 0 : self().position, address,
             static_cast<std::uint8_t>(readable ? bytes : 0)});
}

void execution::plain_read(const void* address, std::size_t bytes) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  note(side_step_kind::plain_read, address, bytes);
  require(objects_.read_plain(address, here()));
}

void execution::plain_write(const void* address, std::size_t bytes) {
  count_step();
  if (!in_main()) self().plain_since_event = true;
  note(side_step_kind::plain_write, address, bytes);
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

void execution::fail(model::failure kind, const char* what, const void* object) {
  std::string text = what;
  if (!in_main()) text += ", by thread " + std::to_string(active_);
  if (object != nullptr) {
    text += ", at " + world_.describe(reinterpret_cast<std::uintptr_t>(object));
  }
  stop(verdict_kind::fail, kind, std::move(text));
}

// Not from a block that another thread has at the same time: then this is no execution at all.
void* execution::reuse(std::size_t bytes, std::size_t alignment) {
  if (in_main()) return nullptr;
  wait_for_turn(*self_);
  const std::vector<std::size_t> freed = objects_.reusable(bytes, alignment, here());
  if (freed.empty()) return nullptr;
  operation op;
  op.kind = operation_kind::choice;
  op.operand = freed.size() + 1;
  op.site = "allocate";
  const std::uint64_t chosen = perform(nullptr, op);
  if (chosen == 0) return nullptr;
  void* p = objects_.reuse(freed[chosen - 1], here());
  if (p == nullptr) drop();
  return p;
}

void execution::drop() {
  dropped_ = stopped_ = true;
  for (;;) self().body.leave();
}

void* execution::allocate(std::size_t bytes, std::size_t alignment) {
  if (options_.reuse_addresses) {
    if (void* p = reuse(bytes, alignment)) return p;
  }
  void* p = objects_.allocate(bytes, alignment, active_);
  if (p == nullptr) {
    stop(verdict_kind::model_error, failure::none,
         "an allocation does not fit: raise options::arena_bytes");
  }
  return p;
}

void execution::deallocate(void* p, std::size_t bytes) {
  if (p == nullptr) return;
  note(side_step_kind::deallocation, p);
  require(objects_.deallocate(p, bytes, here()));
}

void execution::wake(const void* address, int count) {
  if (in_main()) return;
  // The wake call belongs behind the events before it, whose place among the others is fixed only
  // when this thread's turn has come.
  wait_for_turn(*self_);
  note(side_step_kind::wake, address);
  const std::uint32_t location = use_atomic(address, "wake")->location;
  wakes_.push_back({active_, self().position, options_.limited_wakes ? count : -1, location,
                    known_here()});
}

int execution::choose(int n) {
  if (n < 1) stop(verdict_kind::model_error, failure::none, "choose(n) needs n >= 1");
  operation op;
  op.kind = operation_kind::choice;
  op.operand = static_cast<std::uint64_t>(n);
  op.site = in_main() ? "before.choose" : "choose";
  return static_cast<int>(in_main() ? choose_before(op) : perform(nullptr, op));
}

void execution::fill_values(event& e, const operation& op) const {
  if (reads(e.kind)) {
    e.value_read = e.reads_from == initial_write ? objects_.initial_value(e.location)
                                                 : graph_->at(e.reads_from).value_written;
  }
  if (e.kind == event_kind::store) e.value_written = op.operand;
  if (e.kind == event_kind::rmw) {
    e.value_written = read_event(op, e.reads_from, e.value_read).value_written;
  }
}

// Whether `e` is what becomes of `op`, given the value that it reads.
static inline bool is_result_of(const operation& op, const event& e) {
  switch (op.kind) {
    case operation_kind::fence: return e.kind == event_kind::fence && e.mo == op.success;
    case operation_kind::choice: return e.kind == event_kind::choice && e.value_read < op.operand;
    case operation_kind::store:
      return e.kind == event_kind::store && e.location == op.location && e.mo == op.success &&
             e.value_written == op.operand;
    case operation_kind::load:
      return e.kind == event_kind::load && e.location == op.location && e.mo == op.success;
    default: break;
  }
  const event again = e.gave_up ? giving_up_event(op, e.reads_from, e.value_read)
                                : read_event(op, e.reads_from, e.value_read);
  return e.kind == again.kind && e.location == op.location && e.mo == again.mo &&
         e.value_written == again.value_written;
}

inline std::uint64_t execution::performed(thread& th, object_table::object* object,
                                          const operation& op, const event& e,
                                          const event_views& views) {
  const int index = th.position++;
  th.plain_since_event = false;
  if (object != nullptr) require(objects_.access_atomic(*object, active_, index, views.hb));
  if (sleeps(op, e.value_read) && !e.gave_up) block(thread_state::asleep);
  return e.value_read;
}

// Nearly all operations of an exploration are replayed, and nearly all of its time is spent here:
// hence the pointers into the graph's rows.
[[gnu::always_inline]] inline std::uint64_t execution::replay(thread& th,
                                                              object_table::object* object,
                                                              const operation& op) {
  const int index = th.position;
  event& e = th.events[index];
  if (fill_values_) fill_values(e, op);
  if (!is_result_of(op, e)) differs(op, e);
  th.operations[index] = op;
  --unreplayed_;
  return performed(th, object, op, e, th.views[index]);
}

std::uint64_t execution::add(thread& th, const void* address, object_table::object* object,
                             const operation& op) {
  if (turns_ != nullptr) {
    wait_until_of_use(op);
    // Others may have made objects meanwhile.
    if (object != nullptr) object = use_atomic(address, op);
  }
  const int index = th.position;
  extend(op);
  return performed(th, object, op, graph_->at(active_, index), graph_->views(active_, index));
}

// The choices of before() are the first events of thread 0. They come before all others in every
// graph, so that no revisit removes them, and order nothing.
std::uint64_t execution::choose_before(const operation& op) {
  if (in_after_) {
    stop(verdict_kind::model_error, failure::none,
         "choose() in after(): choose in before() or in a thread");
  }
  if (symmetry_.has(0)) {
    stop(verdict_kind::model_error, failure::none,
         "before() chooses, and its choices are the first events of thread 0: thread 0 cannot "
         "belong to a group of symmetric threads");
  }
  self_ = &threads_[0];
  const bool recorded = self_->position < self_->recorded;
  if (!recorded && graph_->total() != self_->position) {
    stop(verdict_kind::nondeterministic, failure::none,
         "before() chooses more often than in the execution that is replayed");
  }
  active_ = 0;
  before_chooses_ = true;
  const std::uint64_t value =
      recorded ? replay(*self_, nullptr, op) : add(*self_, nullptr, nullptr, op);
  before_chooses_ = false;
  active_ = world::main_thread;
  return value;
}

static inline bool orders_anything(order fence) {
  return fence != order::none && fence != order::relaxed;
}

std::uint64_t execution::perform(const void* address, operation& op) {
  if (!orders_.idle()) orders_.apply(op, in_main());
  if (op.kind == operation_kind::fence && !orders_anything(op.success)) return 0;
  if (in_main()) return perform_in_main(address, op);

  count_step();
  const bool can_give_up = op.weak || op.timed;
  if (can_give_up) op.gives_up = may_give_up_again(op);
  thread& th = *self_;
  wait_for_turn(th);
  object_table::object* object = nullptr;
  if (address != nullptr) {
    object = use_atomic(address, op);
    op.location = object->location;
  }
  const std::uint64_t value =
      th.position < th.recorded ? replay(th, object, op) : add(th, address, object, op);
  if (can_give_up) op.gave_up = has_given_up(op);
  return value;
}

int& execution::times_given_up(const operation& op) {
  if (op.timed) return self_->timeouts;
  return op.kind == operation_kind::compare_exchange ? self_->failures : self_->wakeups;
}

bool execution::may_give_up_again(const operation& op) {
  const int times = times_given_up(op);
  if (op.timed) return options_.max_timeouts == 0 || times < options_.max_timeouts;
  return times < (op.kind == operation_kind::compare_exchange ? options_.spurious_failures
                                                              : options_.spurious_wakeups);
}

bool execution::has_given_up(const operation& op) {
  const bool so = graph_->at(active_, self_->position - 1).gave_up;
  if (so) ++times_given_up(op);
  return so;
}

std::uint64_t execution::perform_in_main(const void* address, operation op) {
  std::uint64_t value = 0;
  if (op.kind != operation_kind::fence) {
    op.location = use_atomic(address, op)->location;
    value = objects_.initial_value(op.location);
  }
  const event e = event_of(op, initial_write, value);
  if (writes(e.kind)) objects_.set_initial_value(op.location, e.value_written);
  if (options_.watched_by != nullptr) options_.watched_by->performed_in_main(op, e, *this);
  if (!reads(e.kind)) return 0;
  if (sleeps(op, value) && !op.timed) {
    stop(verdict_kind::fail, failure::deadlock,
         "before() or after() waits, and no other thread runs");
  }
  return value;
}

void execution::extend(const operation& op) {
  thread& th = self();
  int from = 0;
  has_turn_left_ = false;
  if (th.paused_at >= 0 && turns_ == nullptr && repeats_iteration(op, from)) {
    th.spin_from = from;
    block(thread_state::spinning);
  }
  if (th.position >= std::min(options_.max_events, max_events_of_a_thread)) {
    stop(verdict_kind::bounded, failure::none,
         "thread " + std::to_string(active_) + " has more than " + std::to_string(th.position) +
             " events in one execution (options::max_events); " +
             about_loops(th.position < max_events_of_a_thread));
  }
  if (symmetry_.has(active_)) check_symmetry(&op);
  operations_[static_cast<std::size_t>(active_)].push_back(op);
  if (script_ != nullptr) return extend_by_script(op);
  extension_.add(*graph_, active_, op, th.plain_since_event);
}

void execution::extend_by_script(const operation& op) {
  const auto& row = script_->rows[static_cast<std::size_t>(active_)];
  const bool fits =
      static_cast<std::size_t>(self().position) < row.size() &&
      extension_.add_scripted(*graph_, active_, op, self().plain_since_event, *script_);
  if (fits) return;
  stop(verdict_kind::nondeterministic, failure::none,
       "the execution of options::replay does not fit this program at event " +
           std::to_string(self().position) + " of thread " + std::to_string(active_) + " (" +
           op.site + ")");
}

// Whether `op`, asked for after a pause, begins once more an iteration that only read: it would
// read the same again. The thread then waits for a write that one of these reads can read instead;
// that is a revisit, in another graph, and no failed iteration is left in any graph.
bool execution::repeats_iteration(const operation& op, int& from) const {
  const thread& th = threads_[static_cast<std::size_t>(active_)];
  const auto& operations = operations_[static_cast<std::size_t>(active_)];
  for (int i = th.position - 1; i >= 0; --i) {
    const event& e = graph_->at(active_, i);
    // What gave up does not do so for ever.
    const bool pure = (e.kind == event_kind::load && !e.gave_up) || e.kind == event_kind::fence ||
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
