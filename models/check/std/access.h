// What atomic.h, atomic_flag.h and var.h share: the way from an operation of the standard library
// to a call of the explorer.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/base/site.h"
#include "models/check/std/site_names.h"
#include "models/checker/calls.h"
#include "models/checker/in_program.h"

namespace wyn::check::detail {

/// The assertion of a program or of this library.
inline void require(bool ok, const char* what) {
  const outside_program engine;
  model::calls::check(ok, what);
}

/// memory_order_consume is acquire, as in every compiler.
inline order order_of(std::memory_order o) {
  switch (o) {
    case std::memory_order_relaxed: return order::relaxed;
    case std::memory_order_consume:
    case std::memory_order_acquire: return order::acquire;
    case std::memory_order_release: return order::release;
    case std::memory_order_acq_rel: return order::acq_rel;
    case std::memory_order_seq_cst: return order::seq_cst;
  }
  return order::seq_cst;
}

/// The order of a load; one that a load cannot have ends the execution as a failed assertion.
inline order order_of_load(std::memory_order o) {
  require(o != std::memory_order_release && o != std::memory_order_acq_rel,
          "a load, a wait or a failed compare_exchange with a release order: undefined in C++20");
  return order_of(o);
}

/// The same for a store.
inline order order_of_store(std::memory_order o) {
  require(o != std::memory_order_acquire && o != std::memory_order_acq_rel &&
              o != std::memory_order_consume,
          "a store or a clear with an acquire order: undefined in C++20");
  return order_of(o);
}

/// An operand of an operator, and the line where it stands: operators have no default arguments,
/// but the conversion of their operand has.
template <class T>
struct located {
  located(T v, place where = place::current())  // NOLINT: implicit
      : value(v), at(where) {}
  T value;
  place at;
};

/// `name` is a literal ("store"); the order of a failure is the order of success unless set.
inline model::operation operation_at(model::operation_kind kind, const place& at,
                                     const char* name, order o) {
  const outside_program engine;
  model::operation op;
  op.kind = kind;
  op.success = op.failure = o;
  op.site = site_name(at, name);
  return op;
}

/// For operators that have no operand and so no line: the name stands alone.
inline model::operation operation_without_line(model::operation_kind kind, const char* name) {
  model::operation op;
  op.kind = kind;
  op.success = op.failure = order::seq_cst;
  op.site = name;
  return op;
}

inline std::uint64_t perform(const void* address, model::operation& op) {
  const outside_program engine;
  return model::calls::atomic_access(address, op);
}

}  // namespace wyn::check::detail
