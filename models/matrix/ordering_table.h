// Reads an ordering table as its source text states it: rows, orders, and the comment's claims
// about which model needs each order. The mutation matrix checks these claims.
//
// In the comment above a row,
//     Killed by: last_item, growth.   names models that fail when the row is one step weaker;
//     Load buffering: acquire.        says that no model needs this part (RC11 forbids the
//                                     behaviour it prevents) and that it is kept for hardware.
#pragma once

#include <string>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/order_name.h"

namespace wyn::models {

struct table_row {
  std::string id;  ///< "DF7 pop.fence"
  order success = order::relaxed;
  order failure = order::relaxed;
  std::vector<std::string> killed_by;       ///< models, as the comment lists them
  std::vector<std::string> load_buffering;  ///< parts kept for hardware: "acquire", "release"
};

/// A row's order, one step weaker.
struct weakening {
  order replacement;
  std::string dropped;  ///< what the step takes away: "acquire", "release" or "seq_cst"
};


/// The rows of `struct name` in `source`, in their order. Throws std::runtime_error, with the line,
/// on a row that it cannot read, and when there is no such table.
std::vector<table_row> read_ordering_table(const std::string& source, const std::string& name);

/// Every order one step below the row's; none for a relaxed access and a fence that is not there.
/// The kind of access follows from the id: the word after the dot is load, store, cas, fetch_add,
/// exchange or fence, with or without an underscore and more.
std::vector<weakening> weakenings_of(const table_row& row);

}  // namespace wyn::models
