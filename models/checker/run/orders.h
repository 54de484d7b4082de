// The order of each access at run time: the row's own, or an override's.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/event.h"
#include "models/checker/options.h"

namespace wyn::model {

struct original_orders {
  order success;
  order failure;
};

class order_resolver {
 public:
  explicit order_resolver(const std::vector<order_override>& overrides)
      : overrides_(overrides), used_(overrides.size(), false) {}

  bool idle() const { return overrides_.empty(); }

  /// Replaces the orders of `op` if its site is overridden.
  void apply(operation& op);

  /// The orders that the operations of `site` have in the program, by the address of its text;
  /// nullptr unless they are overridden.
  const original_orders* originals_of(const char* site) const;

  /// Overrides whose site no operation had.
  std::vector<std::string> unused() const;

 private:
  struct known_site {
    const order_override* found;
    original_orders originals;
  };
  const order_override* find(const operation& op);

  const std::vector<order_override>& overrides_;
  std::vector<bool> used_;
  // By the address of the site's text: one object for each site of the program.
  std::unordered_map<const char*, known_site> cache_;
};

}  // namespace wyn::model
