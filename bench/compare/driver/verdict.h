// How a row stands to the others of its table, in words.
#pragma once

#include <string>
#include <vector>

#include "bench/compare/driver/report.h"

namespace wyn::bench::compare {

/// "1.0x" or "12x": how many times the value of the best peer at this number of workers. "-" where
/// there is no peer.
std::string against_best_peer(const table& t, const row& r);

/// Ours, and a peer's median is less than that of the best of ours.
bool is_beaten(const table& t, const row& r);

/// One worker ran, and half of the repetitions took a quarter more wall time than processor time:
/// other programs had the processor meanwhile, and the median says little.
bool is_disturbed(const table& t, const row& r);

/// The rows of a number of workers, the best first; the baseline stands at the end, that of one
/// worker where it has none of this number.
std::vector<const row*> in_order(const table& t, int workers);

/// "fib 27", "matmul 512, grain 32".
std::string case_name(const table& t);

/// Beaten rows of a report, for the line that must not be overlooked: "fib 27, 1 worker: rayon".
std::vector<std::string> losses(const report& r);

}  // namespace wyn::bench::compare
