// The steps of an execution that are no events: what a report shows between them.
#pragma once

#include <cstdint>
#include <vector>

namespace wyn::model {

enum class side_step_kind : std::uint8_t {
  plain_read,
  plain_write,
  construction,
  destruction,
  deallocation,
  wake,
};

struct side_step {
  side_step_kind kind;
  int thread;    ///< or world::main_thread
  int position;  ///< events of the thread before it
  const void* address;
};

struct side_log {
  std::vector<side_step> steps;
  /// The value of each location after set-up; empty unless the execution reached after().
  std::vector<std::uint64_t> initial;
};

}  // namespace wyn::model
