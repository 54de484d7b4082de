// The scheduler's loop: what a worker, or a thread that waits, does next. Where it finds work:
// work_search.cc.
#include <cxxabi.h>
#include <pthread.h>

#include <algorithm>
#include <cstdio>
#include <new>
#include <thread>
#include <utility>

#include "core/base/assert.h"
#include "core/base/backoff.h"
#include "core/base/env_default.h"
#include "core/base/known_fence.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/wake_spread.h"
#include "core/runtime/work_cycle.h"

namespace wyn {

namespace {

// Between two looks of a thread that searches; later others may have the processor, who perhaps
// work at what it looks for.
void rest(bool at_first) {
  if (!at_first) return std::this_thread::yield();
  for (int i = 0; i < 16; ++i) cpu_pause();
}

}  // namespace

// Every 64th time it is old work's turn, if run_old() has not been there before.
bool scheduler::next_own(participant& self, work_item& t) {
  if (self.almost_time_for_old_work() && next_old(self, t)) return true;
  return self.deque().pop(t) || next_in_ring(self, t);
}

[[gnu::always_inline]] inline bool scheduler::run_and_pop(participant& self, work_item& t) {
  t.run(t.arg);
  if (self.note_task_run()) [[unlikely]] run_old(self);
  return self.deque().pop(t);
}

// One thread's side of the loop in work_cycle.h.
class scheduler::loop_host {
 public:
  using task = work_item;

  loop_host(scheduler& s, participant& self) noexcept
      : s_(s),
        self_(self),
        pace_(s.worker_count_ + 1),
        spread_(s.max_searchers_ > searchers_enough) {}

  work_signal<>& signal() noexcept { return s_.signal_; }
  std::uint32_t max_searchers() const noexcept { return s_.max_searchers_; }
  bool next_own(task& t) { return s_.next_own(self_, t); }
  [[gnu::always_inline]] void execute(const task& t) {
    if (pace_.is_measuring()) pace_.begins(clock::now());
    scheduler::execute(self_, t);
  }
  void run_all_at_hand(const task& first) { s_.run_all_at_hand(self_, first); }
  void out_of_work() noexcept {
    if (pace_.is_measuring()) pace_.judge(clock::now());
    // Where others take from its ring it may have failed to: there is more to come.
    if (self_.batches().is_open() && !self_.has_work()) {
      self_.batches().ran_out(clock::now(), self_.count().completed(), self_.count().spawned(),
                              s_.worker_count_, self_.room());
    }
    s_.require_not_forked();
  }
  template <class Goal>
  bool search(const Goal& goal, task& t) {
    if (!s_.search(self_, pace_, from_, goal, t, std::exchange(is_woken_, false))) return false;
    spread_.found(pace_.has_stolen(), s_.signal_, [this] { return s_.work_visible(); });
    return true;
  }
  bool take_where_last(task& t) { return s_.take_where_last(self_, pace_, from_, t); }
  template <class Goal>
  bool wait_to_search(const Goal& goal) {
    return s_.wait_to_search(goal);
  }
  void about_to_sleep() noexcept {
    self_.trim_once(s_.trim_request_.last());
    is_woken_ = true;
    spread_.slept();
  }
  // Where the kernel refuses membarrier a heavy fence interrupts nobody. Without one nobody sees to
  // what was asked of the searchers, and until then each of them wakes another: so there is one now
  // and then for those who are never left in peace for as long as a nap takes.
  std::chrono::nanoseconds nap_time(bool relied_on) noexcept {
    const std::chrono::microseconds nap(heavy_fences_exist<env_default>() ? s_.options_.nap_us : 0);
    return relied_on && s_.request_turn_.due(clock::now(), nap) ? nap.zero() : nap;
  }
  // A store that waits for its cache line is some hundred nanoseconds on its way.
  void let_stores_arrive() const noexcept {
    const clock::time_point until = clock::now() + std::chrono::microseconds(2);
    while (clock::now() < until) cpu_pause();
  }
  bool in_order() const noexcept { return s_.has_trimmed(self_); }
  void announce_idle() noexcept { s_.announce_idle(); }
  bool work_visible() const noexcept { return s_.work_visible(); }

