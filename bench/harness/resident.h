// Memory of this process as the kernel sees it.
#pragma once

#include <cstdint>

namespace wyn::bench {

/// Bytes resident now. Walks the page tables: exact, and slow enough to stay out of timed regions.
std::int64_t resident_bytes();

/// The most bytes that were ever resident since this program was started.
std::int64_t peak_resident_bytes();

}  // namespace wyn::bench
