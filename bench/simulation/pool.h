// The runtime in simulated time: the shipped loop, deques, rings, work signal, counts, gate and
// marks over env_simulated, put together as core/runtime/scheduler.cc, work_loop.cc and
// work_search.cc do it. What those decide with a clock or a random number is decided here with the
// simulated ones. Left out: adoption of participants, exceptions, the task pool, the rings' turn of
// old work.
//
// Participant 0 is the foreign thread that spawns and waits; the others are workers.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "bench/simulation/env_simulated.h"
#include "core/base/cache_line.h"
#include "core/deque/work_stealing_deque.h"
#include "core/injector/producer_ring.h"
#include "core/park/work_signal.h"
#include "core/runtime/block_source.h"
#include "core/runtime/deques_turn.h"
#include "core/runtime/expected_thieves.h"
#include "core/runtime/idle_watch.h"
#include "core/runtime/request_turn.h"
#include "core/runtime/search_pace.h"
#include "core/runtime/spawn_gate.h"
#include "core/runtime/standing_deque.h"
#include "core/runtime/task_count.h"
#include "core/runtime/visit_mark.h"
#include "core/runtime/wake_spread.h"
#include "core/runtime/work_cycle.h"

namespace wyn::simulation {

// What only variants have: values are sequentially consistent here, so the orders do not matter.
inline constexpr site<"variant load", order::relaxed> a_load{};
inline constexpr site<"variant store", order::relaxed> a_store{};
inline constexpr site<"variant swap", order::relaxed> a_swap{};

/// When a thread takes the oldest task of its deque, at each 64th task.
enum class old_work : unsigned char { never, each_time, by_time };
/// Whether biased deques begin shared: as core/runtime/expected_thieves.h says, or not.
enum class sharing : unsigned char { by_workers, never, always };

/// What may be varied. The defaults are the runtime's.
struct policy {
  double search_ns = 20'000;     ///< options::search_us
  double nap_ns = 10e6;          ///< options::nap_us; 0: each sleep begins with a heavy fence
  unsigned steal_attempts = 2;   ///< options::steal_attempts
  std::size_t block = 256;       ///< participant::block_tasks
  std::size_t steal_batch = 1;   ///< items taken from one victim in a row, by a steal each
  bool near_first = false;       ///< victims of the own group before the others
  bool search_on = true;         ///< a search does not end while work is visible
  bool goes_back = true;         ///< whole blocks of one ring without a search between them
  bool goes_on = true;           ///< no pause between tasks of a deque that stands still
  bool waits_to_search = true;   ///< before a sleep, when as many search already as may
  old_work oldest = old_work::by_time;
  unsigned searchers = 0;        ///< how many may search at once; 0: half of the workers
  bool hint = false;             ///< a waker says whose queue has work; the woken looks there first
  bool hand_off = false;         ///< a spawn that wakes gives its task to the woken thread
  bool spreads = true;           ///< who was woken may wake two others: core/runtime/wake_spread.h
  sharing shared = sharing::by_workers;
};

/// What a task is to the workload that runs it.
struct task {
  std::uint64_t kind;
  std::uint64_t argument;
};

/// What happened.
struct pool_counts {
  std::uint64_t runs = 0;
  std::uint64_t steals = 0;        ///< that brought an item
  std::uint64_t lost_steals = 0;   ///< another thief was faster
  std::uint64_t blocks = 0;        ///< taken from a ring
};

/// `Deque`: the ordering table of the deques. `Workload`: run(pool, participant, task).
template <class Deque, class Workload>
class pool {
 public:
  using env = env_simulated;

  /// With `threads` participants, the foreign one included.
  pool(Workload& workload, int threads, const policy& p, std::uint64_t seed)
      : workload_(workload), policy_(p) {
    for (int i = 0; i < threads; ++i) {
      participants_.push_back(std::make_unique<participant>(seed + static_cast<unsigned>(i)));
      participants_.back()->uses_deque = i > 0;
      if (begins_shared(threads)) {
        const auto workers = static_cast<unsigned>(threads - 1);
        participants_.back()->deque.expect_thieves(patience_with_thieves(workers));
      }
    }
  }

  /// scheduler::spawn_from.
  void spawn(int self, const task& t) {
    participant& p = at(self);
    p.gate.count_spawned(p.tasks);
    if (policy_.hand_off && hands_off(t)) return;
    p.uses_deque ? p.deque.push(t) : p.ring.push(t);
    work_added(self);
  }

  /// scheduler::worker_main.
  void work(int self) {
    struct until_stopped {
      pool& all;
      bool operator()() const { return all.stop_.load(runtime_default_orders::stop_load); }
      void before_sleep() const {}
    };
    host h(*this, self);
    work_cycle(h, until_stopped{*this});
  }

