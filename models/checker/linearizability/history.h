// Linearizability of an object under the explorer: a model records the operations on the object,
// and each complete execution is checked against a sequential specification.
//
//     struct two_pushers {
//       static constexpr int threads = 2;
//       treiber_stack<int> stack;
//       wyn::model::history<wyn::model::stack<int>> history;
//
//       void push(int v) {
//         auto op = history.call(wyn::model::stack<int>::push{v});
//         stack.push(v);
//         op.returns();
//       }
//       ...
//     };
//
// Papers:  Herlihy, Wing, TOPLAS 12 (1990); for weak memory Raad, Doko, Rozic, Lahav, Vafeiadis,
//          "On library correctness under weak memory consistency", POPL'19: there is no global
//          time, so "before" is happens-before.
// Order:   operation A is before B iff A's return happens before B's call in the execution that is
//          explored. Where threads do not synchronise, nothing orders their operations.
// When:    at the end of each complete execution, by the destructor of the history or by check().
//          A history that fits no order is a failure of kind not_linearizable, whose report has
//          the history and says which operation fits nowhere.
// Use:     over env_checker or wyn::check alike. Operations in before() and after() count, too:
//          draining the object in after() finds what was lost.
// Limits:  64 operations in one execution; more are a model error. Operations do not nest.
// Cost:    nothing for models that have none. Recording is no event and adds no executions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "models/checker/calls.h"
#include "models/checker/in_program.h"
#include "models/checker/linearizability/linearizer.h"
#include "models/checker/linearizability/moment.h"
#include "models/checker/linearizability/specification.h"

namespace wyn::model {

template <class Spec>
class history {
 public:
  /// An operation between its call and its return.
  template <class Op>
  class running {
   public:
    /// The operation returns here. Once.
    void returns()
      requires std::is_void_v<typename Op::result>
    {
      where_->finish<Op>(index_, std::monostate{});
    }
    /// The operation returns `value` here. Once.
    void returns(result_of<Op> value)
      requires(!std::is_void_v<typename Op::result>)
    {
      where_->finish<Op>(index_, std::move(value));
    }

   private:
    friend class history;
    running(history* where, int index) : where_(where), index_(index) {}
    history* where_;
    int index_;
  };

  history() = default;
  history(const history&) = delete;
  history& operator=(const history&) = delete;
  /// Checks what has not been checked.
  ~history() { check(); }

  /// The calling thread calls `op` here. An operation whose returns() is never called is pending:
  /// it may have taken effect or not.
  template <class Op>
  running<Op> call(Op op) {
    const check::detail::outside_program engine;
    static_assert(std::is_trivially_destructible_v<operation_record<Op>>,
                  "an abandoned execution runs no destructors: keep operations and results plain");
    if (size_ == max_operations) calls::history_is_full(max_operations);
    entry& e = entries_[size_];
    e.record.template emplace<operation_record<Op>>(operation_record<Op>{op, std::nullopt});
    e.when.called = calls::now();
    e.when.pending = true;
    return running<Op>(this, size_++);
  }

  /// Ends the execution as a failure unless some order of the operations so far fits. For after();
  /// the destructor does the same.
  void check() {
    if (checked_ == size_) return;
    checked_ = size_;
    const check::detail::outside_program engine;
    std::string complaint = judge();
    if (!complaint.empty()) calls::not_linearizable(std::move(complaint));
  }

 private:
  struct entry {
    any_record<Spec> record;
    interval when;
  };

  template <class Op>
  void finish(int index, result_of<Op> value) {
    const check::detail::outside_program engine;
    entry& e = entries_[index];
    calls::check(e.when.pending, "an operation of a history returns once");
    std::get<operation_record<Op>>(e.record).result = std::move(value);
    e.when.returned = calls::now();
    e.when.pending = false;
  }

  // Empty when all is well. Threads take turns in an order of the engine's own; the history is
  // listed thread by thread.
  std::string judge() const {
    std::vector<any_record<Spec>> operations;
    std::vector<interval> intervals;
    for (int t = moment::before_threads; t <= moment::after_threads; ++t) {
      for (int i = 0; i < size_; ++i) {
        if (entries_[i].when.called.thread != t) continue;
        operations.push_back(entries_[i].record);
        intervals.push_back(entries_[i].when);
      }
    }
    linearizer<Spec> search(std::move(operations), intervals);
    return search.accepts() ? "" : search.complaint() + "\n" + search.text();
  }

  int size_ = 0;
  int checked_ = 0;
  entry entries_[max_operations];
};

}  // namespace wyn::model
