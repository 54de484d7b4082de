#include "models/checker/tools/order_steps.h"

#include <utility>

namespace wyn::model {

namespace {

struct step {
  order to;
  const char* dropped;
};

std::vector<step> steps_down(access_kind kind, order from) {
  const bool is_fence = kind == access_kind::fence;
  const order least = is_fence ? order::none : order::relaxed;
  switch (from) {
    case order::none:
    case order::relaxed: return {};
    case order::acquire: return {{least, "acquire"}};
    case order::release: return {{least, "release"}};
    case order::acq_rel: return {{order::acquire, "release"}, {order::release, "acquire"}};
    case order::seq_cst:
      if (kind == access_kind::load) return {{order::acquire, "seq_cst"}};
      if (kind == access_kind::store) return {{order::release, "seq_cst"}};
      return {{order::acq_rel, "seq_cst"}};
    case order::light: return {{order::none, "light"}};
    case order::heavy: return {{order::none, "heavy"}};
  }
  return {};
}

// All orders above `from`, weaker ones first.
std::vector<order> orders_above(access_kind kind, order from) {
  switch (kind) {
    case access_kind::load:
      if (from == order::relaxed) return {order::acquire, order::seq_cst};
      if (from == order::acquire) return {order::seq_cst};
      return {};
    case access_kind::store:
      if (from == order::relaxed) return {order::release, order::seq_cst};
      if (from == order::release) return {order::seq_cst};
      return {};
    default: break;
  }
  switch (from) {
    case order::none:
    case order::relaxed:
      return {order::acquire, order::release, order::acq_rel, order::seq_cst};
    case order::acquire:
    case order::release: return {order::acq_rel, order::seq_cst};
    case order::acq_rel:
    case order::light: return {order::seq_cst};
    case order::seq_cst:
    case order::heavy: return {};
  }
  return {};
}

std::string failure_text(order o) { return std::string("failure ") + order_name(o); }

const char* arm_of(access_kind kind, order o) {
  if (o == order::relaxed || o == order::none) return "nothing";
  switch (kind) {
    case access_kind::load: return o == order::acquire ? "ldapr" : "ldar";
    case access_kind::store: return "stlr";
    case access_kind::fence: return o == order::acquire ? "dmb ishld" : "dmb ish";
    default: break;
  }
  if (o == order::acquire) return "ldadda, casa";
  return o == order::release ? "ldaddl, casl" : "ldaddal, casal";
}

}  // namespace

std::vector<order_change> weakened_one_step(const met_site& site) {
  std::vector<order_change> changes;
  for (const step& s : steps_down(site.kind, site.orders.success)) {
    changes.push_back({{s.to, site.orders.failure}, order_name(s.to), s.dropped});
    if (site.kind != access_kind::compare_exchange) changes.back().to.failure = s.to;
  }
  if (site.kind != access_kind::compare_exchange) return changes;
  for (const step& s : steps_down(access_kind::load, site.orders.failure)) {
    changes.push_back({{site.orders.success, s.to}, failure_text(s.to), s.dropped});
  }
  return changes;
}

std::vector<order_change> strengthened(const met_site& site) {
  std::vector<order_change> changes;
  const std::vector<order> above = orders_above(site.kind, site.orders.success);
  if (site.kind != access_kind::compare_exchange) {
    for (const order o : above) changes.push_back({{o, o}, order_name(o), {}});
    return changes;
  }
  const std::vector<order> failures = orders_above(access_kind::load, site.orders.failure);
  for (const order o : above) changes.push_back({{o, site.orders.failure}, order_name(o), {}});
  for (const order o : failures) {
    changes.push_back({{site.orders.success, o}, failure_text(o), {}});
  }
  if (!above.empty() && !failures.empty()) {
    changes.push_back({{above.back(), failures.back()},
                       std::string(order_name(above.back())) + ", " + failure_text(failures.back()),
                       {}});
  }
  return changes;
}

order_override override_of(const met_site& site, const order_change& change) {
  order_override o{site.id, change.to.success, {}};
  if (site.kind == access_kind::compare_exchange) o.failure = change.to.failure;
  return o;
}

order_cost cost_of(const met_site& site, const order_change& change) {
  order_cost cost;
  const bool to_seq_cst = change.to.success == order::seq_cst;
  cost.x86_locked =
      to_seq_cst && site.orders.success != order::seq_cst &&
      (site.kind == access_kind::store || site.kind == access_kind::fence);
  const bool locked_already =
      site.kind == access_kind::read_modify_write || site.kind == access_kind::compare_exchange;
  const order for_arm = change.to.success == site.orders.success ? change.to.failure
                                                                 : change.to.success;
  cost.text = std::string("x86: ") +
              (cost.x86_locked ? "a locked instruction" : locked_already ? "free, locked anyway"
                                                                         : "free") +
              "; Arm: " + arm_of(site.kind, for_arm);
  return cost;
}

}  // namespace wyn::model
