// The order of each access at run time: the row's own, or an override's.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/event.h"
#include "models/checker/options.h"

namespace wyn::model {

class order_resolver {
 public:
  explicit order_resolver(const std::vector<order_override>& overrides)
      : overrides_(overrides), used_(overrides.size(), false) {}

  bool idle() const { return overrides_.empty(); }

  /// Replaces the orders of `op` if its site is overridden.
  void apply(operation& op);

  /// Overrides whose site no operation had.
  std::vector<std::string> unused() const;

 private:
  const order_override* find(const char* site);

  const std::vector<order_override>& overrides_;
  std::vector<bool> used_;
  // By the address of the site's text: one object for each site of the program.
  std::unordered_map<const char*, const order_override*> cache_;
};

}  // namespace wyn::model
