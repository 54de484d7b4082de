// What one repetition of the benchmark asks of a system.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace wyn::bench {

enum class task_kind : unsigned char {
  mark,        ///< each task raises its own byte
  empty,       ///< the same call of a function pointer, to a function that does nothing
  from_task,   ///< mark, but a task spawns all of them, not a thread from outside
  closure,     ///< a trivially copyable closure of 24 bytes
  unique_ptr,  ///< a closure that owns a std::unique_ptr: it has to be destroyed, exactly once
  string,      ///< a closure with a std::string, which cannot be moved by copying its bytes
  queued,      ///< mark, and memory is read between the last spawn and the wait
};

using task_function = void (*)(void*);

struct job {
  task_kind kind = task_kind::mark;
  /// Called once a task with the address of the task's byte. Its value is hidden from the
  /// optimiser.
  task_function function = nullptr;
  std::uint8_t* bytes = nullptr;
  std::size_t count = 0;
  /// If set, called after the last spawn and before the wait.
  std::function<void()> spawned;
};

/// The functions of the tasks, in a translation unit of their own and behind a barrier, so that no
/// system can inline them: every one pays the same indirect call.
task_function opaque_mark();
task_function opaque_empty();

/// The name on the command line and in the results; task_kind_named() accepts exactly these.
std::string_view name_of(task_kind kind);
bool task_kind_named(std::string_view name, task_kind& kind);

}  // namespace wyn::bench
