// Goal:   Who waits for a stolen task steals what that task has forked, and nothing else: neither
//         what the task spawns, nor what lay in the thief's deque before, nor what it queues when
//         the task is over, or when it runs tasks of others on top of it.
// Method: A thief, which the waiting thread does not know but by the mark, runs a member of a group
//         or a fork, and queues something else in the places of what it has run itself; the deque,
//         the marks and the steal ship. The waiting thread steals twice.
// Bound:  2 threads, 2 to 3 items, 2 steals; with two thieves of one group 3 threads, 4 items.
#pragma once

#include <cstdint>
#include <new>

#include "core/deque/biased_deque.h"
#include "core/deque/chase_lev_deque.h"
#include "core/runtime/join_state.h"
#include "core/runtime/thief_mark.h"

namespace wyn::runtime_models {

/// Which steps a model takes: the shipped ones, or broken ones that the model must see through.
struct shipped_theft {
  template <class Mark, class IsPart, class Steal>
  static bool steal_back(const Mark& mark, const IsPart& is_part, const Steal& steal) {
    return wyn::steal_back(mark, is_part, steal);
  }
  /// Runs the marked task.
  template <class Thief, class Mark, class Task>
  static void run_marked(Thief& self, Mark& mark, const Task& task) {
    const typename Thief::marks::scope raised(self.raised, mark, self);
    task();
  }
  /// Before tasks of others run.
  template <class Thief>
  static void lower_all(Thief& self) {
    self.raised.lower_all(self);
  }
};

/// What a thief owns, in memory that it has allocated itself.
template <class Env, class Orders, class Deque>
struct theft_thief {
  using mark = thief_mark<theft_thief, Env, Orders>;
  using marks = raised_marks<theft_thief, mark>;

  static theft_thief* make() {
    return ::new (Env::allocate(sizeof(theft_thief), alignof(theft_thief))) theft_thief;
  }
  void free() {
    this->~theft_thief();
    Env::deallocate(this, sizeof(theft_thief), alignof(theft_thief));
  }
  void push(std::uint64_t item) { Env::check(own.push(item), "there is room"); }
  Deque& deque() { return own; }

  Deque own{4};
  marks raised;
};

template <class Env>
using theft_deque = chase_lev_deque<std::uint64_t, Env, deque_seq_cst_orders>;
template <class Env>
using theft_biased_deque = biased_deque<std::uint64_t, Env, biased_orders, 1>;

/// What the models share: thieves, a mark, and a thread that steals back.
template <class Env, class Orders, class Theft, template <class> class Deque, int Thieves = 1>
struct theft_model {
  using thief = theft_thief<Env, Orders, Deque<Env>>;
  static constexpr int threads = Thieves + 1;
  static constexpr std::uint64_t spawned = 50;  // by the stolen task, which does not wait for it
  static constexpr std::uint64_t foreign = 100;  // and above

  /// A thief's thread comes to be.
  thief& arrive(int id) { return *(thieves[id] = thief::make()); }

  /// By the thread that waits: twice, as long as `waits` says that the task is not over.
  template <class Mark, class Waits>
  void steal_twice(const Mark& mark, const Waits& waits) {
    for (int i = 0; i < 2 && waits(); ++i) {
      std::uint64_t item = 0;
      const auto steal = [&](thief& from, const auto& may_take) {
        return from.deque().steal(item, may_take) == steal_result::item;
      };
      const auto is_part = [](std::uint64_t read) { return read != spawned; };
      if (!Theft::steal_back(mark, is_part, steal)) continue;
      Env::check(item < spawned, "what is stolen back is a part of what is waited for");
      ++taken;
    }
  }

  /// All that was queued is there, but what was taken back.
  void check_rest(int queued) {
    int left = 0;
    for (thief* t : thieves) {
      for (std::uint64_t item; t->deque().pop(item);) ++left;
      t->free();
    }
    Env::check(left + taken == queued, "each item is taken once");
  }

  thief* thieves[Thieves] = {};
  int taken = 0;
};

/// A group's member, whose thief has a deque that the waiting thread has never seen.
template <class Env, class Orders, class Theft = shipped_theft,
          template <class> class Deque = theft_deque>
struct leapfrog_group : theft_model<Env, Orders, Theft, Deque> {
  void thread(int id) {
    if (id == 0) {
      auto& self = this->arrive(0);
      Theft::run_marked(self, mark, [&] {
        self.push(1);
        self.push(2);
        std::uint64_t item;
        if (self.deque().pop(item)) ++ran;
      });
      self.push(this->foreign);
    } else {
      this->steal_twice(mark, [] { return true; });
    }
  }
  void after() { this->check_rest(3 - ran); }