  /// scheduler::wait_idle, in participant 0.
  void wait_idle() {
    struct until_idle {
      pool& all;
      bool operator()() const { return all_complete(list{all}); }
      void before_sleep() const { all.watch_.want(); }
      bool may_sleep() const { return all.watch_.wanted(); }
    };
    at(0).uses_deque = true;
    host h(*this, 0);
    work_cycle(h, until_idle{*this});
    at(0).uses_deque = false;
    watch_.task_ended([this] { return all_complete(list{*this}); }, [this] { signal_.wake_all(); });
  }

  void stop() {
    stop_.store(true, runtime_default_orders::stop_store);
    signal_.wake_all();
  }

  const pool_counts& counts() const { return counts_; }

 private:
  using nanoseconds = std::chrono::duration<double, std::nano>;
  using time_point = std::chrono::time_point<std::chrono::steady_clock, nanoseconds>;
  static time_point time_now() { return time_point(nanoseconds(world::current()->now())); }

  static constexpr int old_work_period = 64;            // participant::fairness_period

  struct alignas(cache_line_bytes) participant {
    explicit participant(std::uint64_t seed) : random(seed) {}

    task_count<env> tasks;
    spawn_gate<env> gate;
    visit_mark<env> mark;
    bool uses_deque = false;
    work_stealing_deque<task, env, Deque> deque;
    producer_ring<task, env> ring;
    std::minstd_rand random;
    int until_old_work = old_work_period;
    deques_turn<time_point> turn{time_now()};

    const task_count<env>& count() const { return tasks; }
    std::uint32_t below(std::uint32_t n) {
      return std::uniform_int_distribution<std::uint32_t>(0, n - 1)(random);
    }
  };
  struct list {
    const pool& all;
    std::uint32_t size() const { return static_cast<std::uint32_t>(all.participants_.size()); }
    const participant* at(std::uint32_t i) const { return all.participants_[i].get(); }
  };

  bool begins_shared(int threads) const {
    if (policy_.shared != sharing::by_workers) return policy_.shared == sharing::always;
    return thieves_expected(static_cast<unsigned>(threads - 1));
  }

  // work_signal::work_added, with a hint for who is woken.
  void work_added(int where) {
    if (!signal_.somebody_sleeps()) return;
    if (policy_.hint && signal_.searching() == 0) hint_.store(where + 1, a_store);
    signal_.wake_sleeper();
  }
  // Lays `t` down for the thread that this wakes, if it wakes one.
  bool hands_off(const task& t) {
    if (!signal_.somebody_sleeps() || signal_.searching() != 0) return false;
    if (handed_full_.exchange(true, a_swap)) return false;
    handed_ = t;
    handed_ready_.store(true, a_store);
    signal_.wake_sleeper();
    return true;
  }
  bool take_handed(task& t) {
    if (!handed_ready_.load(a_load) || !handed_ready_.exchange(false, a_swap)) return false;
    t = handed_;
    handed_full_.store(false, a_store);
    return true;
  }

  participant& at(int i) { return *participants_[static_cast<std::size_t>(i)]; }
  int size() const { return static_cast<int>(participants_.size()); }

  // One thread's side of the loop in work_cycle.h: scheduler::loop_host.
  class host {
   public:
    using task = simulation::task;

    host(pool& all, int self)
        : all_(all),
          number_(self),
          self_(all.at(self)),
          pace_(static_cast<std::uint32_t>(all.size())),
          spread_(all.policy_.spreads && max_searchers() > searchers_enough) {}

