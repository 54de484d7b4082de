// error: TSan does not see this fence: use the fence-free ordering table
#include "core/base/env_tsan.h"
#include "core/base/site.h"

#ifdef ACCEPTED
constexpr wyn::order kind = wyn::order::seq_cst;
#else
constexpr wyn::order kind = wyn::order::release;
#endif

void publish() { wyn::env_tsan::fence(wyn::site<"T1 test.fence", kind>{}); }
