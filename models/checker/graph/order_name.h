// Orders as the words of ordering tables, of overrides and of what is printed.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/site.h"

namespace wyn::model {

inline constexpr order all_orders[] = {order::none,    order::relaxed, order::acquire,
                                       order::release, order::acq_rel, order::seq_cst,
                                       order::light,   order::heavy};

/// "relaxed", ...
constexpr const char* order_name(order o) {
  switch (o) {
    case order::none: return "none";
    case order::relaxed: return "relaxed";
    case order::acquire: return "acquire";
    case order::release: return "release";
    case order::acq_rel: return "acq_rel";
    case order::seq_cst: return "seq_cst";
    case order::light: return "light";
    case order::heavy: return "heavy";
  }
  return "?";
}

/// The order of that name, if there is one.
constexpr std::optional<order> order_named(std::string_view name) {
  for (const order o : all_orders) {
    if (name == order_name(o)) return o;
  }
  return std::nullopt;
}

}  // namespace wyn::model