    work_signal<env>& signal() { return all_.signal_; }
    std::uint32_t max_searchers() const {
      if (all_.policy_.searchers != 0) return all_.policy_.searchers;
      return std::max(1u, static_cast<std::uint32_t>(all_.size()) / 2);
    }
    bool next_own(task& t) {
      if (all_.policy_.oldest != old_work::never && --self_.until_old_work == 0) {
        self_.until_old_work = old_work_period;
        if (take_old(t)) return true;
      }
      if (self_.deque.pop(t)) return true;
      if (number_ != 0 && self_.ring.size_estimate() == 0) return false;
      std::int64_t pushed = 0;
      return take_block(self_, pushed, t) != 0;
    }
    void execute(const task& t) {
      if (pace_.is_measuring()) pace_.begins(time_now());
      run_one(t);
    }
    void run_one(const task& t) {
      ++all_.counts_.runs;
      all_.workload_.run(all_, number_, t);
      self_.tasks.note_completed();
    }
    void run_all_at_hand(task& t) {
      do {
        run_one(t);
      } while (next_own(t));
    }
    bool take_where_last(task& t) {
      participant* const p = all_.policy_.goes_back ? source_.next() : nullptr;
      const auto whole = static_cast<std::int64_t>(all_.policy_.block);
      const auto distant = [this] { return pace_.keeps_distance(time_now()); };
      if (p != nullptr && source_.has_block(p->ring, whole, distant) &&
          take_block(*p, source_.known_pushed(), t) != 0) {
        source_.took_next();
        return true;
      }
      source_.forget();
      return take_from_standing_deque(t);
    }
    template <class Goal>
    bool wait_to_search(const Goal& goal) {
      if (!all_.policy_.waits_to_search || max_searchers() > searchers_enough) return false;
      const world& w = *world::current();
      const double deadline = w.now() + all_.policy_.search_ns;
      do {
        for (int i = 0; i < 16; ++i) env::pause();
        if (goal()) return false;
        if (signal().try_enter_search(max_searchers())) return true;
      } while (w.now() < deadline);
      return false;
    }
    void out_of_work() { pace_.judge(time_now()); }
    void about_to_sleep() {
      woken_ = true;
      spread_.slept();
    }
    void announce_idle() {
      all_.watch_.announce([this] { return all_complete(list{all_}); },
                           [this] { all_.signal_.wake_all(); });
    }
    std::chrono::nanoseconds nap_time(bool relied_on) {
      const auto nap = std::chrono::duration_cast<std::chrono::nanoseconds>(
          nanoseconds(all_.policy_.nap_ns));
      const auto now = std::chrono::time_point_cast<std::chrono::nanoseconds>(time_now());
      return relied_on && all_.request_turn_.due(now, nap) ? nap.zero() : nap;
    }
    void let_stores_arrive() const { world::current()->spend(2000); }
    bool work_visible() const {
      if (all_.policy_.hand_off && all_.handed_ready_.load(a_load)) return true;
      for (const auto& p : all_.participants_) {
        if (p->deque.size_estimate() > 0 || p->ring.size_estimate() > 0) return true;
      }
      return false;
    }
    template <class Goal>
    bool search(const Goal& goal, task& t) {
      if (!find(goal, t)) return false;
      spread_.found(pace_.has_stolen(), all_.signal_, [this] { return work_visible(); });
      return true;
    }

   private:
    template <class Goal>
    bool find(const Goal& goal, task& t) {
      const world& w = *world::current();
      double until = w.now() + all_.policy_.search_ns;
      if (std::exchange(woken_, false) && look_at_hint(t)) return true;
      do {
        if (all_.policy_.hand_off && all_.take_handed(t)) return true;
        look_for_standing_deque();
        if (pace_.may_take(time_now()) && take_from_a_ring(t)) return true;
        standing_.begin_turn();
        if (take_from_standing_deque(t)) return true;
        if (pace_.may_steal(time_now()) && steal_from_anybody(t)) return true;
        if (goal()) return false;
        announce_idle();
        for (int i = 0; i < 16; ++i) env::pause();
        if (w.now() >= until && all_.policy_.search_on && work_visible()) {
          until = w.now() + pace_.between_looks_at_all().count();
        }
      } while (w.now() < until);
      return false;
    }

    // Whether attempt(number) succeeds with anybody: from a random one on, the own group first if
    // so wanted.
    template <class Try>
    bool anybody(const Try& attempt) {
      const auto n = static_cast<std::uint32_t>(all_.size());
      const std::uint32_t first = self_.below(n);
      const int cluster = world::current()->costs().cluster;
      for (const bool near : {true, false}) {
        for (std::uint32_t i = 0; i < n; ++i) {
          const int victim = static_cast<int>((first + i) % n);
          const bool is_near = victim / cluster == number_ / cluster;
          if (all_.policy_.near_first && is_near != near) continue;
          if (attempt(victim)) return true;
        }
        if (!all_.policy_.near_first) break;
      }
      return false;
    }

    bool look_at_hint(task& t) {
      if (!all_.policy_.hint) return false;
      const int who = all_.hint_.load(a_load) - 1;
      return who >= 0 && (take_from_ring_of(all_.at(who), t) || steal_from(who, t));
    }

    // scheduler::next_old, without the rings.
    bool take_old(task& t) {
      if (all_.policy_.oldest == old_work::by_time) {
        if (!self_.turn.due(&time_now)) return false;
        const auto victim = static_cast<int>(self_.below(static_cast<std::uint32_t>(all_.size())));
        const bool others_turn = victim != number_ && self_.below(2) == 0;
        if (others_turn && steal(all_.at(victim), t)) return true;
      }
      return self_.deque.take_oldest(t);
    }

