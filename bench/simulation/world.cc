#include "bench/simulation/world.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace wyn::simulation {

world* world::current_ = nullptr;

world::world(const machine& m) : machine_(m), memory_(m) {
  if (current_ != nullptr) throw std::logic_error("simulation: one world at a time");
  current_ = this;
  threads_.reserve(static_cast<std::size_t>(m.processors));
}

world::~world() {
  current_ = nullptr;
  // Sleepers for good cannot be unwound, through functions that throw nothing: they stay.
  if (!all_ended()) new std::vector<thread>(std::move(threads_));
}

bool world::all_ended() const {
  return std::all_of(threads_.begin(), threads_.end(), [](const thread& t) { return t.ended; });
}

void world::start(std::function<void()> body) {
  if (threads_.size() == static_cast<std::size_t>(machine_.processors)) {
    throw std::invalid_argument("simulation: more threads than the machine has processors");
  }
  const int id = static_cast<int>(threads_.size());
  threads_.emplace_back();
  threads_.back().inside =
      boost::context::fiber([this, id, run = std::move(body)](boost::context::fiber&& from) {
        outside_ = std::move(from);
        run();
        threads_[static_cast<std::size_t>(id)].ended = true;
        return std::move(outside_);
      });
  schedule(id, now_);
}

void world::run() {
  while (!turns_.empty()) {
    const turn next = turns_.top();
    turns_.pop();
    if (next.limits_sleep != 0) {
      end_sleep_at_its_limit(next);
      continue;
    }
    now_ = next.time;
    running_ = next.thread;
    thread& t = threads_[static_cast<std::size_t>(running_)];
    t.inside = std::move(t.inside).resume();
    running_ = -1;
  }
  if (!all_ended()) {
    throw std::runtime_error("simulation: all threads that are left sleep");
  }
}

void world::let_others_run() {
  const int self = running_;
  outside_ = std::move(outside_).resume();
  running_ = self;
}

void world::spend(double ns) {
  thread& self = threads_[static_cast<std::size_t>(running_)];
  const double until = now_ + ns + std::exchange(self.stolen_ns, 0);
  if (turns_.empty() || until < turns_.top().time) {
    now_ = until;
    return;
  }
  schedule(running_, until);
  let_others_run();
}

void world::load(const void* address) {
  if (inside()) spend_until(memory_.read(processor(), address, now_));
}

void world::store(const void* address) {
  if (!inside()) return;
  thread& self = threads_[static_cast<std::size_t>(running_)];
  self.stores_done_at = std::max(self.stores_done_at, memory_.own(processor(), address, now_));
  spend(machine_.store_ns);
}

void world::read_modify_write(const void* address) {
  if (!inside()) return;
  const double drained = threads_[static_cast<std::size_t>(running_)].stores_done_at;
  const double here = memory_.own(processor(), address, std::max(now_, drained));
  spend_until(here + machine_.rmw_ns);
}

void world::full_fence() {
  if (!inside()) return;
  const double drained = threads_[static_cast<std::size_t>(running_)].stores_done_at;
  spend_until(std::max(now_, drained) + machine_.fence_ns);
}

void world::membarrier() {
  if (!inside()) return;
  ++heavy_fences_;
  const double begin = std::max(now_, membarrier_free_at_);
  double cost = machine_.membarrier_ns;
  for (int i = 0; i < static_cast<int>(threads_.size()); ++i) {
    thread& t = threads_[static_cast<std::size_t>(i)];
    if (i == running_ || t.asleep || t.ended) continue;
    cost += machine_.membarrier_each_ns;
    t.stolen_ns += machine_.interrupt_ns;
  }
  membarrier_free_at_ = begin + cost;
  spend_until(begin + cost);
}

void world::sleep_if(const void* address, const std::function<bool()>& stands) {
  spend(machine_.sleep_call_ns);
  if (stands()) fall_asleep(address);
}

bool world::sleep_if_for(const void* address, const std::function<bool()>& stands,
                         double most_ns) {
  spend(machine_.sleep_call_ns);
  if (!stands()) return true;
  const thread& self = threads_[static_cast<std::size_t>(running_)];
  turns_.push({now_ + most_ns, turns_made_++, running_, self.sleeps + 1});
  fall_asleep(address);
  return !self.slept_its_time;
}

void world::fall_asleep(const void* address) {
  thread& self = threads_[static_cast<std::size_t>(running_)];
  self.asleep = true;
  self.slept_its_time = false;
  self.sleeps_on = address;
  ++self.sleeps;
  sleepers_[address].push_back(running_);
  let_others_run();
}

// It has been taken from the sleepers of its address.
void world::wake_up(int thread) {
  world::thread& t = threads_[static_cast<std::size_t>(thread)];
  t.asleep = false;
  t.stolen_ns = 0;
  schedule(thread, now_ + machine_.wake_latency_ns);
}

void world::end_sleep_at_its_limit(const turn& limit) {
  thread& t = threads_[static_cast<std::size_t>(limit.thread)];
  if (!t.asleep || t.sleeps != limit.limits_sleep) return;  // somebody was faster
  now_ = limit.time;
  t.slept_its_time = true;
  std::erase(sleepers_[t.sleeps_on], limit.thread);
  wake_up(limit.thread);
}

void world::wake(const void* address, int count) {
  spend(machine_.wake_call_ns);
  // Those who sleep now: some may be back before the last of them is woken.
  std::vector<int>& sleepers = sleepers_[address];
  const auto all = static_cast<std::ptrdiff_t>(sleepers.size());
  const std::ptrdiff_t n = std::min<std::ptrdiff_t>(count, all);
  const std::vector<int> woken(sleepers.begin(), sleepers.begin() + n);
  sleepers.erase(sleepers.begin(), sleepers.begin() + n);
  for (const int id : woken) {
    if (id != woken.front()) spend(machine_.wake_call_ns);
    ++wakes_;
    wake_up(id);
  }
}

}  // namespace wyn::simulation
