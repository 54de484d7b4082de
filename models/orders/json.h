// The order book for programs.
#pragma once

#include <string>

#include "models/orders/order_book.h"

namespace wyn::models {

/// One JSON object; the same bytes for the same book.
std::string json_of(const order_book& book);
/// The part of one table.
std::string json_part_of(const book_table& table);

}  // namespace wyn::models
