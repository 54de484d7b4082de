// error: a failed compare-exchange only loads: its order has no release part
#include "core/base/site.h"

#ifdef ACCEPTED
constexpr wyn::order on_failure = wyn::order::acquire;
#else
constexpr wyn::order on_failure = wyn::order::release;
#endif

const char* name() { return wyn::site<"T1 test.cas", wyn::order::acq_rel, on_failure>::id; }
