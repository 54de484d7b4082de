// A participant: what one thread owns in a runtime, be it a worker or a foreign thread that spawns.
//
// A worker's tasks lie in its deque: it takes the newest, others steal the oldest. A foreign thread
// (main, say) queues in a ring: first in, first out, and others take whole blocks, since it does
// not run tasks itself. While it waits it is a worker: what it then spawns goes to its deque; and
// if it ran trifles, so does what it spawns next (batch_record.h).
//
// When a foreign thread ends, its participant becomes an orphan: others go on taking what is
// queued, and the next foreign thread adopts it. So a thousand short-lived threads make no longer
// list of victims than were alive at once. The scheduler's lock lies between the two threads, which
// is all that the queues ask for when their owner changes. A deque that is biased towards an owner
// who is gone can be stolen from: thieves share it without its owner.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/deque/work_stealing_deque.h"
#include "core/injector/producer_ring.h"
#include "core/runtime/batch_record.h"
#include "core/runtime/deques_turn.h"
#include "core/runtime/random.h"
#include "core/runtime/spawn_gate.h"
#include "core/runtime/task_count.h"
#include "core/runtime/task_heaps.h"
#include "core/runtime/thief_mark.h"
#include "core/runtime/visit_mark.h"
#include "core/runtime/work_item.h"

namespace wyn {

class scheduler;

/// Where a thread queues what it spawns.
enum class queue_place : unsigned char {
  deque,
  ring,
  deque_for_now,  ///< the next spawn, and then one in some hundred, asks whether it still should
};

/// Who calls what: the bound thread everything, other threads the members named "Any thread".
class alignas(cache_line_bytes) participant {
  using clock = std::chrono::steady_clock;

 public:
  /// Largest block taken from a ring at a time: long enough that the lines of head and tail, which
  /// the producer and all takers share, cost little beside the tasks.
  static constexpr std::size_t block_tasks = 256;
  /// Tasks that a queue has room for at first.
  static constexpr std::int64_t first_capacity = 256;

  participant(scheduler& owner, slot_budgets& budgets, std::int64_t max_queued,
              bool worker) noexcept
      : owner_(&owner),
        is_worker_(worker),
        place_(worker ? queue_place::deque : queue_place::ring),
        gate_(!worker),
        deque_(std::min(first_capacity, max_queued), max_queued),
        ring_(std::min(first_capacity, max_queued), max_queued),
        heaps_(budgets),
        random_(reinterpret_cast<std::uintptr_t>(this)) {}

  scheduler& owner() const noexcept { return *owner_; }
  bool is_worker() const noexcept { return is_worker_; }

  /// Its thread has ended, perhaps within a task (pthread_exit), and perhaps a worker: the next
  /// thread that it is bound to is a foreign one that runs no task yet. Under the scheduler's lock.
  void become_orphan(queue_place place) noexcept {
    is_worker_ = false;
    queue_in(place);
    batches_ = batch_record(clock::now(), count_.spawned());
    nesting_ = 0;
  }

  /// Queues `t` where the thread queues at present. False when that queue is full.
  [[gnu::always_inline]] bool enqueue(const work_item& t) noexcept {
    return place_ == queue_place::ring ? ring_.push(t) : deque_.push(t);
  }

  /// Any thread: whether something could be taken from here at some moment of the call.
  bool has_work() const noexcept { return deque_.size_estimate() > 0 || ring_.size_estimate() > 0; }

  /// Where spawns go: to the deque on a worker, and on any thread while it runs tasks.
  queue_place place() const noexcept { return place_; }
  void queue_in(queue_place next) noexcept {
    place_ = next;
    gate_.queue_in_ring(next == queue_place::ring);
    if (next == queue_place::deque_for_now) deque_.limit_room(0);
  }
  spawn_gate<>& gate() noexcept { return gate_; }
  batch_record<clock::time_point>& batches() noexcept { return batches_; }

