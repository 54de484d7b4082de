// std::atomic<T> under the explorer: same members, same defaults, every call an event.
//
// A report names an access by its line, "queue.h:42 store"; so does an override. Operators without
// an operand have no line: they are "implicit_load", "increment" and "decrement".
//
// Where it differs from std::atomic<T>:
//  - T has at most 8 bytes and no padding, and is always lock-free here.
//  - compare_exchange_weak fails only when the values differ.
//  - wait() returns after a notification or because it saw another value, never without a cause;
//    notify_one() may wake any waiter, and each possibility counts as a wake-up of all.
//  - No volatile members, no fetch_add for floating point.
//  - Its size is 8 bytes whatever T is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "models/check/std/access.h"

namespace wyn::check {

using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

template <class T>
class atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= 8,
                "the explorer's atomics have at most 8 bytes and are trivially copyable");
  static_assert(std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>,
                "T has padding bits, whose values differ from run to run: make them members");

  using kind = model::operation_kind;
  using location = detail::place;
  static constexpr bool is_integer = std::is_integral_v<T> && !std::is_same_v<T, bool>;
  static constexpr bool has_bits = is_integer;
  static constexpr bool counts = is_integer || std::is_pointer_v<T>;

 public:
  using value_type = T;
  using difference_type = std::conditional_t<std::is_pointer_v<T>, std::ptrdiff_t, T>;
  static constexpr bool is_always_lock_free = true;

  atomic() noexcept : atomic(T{}) {}
  atomic(T v) noexcept {  // NOLINT: implicit, as in the standard
    const detail::outside_program engine;
    model::calls::construct_atomic(this, to_word(v));
  }
  ~atomic() {
    const detail::outside_program engine;
    model::calls::destroy(this);
  }
  atomic(const atomic&) = delete;
  // Not viable, so that "a = 1" is the assignment of a value and "a = b" does not compile.
  atomic& operator=(const atomic&) requires(sizeof(T) == 0) = delete;

  bool is_lock_free() const noexcept { return true; }

  T load(memory_order o = memory_order_seq_cst,
         location at = location::current()) const noexcept {
    model::operation op = detail::operation_at(kind::load, at, "load", detail::order_of_load(o));
    return from_word(detail::perform(this, op));
  }
  void store(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) noexcept {
    model::operation op =
        detail::operation_at(kind::store, at, "store", detail::order_of_store(o));
    op.operand = to_word(v);
    detail::perform(this, op);
  }
  T exchange(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) noexcept {
    return modify(kind::exchange, "exchange", to_word(v), o, at);
  }

  bool compare_exchange_strong(T& expected, T desired, memory_order success,
                               memory_order failure,
                               location at = location::current()) noexcept {
    return compare_exchange(expected, desired, detail::order_of(success),
                            detail::order_of_load(failure), at);
  }
  bool compare_exchange_strong(T& expected, T desired, memory_order o = memory_order_seq_cst,
                               location at = location::current()) noexcept {
    const order success = detail::order_of(o);
    return compare_exchange(expected, desired, success, failure_order_of(success), at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order success, memory_order failure,
                             location at = location::current()) noexcept {
    return compare_exchange_strong(expected, desired, success, failure, at);
  }
  bool compare_exchange_weak(T& expected, T desired, memory_order o = memory_order_seq_cst,
                             location at = location::current()) noexcept {
    return compare_exchange_strong(expected, desired, o, at);
  }

  T fetch_add(difference_type v, memory_order o = memory_order_seq_cst,
              location at = location::current()) noexcept
    requires counts
  {
    return modify(kind::fetch_add, "fetch_add", step(v), o, at);
  }
  T fetch_sub(difference_type v, memory_order o = memory_order_seq_cst,
              location at = location::current()) noexcept
    requires counts
  {
    return modify(kind::fetch_add, "fetch_sub", 0 - step(v), o, at);
  }
  T fetch_and(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) noexcept
    requires has_bits
  {
    return modify(kind::fetch_and, "fetch_and", to_word(v), o, at);
  }
  T fetch_or(T v, memory_order o = memory_order_seq_cst,
             location at = location::current()) noexcept
    requires has_bits
  {
    return modify(kind::fetch_or, "fetch_or", to_word(v), o, at);
  }
  T fetch_xor(T v, memory_order o = memory_order_seq_cst,
              location at = location::current()) noexcept
    requires has_bits
  {
    return modify(kind::fetch_xor, "fetch_xor", to_word(v), o, at);
  }

  /// Sleeps while the value is `old`. A value that changes without a notification need not end it.
  void wait(T old, memory_order o = memory_order_seq_cst,
            location at = location::current()) const noexcept {
    model::operation op = detail::operation_at(kind::await, at, "wait", detail::order_of_load(o));
    op.expected = to_word(old);
    detail::perform(this, op);
  }
  void notify_one() noexcept { notify(1); }
  void notify_all() noexcept { notify(-1); }

  operator T() const noexcept {  // NOLINT: implicit, as in the standard
    model::operation op = detail::operation_without_line(kind::load, "implicit_load");
    return from_word(detail::perform(this, op));
  }
  T operator=(detail::located<T> v) noexcept {  // NOLINT: returns a value, as in the standard
    store(v.value, memory_order_seq_cst, v.at);
    return v.value;
  }
  T operator+=(detail::located<difference_type> v) noexcept
    requires counts
  {
    return add(fetch_add(v.value, memory_order_seq_cst, v.at), v.value);
  }
  T operator-=(detail::located<difference_type> v) noexcept
    requires counts
  {
    return static_cast<T>(fetch_sub(v.value, memory_order_seq_cst, v.at) - v.value);
  }
  T operator&=(detail::located<T> v) noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_and(v.value, memory_order_seq_cst, v.at) & v.value);
  }
  T operator|=(detail::located<T> v) noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_or(v.value, memory_order_seq_cst, v.at) | v.value);
  }
  T operator^=(detail::located<T> v) noexcept
    requires has_bits
  {
    return static_cast<T>(fetch_xor(v.value, memory_order_seq_cst, v.at) ^ v.value);
  }
  T operator++() noexcept
    requires counts
  {
    return add(operator++(0), 1);
  }
  T operator++(int) noexcept
    requires counts
  {
    return count("increment", step(1));
  }
  T operator--() noexcept
    requires counts
  {
    return static_cast<T>(operator--(0) - difference_type{1});
  }
  T operator--(int) noexcept
    requires counts
  {
    return count("decrement", 0 - step(1));
  }

 private:
  static constexpr std::uint64_t mask =
      sizeof(T) == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * (sizeof(T) % 8))) - 1;

  T modify(kind k, const char* name, std::uint64_t operand, memory_order o,
           const location& at) noexcept {
    model::operation op = detail::operation_at(k, at, name, detail::order_of(o));
    op.operand = operand;
    op.mask = mask;
    return from_word(detail::perform(this, op));
  }
  T count(const char* name, std::uint64_t operand) noexcept {
    model::operation op = detail::operation_without_line(kind::fetch_add, name);
    op.operand = operand;
    op.mask = mask;
    return from_word(detail::perform(this, op));
  }
  bool compare_exchange(T& expected, T desired, order success, order failure,
                        const location& at) noexcept {
    model::operation op =
        detail::operation_at(kind::compare_exchange, at, "compare_exchange", success);
    op.failure = failure;
    op.expected = to_word(expected);
    op.operand = to_word(desired);
    const std::uint64_t found = detail::perform(this, op);
    if (found == op.expected) return true;
    expected = from_word(found);
    return false;
  }
  void notify(int waiters) noexcept {
    const detail::outside_program engine;
    model::calls::wake(this, waiters);
  }

  // What to add to the word; pointers count in objects.
  static std::uint64_t step(difference_type v) noexcept {
    if constexpr (std::is_pointer_v<T>) {
      return static_cast<std::uint64_t>(v) * sizeof(std::remove_pointer_t<T>);
    } else {
      return to_word(v);
    }
  }
  // Integers wrap around: no overflow in atomic arithmetic.
  static T add(T v, difference_type d) noexcept {
    if constexpr (std::is_pointer_v<T>) return v + d;
    else return from_word(to_word(v) + to_word(d));
  }

  // The engine keeps values as words; the bytes that T lacks are 0.
  static std::uint64_t to_word(T v) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, &v, sizeof(T));
    return word;
  }
  static T from_word(std::uint64_t word) noexcept {
    T v;
    std::memcpy(&v, &word, sizeof(T));
    return v;
  }

  // The value lives in the graph; the object is an address.
  alignas(8) unsigned char place_[8];
};

using atomic_bool = atomic<bool>;
using atomic_int = atomic<int>;
using atomic_uint = atomic<unsigned>;
using atomic_long = atomic<long>;
using atomic_size_t = atomic<std::size_t>;
using atomic_ptrdiff_t = atomic<std::ptrdiff_t>;
using atomic_intptr_t = atomic<std::intptr_t>;
using atomic_uintptr_t = atomic<std::uintptr_t>;
using atomic_int32_t = atomic<std::int32_t>;
using atomic_int64_t = atomic<std::int64_t>;
using atomic_uint32_t = atomic<std::uint32_t>;
using atomic_uint64_t = atomic<std::uint64_t>;

}  // namespace wyn::check
