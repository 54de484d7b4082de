// The scheduler's edges: threads, participants, spawns that do not take the short way, waiting, the
// end. The loop itself: work_loop.cc; where it finds work: work_search.cc.
#include "core/runtime/scheduler.h"

#include <cxxabi.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <system_error>

#include "core/base/assert.h"
#include "core/runtime/cpu_count.h"
#include "core/runtime/expected_thieves.h"
#include "core/runtime/run_task.h"

namespace wyn {
namespace {

constexpr unsigned max_workers = 4096;

// Outgrown buffers of fewer bytes are not worth a system call.
constexpr std::size_t worthwhile_bytes = std::size_t{256} << 10;

static_assert(options{}.reserved_slots == task_heap<>::default_reserve);

// Slots that all memory of this machine has room for. Reserving more would end in the hands of the
// kernel's out-of-memory killer, which says nothing.
std::uint64_t most_reserved_slots() noexcept {
  constexpr std::uint64_t bytes_for_one = task_heap<>::slot_bytes + small_task_heap::slot_bytes;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page_bytes) / bytes_for_one;
}

options checked(options o) {
  if (o.workers == options::all_cpus) o.workers = std::min(available_cpus(), max_workers);
  if (o.workers > max_workers) throw std::invalid_argument("wyn: options.workers: at most 4096");
  if (o.max_queued < 1 || o.max_queued > work_stealing_deque<work_item>::unbounded) {
    throw std::invalid_argument("wyn: options.max_queued: 1 to 2^40");
  }
  if (o.steal_attempts < 1) throw std::invalid_argument("wyn: options.steal_attempts: at least 1");
  if (o.search_us > 1'000'000) {
    throw std::invalid_argument("wyn: options.search_us: at most one second");
  }
  if (std::min(o.reserved_slots, o.max_slots) > most_reserved_slots()) {
    throw std::invalid_argument("wyn: options.reserved_slots: more than this machine's memory");
  }
  if (o.nap_us > 1'000'000) {
    throw std::invalid_argument("wyn: options.nap_us: at most one second");
  }
  return o;
}

std::int64_t queue_capacity(const options& o) noexcept {
  return o.on_full == full_policy::grow ? work_stealing_deque<work_item>::unbounded : o.max_queued;
}

// Before other threads know of it.
void prepare_for_thieves(participant& p, unsigned workers) noexcept {
  if (thieves_expected(workers)) p.deque().expect_thieves(patience_with_thieves(workers));
}

}  // namespace

scheduler::scheduler(const options& o)
    : options_(checked(o)),
      id_(detail::register_scheduler(this)),
      worker_count_(options_.workers),
      generation_(detail::fork_generation()),
      max_searchers_(std::max(1u, (worker_count_ + 1) / 2)),
      budgets_(options_.max_slots) {
  try {
    start_workers();
  } catch (...) {
    join_workers();
    detail::unregister_scheduler(id_);
    throw;
  }
}

scheduler::~scheduler() {
  shutdown();
  detail::unregister_scheduler(id_);
  if (detail::current_binding.scheduler_id == id_) detail::current_binding = {};
  for (std::uint32_t i = 0; i < list_.size(); ++i) {
    WYN_CHECK(list_.at(i)->heaps().large.live_slots() == 0,
              "a task_handle outlives its runtime: destroy every handle before the runtime");
  }
}

void scheduler::start_workers() {
  const std::uint64_t share = options_.reserved_slots / std::max(1u, worker_count_);
  for (unsigned i = 0; i < worker_count_; ++i) {
    auto p = std::make_unique<participant>(*this, budgets_, queue_capacity(options_), true);
    prepare_for_thieves(*p, worker_count_);
    p->heaps().reserve(share);  // what cannot be had now is asked for when it is needed
    list_.add(p);
  }
  orphans_.reserve(worker_count_);  // a worker's task may end its thread
  threads_.reserve(worker_count_);
  for (unsigned i = 0; i < worker_count_; ++i) {
    try {
      threads_.emplace_back([this, self = list_.at(i)] { worker_main(*self); });
    } catch (const std::system_error& e) {
      throw std::system_error(e.code(), "wyn: cannot start worker thread " + std::to_string(i + 1) +
                                            " of " + std::to_string(worker_count_) +
                                            " (limit of threads or memory reached?)");
    }
  }
}

