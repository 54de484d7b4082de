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

[[gnu::noinline, gnu::cold]] void die_unspawned(wyn_status why) {
  capi::fail("wyn_spawn_fast: the task cannot be spawned (wyn_spawn tells instead)", why);
}

[[gnu::noinline, gnu::cold]] void spawn_slowly_or_die(void (*func)(void*), void* arg) {
  const wyn_status answer = spawn_slowly(func, arg);
  if (answer < 0) die_unspawned(answer);
}

// A queue that grows, or that may not; shutdown.
[[gnu::noinline, gnu::cold]] void spawn_otherwise_or_die(void (*func)(void*), void* arg,
                                                         participant& self,
                                                         scheduler::short_way way) {
  const spawn_status answer = self.owner().spawn_otherwise(self, {func, arg}, way);
  if (answer > spawn_status::ran_inline) die_unspawned(capi::to_status(answer));
}

// Whether `b` is a binding to the default runtime.
[[gnu::always_inline]] inline bool is_default(const detail::binding& b) {
  return b.scheduler_id ==
         detail::id_of_default_runtime.load(runtime_default_orders::default_load_id);
}

}  // namespace

// Every way but the short one ends in a call, with the arguments where they are: so the short one
// saves no register and uses no stack. Flattened: a push is otherwise a call of its own, 1.5 ns.
[[gnu::flatten]] void wyn_spawn_fast(void (*func)(void*), void* arg) {
  const detail::binding& b = detail::current_binding;
  if (!is_default(b) || func == nullptr) [[unlikely]] return spawn_slowly_or_die(func, arg);
  const scheduler::short_way way = b.self->owner().spawn_shortly(*b.self, {func, arg});
  if (way != scheduler::short_way::queued) [[unlikely]] {
    return spawn_otherwise_or_die(func, arg, *b.self, way);
  }
}

wyn_status wyn_spawn(void (*func)(void*), void* arg) {
  const detail::binding& b = detail::current_binding;
  if (!is_default(b) || func == nullptr) [[unlikely]] return spawn_slowly(func, arg);
  return capi::to_status(b.self->owner().spawn_from(*b.self, {func, arg}));
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
