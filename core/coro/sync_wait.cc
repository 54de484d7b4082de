#include "core/coro/sync_wait.h"

#include <cxxabi.h>

#include <stdexcept>

#include "core/coro/resume.h"
#include "core/runtime/run_task.h"

namespace wyn::detail {

namespace {

void help_to_the_end(scheduler& s, participant& self, join_state<>& state) {
  try {
    s.help_until_done(self, state);
  } catch (const abi::__forced_unwind&) {  // this thread's end, asked for once more
    help_to_the_end(s, self, state);
    throw;
  }
}

}  // namespace

void waited_root::finish_root(joinable& done) noexcept {
  // The waiting thread may be gone as soon as it is finished.
  scheduler& owner = *done.owner;
  if (done.state.finish() != join_waiter::none) owner.signal().wake_all();
}

void waited_root::run(joinable& done) {
  scheduler& s = *done.owner;
  if (s.inside_task()) {
    throw std::logic_error(
        "wyn: sync_wait inside a task would block its thread; co_await the coroutine instead, or "
        "spawn it");
  }
  participant& self = bind_or_throw(s);
  const inside_scope counted(s, self);
  static_cast<void>(done.state.claim());
  frame_.promise().done = &done;
  // The frame is this thread's, but others may hold what it awaits: a thread that ends here waits
  // until they are done.
  try {
    resume_here(frame_);
    s.help_until_done(self, done.state);
  } catch (const abi::__forced_unwind&) {
    help_to_the_end(s, self, done.state);
    throw;
  }
}

namespace {

/// The coroutine at the root of a detached task. It frees its own frame at the end.
struct detached_root {
  struct promise_type : cached_frame {
    detached_root get_return_object() noexcept {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() {
      try {
        throw;
      } catch (const abi::__forced_unwind&) {
        throw;
      } catch (...) {
        report_uncaught();
      }
    }
  };
  std::coroutine_handle<promise_type> frame;
};

// Counted as a task of its own from the moment at which the queue's entry has run.
detached_root run_to_end(scheduler& s, task<void> t) {
  participant_here(s).count().note_spawned();
  {
    // What it captured is gone before it counts as complete.
    task<void> awaited = std::move(t);
    try {
      co_await std::move(awaited);
    } catch (const thread_ended&) {
      // As for any detached task: the thread is lost, the task counts as complete.
    }
  }
  participant_here(s).count().note_completed();
  s.completed_outside();
}

void begin_detached(void* frame) { resume_here(std::coroutine_handle<>::from_address(frame)); }

}  // namespace

void spawn_coroutine(scheduler& s, task<void>&& t) {
  WYN_CHECK(t.valid(), "a wyn::task without a coroutine (moved from) is spawned");
  const detached_root root = run_to_end(s, std::move(t));
  const spawn_status answer = s.spawn({&begin_detached, root.frame.address()});
  if (answer > spawn_status::ran_inline) {
    root.frame.destroy();
    throw spawn_error(answer);
  }
}

}  // namespace wyn::detail
