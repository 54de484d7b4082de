// The tables of the runtime's own words and of the event counts that they are used with, in one:
// what the models here are instantiated with.
#pragma once

#include "core/park/work_signal_orders.h"
#include "core/runtime/runtime_orders.h"

namespace wyn::runtime_models {

struct model_orders : runtime_default_orders,
                      join_default_orders,
                      group_default_orders,
                      theft_default_orders,
                      work_signal_asymmetric_orders {};

}  // namespace wyn::runtime_models
