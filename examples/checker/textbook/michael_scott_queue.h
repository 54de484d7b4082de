// The queue of Michael and Scott (PODC'96, figure 1) as a textbook has it: std::atomic, new, and
// nodes that are kept until the queue ends. It knows nothing of the explorer.
#pragma once

#include <atomic>

class michael_scott_queue {
 public:
  michael_scott_queue() : oldest_(new node), head_(oldest_), tail_(oldest_) {}
  ~michael_scott_queue() {
    while (oldest_ != nullptr) {
      node* next = oldest_->next.load(std::memory_order_relaxed);
      delete oldest_;
      oldest_ = next;
    }
  }
  michael_scott_queue(const michael_scott_queue&) = delete;
  michael_scott_queue& operator=(const michael_scott_queue&) = delete;

  void enqueue(void* item) {
    node* added = new node;
    added->item = item;
    for (;;) {
      node* last = tail_.load(std::memory_order_acquire);
      node* next = last->next.load(std::memory_order_acquire);
      if (next != nullptr) {
        tail_.compare_exchange_strong(last, next, std::memory_order_release,
                                      std::memory_order_relaxed);
      } else if (last->next.compare_exchange_strong(next, added, std::memory_order_release,
                                                    std::memory_order_relaxed)) {
        tail_.compare_exchange_strong(last, added, std::memory_order_release,
                                      std::memory_order_relaxed);
        return;
      }
    }
  }

  /// nullptr when it is empty.
  void* dequeue() {
    for (;;) {
      node* first = head_.load(std::memory_order_acquire);
      node* last = tail_.load(std::memory_order_acquire);
      node* next = first->next.load(std::memory_order_acquire);
      if (next == nullptr) return nullptr;
      if (first == last) {
        tail_.compare_exchange_strong(last, next, std::memory_order_release,
                                      std::memory_order_relaxed);
      } else if (head_.compare_exchange_strong(first, next, std::memory_order_release,
                                               std::memory_order_relaxed)) {
        return next->item;
      }
    }
  }

 private:
  struct node {
    void* item = nullptr;
    std::atomic<node*> next{nullptr};
  };

  node* oldest_;
  std::atomic<node*> head_;
  std::atomic<node*> tail_;
};
