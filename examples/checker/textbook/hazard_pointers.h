// Hazard pointers (Michael, IEEE TPDS 15(6), 2004), and a stack of Treiber's that deletes its
// nodes by them: std::atomic, std::vector and new. It knows nothing of the explorer.
#pragma once

#include <atomic>
#include <vector>

// A thread names the one node that it is about to read; a retired node is deleted when no thread
// names it.
template <class Node, int Threads>
class hazard_pointers {
 public:
  hazard_pointers() {
    for (auto& hazard : hazards_) hazard.store(nullptr, std::memory_order_relaxed);
  }
  ~hazard_pointers() {
    for (auto& retired : retired_) {
      for (Node* node : retired) delete node;
    }
  }
  hazard_pointers(const hazard_pointers&) = delete;
  hazard_pointers& operator=(const hazard_pointers&) = delete;

  /// What `source` holds; it is not deleted before clear(thread).
  Node* protect(int thread, const std::atomic<Node*>& source) {
    Node* node = source.load(std::memory_order_relaxed);
    for (;;) {
      // Release: what was named before has been read.
      hazards_[thread].store(node, std::memory_order_release);
      // Between the announcement and the second look: whoever retires the node afterwards sees the
      // announcement, or we see that the node is no longer there.
      std::atomic_thread_fence(std::memory_order_seq_cst);
      Node* again = source.load(std::memory_order_acquire);
      if (again == node) return node;
      node = again;
    }
  }
  void clear(int thread) { hazards_[thread].store(nullptr, std::memory_order_release); }

  /// `node` can no longer be reached; it is deleted at once or later.
  void retire(int thread, Node* node) {
    retired_[thread].push_back(node);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    std::vector<Node*> named;
    for (auto& hazard : hazards_) {
      if (Node* other = hazard.load(std::memory_order_acquire)) named.push_back(other);
    }
    std::vector<Node*> kept;
    for (Node* retired : retired_[thread]) {
      bool is_named = false;
      for (Node* other : named) is_named = is_named || other == retired;
      if (is_named) kept.push_back(retired);
      else delete retired;
    }
    retired_[thread].swap(kept);
  }

 private:
  std::atomic<Node*> hazards_[Threads];
  std::vector<Node*> retired_[Threads];
};

template <class T, int Threads>
class hazard_stack {
 public:
  hazard_stack() = default;
  ~hazard_stack() {
    node* top = top_.load(std::memory_order_relaxed);
    while (top != nullptr) {
      node* next = top->next.load(std::memory_order_relaxed);
      delete top;
      top = next;
    }
  }
  hazard_stack(const hazard_stack&) = delete;
  hazard_stack& operator=(const hazard_stack&) = delete;

  void push(const T& item) {
    node* added = new node;
    added->item = item;
    node* top = top_.load(std::memory_order_relaxed);
    do {
      added->next.store(top, std::memory_order_relaxed);
    } while (!top_.compare_exchange_weak(top, added, std::memory_order_release,
                                         std::memory_order_relaxed));
  }

  /// False when it is empty.
  bool pop(int thread, T& item) {
    node* top = hazards_.protect(thread, top_);
    while (top != nullptr) {
      node* expected = top;
      node* next = top->next.load(std::memory_order_relaxed);
      if (top_.compare_exchange_strong(expected, next, std::memory_order_relaxed)) break;
      top = hazards_.protect(thread, top_);
    }
    hazards_.clear(thread);
    if (top == nullptr) return false;
    item = top->item;
    hazards_.retire(thread, top);
    return true;
  }

 private:
  struct node {
    T item;
    std::atomic<node*> next{nullptr};
  };

  hazard_pointers<node, Threads> hazards_;
  std::atomic<node*> top_{nullptr};
};
