// Which orders an access can have, and what is one step weaker or stronger.
//
//     load                    relaxed < acquire < seq_cst
//     store                   relaxed < release < seq_cst
//     read-modify-write       relaxed < acquire, release < acq_rel < seq_cst
//     fence                   none    < acquire, release < acq_rel < seq_cst; none < light, heavy
//     failure of a compare-exchange: as a load
//
// A fence that is light or heavy is half of an asymmetric pair: no weaker half would do, and a
// stronger one is seq_cst for the light half.
#pragma once

#include <string>
#include <vector>

#include "core/base/site.h"
#include "models/checker/options.h"
#include "models/checker/tools/sites.h"

namespace wyn::model {

/// Other orders for a site.
struct order_change {
  access_orders to;
  std::string text;     ///< what changes: "release", or "failure relaxed"
  std::string dropped;  ///< of a weakening, what is given up: "seq_cst", "acquire", "release", ...
};

/// Every weakening by one step: of the order, and of a failure order by itself.
std::vector<order_change> weakened_one_step(const met_site& site);

/// Every strengthening, weaker ones first; the strongest is the last. Of a compare-exchange the
/// order alone, the failure order alone, then both at their strongest.
std::vector<order_change> strengthened(const met_site& site);

/// The override that makes the change.
order_override override_of(const met_site& site, const order_change& change);

/// What an order costs on two kinds of hardware.
struct order_cost {
  bool x86_locked = false;  ///< needs a locked instruction or a fence that the old order did not
  std::string text;         ///< "x86: free; Arm: stlr"
};
order_cost cost_of(const met_site& site, const order_change& change);

}  // namespace wyn::model
