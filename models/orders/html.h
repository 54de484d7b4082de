// The order book as a page to look at: rows coloured by how they end, each with the answer of every
// model, and a filter. One file, without anything fetched.
#pragma once

#include <string>

#include "models/orders/order_book.h"

namespace wyn::models {

/// The page docs/orders.html; its links start from docs/.
std::string html_of(const order_book& book);

}  // namespace wyn::models
