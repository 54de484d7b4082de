// Where a page that tests compare is not what it should be: the pages are long.
#pragma once

#include <string>

namespace wyn::models {

/// That `page` is out of date, what to do, and the first line of each in which they differ.
std::string out_of_date(const std::string& page, const std::string& is,
                        const std::string& should_be);

}  // namespace wyn::models
