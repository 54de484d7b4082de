#include "models/checker/tools/sites.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>

namespace wyn::model {

namespace {

std::optional<access_kind> kind_of(const operation& op) {
  switch (op.kind) {
    case operation_kind::load:
    case operation_kind::await_upper:
    case operation_kind::await:
    case operation_kind::await_change: return access_kind::load;
    case operation_kind::store: return access_kind::store;
    case operation_kind::compare_exchange: return access_kind::compare_exchange;
    case operation_kind::fence: return access_kind::fence;
    case operation_kind::choice: return std::nullopt;
    default: return access_kind::read_modify_write;
  }
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// The number that starts at `at`, which is moved behind it; without leading zeros, as text.
std::string number_at(const std::string& s, std::size_t& at) {
  while (at + 1 < s.size() && s[at] == '0' && is_digit(s[at + 1])) ++at;
  const std::size_t start = at;
  while (at < s.size() && is_digit(s[at])) ++at;
  return s.substr(start, at - start);
}

bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const std::string x = number_at(a, i);
      const std::string y = number_at(b, j);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  if ((i < a.size()) != (j < b.size())) return i >= a.size();
  return a < b;
}

}  // namespace

const char* to_string(access_kind kind) {
  switch (kind) {
    case access_kind::load: return "load";
    case access_kind::store: return "store";
    case access_kind::read_modify_write: return "read-modify-write";
    case access_kind::compare_exchange: return "compare-exchange";
    case access_kind::fence: return "fence";
  }
  return "?";
}

std::string orders_text(access_kind kind, const access_orders& orders) {
  std::string text = order_name(orders.success);
  if (kind == access_kind::compare_exchange) text += std::string("/") + order_name(orders.failure);
  return text;
}

void site_collector::meets(const operation& op) {
  const std::optional<access_kind> kind = kind_of(op);
  if (!kind || op.fixed) return;
  met_site met{op.site, *kind, {op.success, op.failure}, false};
  if (*kind != access_kind::compare_exchange) met.orders.failure = met.orders.success;
  add(std::move(met));
}

void site_collector::add(met_site met) {
  const std::lock_guard lock(mutex_);
  for (met_site& known : sites_) {
    if (known.id != met.id) continue;
    known.ambiguous |=
        met.ambiguous || known.kind != met.kind || known.orders != met.orders;
    return;
  }
  sites_.push_back(std::move(met));
}

std::vector<met_site> site_collector::sites() const {
  const std::lock_guard lock(mutex_);
  std::vector<met_site> sorted = sites_;
  std::sort(sorted.begin(), sorted.end(),
            [](const met_site& a, const met_site& b) { return natural_less(a.id, b.id); });
  return sorted;
}

}  // namespace wyn::model
