// Two kinds of assertion. WYN_CHECK also holds in release builds: misuse that would corrupt memory
// or lose a task. WYN_ASSERT holds in debug builds and in models: invariants of our own.
#pragma once

namespace wyn {

/// Prints "wyn: <message>" to standard error and aborts; a message that begins so already, as those
/// of our exceptions do, as it is. Never returns, never allocates.
[[noreturn]] void fatal(const char* message) noexcept;

/// As above, with the place and the condition that did not hold.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line,
                                   const char* message) noexcept;

}  // namespace wyn

#define WYN_CHECK(condition, message)     \
  (__builtin_expect(!!(condition), 1)     \
       ? static_cast<void>(0)             \
       : ::wyn::assertion_failed(#condition, __FILE__, __LINE__, message))

#ifdef NDEBUG
#define WYN_ASSERT(condition, message) static_cast<void>(sizeof(!(condition)))
#else
#define WYN_ASSERT(condition, message) WYN_CHECK(condition, message)
#endif
