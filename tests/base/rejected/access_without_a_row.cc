// error: success
#include <atomic>

#include "core/base/env_std.h"
#include "core/base/site.h"

#ifdef ACCEPTED
constexpr wyn::site<"T1 test.load", wyn::order::acquire> how{};
#else
constexpr std::memory_order how = std::memory_order_acquire;
#endif

int read(const wyn::env_std::atomic<int>& word) { return word.load(how); }
