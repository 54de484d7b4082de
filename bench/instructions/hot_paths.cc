#include "bench/instructions/hot_paths.h"

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/coro/sync_wait.h"
#include "core/coro/task.h"
#include "core/coro/when_all.h"
#include "core/runtime/participant.h"
#include "core/runtime/runtime.h"

namespace wyn::bench {

namespace {

// Everything runs on one thread, which is the one that is counted: without workers, a thread that
// waits runs the tasks.
constexpr unsigned no_workers = 0;

constexpr std::size_t spawned_at_once = 512;
constexpr int warm_up_rounds = 2;

// Each task marks its byte, as those of bench/spawn do.
class marks {
 public:
  static void mark(void* byte) { *static_cast<std::uint8_t*>(byte) += 1; }
  std::uint8_t* byte(std::size_t i) { return bytes_ + i; }
  bool each_is(int rounds) const {
    for (const std::uint8_t b : bytes_) {
      if (b != rounds) return false;
    }
    return true;
  }

 private:
  std::uint8_t bytes_[spawned_at_once] = {};
};

// Calls `round(runtime, marks)` to warm queues and pools up, and once more to be counted.
template <class Round>
bool counted_rounds(const counted_region& region, const Round& round) {
  runtime rt({.workers = no_workers});
  marks done;
  for (int i = 0; i < warm_up_rounds; ++i) round(rt, done);
  region.begin();
  round(rt, done);
  region.end();
  return done.each_is(warm_up_rounds + 1);
}

bool spawn_in_task(const counted_region& region) {
  return counted_rounds(region, [](runtime& rt, marks& m) {
    rt.spawn([&] {
      for (std::size_t i = 0; i < spawned_at_once; ++i) rt.spawn_raw(&marks::mark, m.byte(i));
    });
    rt.wait_idle();
  });
}

bool spawn_outside(const counted_region& region) {
  return counted_rounds(region, [](runtime& rt, marks& m) {
    for (std::size_t i = 0; i < spawned_at_once; ++i) rt.spawn_raw(&marks::mark, m.byte(i));
    rt.wait_idle();
  });
}

bool spawn_closure(const counted_region& region) {
  return counted_rounds(region, [](runtime& rt, marks& m) {
    rt.spawn([&] {
      for (std::size_t i = 0; i < spawned_at_once; ++i) {
        const auto closure = [mark = &marks::mark, first = m.byte(0), i] { mark(first + i); };
        static_assert(sizeof closure == 24);
        rt.spawn(closure);
      }
    });
    rt.wait_idle();
  });
}

bool submit_and_get(const counted_region& region) {
  return counted_rounds(region, [](runtime& rt, marks& m) {
    rt.spawn([&] {
      for (std::size_t i = 0; i < spawned_at_once; ++i) {
        rt.submit([byte = m.byte(i)] { marks::mark(byte); }).get();
      }
    });
    rt.wait_idle();
  });
}

constexpr int fib_n = 11;
constexpr std::uint64_t fib_result = 89;
constexpr double fib_forks = 143;  // fib(n + 1) - 1

[[gnu::noinline]] std::uint64_t fork_join_fib(runtime& rt, int n) {
  if (n < 2) return static_cast<std::uint64_t>(n);
  const auto [a, b] = rt.fork_join([&] { return fork_join_fib(rt, n - 1); },
                                   [&] { return fork_join_fib(rt, n - 2); });
  return a + b;
}

bool fork_join(const counted_region& region) {
  runtime rt({.workers = no_workers});
  // Inside a task, as all but the outermost fork are.
  bool good = true;
  rt.spawn([&] {
    fork_join_fib(rt, fib_n);
    region.begin();
    const std::uint64_t f = fork_join_fib(rt, fib_n);
    region.end();
    good = f == fib_result;
  });
  rt.wait_idle();
  return good;
}

task<std::uint64_t> coroutine_fib(int n) {
  if (n < 2) co_return static_cast<std::uint64_t>(n);
  const auto [a, b] = co_await when_all(coroutine_fib(n - 1), coroutine_fib(n - 2));
  co_return a + b;
}

bool coroutine_fork(const counted_region& region) {
  runtime rt({.workers = no_workers});
  sync_wait(rt, coroutine_fib(fib_n));
  region.begin();
  const std::uint64_t f = sync_wait(rt, coroutine_fib(fib_n));
  region.end();
  return f == fib_result;
}

using shipped_deque = std::remove_reference_t<decltype(std::declval<participant&>().deque())>;

bool deque_push_pop(const counted_region& region) {
  shipped_deque deque;
  work_item item{&marks::mark, nullptr};
  const auto round = [&] {
    for (std::size_t i = 0; i < spawned_at_once; ++i) deque.push(item);
    bool all = true;
    for (std::size_t i = 0; i < spawned_at_once; ++i) all &= deque.pop(item);
    return all;
  };
  bool good = round();
  region.begin();
  good &= round();
  region.end();
  return good;
}

constexpr hot_path paths[] = {
    {"deque", "push and pop of the scheduler's deque", spawned_at_once, &deque_push_pop},
    {"spawn in a task", "spawn, run and wait for a function and its argument", spawned_at_once,
     &spawn_in_task},
    {"spawn outside", "the same from a thread that is not a worker", spawned_at_once,
     &spawn_outside},
    {"spawn a closure", "the same for a closure of 24 bytes, in a task", spawned_at_once,
     &spawn_closure},
    {"submit", "submit and get in a task", spawned_at_once, &submit_and_get},
    {"fork_join", "a fork of fib, with the calls of both halves", fib_forks, &fork_join},
    {"coroutines", "the same with when_all: a fork and two frames", fib_forks, &coroutine_fork},
};

}  // namespace

std::span<const hot_path> hot_paths() { return paths; }

path_count count_path(const hot_path& path) {
  const step_count steps = count_instructions(path.run);
  return {steps.failure, static_cast<double>(steps.instructions) / path.operations};
}

}  // namespace wyn::bench
