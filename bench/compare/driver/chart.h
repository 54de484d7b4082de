// Pictures for the page: SVG elements as text, the same bytes for the same numbers. Colours and
// fonts are classes of the page's style sheet.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bench/compare/driver/report.h"

namespace wyn::bench::compare {

/// A bar for each system, the best first, on a logarithmic scale; from the bar's end to both sides
/// the fastest and the slowest repetition.
std::string bars(const table& t, int workers);

/// A curve of a line chart.
struct curve {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< x ascending
};

enum class x_axis : unsigned char { linear, logarithmic };

/// Curves over x; y begins at 0, and so does a linear x. Empty if there is no point above 0.
std::string lines(const std::vector<curve>& curves, const std::string& x_title,
                  const std::string& y_title, x_axis axis = x_axis::linear);

/// Number of the colour of a system, the same in all charts; 0 is ours.
int colour_of(const std::string& system);

}  // namespace wyn::bench::compare
