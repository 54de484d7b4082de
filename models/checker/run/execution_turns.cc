// Runs whose turns are directed: by a script, or by priorities (priorities.h).
#include "models/checker/run/execution.h"

namespace wyn::model {

bool execution::is_directed_to(const thread& th) const {
  return turns_ != nullptr ? has_turn_left_ : script_allows(th);
}

bool execution::can_go_on(int t) {
  const thread& th = threads_[static_cast<std::size_t>(t)];
  return th.state == thread_state::joining ? has_ended(th.joins)
                                           : th.state == thread_state::running;
}

execution::result execution::run_interleaved(graph& g, priorities& turns) {
  turns_ = &turns;
  is_free_ = false;
  const result r = run(g);
  turns_ = nullptr;
  is_free_ = true;
  return r;
}

// When nobody has a turn any more, run_new_events() lets those that wait do so for good.
void execution::run_by_turns() {
  adding_ = true;
  for (bool moved = true; moved;) {
    moved = false;
    for (int n = 0; n < program_.threads && !moved; ++n) {
      const int t = turns_->order()[static_cast<std::size_t>(n)];
      if (!can_go_on(t)) continue;
      const thread& th = threads_[static_cast<std::size_t>(t)];
      const int events = th.position;
      has_turn_left_ = true;
      enter(t);
      if (stopped_) return;
      moved = th.position > events;
      if (moved) turns_->performed(t);
    }
  }
  turns_ = nullptr;
  is_free_ = true;
}

// A sleep on the newest value, or a failed turn of a loop, all of whose reads would find the same.
bool execution::waits_in_vain(const operation& op) const {
  const bool has_location = op.kind != operation_kind::fence && op.kind != operation_kind::choice;
  if (has_location && sleeps(op, last_value(op.location))) return true;
  const thread& th = threads_[static_cast<std::size_t>(active_)];
  int from = 0;
  if (th.paused_at < 0 || !repeats_iteration(op, from)) return false;
  for (int i = from; i < th.position; ++i) {
    const event& e = graph_->at(active_, i);
    if (!reads(e.kind)) continue;
    if (graph_->place_of(e.reads_from) < graph_->mo().last(e.location)) return false;
  }
  return true;
}

void execution::wait_until_of_use(const operation& op) {
  while (turns_ != nullptr && waits_in_vain(op)) {
    self_->body.leave();
    wait_for_turn(*self_);
  }
}

}  // namespace wyn::model