void scheduler::join_workers() noexcept {
  stop_.store(true, orders::stop_store);
  signal_.wake_all();
  for (std::thread& t : threads_) t.join();
  threads_.clear();
}

scheduler::bound scheduler::bind_slowly() noexcept {
  if (forked()) return {nullptr, spawn_status::forked};
  if (participant* known = detail::find_binding(id_)) return {known, {}};
  spawn_status why{};
  participant* p = acquire(why);
  if (p == nullptr) return {nullptr, why};
  try {
    detail::add_binding({id_, p});
  } catch (const std::bad_alloc&) {
    orphan(*p);
    return {nullptr, spawn_status::no_memory};
  }
  return {p, {}};
}

participant* scheduler::acquire(spawn_status& why) noexcept {
  std::lock_guard guard(lock_);
  if (closed_) {
    why = spawn_status::shut_down;
    return nullptr;
  }
  if (!orphans_.empty()) {
    participant* adopted = orphans_.back();
    orphans_.pop_back();
    return adopted;
  }
  try {
    auto made = std::make_unique<participant>(*this, budgets_, queue_capacity(options_), false);
    prepare_for_thieves(*made, worker_count_);
    // Where no worker would take blocks from a ring, the deque is the better queue.
    if (worker_count_ == 0) {
      made->queue_in(queue_place::deque);
      if (list_.size() == 0) made->heaps().reserve(options_.reserved_slots);
    }
    orphans_.reserve(list_.size() + 1);  // so that orphan() cannot fail
    participant* p = made.get();
    if (list_.add(made)) return p;
    why = spawn_status::too_many_threads;
  } catch (const std::bad_alloc&) {
    why = spawn_status::no_memory;
  }
  return nullptr;
}

void scheduler::orphan(participant& p) noexcept {
  std::lock_guard guard(lock_);
  p.become_orphan(worker_count_ == 0 ? queue_place::deque : queue_place::ring);
  orphans_.push_back(&p);
}

spawn_status scheduler::spawn_unbound(work_item t) noexcept {
  spawn_status why{};
  participant* self = bind(why);
  return self == nullptr ? why : spawn_from(*self, t);
}

spawn_status scheduler::spawn_otherwise(participant& self, work_item t, short_way way) noexcept {
  // Shutdown has begun. A task of this runtime may go on spawning until everything is done.
  if (way == short_way::signs && !self.gate().still_admits() && self.nesting() == 0) {
    return refuse(self, spawn_status::shut_down);
  }
  const bool asks = self.place() == queue_place::deque_for_now && !self.deque().has_room_at_hand();
  if (asks && !self.batches().trusts(clock::now())) self.queue_in(queue_place::ring);
  if (!enqueue_slowly(self, t)) return spawn_to_full(self, t);
  if (asks) self.deque().limit_room(spawns_between_questions);
  signal_.work_added();
  return spawn_status::queued;
}

// The queue may have grown.
bool scheduler::enqueue_slowly(participant& self, const work_item& t) noexcept {
  const bool queued = self.enqueue(t);
  if (self.outgrown_bytes() >= worthwhile_bytes) [[unlikely]] free_outgrown(self);
  return queued;
}

// What cannot go now, because somebody reads in a queue at this moment, can when the queue grows
// again, or when it is full for the moment.
void scheduler::free_outgrown(participant& self) noexcept {
  visit_mark<>::published();
  if (!anybody_visits(list_)) self.free_outgrown();
}

spawn_status scheduler::spawn_to_full(participant& self, const work_item& t) noexcept {
  if (options_.on_full == full_policy::error) return refuse(self, spawn_status::full);
  return run_counted(self, t);
}

spawn_status scheduler::run_instead_of_queueing(participant& self, const work_item& t) noexcept {
  if (!self.gate().count_spawned(self.count()) && self.nesting() == 0) {
    return refuse(self, spawn_status::shut_down);
  }
  return run_counted(self, t);
}

