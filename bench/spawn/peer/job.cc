#include "bench/spawn/peer/job.h"

#include <iterator>

namespace wyn::bench {

namespace {

// An increment, not a store of 1: a task that ran twice leaves a 2.
void mark(void* byte) { ++*static_cast<std::uint8_t*>(byte); }
void empty(void*) {}

task_function hidden(task_function function) {
  asm volatile("" : "+r"(function));
  return function;
}

constexpr std::string_view names[] = {"mark",       "empty",  "from_task", "closure",
                                      "unique_ptr", "string", "queued"};

}  // namespace

task_function opaque_mark() { return hidden(mark); }
task_function opaque_empty() { return hidden(empty); }

std::string_view name_of(task_kind kind) { return names[static_cast<std::size_t>(kind)]; }

bool task_kind_named(std::string_view name, task_kind& kind) {
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (names[i] == name) {
      kind = static_cast<task_kind>(i);
      return true;
    }
  }
  return false;
}

}  // namespace wyn::bench
