// Numbers and words as they stand in tables and pictures.
#pragma once

#include <cstddef>
#include <string>

namespace wyn::bench {

/// Nanoseconds with three significant digits or so: "0.0041", "2.31", "45.2", "1,234".
std::string short_ns(double ns);

/// "10,000".
std::string grouped(std::size_t number);

/// With what XML reserves written as entities.
std::string escaped(const std::string& text);

}  // namespace wyn::bench
