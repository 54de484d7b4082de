// Picks the environment of an ordinary build: env_tsan under ThreadSanitizer, env_std otherwise.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define WYN_UNDER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WYN_UNDER_TSAN 1
#endif
#endif

#ifdef WYN_UNDER_TSAN
#include "core/base/env_tsan.h"
namespace wyn {
using env_default = env_tsan;
inline constexpr bool fences_usable = false;
}  // namespace wyn
#else
#include "core/base/env_std.h"
namespace wyn {
using env_default = env_std;
inline constexpr bool fences_usable = true;
}  // namespace wyn
#endif
