// std::atomic_ref<T> under the explorer: atomic access to data that is none, while references to it
// exist.
//
// Data of type var<T> is watched: a plain access that does not happen before the first reference or
// after the end of the last is a data race. A plain T is as atomic, but what is done to it without
// a reference goes unseen. Each object needs its aligned eight bytes for itself: references to two
// neighbours in an array of int are refused; make it an array of var<int>.
#pragma once

#include "models/check/std/operations.h"
#include "models/check/std/var.h"

namespace wyn::check {

template <class T>
class atomic_ref {
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
  static constexpr std::size_t required_alignment = alignof(T);

  explicit atomic_ref(T& object) : object_(&object) { refer(); }
  explicit atomic_ref(var<T>& object) : object_(&object) { refer(); }
  atomic_ref(const atomic_ref& other) noexcept : object_(other.object_) { refer(); }
  atomic_ref& operator=(const atomic_ref&) = delete;
  ~atomic_ref() {
    const detail::outside_program engine;
    model::calls::end_reference(object_);
  }

  bool is_lock_free() const noexcept { return true; }

  T load(memory_order o = memory_order_seq_cst,
         location at = location::current()) const noexcept {
    return at_address::load(object_, o, at);
  }
  void store(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) const noexcept {
    at_address::store(object_, v, o, at);
  }
  T exchange(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) const noexcept {
    return at_address::exchange(object_, v, o, at);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order success,
                               memory_order failure,
                               location at = location::current()) const noexcept {
    return at_address::compare_exchange(object_, expected, desired, success, failure, false, at);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order o = memory_order_seq_cst,
                               location at = location::current()) const noexcept {
    return compare_exchange_strong(expected, desired, o, detail::order_of_failure(o), at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location at = location::current()) const noexcept {
    return at_address::compare_exchange(object_, expected, desired, success, failure, true, at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order o = memory_order_seq_cst,
                             location at = location::current()) const noexcept {
    return compare_exchange_weak(expected, desired, o, detail::order_of_failure(o), at);
  }

  T fetch_add(difference v, memory_order o = memory_order_seq_cst,
              location at = location::current()) const noexcept
    requires counts
  {
    return at_address::add(object_, v, o, at);
  }
  T fetch_sub(difference v, memory_order o = memory_order_seq_cst,
              location at = location::current()) const noexcept
    requires counts
  {
    return at_address::subtract(object_, v, o, at);
  }
  T fetch_and(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) const noexcept
    requires has_bits
  {
    return at_address::bit_and(object_, v, o, at);
  }
  T fetch_or(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) const noexcept
    requires has_bits
  {
    return at_address::bit_or(object_, v, o, at);
  }
  T fetch_xor(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) const noexcept
    requires has_bits
  {
    return at_address::bit_xor(object_, v, o, at);
  }

  /// As atomic<T>::wait().
  void wait(T old, memory_order o = memory_order_seq_cst,
            location at = location::current()) const noexcept {
    at_address::wait(object_, old, o, at);
  }
  void notify_one() const noexcept { at_address::notify(object_, 1); }
  void notify_all() const noexcept { at_address::notify(object_, -1); }

  operator T() const noexcept { return at_address::load(object_); }  // NOLINT: implicit
  T operator=(detail::located<T> v) const noexcept {  // NOLINT: returns a value, as in std
    store(v.value, memory_order_seq_cst, v.at);
    return v.value;
  }
  T operator+=(detail::located<difference> v) const noexcept
    requires counts
  {
    return at_address::sum(fetch_add(v.value, memory_order_seq_cst, v.at), v.value);
  }
  T operator-=(detail::located<difference> v) const noexcept
    requires counts
  {
    return at_address::difference_of(fetch_sub(v.value, memory_order_seq_cst, v.at), v.value);
  }
  T operator&=(detail::located<T> v) const noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_and(v.value, memory_order_seq_cst, v.at) & v.value);
  }
  T operator|=(detail::located<T> v) const noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_or(v.value, memory_order_seq_cst, v.at) | v.value);
  }
  T operator^=(detail::located<T> v) const noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_xor(v.value, memory_order_seq_cst, v.at) ^ v.value);
  }
  T operator++() const noexcept
    requires steps
  {
    return at_address::sum(at_address::increment(object_), 1);
  }
  T operator++(int) const noexcept
    requires steps
  {
    return at_address::increment(object_);
  }
  T operator--() const noexcept
    requires steps
  {
    return at_address::difference_of(at_address::decrement(object_), 1);
  }
  T operator--(int) const noexcept
    requires steps
  {
    return at_address::decrement(object_);
  }

 private:
  void refer() {
    const detail::outside_program engine;
    model::calls::refer(object_, sizeof(T));
  }
  void* object_;
};
template <class T>
atomic_ref(T&) -> atomic_ref<T>;
template <class T>
atomic_ref(var<T>&) -> atomic_ref<T>;

}  // namespace wyn::check
