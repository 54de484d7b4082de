#include "models/checker/explore/task_list.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wyn::model {

void tally::add(const tally& other) {
  executions += other.executions;
  blocked += other.blocked;
  runs += other.runs;
  duplicates += other.duplicates;
  no_machine_run += other.no_machine_run;
  beyond += other.beyond;
  cut_off += other.cut_off;
}

void tally::count_complete(const graph& g, memory_model model) {
  ++executions;
  if (is_rc11(model) && !g.has_machine_run()) ++no_machine_run;
}

void task_list::append(portable_graph root) {
  task& t = tasks_.emplace_back();
  t.self = std::prev(tasks_.end());
  t.root = std::move(root);
  ++waiting_tasks_;
}

void task_list::append_explored(const tally& counts) {
  task& t = tasks_.emplace_back();
  t.self = std::prev(tasks_.end());
  t.counts = counts;
  t.now = task::state::ended;
}

void task_list::count_hungry() {
  hungry_.store(std::max(0, waiting_explorers_ - waiting_tasks_), std::memory_order_relaxed);
}

task* task_list::take() {
  std::unique_lock lock(mutex_);
  ++waiting_explorers_;
  count_hungry();
  changed_.wait(lock, [&] {
    return waiting_tasks_ > 0 || running_ == 0 || interrupted();
  });
  --waiting_explorers_;
  if (waiting_tasks_ == 0 || interrupted()) {
    count_hungry();
    return nullptr;
  }
  const auto first = std::find_if(tasks_.begin(), tasks_.end(), [](const task& t) {
    return t.now == task::state::waiting;
  });
  first->now = task::state::running;
  ++running_;
  --waiting_tasks_;
  count_hungry();
  return &*first;
}

void task_list::give(task& t, portable_graph root) {
  const std::lock_guard lock(mutex_);
  const auto given = tasks_.emplace(std::next(t.self));
  given->self = given;
  given->root = std::move(root);
  ++waiting_tasks_;
  // What comes after a task that has stopped is of no interest, nor is what comes from it.
  if (t.cancelled.load(std::memory_order_relaxed)) cancel_after(t.self);
  count_hungry();
  changed_.notify_all();
}

void task_list::cancel_after(std::list<task>::iterator t) {
  for (auto next = std::next(t); next != tasks_.end();) {
    next->cancelled.store(true, std::memory_order_relaxed);
    const bool waiting = next->now == task::state::waiting;
    if (waiting) --waiting_tasks_;
    next = waiting || next->now == task::state::ended ? tasks_.erase(next) : std::next(next);
  }
}

void task_list::merge(std::list<task>::iterator t) {
  const auto is_plain = [](const task& x) {
    return x.now == task::state::ended && !x.stop && x.pending.empty();
  };
  if (!is_plain(*t)) return;
  if (t != tasks_.begin() && is_plain(*std::prev(t))) {
    std::prev(t)->counts.add(t->counts);
    t = std::prev(tasks_.erase(t));
  }
  const auto next = std::next(t);
  if (next != tasks_.end() && is_plain(*next)) {
    t->counts.add(next->counts);
    tasks_.erase(next);
  }
}

void task_list::end(task& t, std::optional<stop_record> why) {
  const std::lock_guard lock(mutex_);
  --running_;
  t.now = task::state::ended;
  if (t.cancelled.load(std::memory_order_relaxed)) {
    tasks_.erase(t.self);
  } else if (why) {
    t.stop = std::move(why);
    cancel_after(t.self);
  } else {
    merge(t.self);
  }
  count_hungry();
  changed_.notify_all();
}

void task_list::interrupt(stop_record why) {
  const std::lock_guard lock(mutex_);
  if (!interruption_) interruption_ = std::move(why);
  interrupted_.store(true, std::memory_order_relaxed);
  attention_.store(true, std::memory_order_relaxed);
  changed_.notify_all();
}

void task_list::ask_for_pause() {
  const std::lock_guard lock(mutex_);
  pause_wanted_ = true;
  attention_.store(true, std::memory_order_relaxed);
}

void task_list::pause(const std::function<void()>& all_paused) {
  std::unique_lock lock(mutex_);
  if (!pause_wanted_) return;
  ++paused_;
  const std::uint64_t mine = pauses_;
  while (pauses_ == mine) {
    if (paused_ == running_) {
      all_paused();
      paused_ = 0;
      ++pauses_;
      pause_wanted_ = false;
      attention_.store(interrupted(), std::memory_order_relaxed);
      changed_.notify_all();
      return;
    }
    changed_.wait(lock);
  }
}

}  // namespace wyn::model
