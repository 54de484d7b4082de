// Double-checked locking (Schmidt and Harrison, PLoP'96, with the atomics that it needs), as a
// textbook has it: std::atomic and std::mutex. It knows nothing of the explorer.
#pragma once

#include <atomic>
#include <mutex>

// Make is called once, by the first get().
template <class T, class Make>
class made_once {
 public:
  T& get() {
    T* made = made_.load(std::memory_order_acquire);
    if (made == nullptr) {
      std::lock_guard<std::mutex> guard(mutex_);
      made = made_.load(std::memory_order_relaxed);
      if (made == nullptr) {
        made = Make()();
        made_.store(made, std::memory_order_release);
      }
    }
    return *made;
  }
  ~made_once() { delete made_.load(std::memory_order_relaxed); }

 private:
  std::mutex mutex_;
  std::atomic<T*> made_{nullptr};
};