spawn_status scheduler::run_counted(participant& self, const work_item& t) noexcept {
  self.enter();
  try {
    run_detached(*this, self, t);
  } catch (const abi::__forced_unwind&) {
    fatal("a task that ran within its spawn, for want of room in the queue, ended its thread "
          "(pthread_exit or cancellation): let tasks return, or choose another options.on_full "
          "than run_inline");
  }
  self.leave();
  self.count().note_completed();
  completed_outside();
  return spawn_status::ran_inline;
}

void scheduler::spawn_or_run(const work_item& task) noexcept {
  const work_item t = task;  // what it lies in may go as soon as it is queued
  if (spawn(t) <= spawn_status::ran_inline) return;
  spawn_status unused{};
  participant* self = bind(unused);
  WYN_CHECK(self != nullptr, "a thread that takes no part in the runtime ends one of its tasks");
  self->count().note_spawned();
  run_counted(*self, t);
}

bool scheduler::spawn_behind(participant& self, const work_item& t) noexcept {
  self.count().note_spawned();
  if (!self.ring().push(t)) {
    self.count().note_completed();
    return false;
  }
  signal_.work_added();
  return true;
}

spawn_status scheduler::refuse(participant& self, spawn_status why) noexcept {
  self.count().note_completed();
  completed_outside();
  return why;
}

bool scheduler::inside_task() const noexcept {
  // A binding that is found becomes the current one, by which spawns would be accepted.
  if (forked()) return detail::running_scheduler == this;
  const participant* self = detail::find_binding(id_);
  return self != nullptr && (self->is_worker() || self->nesting() > 0);
}

void scheduler::require_outside(const char* what, const char* instead) const {
  if (forked()) throw spawn_error(spawn_status::forked);
  if (inside_task()) {
    throw std::logic_error(std::string("wyn: ") + what +
                           " inside a task would wait for that task itself; " + instead);
  }
}

void scheduler::wait_idle() {
  require_outside("wait_idle", "join the tasks it spawned by their handles instead");
  spawn_status why{};
  participant* self = bind(why);
  if (self != nullptr) return help_until_idle(*self);
  if (why != spawn_status::shut_down) throw spawn_error(why);
  // Whoever shuts the runtime down holds this until all tasks are complete.
  const std::lock_guard until_drained(shutdown_lock_);
}

bool scheduler::shutdown() {
  require_outside("shutdown", "end the runtime outside of its tasks");
  std::lock_guard one_at_a_time(shutdown_lock_);
  if (closed_) return false;  // written under both locks
  spawn_status why{};
  participant* self = bind(why);
  if (self == nullptr) throw spawn_error(why);
  {
    std::lock_guard guard(lock_);
    closed_ = true;
    for (std::uint32_t i = 0; i < list_.size(); ++i) {
      if (participant* p = list_.at(i); !p->is_worker() && p != self) p->gate().close();
    }
  }
  spawn_gate<>::closed();
  help_until_idle(*self);
  self->gate().close();
  join_workers();
  return true;
}

void scheduler::trim() noexcept {
  if (forked()) return;  // lock_ may be held for ever
  const std::uint32_t request = trim_request_.ask();
  {
    std::lock_guard guard(lock_);
    for (participant* p : orphans_) p->trim_once(request);
  }
  spawn_status unused{};
  if (participant* self = bind(unused)) self->trim_once(request);
  signal_.wake_all();  // a worker trims before it sleeps
}

bool scheduler::has_trimmed(const participant& self) const noexcept {
  return self.has_trimmed(trim_request_.last());
}

bool scheduler::idle() const noexcept { return all_complete(list_); }

void scheduler::completed_outside() noexcept {
  idle_watch_.task_ended([this] { return idle(); }, [this] { signal_.wake_all(); });
}

void scheduler::announce_idle() noexcept {
  idle_watch_.announce([this] { return idle(); }, [this] { signal_.wake_all(); });
}

}  // namespace wyn
