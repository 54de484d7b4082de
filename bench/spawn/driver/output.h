// The three views of a report.
#pragma once

#include <string>

#include "bench/spawn/driver/report.h"

namespace wyn::bench {

/// For a terminal, at most 110 columns, ends with a line feed.
std::string as_table(const report& r);

/// The schema is in bench/README.md.
std::string as_json(const report& r);

/// A picture of the rows mark and empty: bars on a logarithmic scale, one panel for each number of
/// workers. Text, valid XML; the same report gives the same bytes.
std::string as_svg(const report& r);

}  // namespace wyn::bench
