#include "core/coro/sync_wait.h"

#include <cxxabi.h>

#include <stdexcept>

#include "core/coro/resume.h"
#include "core/runtime/fork_join.h"

namespace wyn::detail {

// What a sequel names leaves room for its marks.
static_assert(alignof(coro_promise) >= 8 && alignof(fork_group) >= 8);
static_assert(alignof(scheduler) >= 16 && alignof(waited_end) >= 16);

namespace {

void help_to_the_end(scheduler& s, participant& self, join_state<>& state) {
  try {
    s.help_until_done(self, state);
  } catch (const abi::__forced_unwind&) {  // this thread's end, asked for once more
    help_to_the_end(s, self, state);
    throw;
  }
}

// The waiting thread may be gone as soon as it is finished.
void finish_waited(waited_end& w) noexcept {
  scheduler& owner = *w.owner;
  if (w.state.finish() != join_waiter::none) owner.signal().wake_all();
}

// What the coroutine held is gone before it counts as complete. If it failed, its thread has ended
// within it, or a thread within what it awaited: as for any detached task that is all that happens.
void end_detached(result_promise<void>& ended) noexcept {
  scheduler& s = ended.after.runtime();
  destroy_ended(ended);
  participant_here(s).count().note_completed();
  s.completed_here();
}

}  // namespace

std::coroutine_handle<> root_ended(coro_promise& ended) noexcept {
  if (ended.after.is_detached()) {
    end_detached(static_cast<result_promise<void>&>(ended));
  } else {
    finish_waited(ended.after.waiting());
  }
  return std::noop_coroutine();
}

void run_and_wait(coro_promise& t, waited_end& end) {
  scheduler& s = *end.owner;
  if (s.inside_task()) {
    throw std::logic_error(
        "wyn: sync_wait inside a task would block its thread; co_await the coroutine instead, or "
        "spawn it");
  }
  participant& self = bind_or_throw(s);
  const inside_scope counted(s, self);
  static_cast<void>(end.state.claim());
  t.after = sequel::finish(end);
  // The frame is this thread's, but others may hold what it awaits: a thread that ends here waits
  // until they are done.
  try {
    resume_here(t.handle());
    s.help_until_done(self, end.state);
  } catch (const abi::__forced_unwind&) {
    help_to_the_end(s, self, end.state);
    throw;
  }
}

namespace {

// Counted as a task of its own from the moment at which the queue's entry has run.
void begin_detached(void* promise) {
  auto& t = *static_cast<coro_promise*>(promise);
  participant_here(t.after.runtime()).count().note_spawned();
  resume_here(t.handle());
}

}  // namespace

void spawn_coroutine(scheduler& s, task<void>&& t) {
  coro_promise& p = t.promise();
  p.after = sequel::detached_in(s);
  const spawn_status answer = s.spawn({&begin_detached, &p});
  if (answer > spawn_status::ran_inline) throw spawn_error(answer);
  t.detach();
}

}  // namespace wyn::detail
