// What a sequential specification is: the object as it would be if one operation ran after another.
//
//     struct stack_of_ints {
//       struct push { int value; using result = void; std::string text() const; };
//       struct pop { using result = std::optional<int>; std::string text() const; };
//       using operations = std::variant<push, pop>;
//
//       void apply(const push& op);
//       std::optional<int> apply(const pop&);
//       bool operator==(const stack_of_ints&) const = default;
//       std::size_t hash() const;
//     };
//
// A specification starts as its default constructor leaves it and is copied at each step of the
// search. apply(op) does the operation and answers what it must have returned.
//
// An operation that may answer in more than one way has, in place of apply,
//
//     bool admit(const steal&, const steal_answer* observed, const overlap<deque_of_ints>& others);
//
// which says whether the operation may take effect here and return *observed, and does it. A null
// pointer stands for an operation that never returned: it has the effect of one that returned what
// it liked. `others` are the operations that were neither over when this one was called nor called
// when it was over.
//
// Operations and results are trivially destructible: an abandoned execution runs no destructors.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "models/checker/linearizability/operation_order.h"

namespace wyn::model {

/// The result of `Op` as a value.
template <class Op>
using result_of = std::conditional_t<std::is_void_v<typename Op::result>, std::monostate,
                                     typename Op::result>;

/// An operation that was called, and its result once it has returned.
template <class Op>
struct operation_record {
  Op op;
  std::optional<result_of<Op>> result;
  const result_of<Op>* observed() const { return result ? &*result : nullptr; }
};

namespace detail {
template <class Variant>
struct records_of;
template <class... Ops>
struct records_of<std::variant<Ops...>> {
  using type = std::variant<operation_record<Ops>...>;
};
}  // namespace detail

template <class Spec>
using any_record = typename detail::records_of<typename Spec::operations>::type;

/// The operations that overlap with one.
template <class Spec>
class overlap {
 public:
  overlap(const std::vector<any_record<Spec>>& all, operation_set concurrent, operation_set done)
      : all_(all), concurrent_(concurrent), done_(done) {}

  /// Whether some overlapping operation of type Op fulfils holds(op, observed result or nullptr,
  /// whether it has taken effect before this one).
  template <class Op, class Predicate>
  bool any(Predicate holds) const {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if ((concurrent_ >> i & 1) == 0) continue;
      const auto* record = std::get_if<operation_record<Op>>(&all_[i]);
      if (record == nullptr) continue;
      if (holds(record->op, record->observed(), (done_ >> i & 1) != 0)) return true;
    }
    return false;
  }

 private:
  const std::vector<any_record<Spec>>& all_;
  operation_set concurrent_;
  operation_set done_;
};

namespace detail {

inline std::string shown(bool b) { return b ? "true" : "false"; }
inline std::string shown(std::monostate) { return ""; }
template <class T>
  requires(std::is_arithmetic_v<T>)
std::string shown(T v) {
  return std::to_string(v);
}
template <class T>
  requires requires(const T& v) { v.text(); }
std::string shown(const T& v) {
  return v.text();
}
template <class T>
std::string shown(const std::optional<T>& v) {
  return v ? shown(*v) : "nothing";
}

/// "pop() = 3", "push(3)", "pop() pending".
template <class Op>
std::string shown(const operation_record<Op>& r) {
  if (!r.result) return r.op.text() + " pending";
  const std::string result = shown(*r.result);
  return r.op.text() + (result.empty() ? "" : " = " + result);
}

template <class Spec, class Op>
bool takes_effect(Spec& state, const operation_record<Op>& r, const overlap<Spec>& others) {
  if constexpr (requires { state.admit(r.op, r.observed(), others); }) {
    return state.admit(r.op, r.observed(), others);
  } else if constexpr (std::is_void_v<typename Op::result>) {
    state.apply(r.op);
    return true;
  } else {
    const typename Op::result expected = state.apply(r.op);
    return !r.result || *r.result == expected;
  }
}

}  // namespace detail
}  // namespace wyn::model
