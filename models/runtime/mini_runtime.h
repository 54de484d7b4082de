// A runtime in small: the shipped loop (work_cycle.h), deque, ring, work signal, counts, wish to be
// told of idleness and gate, put together as core/runtime/scheduler.cc does it, without threads,
// clocks and memory of its own. What it leaves out: the bounded time of a search (it looks once at
// each victim, in a fixed order), the turn of old work, adoption of participants, exceptions, the
// freeing of outgrown buffers (outgrown.h).
//
// Tasks are numbers; the model says what running one means, and what it may spawn.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/deque/biased_deque.h"
#include "core/deque/chase_lev_deque.h"
#include "core/injector/producer_ring.h"
#include "core/park/work_signal.h"
#include "core/runtime/idle_watch.h"
#include "core/runtime/spawn_gate.h"
#include "core/runtime/task_count.h"
#include "core/runtime/work_cycle.h"
#include "models/park/announced.h"

namespace wyn::runtime_models {

/// Which parts a model runs: the shipped ones, or broken ones that the model must see through.
struct shipped_parts {
  /// The deque of a build with ThreadSanitizer is another table of this one.
  template <class Task, class Env>
  using deque = chase_lev_deque<Task, Env, deque_fence_orders>;

  template <class Env, class Orders>
  using signal = work_signal<Env, Orders>;

  template <class Count, class Run>
  static void execute(Count& count, const Run& run) {
    run();
    count.note_completed();
  }
  /// Runs `t` and what next(t) gives, until that is nothing, and counts them together.
  template <class Count, class Task, class Run, class Next>
  static void execute_all(Count& count, Task t, const Run& run, const Next& next) {
    std::uint64_t tasks = 0;
    do {
      run(t);
      ++tasks;
    } while (next(t));
    count.note_completed(tasks);
  }
  /// How many may search at once. 0: whoever finds nothing at hand goes to sleep at once, and
  /// searches when it is woken, as those do that come too late for the real limit.
  static constexpr std::uint32_t searchers = 0;
  template <class Signal>
  static bool try_enter_search(Signal& signal, std::uint32_t limit) {
    return signal.try_enter_search(limit);
  }
  template <class Watch>
  static void want(Watch& watch) {
    watch.want();
  }
  template <class Watch>
  static bool may_sleep(const Watch& watch) {
    return watch.wanted();
  }
  static constexpr bool naps = false;  // each sleep is behind a heavy fence
};

/// The same parts; a worker naps before it sleeps.
template <class Parts = shipped_parts>
struct napping : Parts {
  static constexpr bool naps = true;
};

/// Who finds nothing at hand does not even ask to search. With a limit of 0 the answer is no,
/// whatever the gate says; the relaxed look that it takes decides nothing, and each value that it
/// may see is an execution. Three threads have ten times fewer without it.
template <class Parts = shipped_parts>
struct hurried : Parts {
  template <class Signal>
  static bool try_enter_search(Signal&, std::uint32_t) {
    return false;
  }
};

/// The same parts over the deque that is biased towards its owner. The owner takes the bias back as
/// soon as two pops in a row found no thief.
template <class Parts = shipped_parts>
struct biased : Parts {
  template <class Task, class Env>
  using deque = biased_deque<Task, Env, biased_orders, 1>;
};

/// Which of the tasks 1 to `Tasks` have run; each of them notes it in plain data. A model is done
/// with a task when it knows by happens-before that it has run.
template <class Env, int Tasks>
class task_ledger {
 public:
  void run(std::uint64_t t) {
    Env::check(t >= 1 && t <= Tasks, "a task that runs was spawned");
    times_[t - 1].write(times_[t - 1].read() + 1);
  }
  /// Every task has run, once.
  void check() const {
    for (const auto& times : times_) {
      Env::check(times.read() == 1, "each task has run once, and its effects are visible");
    }
  }
  /// For the one thread that runs all of them.
  bool complete() const {
    for (const auto& times : times_) {
      if (times.read() == 0) return false;
    }
    return true;
  }

 private:
  typename Env::template plain<int> times_[Tasks];
};

/// `Workers` workers, and one foreign thread whose participant has the number `Workers`. `Run` is
/// called as run(task, participant number).
template <class Env, class Orders, class Parts, int Workers>
class mini_runtime {
 public:
  using task = std::uint64_t;
  static constexpr int foreign = Workers;

