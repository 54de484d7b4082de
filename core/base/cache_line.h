// The distance that keeps two variables from sharing a cache line.
#pragma once

#include <cstddef>

namespace wyn {

/// Bytes. Two lines, not one: x86 prefetches lines in adjacent pairs, and
/// std::hardware_destructive_interference_size depends on compiler flags, which would put a
/// compiler's tuning option into the ABI.
inline constexpr std::size_t cache_line_bytes = 128;

}  // namespace wyn
