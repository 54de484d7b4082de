// What is said about repeated measurements.
#pragma once

#include <vector>

namespace wyn::bench {

struct spread {
  double min = 0, median = 0, max = 0;
};

/// Of at least one value; the median of an even number is the mean of the middle two. No value is
/// thrown away as an outlier.
spread spread_of(std::vector<double> values);

}  // namespace wyn::bench
