// The views of a report.
#pragma once

#include <string>

#include "bench/compare/driver/report.h"

namespace wyn::bench::compare {

/// For a terminal, at most 110 columns, ends with a line feed.
std::string as_table(const report& r);

/// The schema is in bench/README.md.
std::string as_json(const report& r);

/// The inverse; throws std::invalid_argument with a message if `text` is something else.
report report_from(const std::string& text);

}  // namespace wyn::bench::compare
