// The smallest useful program on Wyn: tasks without a result, a task with one, and two calls at a
// time.
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "core/runtime/wyn.h"

namespace {

std::uint64_t fib(unsigned n) {
  if (n < 2) return n;
  if (n < 12) return fib(n - 1) + fib(n - 2);  // too little to share
  const auto [a, b] = wyn::fork_join([n] { return fib(n - 1); }, [n] { return fib(n - 2); });
  return a + b;
}

}  // namespace

int main() {
  // Tasks that nobody asks for a result. wait_idle() returns when all of them are complete.
  std::atomic<int> ran{0};
  for (int i = 0; i < 10000; ++i) {
    wyn::spawn([&ran] { ran.fetch_add(1, std::memory_order_relaxed); });
  }
  wyn::wait_idle();
  std::printf("%d tasks ran\n", ran.load());

  // A task with a result; what it captures may be move-only or large.
  wyn::task_handle<std::string> greeting =
      wyn::submit([name = std::string("Wyn")] { return "hello from " + name; });
  std::printf("%s\n", greeting.get().c_str());

  // An exception travels to whoever asks for the result.
  wyn::task_handle<int> failing = wyn::submit([]() -> int { throw std::runtime_error("no luck"); });
  try {
    failing.get();
  } catch (const std::runtime_error& e) {
    std::printf("the task failed: %s\n", e.what());
  }

  // Two calls that may run at the same time, as deep as you like.
  std::printf("fib(30) = %llu\n", static_cast<unsigned long long>(fib(30)));
}
