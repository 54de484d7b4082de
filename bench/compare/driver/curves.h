// The curves that a report holds.
#pragma once

#include <vector>

#include "bench/compare/driver/chart.h"
#include "bench/compare/driver/report.h"

namespace wyn::bench::compare {

/// How many times as fast as the baseline each system is, by the number of workers. Empty for a
/// table without a baseline or with one number of workers.
std::vector<curve> speed_up(const table& t, const std::vector<int>& workers);

/// The same for task_length at `workers` workers, by the length of a task in nanoseconds.
std::vector<curve> by_length(const report& r, int workers);

/// How many times as fast as itself with one worker each system is at fib, by its time with one
/// worker in milliseconds.
std::vector<curve> by_work(const report& r, int workers);

}  // namespace wyn::bench::compare
