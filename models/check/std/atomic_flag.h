// std::atomic_flag under the explorer.
#pragma once

#include "models/check/std/atomic.h"

namespace wyn::check {

class atomic_flag {
  using location = detail::place;

 public:
  atomic_flag() noexcept = default;
  atomic_flag(int) noexcept {}  // NOLINT: for ATOMIC_FLAG_INIT, which is {0}
  atomic_flag(const atomic_flag&) = delete;
  atomic_flag& operator=(const atomic_flag&) = delete;

  bool test(memory_order o = memory_order_seq_cst,
            location at = location::current()) const volatile noexcept {
    return value_.load(o, at);
  }
  bool test_and_set(memory_order o = memory_order_seq_cst,
                    location at = location::current()) volatile noexcept {
    return value_.exchange(true, o, at);
  }
  void clear(memory_order o = memory_order_seq_cst,
             location at = location::current()) volatile noexcept {
    value_.store(false, o, at);
  }
  void wait(bool old, memory_order o = memory_order_seq_cst,
            location at = location::current()) const volatile noexcept {
    value_.wait(old, o, at);
  }
  void notify_one() volatile noexcept { value_.notify_one(); }
  void notify_all() volatile noexcept { value_.notify_all(); }

 private:
  atomic<bool> value_;
};

}  // namespace wyn::check
