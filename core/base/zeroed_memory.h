// Zeroed memory that costs nothing until it is touched, and goes back to the system when it is
// freed.
#pragma once

#include <cstddef>

namespace wyn {

/// `bytes` of zeroes, aligned to 16; nullptr when there is none. Any thread. From `large_zeroed` on
/// they are pages of their own, by a system call; fewer come from calloc.
void* allocate_zeroed_memory(std::size_t bytes) noexcept;
/// `p`, from allocate_zeroed_memory(bytes), or nullptr.
void free_zeroed_memory(void* p, std::size_t bytes) noexcept;

/// As much as glibc's malloc gives pages of their own at first; later it keeps what it was given
/// back, up to 32 MiB, and clears it by hand when it is wanted again.
inline constexpr std::size_t large_zeroed = std::size_t{128} << 10;

}  // namespace wyn
