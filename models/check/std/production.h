// The counterpart of checked.h for the product: the same names, and nothing of the explorer.
#pragma once

#include <atomic>
#include <cassert>
#include <thread>

namespace wyn::production {

using std::atomic;
using std::atomic_flag;
using std::atomic_thread_fence;
using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

/// Data that is not atomic is the data itself.
template <class T>
using var = T;

namespace this_thread {
using std::this_thread::yield;
}  // namespace this_thread

inline void pause() { std::this_thread::yield(); }

/// An assertion, checked where assert() is.
inline void require([[maybe_unused]] bool ok, [[maybe_unused]] const char* what) {
  assert(ok && what != nullptr);
}

}  // namespace wyn::production
