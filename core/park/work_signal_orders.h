// The ordering tables of the work signal: those of its two parts, together.
#pragma once

#include "core/park/event_count_orders.h"
#include "core/park/search_gate_orders.h"

namespace wyn {

struct work_signal_asymmetric_orders : event_count_asymmetric_orders, search_gate_orders {};
struct work_signal_symmetric_orders : event_count_symmetric_orders, search_gate_orders {};

/// The table of an ordinary build.
using work_signal_default_orders = work_signal_asymmetric_orders;

}  // namespace wyn
