// What atomic<T> and atomic_ref<T> do at an address: each function is one event.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "models/check/std/access.h"
#include "models/check/std/word.h"

namespace wyn::check {

using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

namespace detail {

/// Which members the standard gives to atomic<T>.
template <class T>
inline constexpr bool has_bits = std::is_integral_v<T> && !std::is_same_v<T, bool>;
template <class T>
inline constexpr bool points = std::is_pointer_v<T>&& std::is_object_v<std::remove_pointer_t<T>>;
template <class T>
inline constexpr bool steps = has_bits<T> || points<T>;
template <class T>
inline constexpr bool counts = steps<T> || std::is_floating_point_v<T>;
template <class T>
using difference = std::conditional_t<std::is_pointer_v<T>, std::ptrdiff_t, T>;

/// The order of a failure when one order is given for both.
inline memory_order order_of_failure(memory_order o) {
  if (o == memory_order_acq_rel) return memory_order_acquire;
  if (o == memory_order_release) return memory_order_relaxed;
  return o;
}

template <class T>
struct operations {
  using kind = model::operation_kind;
  using address = const volatile void*;

  static T load(address a, memory_order o, const place& at) {
    model::operation op = operation_at(kind::load, at, "load", order_of_load(o));
    return perform_at(a, op);
  }
  static T load(address a) {
    model::operation op = operation_without_line(kind::load, "implicit_load");
    return perform_at(a, op);
  }
  static void store(address a, T v, memory_order o, const place& at) {
    model::operation op = operation_at(kind::store, at, "store", order_of_store(o));
    op.operand = word<T>::of(v);
    perform_at(a, op);
  }
  static T exchange(address a, T v, memory_order o, const place& at) {
    return modify(a, kind::exchange, "exchange", word<T>::of(v), o, at);
  }
  static bool compare_exchange(address a, T& expected, T desired, memory_order success,
                               memory_order failure, bool weak, const place& at) {
    model::operation op =
        operation_at(kind::compare_exchange, at, "compare_exchange", order_of(success));
    op.failure = order_of_load(failure);
    op.expected = word<T>::of(expected);
    op.operand = word<T>::of(desired);
    op.weak = weak;
    op.size = model::size_class(sizeof(T));
    const std::uint64_t found = perform(unqualified(a), op);
    if (found == op.expected) return !op.gave_up;
    expected = word<T>::value(found);
    return false;
  }

  static T add(address a, difference<T> v, memory_order o, const place& at) {
    return modify(a, add_kind, "fetch_add", step(v), o, at);
  }
  static T subtract(address a, difference<T> v, memory_order o, const place& at) {
    return modify(a, add_kind, "fetch_sub", step_back(v), o, at);
  }
  static T bit_and(address a, T v, memory_order o, const place& at) {
    return modify(a, kind::fetch_and, "fetch_and", word<T>::of(v), o, at);
  }
  static T bit_or(address a, T v, memory_order o, const place& at) {
    return modify(a, kind::fetch_or, "fetch_or", word<T>::of(v), o, at);
  }
  static T bit_xor(address a, T v, memory_order o, const place& at) {
    return modify(a, kind::fetch_xor, "fetch_xor", word<T>::of(v), o, at);
  }
  static T increment(address a) { return count(a, "increment", step(1)); }
  static T decrement(address a) { return count(a, "decrement", step_back(1)); }

  static void wait(address a, T old, memory_order o, const place& at) {
    model::operation op = operation_at(kind::await, at, "wait", order_of_load(o));
    op.expected = word<T>::of(old);
    perform_at(a, op);
  }
  static void notify(address a, int waiters) {
    const outside_program engine;
    model::calls::wake(unqualified(a), waiters);
  }

  /// What an operation that found `v` left behind. Integers wrap around: atomic arithmetic has no
  /// overflow.
  static T sum(T v, difference<T> d) {
    if constexpr (has_bits<T>)
      return word<T>::value(word<T>::of(v) + word<T>::of(d));
    else
      return v + d;
  }
  static T difference_of(T v, difference<T> d) {
    if constexpr (has_bits<T>)
      return word<T>::value(word<T>::of(v) - word<T>::of(d));
    else
      return v - d;
  }

 private:
  static constexpr kind add_kind = !std::is_floating_point_v<T> ? kind::fetch_add
                                   : sizeof(T) == sizeof(float) ? kind::fetch_add_float
                                                                : kind::fetch_add_double;

  static const void* unqualified(address a) { return const_cast<const void*>(a); }
  static T perform_at(address a, model::operation& op) {
    op.size = model::size_class(sizeof(T));
    return word<T>::value(perform(unqualified(a), op));
  }
  static T modify(address a, kind k, const char* name, std::uint64_t operand, memory_order o,
                  const place& at) {
    model::operation op = operation_at(k, at, name, order_of(o));
    op.operand = operand;
    op.mask = word<T>::mask;
    return perform_at(a, op);
  }
  static T count(address a, const char* name, std::uint64_t operand) {
    model::operation op = operation_without_line(add_kind, name);
    op.operand = operand;
    op.mask = word<T>::mask;
    return perform_at(a, op);
  }

  // What to add to the word; pointers count in objects.
  static std::uint64_t step(difference<T> v) {
    if constexpr (std::is_pointer_v<T>) {
      return static_cast<std::uint64_t>(v) * sizeof(std::remove_pointer_t<T>);
    } else {
      return word<T>::of(v);
    }
  }
  static std::uint64_t step_back(difference<T> v) {
    if constexpr (std::is_floating_point_v<T>)
      return word<T>::of(-v);
    else
      return 0 - step(v);
  }
};

}  // namespace detail
}  // namespace wyn::check
