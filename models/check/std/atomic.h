// std::atomic<T> under the explorer: same members, same defaults, every call an event.
//
// A report names an access by its line, "queue.h:42 store"; so does an override. Operators without
// an operand have no line: they are "implicit_load", "increment" and "decrement".
//
// Where it differs from std::atomic<T>:
//  - T has at most 8 bytes, and is always lock-free here.
//  - compare_exchange_weak fails without a cause only when options::spurious_failures says so.
//  - notify_one() may wake any waiter, and each possibility counts as a wake-up of all.
//  - Its size is 8 bytes whatever T is, and its constructor is no constant expression.
#pragma once

#include <memory>

#include "models/check/std/operations.h"

namespace wyn::check {

// The members are volatile, so that they serve objects that are and objects that are not.
template <class T>
class atomic {
  using at_address = detail::operations<T>;
  using location = detail::place;
  using difference = detail::difference<T>;
  static constexpr bool has_bits = detail::has_bits<T>;
  static constexpr bool steps = detail::steps<T>;
  static constexpr bool counts = detail::counts<T>;

 public:
  using value_type = T;
  using difference_type = difference;
  static constexpr bool is_always_lock_free = true;

  atomic() noexcept : atomic(T{}) {}
  atomic(T v) noexcept {  // NOLINT: implicit, as in the standard
    const detail::outside_program engine;
    model::calls::construct_atomic(this, detail::word<T>::of(v), sizeof(T));
  }
  ~atomic() {
    const detail::outside_program engine;
    model::calls::destroy(this);
  }
  atomic(const atomic&) = delete;
  // Not viable, so that "a = 1" is the assignment of a value and "a = b" does not compile.
  atomic& operator=(const atomic&) requires(sizeof(T) == 0) = delete;

  bool is_lock_free() const volatile noexcept { return true; }

  T load(memory_order o = memory_order_seq_cst,
         location at = location::current()) const volatile noexcept {
    return at_address::load(this, o, at);
  }
  void store(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) volatile noexcept {
    at_address::store(this, v, o, at);
  }
  T exchange(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) volatile noexcept {
    return at_address::exchange(this, v, o, at);
  }

  bool compare_exchange_strong(T& expected, T desired, memory_order success,
                               memory_order failure,
                               location at = location::current()) volatile noexcept {
    return at_address::compare_exchange(this, expected, desired, success, failure, false, at);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order o = memory_order_seq_cst,
                               location at = location::current()) volatile noexcept {
    return compare_exchange_strong(expected, desired, o, detail::order_of_failure(o), at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location at = location::current()) volatile noexcept {
    return at_address::compare_exchange(this, expected, desired, success, failure, true, at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order o = memory_order_seq_cst,
                             location at = location::current()) volatile noexcept {
    return compare_exchange_weak(expected, desired, o, detail::order_of_failure(o), at);
  }

  T fetch_add(difference v, memory_order o = memory_order_seq_cst,
              location at = location::current()) volatile noexcept
    requires counts
  {
    return at_address::add(this, v, o, at);
  }
  T fetch_sub(difference v, memory_order o = memory_order_seq_cst,
              location at = location::current()) volatile noexcept
    requires counts
  {
    return at_address::subtract(this, v, o, at);
  }
  T fetch_and(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) volatile noexcept
    requires has_bits
  {
    return at_address::bit_and(this, v, o, at);
  }
  T fetch_or(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) volatile noexcept
    requires has_bits
  {
    return at_address::bit_or(this, v, o, at);
  }
  T fetch_xor(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) volatile noexcept
    requires has_bits
  {
    return at_address::bit_xor(this, v, o, at);
  }

  /// Sleeps while the value is `old`. A value that changes without a notification need not end it.
  void wait(T old, memory_order o = memory_order_seq_cst,
            location at = location::current()) const volatile noexcept {
    at_address::wait(this, old, o, at);
  }
  void notify_one() volatile noexcept { at_address::notify(this, 1); }
  void notify_all() volatile noexcept { at_address::notify(this, -1); }

  operator T() const volatile noexcept { return at_address::load(this); }  // NOLINT: implicit
  T operator=(detail::located<T> v) volatile noexcept {  // NOLINT: returns a value, as in std
    store(v.value, memory_order_seq_cst, v.at);
    return v.value;
  }
  T operator+=(detail::located<difference> v) volatile noexcept
    requires counts
  {
    return at_address::sum(fetch_add(v.value, memory_order_seq_cst, v.at), v.value);
  }
  T operator-=(detail::located<difference> v) volatile noexcept
    requires counts
  {
    return at_address::difference_of(fetch_sub(v.value, memory_order_seq_cst, v.at), v.value);
  }
  T operator&=(detail::located<T> v) volatile noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_and(v.value, memory_order_seq_cst, v.at) & v.value);
  }
  T operator|=(detail::located<T> v) volatile noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_or(v.value, memory_order_seq_cst, v.at) | v.value);
  }
  T operator^=(detail::located<T> v) volatile noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_xor(v.value, memory_order_seq_cst, v.at) ^ v.value);
  }
  T operator++() volatile noexcept
    requires steps
  {
    return at_address::sum(at_address::increment(this), 1);
  }
  T operator++(int) volatile noexcept
    requires steps
  {
    return at_address::increment(this);
  }
  T operator--() volatile noexcept
    requires steps
  {
    return at_address::difference_of(at_address::decrement(this), 1);
  }
  T operator--(int) volatile noexcept
    requires steps
  {
    return at_address::decrement(this);
  }

 private:
  // The value lives in the graph; the object is an address.
  alignas(8) unsigned char place_[8] = {};
};

// The owners of a shared_ptr count themselves out of the explorer's sight.
template <class T>
class atomic<std::shared_ptr<T>> {
  static_assert(sizeof(T*) == 0,
                "the explorer has no std::atomic<std::shared_ptr>: it does not see how shared_ptr "
                "counts its owners. Check the algorithm with an atomic pointer and a count of its "
                "own, or with the pointer under a mutex");
};
template <class T>
class atomic<std::weak_ptr<T>> {
  static_assert(sizeof(T*) == 0,
                "the explorer has no std::atomic<std::weak_ptr>: it does not see how weak_ptr "
                "counts its owners. Check the algorithm with an atomic pointer and a count of its "
                "own, or with the pointer under a mutex");
};

}  // namespace wyn::check
