#include "models/matrix/load_buffering.h"

#include <map>
#include <utility>

namespace wyn::models {
namespace {

using kind = trace_event::kind;

bool acquires(order o) { return o == order::acquire || o == order::acq_rel || o == order::seq_cst; }
bool releases(order o) { return o == order::release || o == order::acq_rel || o == order::seq_cst; }
bool reads(const trace_event& e) { return e.what == kind::read || e.what == kind::update; }
bool writes(const trace_event& e) { return e.what == kind::write || e.what == kind::update; }

// A heavy fence is a full one for whoever issues it; a light one is a full one for its thread too
// when a heavy one meets it, and orders nothing otherwise, so it is not counted on here.
bool orders_a_step(const trace_event& fence) {
  return acquires(fence.strength) || releases(fence.strength) || fence.strength == order::heavy;
}

class step_finder {
 public:
  explicit step_finder(const std::vector<trace_event>& events) {
    for (const trace_event& e : events) {
      if (reads(e)) readers_[e.where].insert(e.role);
      if (writes(e)) writers_[e.where].insert(e.role);
    }
    for (const trace_event& e : events) visit(e);
  }

  std::set<std::string> found;

 private:
  using roles = std::map<const void*, std::set<int>>;

  static bool another_does(const roles& who, const trace_event& e) {
    const auto at = who.find(e.where);
    if (at == who.end()) return false;
    return at->second.size() > 1 || at->second.count(e.role) == 0;
  }

  void visit(const trace_event& e) {
    auto& open = open_reads_[e.role];
    if (e.what == kind::fence) {
      if (orders_a_step(e)) open.clear();
      return;
    }
    if (writes(e) && !releases(e.strength) && another_does(readers_, e)) {
      for (const auto& [where, site] : open) {
        if (where != e.where) found.insert(site + " -> " + e.site);
      }
    }
    if (reads(e) && !acquires(e.strength) && another_does(writers_, e)) {
      open.insert({e.where, e.site});
    }
  }

  roles readers_;
  roles writers_;
  // Reads that nothing has ordered yet, for each role.
  std::map<int, std::set<std::pair<const void*, std::string>>> open_reads_;
};

}  // namespace

std::set<std::string> unordered_steps(const std::vector<trace_event>& events) {
  return step_finder(events).found;
}

}  // namespace wyn::models
