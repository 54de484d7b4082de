#include "core/runtime/options.h"

namespace wyn {

const char* describe(spawn_status status) noexcept {
  switch (status) {
    case spawn_status::queued: return "wyn: the task is queued";
    case spawn_status::ran_inline: return "wyn: the task has run in the caller";
    case spawn_status::full:
      return "wyn: the queue or the task pool is full: wait, raise options.max_queued or "
             "options.max_slots, or choose another options.on_full";
    case spawn_status::no_memory: return "wyn: no memory for the task: spawn fewer at a time";
    case spawn_status::shut_down:
      return "wyn: the runtime is shut down and takes no more tasks: spawn before shutdown(), or "
             "construct another runtime";
    case spawn_status::forked:
      return "wyn: this runtime belongs to the parent of a fork(), its threads do not exist in "
             "this "
             "process: construct a new runtime in the child";
    case spawn_status::too_many_threads:
      return "wyn: 65,536 threads already use this runtime: let some of them end first";
  }
  return "wyn: not a spawn_status";
}

}  // namespace wyn
