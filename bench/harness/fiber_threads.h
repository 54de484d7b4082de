// Boost.Fiber on k threads that steal fibers from each other.
#pragma once

#include <malloc.h>

#include <boost/fiber/algo/work_stealing.hpp>
#include <boost/fiber/condition_variable.hpp>
#include <boost/fiber/mutex.hpp>
#include <boost/fiber/operations.hpp>
#include <boost/version.hpp>

#include <climits>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace wyn::bench {

/// "1.74".
inline std::string boost_version() {
  return std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000);
}

/// Calls `body` on this thread, whose fibers k - 1 other threads may steal meanwhile. With one
/// thread the scheduler is Boost's default, round robin. Stacks that are freed stay with the
/// process, as memory does with runtimes that have pools of their own: else each repetition
/// measures the page faults of its stacks.
inline void on_fiber_threads(int k, const std::function<void()>& body) {
  namespace fibers = boost::fibers;
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  if (k == 1) return body();
  // Each thread has to name the number of all of them, and waits until they are there.
  const auto threads = static_cast<std::uint32_t>(k);
  fibers::mutex mutex;
  fibers::condition_variable_any ended;
  bool over = false;
  std::vector<std::thread> others;
  for (std::uint32_t i = 1; i < threads; ++i) {
    others.emplace_back([&, threads] {
      fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(threads, true);
      std::unique_lock lock(mutex);
      ended.wait(lock, [&] { return over; });
    });
  }
  fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(threads, true);
  body();
  {
    const std::unique_lock lock(mutex);
    over = true;
  }
  ended.notify_all();
  for (std::thread& t : others) t.join();
}

}  // namespace wyn::bench
