// What a tool sees of an exploration: the sites of the program and the executions.
#pragma once

#include "models/checker/graph/event.h"
#include "models/checker/graph/graph.h"

namespace wyn::model {

class execution;
struct side_log;

/// Calls come from every OS thread that explores, several at a time.
class observer {
 public:
  virtual ~observer() = default;

  /// A thread of the program is about to perform `op`, with the orders that it will have. Once for
  /// each site and explorer, and again when the site has other orders than before. Fences of order
  /// none are met, too.
  virtual void meets(const operation& op) = 0;

  /// The main thread, in before() or after() of execution `e`, has performed `op`, which is no
  /// event of the graph: `what` is as if it were. A read has no rf: it reads the last value there
  /// is.
  virtual void performed_in_main(const operation&, const event& what, const execution& e) {
    static_cast<void>(what);
    static_cast<void>(e);
  }

  /// Whether it wants the steps that are no events, of each run.
  virtual bool wants_side_steps() const { return false; }
  /// Those of the run whose end comes next.
  virtual void side_steps(const side_log& log, const execution& e) {
    static_cast<void>(log);
    static_cast<void>(e);
  }

  /// An execution has ended, complete or blocked; it has failed in no way.
  virtual void ended(const graph& g, const execution& e) = 0;
};

}  // namespace wyn::model
