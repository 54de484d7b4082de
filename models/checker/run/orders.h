// The order of each access at run time: the row's own, or an override's.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/event.h"
#include "models/checker/options.h"
#include "models/checker/run/observer.h"

namespace wyn::model {

struct original_orders {
  order success;
  order failure;
  bool operator==(const original_orders&) const = default;
};

class order_resolver {
 public:
  /// `watcher` is told of the sites that a thread meets; it may be nullptr.
  explicit order_resolver(const std::vector<order_override>& overrides,
                          observer* watcher = nullptr)
      : overrides_(overrides), watcher_(watcher), used_(overrides.size(), false) {}

  bool idle() const { return overrides_.empty() && watcher_ == nullptr; }

  /// Replaces the orders of `op` if its site is overridden. `in_main`: before() or after() runs.
  void apply(operation& op, bool in_main);

  /// The orders that the operations of `site` have in the program, by the address of its text;
  /// nullptr unless they are overridden.
  const original_orders* originals_of(const char* site) const;

  /// Overrides whose site no operation had.
  std::vector<std::string> unused() const;

 private:
  struct known_site {
    const order_override* found;
    original_orders originals;
    std::optional<original_orders> told;  ///< the watcher
  };
  known_site& find(const operation& op);
  static void replace(const order_override& with, operation& op);

  const std::vector<order_override>& overrides_;
  observer* watcher_;
  std::vector<bool> used_;
  // By the address of the site's text: one object for each site of the program.
  std::unordered_map<const char*, known_site> cache_;
};

}  // namespace wyn::model
