// The steps of an execution that are no events: what a report shows between them.
#pragma once

#include <cstdint>
#include <string>
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
  std::uint8_t bytes = 0;   ///< of plain data that can be shown as a number; else 0
  std::uint64_t value = 0;  ///< what was read or written, if bytes is not 0
};

/// What the program calls an object: calls::name().
struct given_name {
  const void* address;
  std::string name;
};

struct side_log {
  /// Adds a step. Values of plain data are taken from memory.
  void add(side_step s);
  /// The run has ended: no step is to come.
  void end() { settle(); }
  /// The last step broke a rule and is not made.
  void refuse();
  void call(const void* address, const char* name, std::int64_t index);

  std::vector<side_step> steps;
  /// The value of each location after set-up; empty unless the execution reached after().
  std::vector<std::uint64_t> initial;
  std::vector<given_name> names;
  /// The last step is a write to plain data, which the program makes when the engine has been told:
  /// its value is in memory by the next step.
  bool value_is_pending = false;

 private:
  void settle();
};

}  // namespace wyn::model
