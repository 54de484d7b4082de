// The functions beside std::atomic<T> and std::atomic_flag: atomic_load(&a) and its sisters.
//
// Each is the member of the same name, and has the line of its caller.
#pragma once

#include "models/check/std/atomic.h"
#include "models/check/std/atomic_flag.h"

namespace wyn::check {

namespace detail {

/// Not deduced, as in the standard: an argument is converted to the type of the atomic.
template <class T>
using value_of = typename atomic<T>::value_type;
template <class T>
using difference_of = typename atomic<T>::difference_type;

}  // namespace detail

template <class T>
bool atomic_is_lock_free(const volatile atomic<T>* a) noexcept {
  return a->is_lock_free();
}

/// No atomic access: one by another thread that is not ordered with it is a data race.
template <class T>
void atomic_init(volatile atomic<T>* a, detail::value_of<T> v) noexcept {
  const detail::outside_program engine;
  model::calls::construct_atomic(const_cast<const atomic<T>*>(a), detail::word<T>::of(v),
                                 sizeof(T));
}

template <class T>
T atomic_load(const volatile atomic<T>* a, detail::place at = detail::place::current()) noexcept {
  return a->load(memory_order_seq_cst, at);
}
template <class T>
T atomic_load_explicit(const volatile atomic<T>* a, memory_order o,
                       detail::place at = detail::place::current()) noexcept {
  return a->load(o, at);
}
template <class T>
void atomic_store(volatile atomic<T>* a, detail::value_of<T> v,
                  detail::place at = detail::place::current()) noexcept {
  a->store(v, memory_order_seq_cst, at);
}
template <class T>
void atomic_store_explicit(volatile atomic<T>* a, detail::value_of<T> v, memory_order o,
                           detail::place at = detail::place::current()) noexcept {
  a->store(v, o, at);
}
template <class T>
T atomic_exchange(volatile atomic<T>* a, detail::value_of<T> v,
                  detail::place at = detail::place::current()) noexcept {
  return a->exchange(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_exchange_explicit(volatile atomic<T>* a, detail::value_of<T> v, memory_order o,
                           detail::place at = detail::place::current()) noexcept {
  return a->exchange(v, o, at);
}

template <class T>
bool atomic_compare_exchange_strong(volatile atomic<T>* a, detail::value_of<T>* expected,
                                    detail::value_of<T> desired,
                                    detail::place at = detail::place::current()) noexcept {
  return a->compare_exchange_strong(*expected, desired, memory_order_seq_cst, at);
}
template <class T>
bool atomic_compare_exchange_strong_explicit(volatile atomic<T>* a, detail::value_of<T>* expected,
                                             detail::value_of<T> desired, memory_order success,
                                             memory_order failure,
                                             detail::place at = detail::place::current()) noexcept {
  return a->compare_exchange_strong(*expected, desired, success, failure, at);
}

template <class T>
bool atomic_compare_exchange_weak(volatile atomic<T>* a, detail::value_of<T>* expected,
                                  detail::value_of<T> desired,
                                  detail::place at = detail::place::current()) noexcept {
  return a->compare_exchange_weak(*expected, desired, memory_order_seq_cst, at);
}
template <class T>
bool atomic_compare_exchange_weak_explicit(volatile atomic<T>* a, detail::value_of<T>* expected,
                                           detail::value_of<T> desired, memory_order success,
                                           memory_order failure,
                                           detail::place at = detail::place::current()) noexcept {
  return a->compare_exchange_weak(*expected, desired, success, failure, at);
}

template <class T>
T atomic_fetch_add(volatile atomic<T>* a, detail::difference_of<T> v,
                   detail::place at = detail::place::current()) noexcept {
  return a->fetch_add(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_fetch_add_explicit(volatile atomic<T>* a, detail::difference_of<T> v, memory_order o,
                            detail::place at = detail::place::current()) noexcept {
  return a->fetch_add(v, o, at);
}

template <class T>
T atomic_fetch_sub(volatile atomic<T>* a, detail::difference_of<T> v,
                   detail::place at = detail::place::current()) noexcept {
  return a->fetch_sub(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_fetch_sub_explicit(volatile atomic<T>* a, detail::difference_of<T> v, memory_order o,
                            detail::place at = detail::place::current()) noexcept {
  return a->fetch_sub(v, o, at);
}

template <class T>
T atomic_fetch_and(volatile atomic<T>* a, detail::value_of<T> v,
                   detail::place at = detail::place::current()) noexcept {
  return a->fetch_and(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_fetch_and_explicit(volatile atomic<T>* a, detail::value_of<T> v, memory_order o,
                            detail::place at = detail::place::current()) noexcept {
  return a->fetch_and(v, o, at);
}

template <class T>
T atomic_fetch_or(volatile atomic<T>* a, detail::value_of<T> v,
                  detail::place at = detail::place::current()) noexcept {
  return a->fetch_or(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_fetch_or_explicit(volatile atomic<T>* a, detail::value_of<T> v, memory_order o,
                           detail::place at = detail::place::current()) noexcept {
  return a->fetch_or(v, o, at);
}

template <class T>
T atomic_fetch_xor(volatile atomic<T>* a, detail::value_of<T> v,
                   detail::place at = detail::place::current()) noexcept {
  return a->fetch_xor(v, memory_order_seq_cst, at);
}
template <class T>
T atomic_fetch_xor_explicit(volatile atomic<T>* a, detail::value_of<T> v, memory_order o,
                            detail::place at = detail::place::current()) noexcept {
  return a->fetch_xor(v, o, at);
}

template <class T>
void atomic_wait(const volatile atomic<T>* a, detail::value_of<T> old,
                 detail::place at = detail::place::current()) noexcept {
  a->wait(old, memory_order_seq_cst, at);
}
template <class T>
void atomic_wait_explicit(const volatile atomic<T>* a, detail::value_of<T> old, memory_order o,
                          detail::place at = detail::place::current()) noexcept {
  a->wait(old, o, at);
}
template <class T>
void atomic_notify_one(volatile atomic<T>* a) noexcept {
  a->notify_one();
}
template <class T>
void atomic_notify_all(volatile atomic<T>* a) noexcept {
  a->notify_all();
}

inline bool atomic_flag_test(const volatile atomic_flag* f,
                             detail::place at = detail::place::current()) noexcept {
  return f->test(memory_order_seq_cst, at);
}
inline bool atomic_flag_test_explicit(const volatile atomic_flag* f, memory_order o,
                                      detail::place at = detail::place::current()) noexcept {
  return f->test(o, at);
}

inline bool atomic_flag_test_and_set(volatile atomic_flag* f,
                                     detail::place at = detail::place::current()) noexcept {
  return f->test_and_set(memory_order_seq_cst, at);
}
inline bool atomic_flag_test_and_set_explicit(
    volatile atomic_flag* f, memory_order o, detail::place at = detail::place::current()) noexcept {
  return f->test_and_set(o, at);
}

inline void atomic_flag_clear(volatile atomic_flag* f,
                              detail::place at = detail::place::current()) noexcept {
  f->clear(memory_order_seq_cst, at);
}
inline void atomic_flag_clear_explicit(volatile atomic_flag* f, memory_order o,
                                       detail::place at = detail::place::current()) noexcept {
  f->clear(o, at);
}

inline void atomic_flag_wait(const volatile atomic_flag* f, bool old,
                             detail::place at = detail::place::current()) noexcept {
  f->wait(old, memory_order_seq_cst, at);
}
inline void atomic_flag_wait_explicit(const volatile atomic_flag* f, bool old, memory_order o,
                                      detail::place at = detail::place::current()) noexcept {
  f->wait(old, o, at);
}

inline void atomic_flag_notify_one(volatile atomic_flag* f) noexcept { f->notify_one(); }
inline void atomic_flag_notify_all(volatile atomic_flag* f) noexcept { f->notify_all(); }

}  // namespace wyn::check
