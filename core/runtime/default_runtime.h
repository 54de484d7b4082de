// The runtime of a process that does not construct one: what the free functions of wyn.h, and the C
// interface without a handle, work on.
//
// It is made on first use and drained at the end of the process, when the static object of its
// first use is destroyed: after every static object that was constructed later, so tasks may use
// all that was there before. Its memory stays: a thread that is still about then is refused, rather
// than left with a dangling pointer. A task that calls exit() cannot wait for itself: nothing is
// drained then. _exit and quick_exit drain nothing either.
#pragma once

#include <cstdint>

#include "core/base/env_default.h"
#include "core/runtime/options.h"
#include "core/runtime/runtime.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// The default runtime; made with default options if there is none. Any thread. One load when it
/// exists. Throws what the constructor of runtime throws, and a later call tries again.
runtime& default_runtime();

/// Makes the default runtime with `o`, if there is none yet. False when there is one: call it
/// first, in main() say. It also takes the place of a default runtime that
/// shutdown_default_runtime() has ended, or that the parent of a fork() left to this process;
/// nobody may be using that one any more, and every handle of it is destroyed (else the process
/// ends with a message). Any thread. Throws as above.
bool configure_default_runtime(const options& o);

/// Completes every task of the default runtime and ends its workers; spawns are refused from then
/// on. False when there is none, or another call has shut it down. Blocks. Outside of tasks only
/// (std::logic_error); throws spawn_error in the child of a fork().
bool shutdown_default_runtime();

namespace detail {

/// How things stand with the default runtime.
enum class default_state : unsigned char {
  none,       ///< nobody has used it
  running,    ///< it takes tasks
  stopped,    ///< shutdown_default_runtime() has ended it
  inherited,  ///< it belongs to the parent of a fork()
};
default_state state_of_default_runtime() noexcept;

extern constinit env_default::atomic<runtime*> the_default_runtime;
/// The number of its scheduler. Without one: a number that neither a scheduler has nor a thread's
/// binding.
extern constinit env_default::atomic<std::uint64_t> id_of_default_runtime;

/// The default runtime if there is one, else nullptr.
inline runtime* existing_default_runtime() noexcept {
  return the_default_runtime.load(runtime_default_orders::default_load);
}

}  // namespace detail
}  // namespace wyn
