// The sites of a program: every access whose memory order it chooses, with that order.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/order_name.h"
#include "models/checker/run/observer.h"

namespace wyn::model {

enum class access_kind : unsigned char { load, store, read_modify_write, compare_exchange, fence };

/// "load", "store", ...
const char* to_string(access_kind kind);

/// The orders of one access. `failure` counts for a compare-exchange alone.
struct access_orders {
  order success = order::relaxed;
  order failure = order::relaxed;

  bool operator==(const access_orders&) const = default;
};

struct met_site {
  std::string id;  ///< "DF7 pop.fence", "queue.h:42 store"
  access_kind kind = access_kind::load;
  access_orders orders;
  /// Accesses of different kinds or orders have this name: an override would change them all.
  bool ambiguous = false;
};

/// "acq_rel", for a compare-exchange "acq_rel/acquire".
std::string orders_text(access_kind kind, const access_orders& orders);

/// Collects the sites that the threads of a program meet. Those of mutexes and of the starts of
/// threads are left out: their orders are not the program's to choose.
class site_collector : public observer {
 public:
  void meets(const operation& op) override;
  void ended(const graph&, const execution&) override {}
  /// A site that another collector has met.
  void add(met_site met);

  /// Sorted by name, with numbers in names by value: "DF2" before "DF10".
  std::vector<met_site> sites() const;

 private:
  mutable std::mutex mutex_;
  std::vector<met_site> sites_;
};

}  // namespace wyn::model