  work_stealing_deque<work_item>& deque() noexcept { return deque_; }
  producer_ring<work_item>& ring() noexcept { return ring_; }
  task_heaps& heaps() noexcept { return heaps_; }
  visit_mark<>& mark() noexcept { return mark_; }
  const visit_mark<>& mark() const noexcept { return mark_; }
  /// Of the stolen tasks that the thread is in.
  raised_marks<participant>& raised() noexcept { return raised_; }
  task_count<>& count() noexcept { return count_; }
  const task_count<>& count() const noexcept { return count_; }
  random_stream& random() noexcept { return random_; }

  /// Tasks that its queues can hold without growing. The bound thread.
  std::int64_t room() const noexcept { return deque_.capacity() + ring_.capacity(); }
  /// Bytes of outgrown buffers that are kept because others may read in them.
  std::size_t outgrown_bytes() const noexcept {
    return deque_.outgrown_bytes() + ring_.outgrown_bytes();
  }
  /// Frees them. Nobody may visit who began before the queues grew last (visit_mark.h).
  void free_outgrown() noexcept {
    deque_.free_outgrown();
    ring_.free_outgrown();
  }

  /// Calls of user code of this runtime that are on the stack of a foreign thread.
  int nesting() const noexcept { return nesting_; }
  void enter() noexcept { ++nesting_; }
  void leave() noexcept { --nesting_; }

  /// The work loop has run a task; it is counted as completed by count_tasks_run(), which must come
  /// before the loop looks for work elsewhere. True every 64th time, and at the first time after
  /// interrupt(): time to look at old work.
  [[gnu::always_inline]] bool note_task_run() noexcept { return --until_old_work_ == 0; }
  void count_tasks_run() noexcept {
    count_.note_completed(static_cast<std::uint64_t>(counted_until_ - until_old_work_));
    counted_until_ = until_old_work_;
  }
  /// What note_task_run() will say next. The loop asks before its first task.
  bool almost_time_for_old_work() const noexcept { return until_old_work_ == 1; }
  /// All tasks run so far have been counted.
  void begin_fairness_period() noexcept { until_old_work_ = counted_until_ = fairness_period; }
  /// The loop looks at old work: whether it is the rings' turn. They have every fifth, and none
  /// while blocks of them come to this thread as it runs out of the last one.
  bool time_for_rings() noexcept {
    if (--turns_until_rings_ > 0) return false;
    note_block();
    return true;
  }
  /// Tasks of a ring have come to this thread.
  void note_block() noexcept { turns_until_rings_ = turns_between_rings; }
  /// The loop looks at old work: whether it is the deques' turn. A look at another's may cost a
  /// heavy fence, and its owner full ones for a while.
  bool time_for_deques() noexcept { return deques_turn_.due(&clock::now); }
  /// Gives free slabs of the heaps back if `request` is not the one that was met last. The bound
  /// thread, or whoever adopts the participant.
  void trim_once(std::uint32_t request) noexcept {
    if (std::exchange(trimmed_, request) != request) heaps_.trim();
  }
  /// Whether that request was met.
  bool has_trimmed(std::uint32_t request) const noexcept { return trimmed_ == request; }

  /// The bound thread, in the child of a fork().
  void interrupt() noexcept { until_old_work_ = 1; }

 private:
  static constexpr int fairness_period = 64;
  static constexpr int turns_between_rings = block_tasks / fairness_period + 1;

  scheduler* owner_;
  bool is_worker_;
  queue_place place_;
  spawn_gate<> gate_;
  visit_mark<> mark_;
  raised_marks<participant> raised_;
  int nesting_ = 0;
  // Tasks of the work loop until it looks at old work, and what that was at the last count.
  int until_old_work_ = fairness_period;
  int counted_until_ = fairness_period;
  int turns_until_rings_ = turns_between_rings;
  deques_turn<clock::time_point> deques_turn_{clock::now()};
  std::uint32_t trimmed_ = 0;
  task_count<> count_;
  work_stealing_deque<work_item> deque_;
  producer_ring<work_item> ring_;
  task_heaps heaps_;
  random_stream random_;
  batch_record<clock::time_point> batches_{clock::now(), 0};
};

}  // namespace wyn
