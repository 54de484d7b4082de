// An atomic word of an object of the standard library: the library has chosen its orders, so that
// no override and no ordering tool changes them.
//
// What its owner keeps beside it in ordinary memory and touches between a read-modify-write of the
// word and its own next event is as atomic as the word: these read-modify-writes have one order,
// each reads from the one before it, and a replay follows that.
#pragma once

#include <cstdint>
#include <new>
#include <utility>

#include "core/base/site.h"
#include "models/check/std/engine_object.h"
#include "models/checker/calls.h"
#include "models/checker/in_program.h"

namespace wyn::check::detail {

class fixed_word {
  using kind = model::operation_kind;

 public:
  explicit fixed_word(std::uint64_t v = 0) noexcept {
    const outside_program engine;
    model::calls::construct_atomic(&word_, v);
  }
  ~fixed_word() {
    const outside_program engine;
    model::calls::destroy(&word_);
  }
  fixed_word(const fixed_word&) = delete;
  fixed_word& operator=(const fixed_word&) = delete;

  std::uint64_t load(order o, const char* site) const { return access(kind::load, o, 0, site); }
  void store(std::uint64_t v, order o, const char* site) { access(kind::store, o, v, site); }
  std::uint64_t exchange(std::uint64_t v, order o, const char* site) {
    return access(kind::exchange, o, v, site);
  }
  std::uint64_t fetch_add(std::uint64_t v, order o, const char* site) {
    return access(kind::fetch_add, o, v, site);
  }
  std::uint64_t fetch_or(std::uint64_t v, order o, const char* site) {
    return access(kind::fetch_or, o, v, site);
  }
  /// Sleeps while the value is `old`; no notification is needed. What ended it.
  std::uint64_t await_change(std::uint64_t old, order o, const char* site) const {
    return access(kind::await_change, o, 0, site, old);
  }
  /// The same for a limited time, which may pass at any moment: false.
  bool await_change_in_time(std::uint64_t old, order o, const char* site) const {
    const outside_program engine;
    model::operation op = make(kind::await_change, o, site);
    op.expected = old;
    op.timed = true;
    model::calls::atomic_access(&word_, op);
    return !op.gave_up;
  }

 private:
  static model::operation make(kind k, order o, const char* site) {
    model::operation op;
    op.kind = k;
    op.success = op.failure = o;
    op.fixed = true;
    op.site = site;
    return op;
  }
  std::uint64_t access(kind k, order o, std::uint64_t operand, const char* site,
                       std::uint64_t expected = 0) const {
    const outside_program engine;
    model::operation op = make(k, o, site);
    op.operand = operand;
    op.expected = expected;
    return model::calls::atomic_access(&word_, op);
  }

  // The value lives in the graph; the word is an address.
  std::uint64_t word_ = 0;
};

/// Room for a T that stays until the execution ends: who has used it last need not be known.
template <class T>
void* room_for() {
  const outside_program engine;
  return model::calls::allocate_for_engine(sizeof(T), alignof(T));
}
/// A T in such room. Its constructor is the caller's code.
template <class T, class... Arguments>
T* make_for_ever(Arguments&&... arguments) {
  return ::new (room_for<T>()) T(std::forward<Arguments>(arguments)...);
}

/// Ends the execution as a failure unless `right`.
inline void require_use(bool right, const char* what, const void* object) {
  if (right) return;
  const outside_program engine;
  model::calls::fail(model::failure::misuse, what, object);
}

}  // namespace wyn::check::detail
