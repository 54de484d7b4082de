// Threads that run in simulated time: fibers, of which the one whose time is earliest goes on.
//
// Everything happens on one thread of the operating system, so a run depends on nothing but its
// parameters and its seed. A thread's time passes only in spend(); between two calls of it nobody
// else runs.
#pragma once

#include <boost/context/fiber.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>
#include <vector>

#include "bench/simulation/machine.h"
#include "bench/simulation/memory.h"

namespace wyn::simulation {

class world {
 public:
  explicit world(const machine& m);
  world(const world&) = delete;
  world& operator=(const world&) = delete;
  ~world();

  /// The one that exists, or nullptr.
  static world* current() noexcept { return current_; }

  /// Adds a thread, on a processor of its own, that begins at the present time.
  void start(std::function<void()> body);
  /// Runs until all threads have ended. Throws std::runtime_error if those that are left all sleep.
  void run();

  double now() const noexcept { return now_; }
  const machine& costs() const noexcept { return machine_; }
  simulation::memory& memory() noexcept { return memory_; }
  /// Inside a thread; elsewhere, while things are set up, accesses cost nothing.
  bool inside() const noexcept { return running_ >= 0; }
  int processor() const noexcept { return running_; }

  // What the running thread does.

  /// Lets `ns` pass, and what interrupts have taken from it.
  void spend(double ns);
  void spend_until(double time) { spend(time > now_ ? time - now_ : 0); }
  /// A load, a store, a read-modify-write of the line at `address`. The load and the
  /// read-modify-write take effect when the call returns, the store at once.
  void load(const void* address);
  void store(const void* address);
  void read_modify_write(const void* address);
  void full_fence();
  /// One at a time; interrupts everybody who runs.
  void membarrier();
  /// A futex: sleeps on `address` if `stands()` when the call has got that far.
  void sleep_if(const void* address, const std::function<bool()>& stands);
  /// The same for no longer than `most_ns`. False when that time has passed.
  bool sleep_if_for(const void* address, const std::function<bool()>& stands, double most_ns);
  void wake(const void* address, int count);

  /// What there is one of in each world, made when it is first asked for.
  template <class T>
  T& only() {
    std::shared_ptr<void>& place = only_[std::type_index(typeid(T))];
    if (place == nullptr) place = std::make_shared<T>();
    return *static_cast<T*>(place.get());
  }

  /// Calls of membarrier.
  std::uint64_t heavy_fences() const noexcept { return heavy_fences_; }
  std::uint64_t wakes() const noexcept { return wakes_; }

 private:
  struct thread {
    boost::context::fiber inside;
    double stolen_ns = 0;       // by interrupts, not spent yet
    double stores_done_at = 0;  // when the store buffer is empty
    bool asleep = false;
    bool ended = false;
    std::uint64_t sleeps = 0;         // how often it has slept
    const void* sleeps_on = nullptr;  // while it is asleep
    bool slept_its_time = false;      // the last sleep had a limit, which woke it
  };
  struct turn {
    double time;
    std::uint64_t number;  // of equal times, the first come
    int thread;
    std::uint64_t limits_sleep = 0;  // if not 0: only to end this sleep of the thread
    bool operator>(const turn& o) const {
      return time != o.time ? time > o.time : number > o.number;
    }
  };

  void schedule(int thread, double time) { turns_.push({time, turns_made_++, thread}); }
  void let_others_run();
  void fall_asleep(const void* address);
  void wake_up(int thread);
  void end_sleep_at_its_limit(const turn& limit);
  bool all_ended() const;

  static world* current_;

  machine machine_;
  simulation::memory memory_;
  double now_ = 0;
  int running_ = -1;
  std::uint64_t turns_made_ = 0;
  double membarrier_free_at_ = 0;
  std::uint64_t heavy_fences_ = 0;
  std::uint64_t wakes_ = 0;
  std::vector<thread> threads_;
  boost::context::fiber outside_;
  std::priority_queue<turn, std::vector<turn>, std::greater<>> turns_;
  std::unordered_map<const void*, std::vector<int>> sleepers_;
  std::unordered_map<std::type_index, std::shared_ptr<void>> only_;
};

}  // namespace wyn::simulation
