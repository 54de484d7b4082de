// Reads the order book back, so that its pages can be compared with it, and each table with its
// part, without exploring everything again.
#pragma once

#include <string>
#include <vector>

#include "models/orders/order_book.h"

namespace wyn::models {

/// The book that json_of() has written, of these tables and in their order. What it says of rows is
/// the matrix's; the rows themselves, and how they can be weakened, are read from their sources.
/// Throws std::runtime_error, with what to do, if it is of other tables, rows or weakenings.
order_book read_book(const std::string& json, const std::vector<checked_table>& tables);

/// The part of one table, as json_of() writes it; empty if there is none.
std::string part_of_book(const std::string& json, const std::string& table);

}  // namespace wyn::models
