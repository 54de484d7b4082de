// A row of an ordering table: the name and the memory order of one atomic access.
//
// A lock-free structure takes its table as a template parameter and names a row at each access:
//
//     bottom_.store(b + 1, Orders::push_store_bottom);
//
// The order is part of the row's type, so a call costs nothing at run time; the name is what the
// checker prints and what a mutant overrides. A mutant of a table is a derived struct that
// redeclares one row.
#pragma once

#include <cstddef>

namespace wyn {

/// The order of an access or a fence.
///
/// `none` is legal for a fence row only: that formulation has no fence there.
/// `light` and `heavy` are the two halves of an asymmetric fence (P1202): a light fence paired with
/// a heavy one orders as two seq_cst fences do; a light fence paired with anything else orders
/// nothing.
enum class order : unsigned char {
  none,
  relaxed,
  acquire,
  release,
  acq_rel,
  seq_cst,
  light,
  heavy,
};

/// A string literal as a template argument.
template <std::size_t N>
struct fixed_string {
  char text[N];
  constexpr fixed_string(const char (&literal)[N]) {  // NOLINT: implicit by design
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
};

/// The order that the load of a failed compare-exchange has when its row names none
/// (C++20 [atomics.ref.generic]: the release part is dropped).
constexpr order failure_order_of(order success) {
  if (success == order::acq_rel) return order::acquire;
  if (success == order::release) return order::relaxed;
  return success;
}

/// One row: `Id` is unique within a program ("D5 push.store_bottom"), `Failure` is for
/// compare-exchange.
template <fixed_string Id, order Success, order Failure = failure_order_of(Success)>
struct site {
  static constexpr const char* id = Id.text;
  static constexpr order success = Success;
  static constexpr order failure = Failure;
  static_assert(Failure != order::release && Failure != order::acq_rel,
                "a failed compare-exchange only loads: its order has no release part");
};

}  // namespace wyn
