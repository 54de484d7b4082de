// Counts the instructions that a piece of code executes, by single-stepping a process (ptrace).
//
// The count does not depend on other processes or on a counter of the processor, which virtual
// machines and containers often lack; nor on the clock, which stands still but for being looked at
// (counted_clock.h). It is exact for code that takes the same way each time. A step takes
// microseconds, so the pieces are short.
#pragma once

#include <cstdint>
#include <functional>

namespace wyn::bench {

/// Marks what is to be counted, within the process that is stepped.
class counted_region {
 public:
  void begin() const noexcept;
  void end() const noexcept;
};

/// Why no number could be had.
enum class step_failure : unsigned char {
  none,
  not_permitted,  ///< this system does not let a process trace its child
  failed,         ///< the process ended before end(), or did not end with success
};

struct step_count {
  step_failure failure = step_failure::none;
  std::uint64_t instructions = 0;
};

/// Runs `body` in a child process, and counts what its main thread executes between begin() and
/// end() in user mode. Threads that `body` starts run freely and are not counted. False from `body`
/// or an exception is failure `failed`. Called from a process with one thread.
step_count count_instructions(const std::function<bool(const counted_region&)>& body);

}  // namespace wyn::bench
