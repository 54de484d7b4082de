#include "core/capi/translate.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "core/base/assert.h"

namespace wyn::capi {

wyn_status to_status(spawn_status s) noexcept {
  switch (s) {
    case spawn_status::queued: return WYN_OK;
    case spawn_status::ran_inline: return WYN_RAN_INLINE;
    case spawn_status::full: return WYN_ERROR_FULL;
    case spawn_status::no_memory: return WYN_ERROR_NO_MEMORY;
    case spawn_status::shut_down: return WYN_ERROR_SHUT_DOWN;
    case spawn_status::forked: return WYN_ERROR_FORKED;
    case spawn_status::too_many_threads: return WYN_ERROR_THREADS;
  }
  return WYN_ERROR_INVALID;
}

namespace {

// Of any version, far more than there will ever be: a size that nobody has set is seldom smaller.
constexpr std::size_t most_option_bytes = 4096;

bool is_size_of_options(std::size_t size) noexcept {
  return size >= sizeof(wyn_options) && size <= most_option_bytes;
}

}  // namespace

wyn_status to_options(const wyn_options* from, options& to) noexcept {
  to = {};
  if (from == nullptr) return WYN_OK;
  if (!is_size_of_options(from->size)) return WYN_ERROR_INVALID;
  // A newer caller's options lie behind ours: zero is what a library that does not know them does.
  const auto* bytes = reinterpret_cast<const unsigned char*>(from);
  const auto is_set = [](unsigned char b) { return b != 0; };
  if (std::any_of(bytes + sizeof(wyn_options), bytes + from->size, is_set)) {
    return WYN_ERROR_UNSUPPORTED;
  }
  if (from->on_full > WYN_ON_FULL_REFUSE) return WYN_ERROR_INVALID;
  to.workers = from->workers == WYN_ALL_CPUS ? options::all_cpus : from->workers;
  to.max_queued = from->max_queued;
  to.on_full = static_cast<full_policy>(from->on_full);
  to.reserved_slots = from->reserved_slots;
  to.max_slots = from->max_slots;
  to.steal_attempts = from->steal_attempts;
  to.search_us = from->search_us;
  return WYN_OK;
}

static_assert(static_cast<int>(full_policy::grow) == WYN_ON_FULL_GROW);
static_assert(static_cast<int>(full_policy::run_inline) == WYN_ON_FULL_RUN_INLINE);
static_assert(static_cast<int>(full_policy::error) == WYN_ON_FULL_REFUSE);
static_assert(sizeof(wyn_options) == sizeof(size_t) + 40, "part of the binary interface");

wyn_status wait_for(scheduler& s) {
  return without_exceptions([&] {
    s.wait_idle();
    return WYN_OK;
  });
}

void fail(const char* what, wyn_status why) noexcept {
  char text[512];
  std::snprintf(text, sizeof text, "%s: %s", what, wyn_status_text(why));
  fatal(text);
}

}  // namespace wyn::capi

using namespace wyn;

int wyn_version(void) { return WYN_VERSION_NUMBER; }

#define WYN_TEXT_(x) #x
#define WYN_TEXT(x) WYN_TEXT_(x)
const char* wyn_version_text(void) {
  return WYN_TEXT(WYN_VERSION_MAJOR) "." WYN_TEXT(WYN_VERSION_MINOR) "." WYN_TEXT(
      WYN_VERSION_PATCH);
}

const char* wyn_status_text(wyn_status status) {
  switch (status) {
    case WYN_OK: return "success";
    case WYN_RAN_INLINE: return "the task has run in the caller";
    case WYN_ERROR_INVALID:
      return "a pointer that must not be NULL is NULL, or an option is out of range: see the "
             "function's "
             "description in wyn.h";
    case WYN_ERROR_FULL:
      return "the queue is full: wait, raise max_queued, or choose another on_full";
    case WYN_ERROR_NO_MEMORY: return "no memory: spawn fewer tasks at a time";
    case WYN_ERROR_SHUT_DOWN:
      return "the runtime is shut down and takes no more tasks: spawn before the shutdown, or make "
             "another runtime (wyn_init, wyn_runtime_create)";
    case WYN_ERROR_FORKED:
      return "the runtime belongs to the parent of a fork() and its threads do not exist in this "
             "process: "
             "make a new one in the child (wyn_init, wyn_runtime_create)";
    case WYN_ERROR_THREADS:
      return "a thread cannot be started, or 65,536 threads use the runtime: raise the limit of "
             "threads or "
             "let some of them end first";
    case WYN_ERROR_INSIDE_TASK:
      return "inside a task this would wait for that task itself: join the tasks that it spawned "
             "by their "
             "handles (wyn_submit, wyn_task_join)";
    case WYN_ERROR_RUNNING:
      return "there is a default runtime already: call wyn_init before the first spawn";
    case WYN_ERROR_BUSY:
      return "tasks of the runtime are not released: call wyn_task_release for each, and try again";
    case WYN_ERROR_THREAD_ENDED:
      return "the task ended its thread (pthread_exit or cancellation) and has no result: let it "
             "return";
    case WYN_ERROR_UNSUPPORTED:
      return "this library is older than the options that were asked for: leave them zero, or use "
             "a newer "
             "library";
  }
  return "not a wyn_status";
}

wyn_status wyn_options_init(wyn_options* out, size_t size) {
  if (out == nullptr || !capi::is_size_of_options(size)) return WYN_ERROR_INVALID;
  const options defaults;
  std::memset(static_cast<void*>(out), 0, size);
  out->size = size;
  out->workers = WYN_ALL_CPUS;
  out->on_full = static_cast<uint32_t>(defaults.on_full);
  out->max_queued = defaults.max_queued;
  out->reserved_slots = defaults.reserved_slots;
  out->max_slots = defaults.max_slots;
  out->steal_attempts = defaults.steal_attempts;
  out->search_us = defaults.search_us;
  return WYN_OK;
}
