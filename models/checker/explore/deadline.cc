#include "models/checker/explore/deadline.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace wyn::model {

namespace {

using clock = std::chrono::steady_clock;
using seconds = std::chrono::duration<double>;

// Initialised with the program's other globals, before main().
const clock::time_point start_of_process = clock::now();

clock::time_point later_by(clock::time_point t, double s) {
  return t + std::chrono::duration_cast<clock::duration>(seconds(s));
}

std::string text_of(double s) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", s);
  return text;
}

// A tenth of the time, which leaves room on a loaded machine, and not more than it can matter.
double margin_of(double timeout) { return std::clamp(timeout / 10, 1.0, 15.0); }

}  // namespace

std::optional<deadline> earliest_deadline(double max_seconds, const char* test_timeout,
                                          clock::time_point process_start,
                                          clock::time_point now) {
  // So large a number of seconds does not fit the clock, and nobody waits for it.
  constexpr double for_ever = 1e9;
  std::optional<deadline> first;
  if (max_seconds > 0 && max_seconds < for_ever) {
    first = {later_by(now, max_seconds),
             "stopped after " + text_of(max_seconds) + " seconds (options::max_seconds)"};
  }
  const double timeout = test_timeout == nullptr ? 0 : std::atof(test_timeout);
  if (timeout > 0 && timeout < for_ever) {
    const double margin = margin_of(timeout);
    const clock::time_point end = later_by(process_start, timeout - margin);
    if (!first || end < first->when) {
      first = {end, "stopped " + text_of(margin) +
                        " seconds before the test is killed (TEST_TIMEOUT)"};
    }
  }
  return first;
}

std::optional<deadline> deadline_of_check(double max_seconds) {
  return earliest_deadline(max_seconds, std::getenv("TEST_TIMEOUT"), start_of_process,
                           clock::now());
}

}  // namespace wyn::model
