// Reads an ordering table as its source text states it: rows, orders, and the comment's claims
// about which model needs each order. The mutation matrix checks these claims.
//
// In the comment above a row,
//     Pairs with DF11. Why: ...       is for people, and for the order book;
//     Killed by: last_item, growth.   names models that fail when the row is one step weaker;
//     Load buffering: acquire.        says that no model needs this part (RC11 forbids the
//                                     behaviour it prevents) and that it is kept for hardware;
//     Proof: seq_cst.                 says that no model needs this part and the proof does: the
//                                     table's description names the mutant of the proof that goes
//                                     wrong without it.
#pragma once

#include <string>
#include <vector>

#include "models/checker/tools/order_steps.h"

namespace wyn::models {

struct table_row {
  model::met_site site;                     ///< "DF7 pop.fence", what it is, its orders
  std::string pairs_with;                   ///< "DF11", or empty
  std::string why;                          ///< the rest of the comment, without what follows
  std::vector<std::string> killed_by;       ///< models, as the comment lists them
  std::vector<std::string> load_buffering;  ///< parts kept for hardware: "acquire", "release"
  std::vector<std::string> proof;           ///< parts that the proof needs: "seq_cst"
};

/// "DF7" of "DF7 pop.fence".
std::string number_of(const table_row& row);

/// The rows of `struct name` in `source`, in their order. The kind of an access follows from its
/// id: the word after the dot is load, store, cas, fetch_add, exchange or fence, with or without an
/// underscore and more. Throws std::runtime_error, with the line, on a row that it cannot read, and
/// when there is no such table.
std::vector<table_row> read_ordering_table(const std::string& source, const std::string& name);

/// Every order one step below the row's; none for a relaxed access and a fence that is not there.
/// A failed compare-exchange is never ordered more strongly than one that succeeds: its order goes
/// down with that of success, and has steps of its own.
std::vector<model::order_change> weakenings_of(const table_row& row);

}  // namespace wyn::models
