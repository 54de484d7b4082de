#include "bench/simulation/experiment.h"

#include <algorithm>
#include <stdexcept>

namespace wyn::simulation {
namespace {

constexpr double work_of_a_thread_ns = 500'000;
constexpr double inner_node_ns = 10;
constexpr double look_ns = 100;
constexpr int bursts = 4;

void work_for(double ns) { world::current()->spend(ns); }

// Runs tasks: counts them, so that each runs once, and spends their time.
class work_done {
 public:
  work_done(std::uint64_t tasks, double task_ns) : times_(tasks), task_ns_(task_ns) {}

  std::uint64_t tasks() const { return times_.size(); }
  bool all_done() const { return done_ == tasks(); }
  void do_task(std::uint64_t i) {
    ++times_.at(i);
    work_for(task_ns_);
    ++done_;
  }
  void check() const {
    const bool right = std::all_of(times_.begin(), times_.end(), [](int n) { return n == 1; });
    if (!right) throw std::runtime_error("simulation: a task has not run, or not once");
  }

 private:
  std::vector<unsigned char> times_;
  std::uint64_t done_ = 0;
  double task_ns_;
};

// Task 0 is the work, task 1 spawns all.
struct flat {
  work_done& work;
  bool inside;  // a task spawns them
  bool waits;   // and does not end before them

  template <class Pool>
  void begin(Pool& pool) {
    if (inside) {
      pool.spawn(0, {1, 0});
    } else {
      spawn_all(pool, 0);
    }
  }
  template <class Pool>
  void run(Pool& pool, int self, const task& t) {
    if (t.kind == 0) return work.do_task(t.argument);
    spawn_all(pool, self);
    while (waits && !work.all_done()) work_for(look_ns);
  }
  template <class Pool>
  void spawn_all(Pool& pool, int self) {
    for (std::uint64_t i = 0; i < work.tasks(); ++i) pool.spawn(self, {0, i});
  }
};

// A task has the leaves from its argument's upper half on, as many as its lower half says.
struct tree {
  work_done& work;

  template <class Pool>
  void begin(Pool& pool) {
    pool.spawn(0, {0, work.tasks()});
  }
  template <class Pool>
  void run(Pool& pool, int self, const task& t) {
    const std::uint64_t first = t.argument >> 32;
    const std::uint64_t leaves = t.argument & 0xffffffff;
    if (leaves == 1) return work.do_task(first);
    work_for(inner_node_ns);
    const std::uint64_t half = leaves / 2;
    pool.spawn(self, {0, (first + half) << 32 | (leaves - half)});
    pool.spawn(self, {0, first << 32 | half});
  }
};

struct burst {
  work_done& work;
  std::uint64_t next = 0;

  template <class Pool>
  void begin(Pool& pool) {
    const std::uint64_t each = work.tasks() / bursts;
    for (std::uint64_t i = 0; i < each; ++i) pool.spawn(0, {0, next++});
  }
  template <class Pool>
  void run(Pool&, int, const task& t) {
    work.do_task(t.argument);
  }
};

std::uint64_t tasks_of(const experiment& e) {
  if (e.what == workload::burst) return static_cast<std::uint64_t>(e.threads) * bursts;
  if (e.tasks != 0) return e.tasks;
  const double enough = e.threads * work_of_a_thread_ns / e.task_ns;
  return std::max<std::uint64_t>(static_cast<std::uint64_t>(enough), 1);
}

void require_sense(const experiment& e) {
  if (e.threads < 1 || e.threads > e.where.processors) {
    throw std::invalid_argument("simulation: 1 thread to one for each processor of the machine");
  }
  if (e.what == workload::busy && e.threads < 2) {
    throw std::invalid_argument("simulation: a busy owner waits for thieves: 2 threads at least");
  }
  if (!(e.task_ns >= 1) || e.task_ns > 1e9) {
    throw std::invalid_argument("simulation: a task takes 1 ns to 1 s");
  }
  if (e.tasks >= std::uint64_t{1} << 31) {
    throw std::invalid_argument("simulation: fewer than 2^31 tasks");
  }
  if (e.where.processors > max_processors) {
    throw std::invalid_argument("simulation: at most 1024 processors");
  }
  if (e.where.cluster < 1) throw std::invalid_argument("simulation: a group has a processor");
  if (e.where.socket < 0) throw std::invalid_argument("simulation: a socket of less than 0");
  if (e.how.block < 1 || e.how.steal_batch < 1 || e.how.steal_attempts < 1) {
    throw std::invalid_argument("simulation: blocks, batches and attempts are at least 1");
  }
  if (!(e.how.nap_ns >= 0) || e.how.nap_ns > 1e9) {
    throw std::invalid_argument("simulation: a nap takes 0 ns to 1 s");
  }
}

// How long the workers take to fall asleep for good: they search, nap, and search again; then their
// heavy fences come one after the other.
double until_all_sleep_ns(const experiment& e) {
  const double fence_ns = e.where.membarrier_ns + e.where.interrupt_ns;
  return 4 * e.how.search_ns + e.how.nap_ns + 2 * e.threads * fence_ns;
}

// The workers sleep when the clock starts; they wake up for the work.
template <class Deque, class Workload>
outcome run_on(const experiment& e, work_done& done, Workload& w, int rounds) {
  world clock(e.where);
  pool<Deque, Workload> all(w, e.threads, e.how, e.seed);
  outcome result;
  clock.start([&] {
    for (int i = 0; i < rounds; ++i) {
      work_for(until_all_sleep_ns(e));
      const double begin = clock.now();
      w.begin(all);
      all.wait_idle();
      result.elapsed_ns += clock.now() - begin;
    }
    all.stop();
  });
  for (int i = 1; i < e.threads; ++i) clock.start([&all, i] { all.work(i); });
  clock.run();
  done.check();
  result.tasks = done.tasks();
  result.speedup = static_cast<double>(done.tasks()) * e.task_ns / result.elapsed_ns;
  result.counts = all.counts();
  result.heavy_fences = clock.heavy_fences();
  result.wakes = clock.wakes();
  result.traffic = clock.memory().traffic();
  return result;
}

template <class Deque>
outcome run_with(const experiment& e) {
  work_done done(tasks_of(e), e.task_ns);
  if (e.what == workload::tree) {
    tree w{done};
    return run_on<Deque>(e, done, w, 1);
  }
  if (e.what == workload::burst) {
    burst w{done};
    return run_on<Deque>(e, done, w, bursts);
  }
  const bool waits = e.what == workload::busy;
  flat w{done, waits || e.what == workload::deque, waits};
  return run_on<Deque>(e, done, w, 1);
}

}  // namespace

const char* name_of(workload w) {
  switch (w) {
    case workload::ring: return "ring";
    case workload::deque: return "deque";
    case workload::tree: return "tree";
    case workload::busy: return "busy";
    case workload::burst: return "burst";
  }
  return "?";
}

const char* name_of(deque_kind d) { return d == deque_kind::fence ? "fence" : "biased"; }

outcome run(const experiment& e) {
  require_sense(e);
  return e.deque == deque_kind::fence ? run_with<deque_fence_orders>(e)
                                      : run_with<biased_orders>(e);
}

}  // namespace wyn::simulation
