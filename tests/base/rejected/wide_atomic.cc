// error: Wyn's atomics are lock-free on every target: at most 8 bytes, trivially copyable
#include <cstdint>

#include "core/base/env_std.h"

#ifdef ACCEPTED
struct value { std::uint32_t a, b; };
#else
struct value { std::uint64_t a, b; };
#endif

wyn::env_std::atomic<value> word;
