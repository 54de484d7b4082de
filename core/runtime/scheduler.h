// The scheduler: who runs what next, who sleeps, and when the runtime is idle.
//
// One loop serves workers and waiting threads (work_cycle.h): own tasks first; then a block from a
// foreign thread's ring; then a steal, victims in random order; then a search that is bounded in
// time; then sleep. Who sees half of the workers search waits for a while until one of them stops.
//
// Every queued task stays reachable for every thread: what lies in a deque or a ring can be taken
// while its owner is busy, and a block taken from a ring goes to the taker's deque before its first
// task runs.
//
// Sleep protocol: work_signal.h. Before a thread sleeps it looks at every participant's queues
// again, after the event count's heavy fence: whoever queued something before that fence is seen,
// and whoever queues later sees the sleeper. A queue that is not in the list of participants would
// be lost, so there is none.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/env_default.h"
#include "core/park/event_count.h"
#include "core/park/work_signal.h"
#include "core/runtime/binding.h"
#include "core/runtime/block_source.h"
#include "core/runtime/group_count.h"
#include "core/runtime/handle_count.h"
#include "core/runtime/idle_watch.h"
#include "core/runtime/join_state.h"
#include "core/runtime/options.h"
#include "core/runtime/participant.h"
#include "core/runtime/participant_list.h"
#include "core/runtime/request_turn.h"
#include "core/runtime/runtime_orders.h"
#include "core/runtime/search_pace.h"
#include "core/runtime/standing_deque.h"
#include "core/runtime/trim_request.h"
#include "core/runtime/work_item.h"

namespace wyn {

class scheduler {
 public:
  /// Starts the workers. Throws std::invalid_argument, std::bad_alloc, or std::system_error when a
  /// thread cannot be started; nothing is left running then.
  explicit scheduler(const options& o);
  scheduler(const scheduler&) = delete;
  scheduler& operator=(const scheduler&) = delete;
  /// shutdown(), which must not throw. Outside of tasks only. In the child of a fork() the object
  /// is not destroyed but left alone: everything but its memory is gone.
  ~scheduler();

  /// Queues `t` from the calling thread. Does not block. Any thread.
  [[gnu::always_inline]] spawn_status spawn(work_item t) noexcept {
    participant* self = detail::current_binding.self;
    if (detail::current_binding.scheduler_id != id_) [[unlikely]] return spawn_unbound(t);
    return spawn_from(*self, t);
  }

  /// As spawn, for a thread whose participant is known.
  [[gnu::always_inline]] spawn_status spawn_from(participant& self, work_item t) noexcept {
    const short_way way = spawn_shortly(self, t);
    if (way == short_way::queued) [[likely]] return spawn_status::queued;
    return spawn_otherwise(self, t, way);
  }

  /// How far the short way of a spawn led.
  enum class short_way : unsigned char {
    queued,   ///< to its end
    signs,    ///< counted the task; the gate is closed, or there are no heavy fences
    no_room,  ///< counted the task; the queue is to grow, or to be asked about, or full
  };

  /// The short way of a spawn: all that usually happens, with no call that anything comes after. So
  /// a function that ends with it, and with calls for what is left, needs no register of its
  /// caller's and no stack. Whatever is not queued is passed to spawn_otherwise. As spawn_from.
  [[gnu::always_inline]] short_way spawn_shortly(participant& self, work_item t) noexcept {
    const std::uint32_t signs = self.gate().count_and_look(self.count());
    bool queued;
    if (signs == 0) [[likely]] {
      queued = self.deque().push_if_room(t);
    } else if (signs == gate_sign::ring) {
      queued = self.ring().push_if_room(t);
    } else {
      return short_way::signs;
    }
    if (!queued) [[unlikely]] return short_way::no_room;
    signal_.work_added_beside_heavy();
    return short_way::queued;
  }

  /// The rest of a spawn whose short way was not the whole way.
  spawn_status spawn_otherwise(participant& self, work_item t, short_way way) noexcept;

  /// For a task for which there is no room: runs it in the caller, unless shutdown has begun.
  spawn_status run_instead_of_queueing(participant& self, const work_item& t) noexcept;

  /// The calling thread's participant, made on first use; nullptr and `why` when it can have none.
  [[gnu::always_inline]] participant* bind(spawn_status& why) noexcept {
    if (detail::current_binding.scheduler_id == id_) [[likely]] {
      participant* const self = detail::current_binding.self;
      if (self == nullptr) __builtin_unreachable();  // a binding with an id has one
      return self;
    }
    const bound b = bind_slowly();
    why = b.why;
    return b.self;
  }

  /// Runs tasks until every task that was spawned is complete. Not inside a task: throws
  /// std::logic_error.
  void wait_idle();

  /// Refuses further spawns but those of tasks, waits until idle, ends the workers. False when that
  /// was done before. Not inside a task: throws std::logic_error.
  bool shutdown();

  /// Whether the calling thread is inside a task of this scheduler, or in what looks like one.
  bool inside_task() const noexcept;

  /// Runs tasks until `state`, which has been claimed, is done. The caller counts as a task
  /// (fork_join.h, inside_scope), and is not on top of another one. Whoever finishes `state`, and
  /// is told that somebody waits, wakes all of signal().
  void help_until_done(participant& self, join_state<>& state);
  /// The same until no member of a group is missing. The caller may be on top of a task, whose
  /// locks and stack must bear any other one then.
  void help_until_done(participant& self, group_count<>& members);

  /// Takes from a thief that `mark` names what the marked task, which the caller waits for, has
  /// queued with the function `forked`.
  bool steal_back(participant& self, const thief_mark<participant>& mark, void (*forked)(void*),
                  work_item& t) noexcept;

