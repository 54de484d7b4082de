// A ring for one producer and one consumer, written against std as any other code: your own header.
#pragma once

#include <atomic>
#include <cstddef>

namespace ring {

template <class T, std::size_t Capacity>
class spsc_ring {
 public:
  /// The producer's. False when it is full.
  bool push(const T& item) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) == Capacity) return false;
    items_[tail % Capacity] = item;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }
  /// The consumer's. False when it is empty.
  bool pop(T& item) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    item = items_[head % Capacity];
    head_.store(head + 1, std::memory_order_release);
    return true;
  }

 private:
  T items_[Capacity];
  std::atomic<std::size_t> head_{0};
  std::atomic<std::size_t> tail_{0};
};

}  // namespace ring
