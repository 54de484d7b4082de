// A variable of which each thread of a model has one of its own: what thread_local is to a program.
//
// thread_local itself would be one variable for all threads, since they are fibers of one OS
// thread, and would keep its value from one execution to the next. The value of every thread is
// constructed with the object, not when the thread begins, and destroyed with it.
#pragma once

#include <array>
#include <cstddef>

#include "models/checker/calls.h"
#include "models/checker/graph/view.h"

namespace wyn::model {

template <class T>
class thread_local_value {
 public:
  thread_local_value() = default;
  /// Every thread's value begins as a copy of `initial`.
  explicit thread_local_value(const T& initial) { values_.fill(initial); }
  thread_local_value(const thread_local_value&) = delete;
  thread_local_value& operator=(const thread_local_value&) = delete;

  /// The value of the thread that runs; before() and after() have one of their own.
  T& get() noexcept { return values_[static_cast<std::size_t>(calls::current_thread() + 1)]; }
  T& operator*() noexcept { return get(); }
  T* operator->() noexcept { return &get(); }

 private:
  std::array<T, max_threads + 1> values_{};
};

}  // namespace wyn::model
