// Counts the instructions that this thread executes in user mode, with the processor's own counter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace wyn::bench {

class instruction_counter {
 public:
  instruction_counter();
  ~instruction_counter();
  instruction_counter(const instruction_counter&) = delete;
  instruction_counter& operator=(const instruction_counter&) = delete;

  void start();
  /// Since start(); nothing where the counter is not available.
  std::optional<std::uint64_t> stop();

 private:
  int file_;
};

}  // namespace wyn::bench
