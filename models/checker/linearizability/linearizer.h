// The search for an order of a history's operations that a sequential specification accepts.
//
// Papers:  Wing, Gong, "Testing and Verifying Concurrent Objects", JPDC 17 (1993): take any
//          operation that no other one precedes, apply it, go on with the rest. Lowe, "Testing for
//          linearizability", CCPE 29 (2017): remember pairs of operations done and state reached;
//          a pair that failed once fails again.
// Pending: an operation that never returned may take effect or not.
// Cost:    exponential in the number of operations that overlap, at worst; memory for the pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "models/checker/linearizability/operation_order.h"
#include "models/checker/linearizability/specification.h"

namespace wyn::model {

template <class Spec>
class linearizer {
 public:
  linearizer(std::vector<any_record<Spec>> operations, const std::vector<interval>& intervals)
      : operations_(std::move(operations)), before_(predecessors(intervals)) {
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if (!intervals[i].pending) complete_ |= bit(i);
      lines_.push_back({std::visit([](const auto& r) { return detail::shown(r); }, operations_[i]),
                        intervals[i].called.thread});
    }
  }

  /// Whether the specification accepts some order of all operations that have returned, and of
  /// those that have not as many as it takes.
  bool accepts() { return fits_without(0); }

  /// What is wrong with a history that is not accepted, in one line.
  std::string complaint() {
    fits_without(0);
    const std::vector<std::size_t> longest = longest_;
    std::string misfits;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if ((complete_ & bit(i)) == 0 || !fits_without(bit(i))) continue;
      misfits += (misfits.empty() ? "" : ", or ") + operation_name(lines_, static_cast<int>(i));
    }
    std::string text = "no order of " + std::to_string(operations_.size()) +
                       " operations fits the specification";
    if (!misfits.empty()) return text + ": " + misfits + " fits nowhere among the others";
    text += ": at most " + std::to_string(longest.size()) + " of them follow each other";
    for (std::size_t n = 0; n < longest.size(); ++n) {
      text += (n == 0 ? ": #" : " #") + std::to_string(longest[n] + 1);
    }
    return text;
  }

  /// The history, one line an operation.
  std::string text() const { return history_text(lines_, before_); }

 private:
  struct configuration {
    operation_set done;
    Spec state;
    bool operator==(const configuration&) const = default;
  };
  struct hash_of {
    std::size_t operator()(const configuration& c) const {
      return std::hash<std::uint64_t>()(c.done * 0x9e3779b97f4a7c15u) ^ c.state.hash();
    }
  };

  static operation_set bit(std::size_t i) { return operation_set{1} << i; }

  // Operations that neither precede `i` nor are preceded by it.
  operation_set concurrent_with(std::size_t i) const {
    operation_set others = ~(before_[i] | bit(i));
    for (std::size_t k = 0; k < before_.size(); ++k) {
      if (before_[k] & bit(i)) others &= ~bit(k);
    }
    return others;
  }

  // The operations of `left_out` are taken for ones that never were.
  bool fits_without(operation_set left_out) {
    failed_.clear();
    order_.clear();
    longest_.clear();
    left_out_ = left_out;
    return fits_from(0, Spec());
  }

  bool fits_from(operation_set done, const Spec& state) {
    if ((complete_ & ~left_out_ & ~done) == 0) return true;
    if (order_.size() > longest_.size()) longest_ = order_;
    if (!failed_.insert({done, state}).second) return false;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      if (((done | left_out_) & bit(i)) != 0 || (before_[i] & ~done & ~left_out_) != 0) continue;
      Spec next = state;
      const overlap<Spec> others(operations_, concurrent_with(i) & ~left_out_, done);
      const bool possible = std::visit(
          [&](const auto& r) { return detail::takes_effect(next, r, others); }, operations_[i]);
      if (!possible) continue;
      order_.push_back(i);
      if (fits_from(done | bit(i), next)) return true;
      order_.pop_back();
    }
    return false;
  }

  std::vector<any_record<Spec>> operations_;
  std::vector<operation_set> before_;
  operation_set complete_ = 0;
  std::vector<operation_line> lines_;

  std::unordered_set<configuration, hash_of> failed_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> longest_;
  operation_set left_out_ = 0;
};

}  // namespace wyn::model
