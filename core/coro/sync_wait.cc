#include "core/coro/sync_wait.h"

#include <stdexcept>

#include "core/runtime/run_task.h"

namespace wyn::detail {

void waited_root::finish_root(joinable& done) noexcept {
  // The waiting thread may be gone as soon as it is finished.
  scheduler& owner = *done.owner;
  if (done.state.finish()) owner.signal().wake_all();
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
  frame_.resume();
  s.help_until_done(self, done.state);
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
    co_await std::move(awaited);
  }
  participant_here(s).count().note_completed();
  s.completed_outside();
}

void begin_detached(void* frame) { std::coroutine_handle<>::from_address(frame).resume(); }

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
