// Makes AddressSanitizer see the pool: a free slot is poisoned, so that use after free is reported
// as it is for memory from malloc. In other builds these functions are empty.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define WYN_UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WYN_UNDER_ASAN 1
#endif
#endif

#ifdef WYN_UNDER_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace wyn::detail {

/// From here on an access to these bytes is an error.
inline void poison([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef WYN_UNDER_ASAN
  __asan_poison_memory_region(memory, bytes);
#endif
}

/// From here on these bytes may be used.
inline void unpoison([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t bytes) noexcept {
#ifdef WYN_UNDER_ASAN
  __asan_unpoison_memory_region(memory, bytes);
#endif
}

}  // namespace wyn::detail