  mini_runtime() {
    for (int worker = 0; worker < Workers; ++worker) participants_.all[worker].uses_deque = true;
    // The first push of a queue allocates. That is not what these models are about, so it is done
    // before the threads start.
    for (participant& p : participants_.all) {
      task t = 0;
      p.deque.push(t);
      Env::check(p.deque.pop(t), "the deque works");
      p.ring.push(t);
      Env::check(p.ring.claim(&t, 1).count == 1, "the ring works");
    }
  }

  /// scheduler::spawn_from. `inside`: within a task. True when the task was accepted.
  bool spawn(int self, task t, bool inside) {
    participant& p = participants_.all[self];
    if (!p.gate.count_spawned(p.tasks) && !inside) {
      p.tasks.note_completed();
      completed_outside();
      return false;
    }
    Env::check(p.uses_deque ? p.deque.push(t) : p.ring.push(t), "there is room");
    signal_.work_added();
    return true;
  }

  /// scheduler::worker_main.
  template <class Run>
  void work(int self, const Run& run) {
    work_until(self, run, [this] { return stop_.load(Orders::stop_load); });
  }
  /// A worker that leaves when reached() says so: it is busy for good from then on. If `Rounds` is
  /// not 0, it leaves when it would sleep for the `Rounds`th time, and sleeps for good.
  template <int Rounds = 0, class Run, class Goal>
  void work_until(int self, const Run& run, const Goal& reached) {
    struct goal {
      participant& self;
      const Goal& reached;
      bool operator()() const {
        self.asleep = Rounds > 0 && self.rounds == Rounds;
        return self.asleep || reached();
      }
      void before_sleep() const {}
    };
    participants_.all[self].last_round = Rounds;
    host<Run> h(*this, self, run);
    work_cycle(h, goal{participants_.all[self], reached});
  }

  /// In before(): participant `self` is inside a task that was spawned from outside.
  void begin_inside_task(int self) { participants_.all[self].tasks.note_spawned(); }
  /// In before(): worker `self` has found nothing, announced itself, looked again in vain, and is
  /// about to block, or asleep. The first sleep of its work_until() goes on from there.
  void begin_asleep(int self) {
    participants_.all[self].begins_asleep = true;
    participants_.all[self].rounds = 1;
    participants_.all[self].ticket = signal_.announce();
  }
  /// A worker's thread ends within a task (pthread_exit): the task counts as complete.
  void end_thread_in_task(int self) {
    participants_.all[self].tasks.note_completed();
    completed_outside();
  }

  /// scheduler::wait_idle, in the foreign thread.
  template <class Run>
  void wait_idle(const Run& run) {
    struct until_idle {
      mini_runtime& rt;
      // The looks before the first re-check are at the same words; they could only end the wait
      // earlier, and are left out.
      bool operator()() const { return rt.participants_.all[foreign].has_rechecked && rt.idle(); }
      void before_sleep() const { Parts::want(rt.watch_); }
      bool may_sleep() const { return Parts::may_sleep(rt.watch_); }
    };
    participants_.all[foreign].uses_deque = true;
    host<Run> h(*this, foreign, run);
    work_cycle(h, until_idle{*this});
    participants_.all[foreign].uses_deque = false;
    completed_outside();
  }

  /// The end of scheduler::shutdown: the workers leave.
  void stop() {
    stop_.store(true, Orders::stop_store);
    signal_.wake_all();
  }

  /// After all threads: no searching unit is left behind.
  void check_at_rest() const {
    Env::check(signal_.searching() == 0 && signal_.tokens() == 0, "the search gate is empty");
    Env::check(signal_.waiters() == 0, "nobody sleeps");
    Env::check(idle(), "every task is complete");
  }

 private:
  struct participant {
    task_count<Env, Orders> tasks;
    spawn_gate<Env, Orders> gate;
    typename Parts::template deque<task, Env> deque{2, 8};
    producer_ring<task, Env> ring{2, 8};
    bool uses_deque = false;
    int rounds = 0;  // of the loop: how often it came to the re-check before a sleep
    bool has_rechecked = false;
    int last_round = 0;   // the one at whose end it sleeps for good; 0: none
    bool asleep = false;  // for good
    bool begins_asleep = false;
    std::uint32_t ticket = 0;  // of who begins asleep

    const task_count<Env, Orders>& count() const { return tasks; }
    bool has_work() const { return deque.size_estimate() > 0 || ring.size_estimate() > 0; }
  };
  struct list {
    participant all[Workers + 1];
    std::uint32_t size() const { return Workers + 1; }
    const participant* at(std::uint32_t i) const { return &all[i]; }
  };