  /// Queues `t`, or runs it at once where that is refused: it is lost in no case. The calling
  /// thread has spawned or run a task here before.
  void spawn_or_run(const work_item& t) noexcept;

  /// Queues `t` behind what the calling thread has queued: its deque is emptied first. From a task,
  /// which counts. False when there is no room: `t` is not queued.
  bool spawn_behind(participant& self, const work_item& t) noexcept;

  /// Has every worker, every orphan and the caller give free memory of the task pool back. Nothing
  /// happens in the child of a fork().
  void trim() noexcept;

  /// Never reused, and never 0.
  std::uint64_t id() const noexcept { return id_; }
  unsigned workers() const noexcept { return worker_count_; }
  bool forked() const noexcept { return detail::fork_generation() != generation_; }
  const options& settings() const noexcept { return options_; }

  /// Whether all spawned tasks are complete (task_count.h). Any thread.
  bool idle() const noexcept;

  /// After a task was completed outside the work loop: wakes who waits for idleness.
  void completed_outside() noexcept;
  /// The same for a task that may have ended on top of another one. That one is not complete yet,
  /// so the runtime is not idle, and its own end is looked at: a heavy fence less for each task
  /// that ends so while somebody waits.
  void completed_here() noexcept {
    if (detail::running_scheduler != this) completed_outside();
  }

  /// The event count of threads that wait for one result (join_state.h).
  event_count<>& joiners() noexcept { return joiners_; }
  work_signal<>& signal() noexcept { return signal_; }

  /// Handles of the C interface that are not released yet: they keep the scheduler from being
  /// destroyed.
  void note_handle() noexcept { open_handles_.add(); }
  void note_handle_released() noexcept { open_handles_.remove(); }
  std::uint64_t open_handles() const noexcept { return open_handles_.open(); }

  /// Takes a participant back whose thread has ended.
  void orphan(participant& p) noexcept;

 private:
  using orders = runtime_default_orders;
  using clock = std::chrono::steady_clock;

  // Of a thread that queues in its deque for now.
  static constexpr std::int64_t spawns_between_questions = 512;

  struct bound {
    participant* self;  // nullptr: none, and why
    spawn_status why;
  };
  bound bind_slowly() noexcept;
  spawn_status spawn_unbound(work_item t) noexcept;
  spawn_status spawn_to_full(participant& self, const work_item& t) noexcept;
  spawn_status run_counted(participant& self, const work_item& t) noexcept;
  spawn_status refuse(participant& self, spawn_status why) noexcept;
  bool enqueue_slowly(participant& self, const work_item& t) noexcept;
  void free_outgrown(participant& self) noexcept;

  participant* acquire(spawn_status& why) noexcept;
  void start_workers();
  void join_workers() noexcept;
  void worker_main(participant& self);
  void require_outside(const char* what, const char* instead) const;
  void help_until_idle(participant& self);

  using search_pace = wyn::search_pace<clock::time_point>;
  struct sources {  // where a thread goes on taking without a search
    block_source<participant> ring;
    standing_deque<participant> deque;
  };
  class loop_host;
  template <class Goal>
  void work_loop(participant& self, const Goal& goal);
  template <class Goal>
  void help(participant& self, const Goal& goal);
  template <class Goal>
  bool search(participant& self, search_pace& pace, sources& from, const Goal& goal, work_item& t,
              bool is_woken);
  template <class Goal>
  bool wait_to_search(const Goal& goal);
  bool take_where_last(participant& self, const search_pace& pace, sources& from, work_item& t);
  bool take_from_standing_deque(participant& self, sources& from, work_item& t) noexcept;
  bool next_own(participant& self, work_item& t);
  bool run_and_pop(participant& self, work_item& t);
  void run_all_at_hand(participant& self, work_item t);
  bool next_in_ring(participant& self, work_item& t);
  bool next_old(participant& self, work_item& t);
  void run_old(participant& self);
  [[gnu::always_inline]] static void execute(participant& self, const work_item& t) {
    t.run(t.arg);
    self.count().note_completed();
  }
  void look_for_standing_deque(participant& self, search_pace& pace, sources& from,
                               clock::time_point now) noexcept;
  template <class Try>
  bool with_anybody(participant& self, const Try& attempt);
  bool take_from_a_ring(participant& self, search_pace& pace, sources& from, clock::time_point now,
                        work_item& t);
  bool steal_from_anybody(participant& self, search_pace& pace, clock::time_point now,
                          work_item& t);
  std::size_t take_block(participant& self, participant& victim, std::size_t most,
                         std::int64_t& pushed, work_item& first);
  bool take_from_ring(participant& self, participant& victim, std::size_t most, work_item& first);
  template <class MayTake = unconditional>
  bool steal(participant& self, participant& victim, work_item& t,
             const MayTake& may_take = {}) noexcept;
  bool work_visible() const noexcept;
  void require_not_forked() const noexcept;
  void announce_idle() noexcept;
  bool has_trimmed(const participant& self) const noexcept;

  // Read by every spawn.
  const options options_;
  const std::uint64_t id_;
  const unsigned worker_count_;
  const std::uint32_t generation_;
  const std::uint32_t max_searchers_;
  work_signal<> signal_;
  // Read and written at the edges only.
  alignas(cache_line_bytes) idle_watch<> idle_watch_;
  env_default::atomic<bool> stop_{false};
  trim_request<> trim_request_;
  request_turn<> request_turn_;
  handle_count<> open_handles_;
  event_count<> joiners_;
  slot_budgets budgets_;
  participant_list list_;
  std::mutex shutdown_lock_;  // held while one thread drains; taken before lock_
  std::mutex lock_;           // adding and adopting participants
  std::vector<participant*> orphans_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace wyn
