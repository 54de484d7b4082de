// The bounded queue of Dmitry Vyukov for many producers and consumers, as a textbook has it: each
// cell has a sequence number that says whose turn it is. It knows nothing of the explorer.
#pragma once

#include <atomic>
#include <cstddef>

// Capacity is at least 2; T is copied.
template <class T, std::size_t Capacity>
class bounded_queue {
 public:
  bounded_queue() {
    for (std::size_t i = 0; i < Capacity; ++i) {
      cells_[i].sequence.store(i, std::memory_order_relaxed);
    }
  }
  bounded_queue(const bounded_queue&) = delete;
  bounded_queue& operator=(const bounded_queue&) = delete;

  /// False when it is full.
  bool push(const T& item) {
    std::size_t position = tail_.load(std::memory_order_relaxed);
    for (;;) {
      cell& c = cells_[position % Capacity];
      const std::size_t turn = c.sequence.load(std::memory_order_acquire);
      const auto ahead = static_cast<std::ptrdiff_t>(turn - position);
      if (ahead < 0) return false;
      if (ahead > 0) {
        position = tail_.load(std::memory_order_relaxed);
      } else if (tail_.compare_exchange_weak(position, position + 1,
                                             std::memory_order_relaxed)) {
        c.item = item;
        c.sequence.store(position + 1, std::memory_order_release);
        return true;
      }
    }
  }

  /// False when it is empty.
  bool pop(T& item) {
    std::size_t position = head_.load(std::memory_order_relaxed);
    for (;;) {
      cell& c = cells_[position % Capacity];
      const std::size_t turn = c.sequence.load(std::memory_order_acquire);
      const auto ahead = static_cast<std::ptrdiff_t>(turn - (position + 1));
      if (ahead < 0) return false;
      if (ahead > 0) {
        position = head_.load(std::memory_order_relaxed);
      } else if (head_.compare_exchange_weak(position, position + 1,
                                             std::memory_order_relaxed)) {
        item = c.item;
        c.sequence.store(position + Capacity, std::memory_order_release);
        return true;
      }
    }
  }

 private:
  struct cell {
    std::atomic<std::size_t> sequence;
    T item;
  };

  cell cells_[Capacity];
  std::atomic<std::size_t> tail_{0};
  std::atomic<std::size_t> head_{0};
};
