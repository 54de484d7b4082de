// The counterpart of checked.h for the product: the same names, and nothing of the explorer.
#pragma once

#include <atomic>
#include <barrier>
#include <cassert>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>

namespace wyn::production {

// Every name that checked.h replaces is that of the standard library here.
using namespace std;  // NOLINT: on purpose

/// Data that is not atomic is the data itself.
template <class T>
using var = T;

/// Of each thread its own value, which begins as a copy of `initial` and ends with the thread.
template <class T>
class thread_local_value {
 public:
  thread_local_value() = default;
  explicit thread_local_value(const T& initial) : initial_(initial) {}
  thread_local_value(const thread_local_value&) = delete;
  thread_local_value& operator=(const thread_local_value&) = delete;

  T& get() {
    thread_local std::unordered_map<unsigned long, T> values;
    return values.try_emplace(number_, initial_).first->second;
  }
  T& operator*() { return get(); }
  T* operator->() { return &get(); }

 private:
  // Never given out again, unlike an address.
  static inline std::atomic<unsigned long> next_{0};
  const unsigned long number_ = next_.fetch_add(1, std::memory_order_relaxed);
  T initial_{};
};

inline void pause() { std::this_thread::yield(); }

/// Reports of the explorer name objects; here there are none.
template <class T>
void name(const T&, const char*, long long = -1) {}

/// An assertion, checked where assert() is.
inline void require([[maybe_unused]] bool ok, [[maybe_unused]] const char* what) {
  assert(ok && what != nullptr);
}

}  // namespace wyn::production
