// The order book for people who read the repository.
#pragma once

#include <string>

#include "models/orders/order_book.h"

namespace wyn::models {

/// The page docs/orders.md; its links start from docs/.
std::string markdown_of(const order_book& book);

}  // namespace wyn::models
