#include "core/coro/resume.h"

#include <cxxabi.h>

#include <utility>

#include "core/coro/await.h"
#include "core/coro/fork_group.h"
#include "core/coro/promise.h"
#include "core/runtime/run_task.h"

namespace wyn::detail {

namespace {

// The outermost coroutine that the end of this thread has unwound. Where transfers are calls, for
// want of optimisation, inner ones come first: nobody is left to go on with those.
constinit thread_local coro_promise* abandoned = nullptr;

void run_resumption(void* frame) { resume_here(std::coroutine_handle<>::from_address(frame)); }

}  // namespace

void resume_here(std::coroutine_handle<> h) {
  try {
    h.resume();
  } catch (const abi::__forced_unwind&) {
    coro_promise* const ended = std::exchange(abandoned, nullptr);
    scheduler* const s = scheduler_of_task();
    if (ended != nullptr && s != nullptr) {
      const std::coroutine_handle<> next = coro_promise::successor(*ended);
      if (next && next != std::noop_coroutine()) s->spawn_or_run(resumption_of(next));
    }
    throw;
  }
}

work_item resumption_of(std::coroutine_handle<> h) noexcept {
  return {&run_resumption, h.address()};
}

bool queue_behind(std::coroutine_handle<> yielding) {
  scheduler& s = scheduler_of_coroutine();
  return s.spawn_behind(participant_here(s), resumption_of(yielding));
}

[[gnu::cold]] void coro_promise::unhandled_exception() {
  try {
    throw;
  } catch (const abi::__forced_unwind&) {
    fail(std::make_exception_ptr(thread_ended()));
    abandoned = this;
    throw;
  } catch (const thread_ended&) {
    fail(std::current_exception());
  } catch (...) {
    if (after.is_root() && after.is_detached()) report_uncaught();
    fail(std::current_exception());
  }
}

void coro_promise::fail(std::exception_ptr e) noexcept {
  if (after.is_member()) after.group().arrive_before(state.carried);
  after.note_failure();
  ::new (&error) std::exception_ptr(std::move(e));
}

void coro_promise::rethrow() { std::rethrow_exception(std::exchange(error, nullptr)); }

scheduler& scheduler_of_coroutine() {
  scheduler* s = scheduler_of_task();
  if (s == nullptr) {
    throw std::logic_error(
        "wyn: a coroutine that runs outside of a runtime cannot wait or fork; begin it by "
        "wyn::sync_wait or spawn it");
  }
  return *s;
}

void require_same_runtime(const scheduler& s) {
  if (&scheduler_of_coroutine() != &s) {
    throw std::logic_error(
        "wyn: a coroutine awaits a task or a group of another runtime; join it in a thread of its "
        "own, or spawn it in the coroutine's runtime");
  }
}

}  // namespace wyn::detail
