// The scheduler's loop: what a worker, or a thread that waits, runs next.
#include <cxxabi.h>
#include <pthread.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "core/base/assert.h"
#include "core/base/backoff.h"
#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/work_cycle.h"

namespace wyn {

namespace {

// Between two looks of a thread that searches; later others may have the processor, who perhaps
// work at what it looks for.
void rest(bool at_first) {
  if (!at_first) return std::this_thread::yield();
  for (int i = 0; i < 16; ++i) cpu_pause();
}

[[gnu::always_inline]] inline void execute(participant& self, const work_item& t) {
  t.run(t.arg);
  self.count().note_completed();
}

}  // namespace

// In the loop itself, and `t` in registers: no call on the way to a task of the own deque knows its
// address. `old_work_is_due`: every 64th time, if run_old() has not been there before.
[[gnu::always_inline]] inline bool scheduler::next_own(participant& self, bool old_work_is_due,
                                                       work_item& t) {
  work_item other;
  if (old_work_is_due) [[unlikely]] {
    if (next_old(self, other)) {
      t = other;
      return true;
    }
  }
  if (self.deque().pop(t)) [[likely]] return true;
  if (!next_in_ring(self, other)) return false;
  t = other;
  return true;
}

// One thread's side of the loop in work_cycle.h.
class scheduler::loop_host {
 public:
  using task = work_item;

  loop_host(scheduler& s, participant& self) noexcept
      : s_(s), self_(self), pace_(s.worker_count_ + 1) {}

  work_signal<>& signal() noexcept { return s_.signal_; }
  std::uint32_t max_searchers() const noexcept { return s_.max_searchers_; }
  [[gnu::always_inline]] bool next_own(task& t) {
    return s_.next_own(self_, self_.almost_time_for_old_work(), t);
  }
  [[gnu::always_inline]] void execute(const task& t) { wyn::execute(self_, t); }
  // With copies of the references and of the task that nothing can change, so that the loop keeps
  // them in registers. The tasks are counted together: whoever waits for idleness waits for the one
  // in hand all the same.
  [[gnu::always_inline]] void run_all_at_hand(task& first) {
    scheduler& s = s_;
    participant& self = self_;
    task t = first;
    do {
      t.run(t.arg);
      if (self.note_task_run()) [[unlikely]] s.run_old(self);
    } while (s.next_own(self, false, t));
    self.count_tasks_run();
  }
  void out_of_work() const noexcept { s_.require_not_forked(); }
  template <class Goal>
  bool search(const Goal& goal, task& t) {
    return s_.search(self_, pace_, source_, goal, t);
  }
  bool take_where_last(task& t) { return s_.take_where_last(self_, source_, t); }
  template <class Goal>
  bool wait_to_search(const Goal& goal) {
    return s_.wait_to_search(goal);
  }
  void about_to_sleep() noexcept { self_.trim_once(s_.trim_request_.last()); }
  bool in_order() const noexcept { return s_.has_trimmed(self_); }
  void announce_idle() noexcept { s_.announce_idle(); }
  bool work_visible() const noexcept { return s_.work_visible(); }