  typename theft_model<Env, Orders, Theft, Deque>::thief::mark mark;
  int ran = 0;  // the thief's
};
template <class Env, class Orders, class Theft = shipped_theft>
using leapfrog_biased = leapfrog_group<Env, Orders, Theft, theft_biased_deque>;

/// Two members of one group, each stolen by a thief of its own; each thief goes on to other work.
template <class Env, class Orders, class Theft = shipped_theft>
struct leapfrog_two_thieves : theft_model<Env, Orders, Theft, theft_deque, 2> {
  void thread(int id) {
    if (id < 2) {
      auto& self = this->arrive(id);
      Theft::run_marked(self, mark, [&] { self.push(1); });
      self.push(this->foreign);
    } else {
      this->steal_twice(mark, [] { return true; });
    }
  }
  void after() { this->check_rest(4); }

  typename theft_model<Env, Orders, Theft, theft_deque, 2>::thief::mark mark;
};

/// A fork: its mark is made by the thief, and goes when the waiting thread has seen the end.
template <class Env, class Orders, class Theft = shipped_theft>
struct leapfrog_fork : theft_model<Env, Orders, Theft, theft_deque> {
  using mark_type = typename theft_model<Env, Orders, Theft, theft_deque>::thief::mark;
  struct fork {
    join_state<Env, Orders> state;
    union {
      mark_type mark;  // alive once claimed
    };
    fork() {}
    ~fork() {}
  };

  void before() { stolen = ::new (Env::allocate(sizeof(fork), alignof(fork))) fork; }
  void thread(int id) {
    if (id == 0) {
      auto& self = this->arrive(0);
      ::new (&stolen->mark) mark_type;
      Env::check(stolen->state.claim(), "the entry was stolen once");
      Theft::run_marked(self, stolen->mark, [&] { self.push(1); });
      stolen->state.finish();
      self.push(this->foreign);
    } else {
      if (!stolen->state.claimed()) return;
      this->steal_twice(stolen->mark, [&] { return !stolen->state.done(); });
      if (stolen->state.done()) free();
    }
  }
  void after() {
    if (stolen != nullptr) free();
    this->check_rest(2);
  }
  void free() {
    stolen->mark.~mark_type();
    stolen->~fork();
    Env::deallocate(stolen, sizeof(fork), alignof(fork));
    stolen = nullptr;
  }

  fork* stolen = nullptr;
};

/// A member that spawns a task, which nobody waits for.
template <class Env, class Orders, class Theft = shipped_theft>
struct leapfrog_spawned : theft_model<Env, Orders, Theft, theft_deque> {
  void thread(int id) {
    if (id == 0) {
      auto& self = this->arrive(0);
      Theft::run_marked(self, mark, [&] {
        self.push(1);
        self.push(this->spawned);
      });
    } else {
      this->steal_twice(mark, [] { return true; });
    }
  }
  void after() { this->check_rest(2); }

  typename theft_model<Env, Orders, Theft, theft_deque>::thief::mark mark;
};

/// The thief has a task of its own queued when it steals one now and then, for fairness' sake; then
/// it steals another, and runs tasks of others on top of that while it waits for something.
template <class Env, class Orders, class Theft = shipped_theft>
struct leapfrog_nested : theft_model<Env, Orders, Theft, theft_deque> {
  void thread(int id) {
    if (id == 0) {
      auto& self = this->arrive(0);
      self.push(this->foreign);
      Theft::run_marked(self, mark, [&] { self.push(1); });
      for (std::uint64_t item; self.deque().pop(item);) ++ran;
      Theft::run_marked(self, mark, [&] {
        self.push(2);
        Theft::lower_all(self);
        self.push(this->foreign + 1);
      });
    } else {
      this->steal_twice(mark, [] { return true; });
    }
  }
  void after() { this->check_rest(4 - ran); }

  typename theft_model<Env, Orders, Theft, theft_deque>::thief::mark mark;
  int ran = 0;  // the thief's
};

}  // namespace wyn::runtime_models
