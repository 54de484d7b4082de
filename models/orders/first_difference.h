// Where a page that tests compare is not what it should be: the pages are long.
#pragma once

#include <string>

namespace wyn::models {

/// The first line in which they differ, of each; both end where they are the same.
std::string first_difference(const std::string& is, const std::string& should_be);

}  // namespace wyn::models
