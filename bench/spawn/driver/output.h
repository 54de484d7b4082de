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

/// Nanoseconds with three significant digits or so: "2.31", "45.2", "1,234".
std::string short_ns(double ns);

/// "10,000".
std::string grouped(std::size_t number);

}  // namespace wyn::bench
