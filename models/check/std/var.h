// Data that is not atomic and is shared all the same: the payload of a lock, a queue, a seqlock.
//
// var<T> behaves as a T that is read and assigned; the explorer reports two accesses of which one
// is a write and which are not ordered by happens-before (a data race, undefined in C++20), and
// accesses before its construction or after its end. A plain T beside it is not watched.
#pragma once

#include <type_traits>

#include "models/checker/calls.h"
#include "models/checker/in_program.h"

namespace wyn::check {

template <class T>
class var {
  static_assert(std::is_trivially_copyable_v<T>,
                "an execution that is abandoned runs no destructors: trivially copyable data only");

 public:
  using value_type = T;

  var() noexcept : value_{} { construct(); }
  var(T v) noexcept : value_(v) { construct(); }  // NOLINT: stands for a T
  var(const var& other) noexcept : value_(other.get()) { construct(); }
  ~var() {
    const detail::outside_program engine;
    model::calls::destroy(this);
  }
  var& operator=(const var& other) noexcept {
    set(other.get());
    return *this;
  }
  var& operator=(T v) noexcept {
    set(v);
    return *this;
  }

  /// A read.
  T get() const noexcept {
    const detail::outside_program engine;
    model::calls::plain_read(this, model::shown_bytes<T>);
    return value_;
  }
  operator T() const noexcept { return get(); }  // NOLINT: stands for a T
  T operator->() const noexcept
    requires std::is_pointer_v<T>
  {
    return get();
  }
  /// A write.
  void set(T v) noexcept {
    const detail::outside_program engine;
    model::calls::plain_write(this, model::shown_bytes<T>);
    value_ = v;
  }

  // Each is a read and a write.
  template <class U>
  var& operator+=(U v) noexcept {
    set(static_cast<T>(get() + v));
    return *this;
  }
  template <class U>
  var& operator-=(U v) noexcept {
    set(static_cast<T>(get() - v));
    return *this;
  }
  var& operator++() noexcept { return *this += 1; }
  var& operator--() noexcept { return *this -= 1; }
  T operator++(int) noexcept {
    const T before = get();
    set(static_cast<T>(before + 1));
    return before;
  }
  T operator--(int) noexcept {
    const T before = get();
    set(static_cast<T>(before - 1));
    return before;
  }

 private:
  void construct() noexcept {
    const detail::outside_program engine;
    model::calls::construct_plain(this);
  }
  alignas(8) T value_;
};

}  // namespace wyn::check
