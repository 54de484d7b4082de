// The first example of README.md, which quotes main().
#include <atomic>
#include <cstdio>

#include "core/runtime/runtime.h"

int main() {
  wyn::runtime rt({.workers = 2});
  wyn::task_handle<int> answer = rt.submit([] { return 42; });  // a result to ask for

  std::atomic<long> sum{0};
  for (long i = 1; i <= 1000; ++i) rt.spawn([&sum, i] { sum += i; });  // results nobody asks for
  rt.wait_idle();  // all of them have run, each exactly once

  std::printf("answer %d, sum %ld\n", answer.get(), sum.load());
}