    void look_for_standing_deque() {
      if (!pace_.may_look(time_now())) return;
      participant& watched = all_.at(static_cast<int>(pace_.watched()));
      const std::int64_t end = watched.deque.end_estimate();
      const std::int64_t length = watched.deque.size_estimate();
      if (pace_.stands_still(time_now(), end, length)) {
        standing_.found(watched, end, length);
        return;
      }
      const std::uint32_t who = self_.below(static_cast<std::uint32_t>(all_.size()));
      pace_.watch(time_now(), who, all_.at(static_cast<int>(who)).deque.end_estimate());
    }
    bool take_from_standing_deque(task& t) {
      participant* const p = standing_.owner();
      if (p == nullptr) return false;
      const std::int64_t length = p->deque.size_estimate();
      if (!standing_.is_left_alone(p->deque.end_estimate(), length)) return false;
      if (!steal(*p, t)) {
        standing_.forget();
        return false;
      }
      standing_.took();
      if (!all_.policy_.goes_on) standing_.forget();
      if (length > 1) all_.work_added(number_);
      return true;
    }

    bool take_from_a_ring(task& t) {
      return anybody([&](int victim) { return take_from_ring_of(all_.at(victim), t); });
    }
    bool take_from_ring_of(participant& victim, task& t) {
      const std::int64_t queued = victim.ring.size_estimate();
      if (queued == 0) return false;
      if (pace_.keeps_distance(time_now()) && &victim != &self_ &&
          !source_.is_far(victim.ring, queued)) {
        pace_.looks_later(time_now());
        return false;
      }
      std::int64_t pushed = 0;
      const std::size_t taken = take_block(victim, pushed, t);
      if (taken == 0) return false;
      const bool few = taken < all_.policy_.block / 2;
      if (!few) source_.found(victim, pushed);
      pace_.took(few ? loot::part_of_block : loot::block);
      note_hint(number_);
      return true;
    }

    bool steal_from_anybody(task& t) {
      return anybody([&](int victim) {
        return !pace_.passes_over(time_now(), static_cast<std::uint32_t>(victim)) &&
               steal_from(victim, t);
      });
    }
    bool steal_from(int number, task& t) {
      participant& victim = all_.at(number);
      if (number == number_ || !steal(victim, t)) return false;
      std::size_t more = 1;
      for (task next; more < all_.policy_.steal_batch && steal(victim, next); ++more) {
        self_.deque.push(next);
      }
      if (more > 1) all_.work_added(number_);
      pace_.took(loot::single);
      note_hint(number);
      return true;
    }
    // Work was found at `where`.
    void note_hint(int where) {
      if (all_.policy_.hint && all_.signal_.waiters() != 0) all_.hint_.store(where + 1, a_store);
    }

    bool steal(participant& victim, task& t) {
      for (unsigned i = 0; i < all_.policy_.steal_attempts; ++i) {
        if (victim.deque.size_estimate() == 0) return false;
        const steal_result r = self_.mark.during([&] { return victim.deque.steal(t); });
        all_.counts_.steals += r == steal_result::item;
        all_.counts_.lost_steals += r == steal_result::lost;
        if (r != steal_result::lost) return r == steal_result::item;
      }
      return false;
    }

    std::size_t take_block(participant& victim, std::int64_t& pushed, task& first) {
      std::vector<task> block(all_.policy_.block);
      visited_ring ring{victim.ring, self_.mark, pushed};
      const std::size_t claimed = claim_block(ring, self_.deque, block.data(), block.size(),
                                              [this](const task& t) { run_one(t); });
      if (claimed == 0) return 0;
      ++all_.counts_.blocks;
      first = block[0];
      if (claimed > 1) all_.work_added(number_);
      return claimed;
    }

    pool& all_;
    int number_;
    participant& self_;
    search_pace<time_point> pace_;
    block_source<participant> source_;
    standing_deque<participant> standing_;
    wake_spread spread_;
    bool woken_ = false;  // has slept, and not searched since
  };

  Workload& workload_;
  policy policy_;
  std::vector<std::unique_ptr<participant>> participants_;
  work_signal<env> signal_;
  idle_watch<env> watch_;
  request_turn<env> request_turn_;
  env::atomic<bool> stop_{false};
  alignas(cache_line_bytes) env::atomic<int> hint_{0};  // 1 and whose queue had work, or 0
  alignas(cache_line_bytes) env::atomic<bool> handed_full_{false};
  env::atomic<bool> handed_ready_{false};
  task handed_{};
  pool_counts counts_;
};

}  // namespace wyn::simulation
