// What the tests of the runtime share: scales, marks that show how often each task ran, waiting by
// spinning.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "core/runtime/runtime.h"

namespace wyn::tests {

#if defined(__SANITIZE_THREAD__)
inline constexpr int slowdown = 10;
#elif defined(__SANITIZE_ADDRESS__)
inline constexpr int slowdown = 5;
#else
inline constexpr int slowdown = 1;
#endif

/// `n`, or less where a sanitizer makes each task dearer.
constexpr std::size_t scaled(std::size_t n) { return n / slowdown > 0 ? n / slowdown : 1; }

/// A runtime that is quiet about everything but the number of its workers.
inline options with_workers(unsigned n) {
  options o;
  o.workers = n;
  return o;
}

/// Ends the process if a test hangs, before the test runner's own limit, with a word about the
/// cause.
class watchdog {
 public:
  explicit watchdog(unsigned seconds) {
    signal(SIGALRM, [](int) {
      static constexpr char text[] = "the watchdog ends this process: a test has hung\n";
      [[maybe_unused]] const auto written = ::write(2, text, sizeof text - 1);
      ::abort();
    });
    alarm(seconds);
  }
  ~watchdog() { alarm(0); }
};

/// One watchdog for each test of the binary.
class hang_listener : public ::testing::EmptyTestEventListener {
 public:
  void OnTestStart(const ::testing::TestInfo&) override {
    guard_ = std::make_unique<watchdog>(50);
  }
  void OnTestEnd(const ::testing::TestInfo&) override { guard_.reset(); }

 private:
  std::unique_ptr<watchdog> guard_;
};
inline const bool hang_listener_installed = [] {
  ::testing::UnitTest::GetInstance()->listeners().Append(new hang_listener);
  return true;
}();

/// Returns when `condition()` holds; the watchdog limits the wait.
template <class Condition>
void spin_until(const Condition& condition) {
  while (!condition()) std::this_thread::yield();
}

inline void spin_until_set(const std::atomic<bool>& flag) {
  spin_until([&] { return flag.load(std::memory_order_acquire); });
}

/// One mark for each of `size` tasks.
class marks {
 public:
  explicit marks(std::size_t size) : size_(size), hits_(new std::atomic<std::uint8_t>[size]()) {}

  void hit(std::size_t i) { hits_[i].fetch_add(1, std::memory_order_relaxed); }
  std::size_t size() const { return size_; }
  /// Success when each was hit `times` times; else how many were not, and the first of them.
  ::testing::AssertionResult each_hit(unsigned times = 1) const {
    std::size_t wrong = 0;
    std::size_t first = 0;
    for (std::size_t i = size_; i-- > 0;) {
      if (hits_[i].load(std::memory_order_relaxed) == times) continue;
      ++wrong;
      first = i;
    }
    if (wrong == 0) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure()
           << wrong << " of " << size_ << " tasks did not run " << times << " times; the first is "
           << first << ", which ran " << int(hits_[first].load()) << " times";
  }

 private:
  std::size_t size_;
  std::unique_ptr<std::atomic<std::uint8_t>[]> hits_;
};

/// Counts the objects of its type: those alive, and those ever made.
struct counted {
  static inline std::atomic<int> alive{0};
  static inline std::atomic<int> made{0};
  static void reset() {
    alive = 0;
    made = 0;
  }
  counted() { begin(); }
  counted(const counted&) { begin(); }
  counted(counted&&) noexcept { begin(); }
  counted& operator=(const counted&) = default;
  counted& operator=(counted&&) = default;
  ~counted() { alive.fetch_sub(1); }

 private:
  static void begin() {
    alive.fetch_add(1);
    made.fetch_add(1);
  }
};

}  // namespace wyn::tests
