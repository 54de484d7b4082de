#include "core/runtime/fork_join.h"

#include <cxxabi.h>

#include <new>

#include "core/runtime/leapfrog.h"

namespace wyn::detail {

void throw_unbound(spawn_status why) { throw spawn_error(why); }

inside_scope::inside_scope(scheduler& s, participant& p)
    : scope_(s, p), s_(s), p_(p), place_(p.place()) {
  if (!p.gate().count_spawned(p.count()) && p.nesting() == 0) {
    p.count().note_completed();
    s.completed_outside();
    throw_unbound(spawn_status::shut_down);
  }
  p.enter();
  p.queue_in(queue_place::deque);
}

inside_scope::~inside_scope() {
  p_.queue_in(place_);
  p_.leave();
  p_.count().note_completed();
  s_.completed_outside();
}

bool forked_call::push_to_full(participant& self, work_item entry) noexcept {
  return self.deque().push(entry);
}

// f spawned tasks that nobody has taken yet: `t` and perhaps more.
bool forked_call::run_down_to_entry(participant& self, work_item t) {
  do {
    if (t.arg == this && t.run == run_stolen) return true;
    run_on_top(self.owner(), self, t);
  } while (self.deque().pop(t));
  return false;
}

void forked_call::await_thief(participant& self) {
  scheduler& s = self.owner();
  const auto done = [this] { return state.done(); };
  const auto take = [&](work_item& t) {
    return state.claimed() && steal_back(self, mark_, t);
  };
  try {
    while (!leapfrog(s, self, done, take)) {
      const auto sleep = [&](event_count<>::ticket ticket) { doze(s, self, ticket, take); };
      sleep_as_joiner(s, state, sleep);
    }
  } catch (const abi::__forced_unwind&) {
    wait_until_done(*this);
    throw;
  }
}

// On a thief's thread, in a loop that counts a completed task. The fork did not count one, since
// its parent, which cannot end before it, is counted.
void forked_call::run_stolen(void* arg) {
  auto& child = *static_cast<forked_call*>(arg);
  participant& self = *running_participant;
  self.count().note_spawned();
  child.owner = running_scheduler;
  ::new (&child.error) std::exception_ptr;
  ::new (&child.mark_) thief_mark<participant>;
  static_cast<void>(child.state.claim());
  run_claimed(child, [&] {
    const raised_marks<participant>::scope raised(self.raised(), child.mark_, self);
    child.call_(child);
  });
}

}  // namespace wyn::detail