  template <class Run>
  struct host {
    using task = mini_runtime::task;
    host(mini_runtime& r, int participant_number, const Run& run_task)
        : rt(r), self(participant_number), run(run_task) {}

    mini_runtime& rt;
    int self;
    const Run& run;
    bool had_request = false;  // of the search gate's

    participant& mine() { return rt.participants_.all[self]; }
    // The work signal, but for a worker that begins asleep, or sleeps for good.
    struct signal_of_thread {
      mini_runtime& rt;
      participant& self;
      bool try_enter_search(std::uint32_t n) { return Parts::try_enter_search(rt.signal_, n); }
      bool leave_search() { return rt.signal_.leave_search(); }
      template <class Work>
      void found_work(const Work& work_visible) {
        if (!self.asleep) rt.signal_.found_work(work_visible);
      }
      // Who sleeps for good from here on does all but announce itself, for nobody shall waste a
      // wake-up on it, and holds no unit of the gate afterwards.
      template <class Stop, class Work>
      bool sleep(const Stop& must_wake, const Work& work_visible, bool relied_on) {
        if (self.begins_asleep) {
          self.begins_asleep = false;
          rt.signal_.sleep_on(self.ticket);
          return true;
        }
        if (self.last_round == 0 || self.rounds + 1 < self.last_round) {
          return rt.signal_.sleep(must_wake, work_visible, relied_on);
        }
        Env::fence(Orders::prepare_fence);
        must_wake();
        return true;
      }
      // Who begins asleep, or sleeps for good, does not nap.
      template <class Stop, class Work>
      bool nap(const Stop& must_wake, const Work& work_visible, std::chrono::nanoseconds most) {
        if (self.begins_asleep || self.last_round != 0) {
          return sleep(must_wake, work_visible, false);
        }
        return rt.signal_.nap(must_wake, work_visible, most);
      }
    };
    signal_of_thread signal_of_mine{rt, rt.participants_.all[self]};
    auto& signal() { return signal_of_mine; }
    std::uint32_t max_searchers() const { return Parts::searchers; }
    bool next_own(task& t) {
      if (mine().begins_asleep) return false;
      return mine().deque.pop(t) || (self == foreign && take_block(mine(), t));
    }
    void execute(task t) {
      Parts::execute(mine().tasks, [&] { run(t, self); });
    }
    void run_all_at_hand(task t) {
      Parts::execute_all(
          mine().tasks, t, [&](task k) { run(k, self); }, [&](task& k) { return next_own(k); });
    }
    // A wait is a delay, which no model sees; a block that needs no search, one of next_own().
    bool take_where_last(task&) { return false; }
    template <class Goal>
    bool wait_to_search(const Goal&) { return false; }
    void out_of_work() {}
    void about_to_sleep() {}
    // Of those on whom somebody relies, the first to be so sees to it, and the others nap.
    std::chrono::nanoseconds nap_time(bool relied_on)
      requires Parts::naps
    {
      return std::chrono::nanoseconds(relied_on && !std::exchange(had_request, true) ? 0 : 1);
    }
    void let_stores_arrive() const {}
    void announce_idle() {
      ++mine().rounds;
      mine().has_rechecked = true;
      rt.announce_idle();
    }
    bool work_visible() const {
      for (const participant& p : rt.participants_.all) {
        if (p.has_work()) return true;
      }
      return false;
    }

    template <class Goal>
    bool search(const Goal&, task& t) {
      for (participant& p : rt.participants_.all) {
        if (take_block(p, t)) return true;
      }
      for (participant& p : rt.participants_.all) {
        if (&p != &mine() && p.deque.steal(t) == steal_result::item) return true;
      }
      return false;
    }
    bool take_block(participant& victim, task& t) {
      task block[2];
      const std::size_t n =
          claim_block(victim.ring, mine().deque, block, 2, [&](task k) { execute(k); });
      if (n == 0) return false;
      t = block[0];
      if (n > 1) rt.signal_.work_added();
      return true;
    }
  };

  bool idle() const { return all_complete(participants_); }
  void announce_idle() {
    watch_.announce([this] { return idle(); }, [this] { signal_.wake_all(); });
  }
  void completed_outside() {
    watch_.task_ended([this] { return idle(); }, [this] { signal_.wake_all(); });
  }

  list participants_;
  park_models::announced<typename Parts::template signal<Env, Orders>> signal_;
  idle_watch<Env, Orders> watch_;
  typename Env::template atomic<bool> stop_{false};
};

}  // namespace wyn::runtime_models
