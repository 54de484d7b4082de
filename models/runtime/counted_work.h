// What the models of counting share: threads with counts, and tasks that are handed from one thread
// to another as the queues do it, with effects in plain data.
#pragma once

#include <cstdint>

#include "core/base/named.h"
#include "core/base/site.h"
#include "core/runtime/task_count.h"

namespace wyn::runtime_models {

/// Which parts a model runs: the shipped ones, or broken ones that the model must see through.
struct shipped_counting {
  template <class List>
  static bool idle(const List& list) {
    return all_complete(list);
  }
  template <class Count, class Publish>
  static void spawn(Count& count, const Publish& publish) {
    count.note_spawned();
    publish();
  }
  /// A task's end: its effects, and the count.
  template <class Effects, class Count>
  static void complete(const Effects& effects, Count& count) {
    effects();
    count.note_completed();
  }
};

/// A participant, as far as counting goes.
template <class Env, class Orders>
class counted_thread {
 public:
  task_count<Env, Orders>& count() { return count_; }
  const task_count<Env, Orders>& count() const { return count_; }

 private:
  task_count<Env, Orders> count_;
};

/// A list of them that does not grow.
template <class Env, class Orders, int Threads>
class counted_threads {
 public:
  std::uint32_t size() const { return Threads; }
  const counted_thread<Env, Orders>* at(std::uint32_t i) const { return &threads_[i]; }
  task_count<Env, Orders>& count(int i) { return threads_[i].count(); }

 private:
  counted_thread<Env, Orders> threads_[Threads];
};

/// A queue for one task.
template <class Env>
class handed_task {
 public:
  handed_task() { name_object<Env>(state_, "task"); }
  void put() { state_.store(queued, site<"Q1 put", order::release>{}); }
  bool take() {
    int expected = queued;
    return state_.compare_exchange(expected, taken,
                                   site<"Q2 take", order::acquire, order::relaxed>{});
  }
  bool lies_here() const { return state_.load(site<"Q3 look", order::relaxed>{}) == queued; }

 private:
  static constexpr int queued = 1;
  static constexpr int taken = 2;
  typename Env::template atomic<int> state_{0};
};

/// What a task leaves behind.
template <class Env>
class effect {
 public:
  effect() { name_object<Env>(times_, "effect"); }
  void happen() { times_.write(times_.read() + 1); }
  bool happened() const { return times_.read() == 1; }

 private:
  typename Env::template plain<int> times_{0};
};

}  // namespace wyn::runtime_models