 private:
  scheduler& s_;
  participant& self_;
  search_pace pace_;
  block_source source_;
};

template <class Goal>
void scheduler::work_loop(participant& self, const Goal& goal) {
  loop_host host(*this, self);
  work_cycle(host, goal);
}

// Who cannot take what is visible, since the tasks are too short or others are faster, does not try
// to sleep either: the look before the sleep would find it, behind a heavy fence that interrupts
// everybody.
template <class Goal>
bool scheduler::search(participant& self, search_pace& pace, block_source& source, const Goal& goal,
                       work_item& t) {
  clock::time_point now = clock::now();
  pace.judge(now);
  const clock::time_point deadline = now + std::chrono::microseconds(options_.search_us);
  clock::time_point until = deadline;
  do {
    look_for_standing_queue(self, pace, now);
    if (pace.may_take(now) && take_from_a_ring(self, pace, source, t)) return true;
    if (pace.may_steal(now) && steal_from_anybody(self, pace, t)) return true;
    if (goal()) return false;
    announce_idle();
    rest(now < deadline);
    now = clock::now();
    if (now >= until && work_visible()) until = now + pace.between_looks_at_all;
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

// Without the search gate, and so without waking anybody (block_source.h).
bool scheduler::take_where_last(participant& self, block_source& source, work_item& t) {
  constexpr std::size_t whole = participant::block_tasks;
  participant* const p = source.next();
  if (p != nullptr && p->ring().size_estimate() >= static_cast<std::int64_t>(whole) &&
      take_block(self, *p, whole, t) != 0) {
    source.took_next();
    self.note_block();
    return true;
  }
  source.forget();
  return false;
}

// A queue that stands still waits for an owner who is busy with one task.
void scheduler::look_for_standing_queue(participant& self, search_pace& pace,
                                        clock::time_point now) noexcept {
  if (pace.may_steal(now) || !pace.may_look(now)) return;
  if (pace.stands_still(now, list_.at(pace.watched())->queued())) return;
  const std::uint32_t who = self.random().below(list_.size());
  pace.watch(now, who, list_.at(who)->queued());
}

// The child of a fork() in a task goes no further than that task. It gets here at once if the
// thread spawned here last (interrupt), else when it has no tasks left.
void scheduler::require_not_forked() const noexcept {
  if (!forked()) [[likely]] return;
  fatal("a task that called fork() has returned in the child process, where the runtime's other "
        "threads do not exist: call exec or _exit in the child");
}

bool scheduler::next_in_ring(participant& self, work_item& t) {
  // A worker has something there after a coroutine's yield.
  if (self.is_worker() && self.ring().size_estimate() == 0) return false;
  return take_block(self, self, participant::block_tasks, t) != 0;
}

// Newest first would starve what lies at the bottom while tasks go on spawning: now and then the
// oldest task of the rings, or of the own deque, has its turn; and more rarely that of another's
// deque, whose owner may be busy for long while nobody else ever runs out of work.
bool scheduler::next_old(participant& self, work_item& t) {
  require_not_forked();
  self.count_tasks_run();
  self.begin_fairness_period();
  const std::uint32_t n = list_.size();
  if (self.time_for_deques()) {
    participant& victim = *list_.at(self.random().below(n));
    const bool others_turn = &victim != &self && self.random().below(2) == 0;
    if (others_turn && steal(self, victim, t)) return true;
    if (self.deque().take_oldest(t)) return true;
  }
  // A claim of one task costs as much as that of a block: rings seldom have a turn.
  const auto oldest_in_ring = [&](participant& p) {
    return p.ring().size_estimate() > 0 && take_block(self, p, 1, t) != 0;
  };
  if (self.time_for_rings() && with_anybody(self, oldest_in_ring)) return true;
  return worker_count_ == 0 && self.deque().take_oldest(t);  // nobody steals
}

// Its slot goes home by the return list. Between those of new tasks the slots of old ones would
// bring the heap's own list into disorder, little by little, until each slot is a cache miss.
[[gnu::noinline]] void scheduler::run_old(participant& self) {
  work_item t;
  do {
    if (!next_old(self, t)) return;
    const return_list_scope scope;
    t.run(t.arg);
  } while (self.note_task_run());
}

// Whether attempt(participant) succeeds with anybody, from a random one on.
template <class Try>
bool scheduler::with_anybody(participant& self, const Try& attempt) {
  const std::uint32_t n = list_.size();
  const std::uint32_t first = self.random().below(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (attempt(*list_.at(first + i < n ? first + i : first + i - n))) return true;
  }
  return false;
}

bool scheduler::take_from_a_ring(participant& self, search_pace& pace, block_source& source,
                                 work_item& t) {
  return with_anybody(self, [&](participant& p) {
    if (p.ring().size_estimate() == 0) return false;
    const std::size_t taken = take_block(self, p, participant::block_tasks, t);
    if (taken == 0) return false;
    const bool few = taken < participant::block_tasks / 2;
    if (!few) source.found(p);
    self.note_block();
    pace.took(clock::now(), few ? loot::part_of_block : loot::block);
    return true;
  });
}

bool scheduler::steal_from_anybody(participant& self, search_pace& pace, work_item& t) {
  return with_anybody(self, [&](participant& victim) {
    if (&victim == &self || !steal(self, victim, t)) return false;
    pace.took(clock::now(), loot::single);
    return true;
  });
}

// Takes up to `most` tasks from the ring of `victim`: the first is the result, the others go to our
// deque, in an order in which we pop them as they came. The number taken.
std::size_t scheduler::take_block(participant& self, participant& victim, std::size_t most,
                                  work_item& first) {
  work_item block[participant::block_tasks];
  visited_ring ring{victim.ring(), self.mark()};
  const std::size_t claimed =
      claim_block(ring, self.deque(), block, most,
                  [&self](const work_item& t) { execute(self, t); });
  if (claimed == 0) return 0;
  first = block[0];
  if (claimed > 1) signal_.work_added();
  return claimed;
}

template <class MayTake>
bool scheduler::steal(participant& self, participant& victim, work_item& t,
                      const MayTake& may_take) noexcept {
  for (unsigned attempt = 0; attempt < options_.steal_attempts; ++attempt) {
    if (victim.deque().size_estimate() == 0) return false;  // spares the fences
    const steal_result r = self.mark().during([&] { return victim.deque().steal(t, may_take); });
    if (r == steal_result::item) return true;
    if (r == steal_result::empty) return false;
  }
  return false;
}

bool scheduler::steal_back(participant& self, const thief_mark<participant>& mark,
                           void (*forked)(void*), work_item& t) noexcept {
  return wyn::steal_back(
      mark, [forked](const work_item& item) { return item.run == forked; },
      [&](participant& thief, const auto& may_take) { return steal(self, thief, t, may_take); });
}

bool scheduler::work_visible() const noexcept {
  const std::uint32_t n = list_.size();
  for (std::uint32_t i = 0; i < n; ++i) {
    if (list_.at(i)->has_work()) return true;
  }
  return false;
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
  detail::add_binding({id_, &self});
  run_user_code(*this, self, [&] { work_loop(self, until_stopped{*this}); });
  detail::remove_binding(id_);
}

void scheduler::help_until_done(participant& self, join_state<>& state) {
  struct until_done {
    join_state<>& state;
    bool operator()() const noexcept { return state.done(); }
    void before_sleep() const noexcept { state.await(); }
  };
  if (state.done()) return;
  self.raised().lower_all(self);
  const bool mode = self.deque_mode();
  self.set_deque_mode(true);
  run_user_code(*this, self, [&] { work_loop(self, until_done{state}); });
  self.set_deque_mode(mode);
}

void scheduler::help_until_done(participant& self, group_count<>& members) {
  struct until_done {
    group_count<>& members;
    bool operator()() const noexcept { return members.done(); }
    void before_sleep() const noexcept { members.await(group_waiter::helper); }
  };
  if (members.done()) return;
  self.raised().lower_all(self);
  const bool mode = self.deque_mode();
  self.set_deque_mode(true);
  run_user_code(*this, self, [&] { work_loop(self, until_done{members}); });
  self.set_deque_mode(mode);
}

void scheduler::help_until_idle(participant& self) {
  struct until_idle {
    scheduler& s;
    bool operator()() const noexcept { return s.idle(); }
    void before_sleep() const noexcept { s.idle_watch_.want(); }
    bool may_sleep() const noexcept { return s.idle_watch_.wanted(); }
  };
  const bool mode = self.deque_mode();
  self.set_deque_mode(true);
  self.enter();
  run_user_code(*this, self, [&] { work_loop(self, until_idle{*this}); });
  self.leave();
  self.set_deque_mode(mode);
  completed_outside();  // another thread may be waiting for the same
}

}  // namespace wyn
