#include "models/checker/run/orders.h"

#include <string_view>

namespace wyn::model {

namespace {

order as_load(order o) {
  if (o == order::release) return order::relaxed;
  return o == order::acq_rel ? order::acquire : o;
}

order as_store(order o) {
  if (o == order::acquire) return order::relaxed;
  return o == order::acq_rel ? order::release : o;
}

// relaxed < acquire < seq_cst, the orders that a load can have.
order weaker_load(order a, order b) { return static_cast<int>(a) < static_cast<int>(b) ? a : b; }

bool names(const std::string& wanted, std::string_view site) {
  return site == wanted || site.substr(0, site.find(' ')) == wanted;
}

}  // namespace

order_resolver::known_site& order_resolver::find(const operation& op) {
  const auto known = cache_.find(op.site);
  if (known != cache_.end()) return known->second;
  const order_override* found = nullptr;
  for (std::size_t i = 0; i < overrides_.size(); ++i) {
    if (names(overrides_[i].site, op.site)) {
      found = &overrides_[i];
      used_[i] = true;
    }
  }
  return cache_.emplace(op.site, known_site{found, {op.success, op.failure}, {}}).first->second;
}

const original_orders* order_resolver::originals_of(const char* site) const {
  const auto known = cache_.find(site);
  return known == cache_.end() || known->second.found == nullptr ? nullptr
                                                                 : &known->second.originals;
}

void order_resolver::apply(operation& op, bool in_main) {
  known_site& known = find(op);
  if (known.found != nullptr) replace(*known.found, op);
  const original_orders orders{op.success, op.failure};
  if (watcher_ == nullptr || in_main || known.told == orders) return;
  known.told = orders;
  watcher_->meets(op);
}

void order_resolver::replace(const order_override& with, operation& op) {
  const order wanted = with.replacement;
  switch (op.kind) {
    case operation_kind::load: op.success = as_load(wanted); break;
    case operation_kind::store: op.success = as_store(wanted); break;
    case operation_kind::compare_exchange:
      op.failure = with.failure ? as_load(*with.failure)
                                : weaker_load(op.failure, failure_order_of(wanted));
      op.success = wanted;
      break;
    default: op.success = wanted; break;
  }
}

std::vector<std::string> order_resolver::unused() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < overrides_.size(); ++i) {
    if (!used_[i]) names.push_back(overrides_[i].site);
  }
  return names;
}

}  // namespace wyn::model
