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

/// A page that needs nothing else: overview, curves, and for each workload bars and numbers.
std::string as_html(const report& r);

/// `page`, in Markdown, with what stands between each line "<!-- compare: NAME -->" and the next
/// "<!-- end -->" made anew. NAME is machine, overview, losses or a workload. Throws
/// std::invalid_argument with a message for another NAME, or if an end is missing.
std::string with_results(const std::string& page, const report& r);

}  // namespace wyn::bench::compare
