// When an exploration has to end for want of time.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace wyn::model {

struct deadline {
  std::chrono::steady_clock::time_point when;
  std::string reason;  ///< what a verdict says
};

/// The earlier of `max_seconds` from now on (0: none) and, where the environment variable
/// TEST_TIMEOUT tells when Bazel kills the test, some seconds before that: a verdict that says how
/// far it came is better than none. Seconds of the test count from the start of the process.
std::optional<deadline> deadline_of_check(double max_seconds);

/// The same with the arguments given; `test_timeout` is the text of the variable or nullptr.
std::optional<deadline> earliest_deadline(double max_seconds, const char* test_timeout,
                                          std::chrono::steady_clock::time_point process_start,
                                          std::chrono::steady_clock::time_point now);

}  // namespace wyn::model
