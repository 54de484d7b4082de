// The functions on the default runtime.
//
// The fast way of a spawn: when the thread's last binding is one to the default runtime, known by
// its number, everything that the spawn touches is reached through that binding. So there is no
// pointer to be checked for null, no guard of a static object, and no call but for the first spawn
// of a thread.
#include "core/capi/translate.h"
#include "core/runtime/default_runtime.h"

using namespace wyn;

namespace {

wyn_status spawn_slowly(void (*func)(void*), void* arg) {
  if (func == nullptr) return WYN_ERROR_INVALID;
  return capi::without_exceptions(
      [&] { return capi::to_status(default_runtime().underlying().spawn({func, arg})); });
}

[[gnu::noinline, gnu::cold]] void spawn_slowly_or_die(void (*func)(void*), void* arg) {
  const wyn_status answer = spawn_slowly(func, arg);
  if (answer < 0)
    capi::fail("wyn_spawn_fast: the task cannot be spawned (wyn_spawn tells instead)", answer);
}

// True when the task is queued or has run; false when nothing has happened.
[[gnu::always_inline]] inline bool spawned_fast(void (*func)(void*), void* arg,
                                                spawn_status& answer) {
  const detail::binding& b = detail::current_binding;
  const std::uint64_t wanted =
      detail::id_of_default_runtime.load(runtime_default_orders::default_load_id);
  if (b.scheduler_id != wanted || func == nullptr) [[unlikely]] return false;
  answer = b.self->owner().spawn_from(*b.self, {func, arg});
  return answer <= spawn_status::ran_inline;
}

}  // namespace

// Flattened: a push to a worker's own deque is otherwise a call of its own, 1.5 ns.
[[gnu::flatten]] void wyn_spawn_fast(void (*func)(void*), void* arg) {
  spawn_status unused{};
  if (!spawned_fast(func, arg, unused)) [[unlikely]] spawn_slowly_or_die(func, arg);
}

wyn_status wyn_spawn(void (*func)(void*), void* arg) {
  spawn_status answer{};
  if (spawned_fast(func, arg, answer)) [[likely]] return capi::to_status(answer);
  return spawn_slowly(func, arg);
}

wyn_status wyn_wait(void) {
  runtime* r = detail::existing_default_runtime();
  return r == nullptr ? WYN_OK : capi::wait_for(r->underlying());
}

void wyn_spawn_wait(void) {
  const wyn_status answer = wyn_wait();
  if (answer < 0) capi::fail("wyn_spawn_wait (wyn_wait tells instead)", answer);
}

wyn_status wyn_init(const wyn_options* given) {
  return capi::without_exceptions([&] {
    const detail::default_state state = detail::state_of_default_runtime();
    if (state == detail::default_state::running) return WYN_ERROR_RUNNING;
    if (state == detail::default_state::stopped &&
        detail::existing_default_runtime()->underlying().open_handles() > 0) {
      return WYN_ERROR_BUSY;
    }
    options o;
    if (const wyn_status wrong = capi::to_options(given, o); wrong != WYN_OK) return wrong;
    return configure_default_runtime(o) ? WYN_OK : WYN_ERROR_RUNNING;
  });
}

wyn_status wyn_shutdown(void) {
  return capi::without_exceptions([] {
    if (shutdown_default_runtime()) return WYN_OK;
    const detail::default_state state = detail::state_of_default_runtime();
    return state == detail::default_state::none ? WYN_OK : WYN_ERROR_SHUT_DOWN;
  });
}