 private:
  scheduler& s_;
  participant& self_;
  search_pace pace_;
  sources from_;
  wake_spread spread_;
  bool is_woken_ = false;  // it has slept, and not searched since
};

// The task stays in registers: no call on the way to the next one in the deque knows its address.
// The step stands there three times, so that the jump back and the guess where a call leads are not
// each task's own: a task takes 1.37 ns. With one step it is 1.4 or 1.75, as the code happens to
// lie. The tasks are counted together: whoever waits for idleness waits for the one in hand anyway.
void scheduler::run_all_at_hand(participant& self, work_item t) {
  work_item of_ring;
  while (true) {
    while (run_and_pop(self, t) && run_and_pop(self, t) && run_and_pop(self, t)) {
    }
    if (!next_in_ring(self, of_ring)) break;
    t = of_ring;
  }
  self.count_tasks_run();
}

template <class Goal>
void scheduler::work_loop(participant& self, const Goal& goal) {
  loop_host host(*this, self);
  work_cycle(host, goal);
}

// Who cannot take what is visible, since the tasks are too short or others are faster, does not try
// to sleep either: the look before the sleep would find it, behind a heavy fence that interrupts
// everybody.
//
// Who was woken and finds nothing that it may take offers its processor once: the kernel may have
// put it where the thread runs that woke it, and then that thread stands still meanwhile.
template <class Goal>
bool scheduler::search(participant& self, search_pace& pace, sources& from, const Goal& goal,
                       work_item& t, bool is_woken) {
  clock::time_point now = clock::now();
  const clock::time_point deadline = now + std::chrono::microseconds(options_.search_us);
  clock::time_point until = deadline;
  do {
    look_for_standing_deque(self, pace, from, now);
    if (pace.may_take(now) && take_from_a_ring(self, pace, from, now, t)) return true;
    from.deque.begin_turn();
    if (take_from_standing_deque(self, from, t)) return true;
    if (pace.may_steal(now) && steal_from_anybody(self, pace, now, t)) return true;
    if (goal()) return false;
    announce_idle();
    rest(now < deadline && !std::exchange(is_woken, false));
    now = clock::now();
    if (now >= until && work_visible()) until = now + pace.between_looks_at_all();
  } while (now < until);
  return false;
}

// Falling asleep costs a heavy fence, which interrupts everybody: not whenever others search, too.
// But where there is room for many of them, one more is one too many.
template <class Goal>
bool scheduler::wait_to_search(const Goal& goal) {
  if (max_searchers_ > searchers_enough) return false;
  const clock::time_point deadline = clock::now() + std::chrono::microseconds(options_.search_us);
  do {
    std::this_thread::yield();
    if (goal()) return false;
    if (signal_.try_enter_search(max_searchers_)) return true;
  } while (clock::now() < deadline);
  return false;
}

// The child of a fork() in a task goes no further than that task. It gets here at once if the
// thread spawned here last (interrupt), else when it has no tasks left.
void scheduler::require_not_forked() const noexcept {
  if (!forked()) [[likely]] return;
  fatal("a task that called fork() has returned in the child process, where the runtime's other "
        "threads do not exist: call exec or _exit in the child");
}

namespace {

template <class Loop>
void run_user_code(scheduler& s, participant& self, const Loop& loop) {
  running_scope scope(s, self);
  try {
    loop();
  } catch (const abi::__forced_unwind&) {
    // pthread_exit or cancellation in a task: this thread is lost, the task counts as complete.
    self.count_tasks_run();
    self.count().note_completed();
    s.completed_outside();
    throw;
  } catch (...) {
    report_uncaught();
  }
}

}  // namespace

void scheduler::worker_main(participant& self) {
  struct until_stopped {
    scheduler& s;
    bool operator()() const noexcept { return s.stop_.load(orders::stop_load); }
    void before_sleep() const noexcept {}
  };
  pthread_setname_np(pthread_self(), "wyn-worker");
  try {
    detail::add_binding({id_, &self});
  } catch (const std::bad_alloc&) {
    fatal("no memory for the first step of a worker thread: give the process more, or construct "
          "the runtime with fewer workers (options::workers)");
  }
  run_user_code(*this, self, [&] { work_loop(self, until_stopped{*this}); });
  detail::remove_binding(id_);
}

// Its spawns go to the deque meanwhile, as a worker's do.
template <class Goal>
void scheduler::help(participant& self, const Goal& goal) {
  const queue_place place = self.place();
  // Of bounded queues, the ring's is the one whose bound a foreign thread knows.
  const bool is_batch = place != queue_place::deque && options_.on_full == full_policy::grow &&
                        self.batches().is_batch(self.count().spawned());
  if (is_batch) self.batches().wait_begins(clock::now(), self.count().completed());
  self.queue_in(queue_place::deque);
  run_user_code(*this, self, [&] { work_loop(self, goal); });
  if (place == queue_place::deque) return;
  self.queue_in(self.batches().begins_asking() ? queue_place::deque_for_now : queue_place::ring);
}

void scheduler::help_until_done(participant& self, join_state<>& state) {
  struct until_done {
    join_state<>& state;
    bool operator()() const noexcept { return state.done(); }
    void before_sleep() const noexcept { state.await(); }
  };
  if (state.done()) return;
  self.raised().lower_all(self);
  help(self, until_done{state});
}

void scheduler::help_until_done(participant& self, group_count<>& members) {
  struct until_done {
    group_count<>& members;
    bool operator()() const noexcept { return members.done(); }
    void before_sleep() const noexcept { members.await(group_waiter::helper); }
  };
  if (members.done()) return;
  self.raised().lower_all(self);
  help(self, until_done{members});
}

void scheduler::help_until_idle(participant& self) {
  struct until_idle {
    scheduler& s;
    bool operator()() const noexcept { return s.idle(); }
    void before_sleep() const noexcept { s.idle_watch_.want(); }
    bool may_sleep() const noexcept { return s.idle_watch_.wanted(); }
  };
  self.enter();
  help(self, until_idle{*this});
  self.leave();
  completed_outside();  // another thread may be waiting for the same
}

}  // namespace wyn
