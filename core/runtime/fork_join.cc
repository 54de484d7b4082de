#include "core/runtime/fork_join.h"

namespace wyn::detail {

void throw_unbound(spawn_status why) { throw spawn_error(why); }

inside_scope::inside_scope(scheduler& s, participant& p)
    : scope_(s, p), s_(s), p_(p), deque_mode_(p.deque_mode()) {
  if (!p.gate().count_spawned(p.count()) && p.nesting() == 0) {
    p.count().note_completed();
    s.completed_outside();
    throw_unbound(spawn_status::shut_down);
  }
  p.enter();
  p.set_deque_mode(true);
}

inside_scope::~inside_scope() {
  p_.set_deque_mode(deque_mode_);
  p_.leave();
  p_.count().note_completed();
  s_.completed_outside();
}

bool forked_call::push_to_full(participant& self, work_item entry) noexcept {
  return self.deque().push(entry);
}

// f spawned tasks that nobody has taken yet: `t` and perhaps more.
bool forked_call::run_down_to_entry(participant& self, work_item t, void (*run)(void*)) {
  do {
    if (t.arg == this && t.run == run) return true;
    struct completion {  // also when the task ends its thread
      participant& self;
      ~completion() { self.count().note_completed(); }
    } const counted{self};
    run_detached(*owner, self, t);
  } while (self.deque().pop(t));
  return false;
}

// On the thief's work loop, which counts a completed task. The fork did not count one, since its
// parent, which cannot end before it, is counted.
void forked_call::run_stolen(void* arg, void (*call)(forked_call&)) {
  auto& child = *static_cast<forked_call*>(arg);
  spawn_status unused{};
  child.owner->bind(unused)->count().note_spawned();
  static_cast<void>(child.state.claim());
  run_claimed(child, [&child, call] { call(child); });
}

}  // namespace wyn::detail
