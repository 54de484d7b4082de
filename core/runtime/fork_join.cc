#include "core/runtime/fork_join.h"

#include <cxxabi.h>

namespace wyn::detail {

participant& bind_or_throw(scheduler& s) {
  spawn_status why{};
  participant* self = s.bind(why);
  if (self == nullptr) throw spawn_error(why);
  return *self;
}

void forked_call::push(participant& self) noexcept {
  pushed_ = self.deque().push({&run_stolen, this});
  if (pushed_) owner->signal().work_added();
}

void forked_call::join(participant& self) {
  if (!pushed_) return run_unshared();
  task t;
  while (self.deque().pop(t)) {
    if (t.run == &run_stolen && t.arg == this) return run_unshared();
    run_detached(*owner, t);
    self.count().note_completed();
  }
  wait_until_done(*this);
}

void forked_call::run_unshared() {
  try {
    call_(*this);
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
}

// On the thief's work loop, which counts a completed task. The fork did not count one, since its parent,
// which cannot end before it, is counted.
void forked_call::run_stolen(void* arg) {
  auto& child = *static_cast<forked_call*>(arg);
  spawn_status unused{};
  child.owner->bind(unused)->count().note_spawned();
  static_cast<void>(child.state.claim());
  run_claimed(child, [&child] { child.call_(child); });
}

}  // namespace wyn::detail
