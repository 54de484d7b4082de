#include "core/runtime/default_runtime.h"

#include <pthread.h>

#include <exception>
#include <memory>
#include <mutex>

#include "core/base/assert.h"
#include "core/runtime/binding.h"

namespace wyn {
namespace detail {

constinit env_default::atomic<runtime*> the_default_runtime{nullptr};
constinit env_default::atomic<std::uint64_t> id_of_default_runtime{~std::uint64_t{0}};

}  // namespace detail

namespace {

using orders = runtime_default_orders;

// Held while the default runtime is made or replaced, never while tasks are waited for.
constinit std::mutex lock;
bool stopped = false;  // under the lock: the default runtime was shut down here

// Its static object is the end of the process.
struct drain_at_exit {
  // After the construction of a runtime, so that fork() takes this lock before those of the
  // runtime.
  drain_at_exit() {
    pthread_atfork([] { lock.lock(); }, [] { lock.unlock(); }, [] { lock.unlock(); });
  }

  ~drain_at_exit() {
    runtime* r = detail::existing_default_runtime();
    if (r->underlying().forked() || detail::running_scheduler != nullptr) return;
    try {
      r->shutdown();
    } catch (const std::exception& e) {
      fatal(e.what());
    }
  }
};

detail::default_state state_under_lock(runtime* r) noexcept {
  using detail::default_state;
  if (r == nullptr) return default_state::none;
  if (r->underlying().forked()) return default_state::inherited;
  return stopped ? default_state::stopped : default_state::running;
}

// Under the lock. Returns the default runtime that there was, to be destroyed without the lock: a
// runtime has locks of its own, under which tasks run that may come here.
std::unique_ptr<runtime> make_default(const options& o) {
  auto made = std::make_unique<runtime>(o);
  std::unique_ptr<runtime> old(detail::existing_default_runtime());
  detail::id_of_default_runtime.store(made->underlying().id(), orders::default_store_id);
  detail::the_default_runtime.store(made.release(), orders::default_store);
  stopped = false;
  static const drain_at_exit at_exit;
  static_cast<void>(at_exit);
  return old;
}

}  // namespace

runtime& default_runtime() {
  if (runtime* r = detail::existing_default_runtime()) [[likely]] return *r;
  std::lock_guard guard(lock);
  if (detail::existing_default_runtime() == nullptr) make_default({});
  return *detail::existing_default_runtime();
}

bool configure_default_runtime(const options& o) {
  std::unique_ptr<runtime> old;
  std::lock_guard guard(lock);
  if (state_under_lock(detail::existing_default_runtime()) == detail::default_state::running) {
    return false;
  }
  old = make_default(o);
  return true;
}

bool shutdown_default_runtime() {
  runtime* r = nullptr;
  {
    std::lock_guard guard(lock);
    r = detail::existing_default_runtime();
    if (r == nullptr || stopped) return false;
  }
  const bool by_this_call = r->underlying().shutdown();
  std::lock_guard guard(lock);
  stopped = true;
  return by_this_call;
}

detail::default_state detail::state_of_default_runtime() noexcept {
  std::lock_guard guard(lock);
  return state_under_lock(existing_default_runtime());
}

}  // namespace wyn
