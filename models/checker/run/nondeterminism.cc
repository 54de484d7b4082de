// A program that does something else when it is replayed, or whose symmetric threads do: what was
// expected, and what it did.
#include <bit>
#include <string>

#include "models/checker/graph/order_name.h"
#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

std::string in_words(const event& e, const object_table& objects, const world& memory) {
  std::string text;
  switch (e.kind) {
    case event_kind::choice: return "a choice";
    case event_kind::fence: return std::string("a ") + order_name(e.mo) + " fence";
    case event_kind::load: text = "load"; break;
    case event_kind::store: text = "store"; break;
    case event_kind::rmw: text = "read-modify-write"; break;
  }
  text = std::string("a ") + order_name(e.mo) + " " + text + " of " +
         objects.location_name(e.location);
  if (writes(e.kind)) text += " that writes " + memory.describe(e.value_written);
  return text;
}

// What `op` would be if it read what `expected` reads.
event instead_of(const event& expected, const operation& op) {
  return event_of(op, expected.reads_from, expected.value_read);
}

}  // namespace

void execution::differs(const operation& op, const event& expected) {
  stop(verdict_kind::nondeterministic, failure::none,
       "event " + std::to_string(self().position) + " of thread " + std::to_string(active_) +
           " differs from the execution that is replayed: expected " +
           in_words(expected, objects_, world_) + ", actual " +
           in_words(instead_of(expected, op), objects_, world_) + " (" + op.site +
           "); the program depends on something besides what it reads through its environment");
}

// What thread t does where the active thread stands.
std::string execution::step_of(int t) const {
  const int index = threads_[static_cast<std::size_t>(active_)].position;
  if (index < graph_->size(t)) {
    const auto& row = operations_[static_cast<std::size_t>(t)];
    const event& e = graph_->at(t, index);
    return in_words(e, objects_, world_) + " (" + row[static_cast<std::size_t>(index)].site + ")";
  }
  return state_of(t) == thread_state::finished ? "it ends" : "it waits";
}

void execution::check_symmetry(const operation* op) {
  const int index = self().position;
  for (unsigned left = symmetry_.alike(*graph_, active_); left != 0; left &= left - 1) {
    const int t = std::countr_zero(left);
    const bool there = index < graph_->size(t);
    if (op == nullptr && !there) continue;
    const auto& row = operations_[static_cast<std::size_t>(t)];
    if (op != nullptr && there &&
        symmetry_.corresponds(row[static_cast<std::size_t>(index)], t, *op, active_)) {
      continue;
    }
    stop(verdict_kind::model_error, failure::none,
         "threads " + std::to_string(t) + " and " + std::to_string(active_) +
             " are not symmetric, as the model declares: after the same " +
             std::to_string(index) + " events, thread " + std::to_string(t) + ": " + step_of(t) +
             ", thread " + std::to_string(active_) + ": " +
             (op == nullptr ? std::string("it ends")
                            : in_words(instead_of(there ? graph_->at(t, index) : event{}, *op),
                                       objects_, world_) +
                                  " (" + op->site + ")"));
  }
}

}  // namespace wyn::model
