#include "models/checker/tools/load_buffering.h"

#include "models/checker/run/execution.h"

namespace wyn::model {

namespace {

std::uint32_t bit(int thread) { return std::uint32_t{1} << thread; }

bool others(const std::map<std::pair<std::uint64_t, std::uint32_t>, std::uint32_t>& who,
            const std::pair<std::uint64_t, std::uint32_t>& where, int thread) {
  const auto at = who.find(where);
  return at != who.end() && (at->second & ~bit(thread)) != 0;
}

// A light fence is a full one when a heavy one meets it and orders nothing otherwise: it is not
// counted on.
bool orders_a_step(const event& fence) { return acquires(fence.mo) || releases(fence.mo); }

}  // namespace

std::string to_string(const load_buffering_pair& pair) { return pair.read + " -> " + pair.write; }

void load_buffering_lint::meets(const operation& op) {
  if (next_ != nullptr) next_->meets(op);
}

void load_buffering_lint::ended(const graph& g, const execution& e) {
  {
    const std::lock_guard lock(mutex_);
    for (int t = 0; t < g.threads(); ++t) visit(g, e, t);
  }
  if (next_ != nullptr) next_->ended(g, e);
}

void load_buffering_lint::visit(const graph& g, const execution& e, int thread) {
  struct read {
    place where;
    std::string site;
    bool open;  ///< nothing orders it yet before what follows
  };
  const auto& operations = e.operations()[static_cast<std::size_t>(thread)];
  std::vector<read> seen;
  for (int i = 0; i < g.size(thread); ++i) {
    const event& x = g.at(thread, i);
    if (x.kind == event_kind::fence && orders_a_step(x)) {
      for (read& r : seen) r.open = false;
    }
    if (!reads(x.kind) && !writes(x.kind)) continue;
    const location_key key = e.objects().key_of(x.location);
    const place where{key.granule, key.generation};
    const operation& op = operations[static_cast<std::size_t>(i)];
    const std::string site = op.site;
    // A compare-exchange that fails here succeeds where it finds another value, as on the cycle
    // that no execution shows: it counts as the write that it may be.
    const bool may_write = writes(x.kind) || op.kind == operation_kind::compare_exchange;
    const order written_by = writes(x.kind) ? x.mo : op.success;
    if (reads(x.kind)) readers_[where] |= bit(thread);
    if (may_write) {
      writers_[where] |= bit(thread);
      for (const read& r : seen) {
        steps_[r.where][where] |= bit(thread);
        if (!r.open || releases(written_by) || r.where == where) continue;
        candidates_.insert({thread, r.where, where, {r.site, site}});
      }
      if (reads(x.kind)) steps_[where][where] |= bit(thread);
    }
    if (reads(x.kind)) seen.push_back({where, site, !acquires(x.mo)});
  }
}

// Whether what `c` wrote can lead to a write of what it read: another thread reads it, and so on.
bool load_buffering_lint::comes_back(const candidate& c) const {
  if (!others(readers_, c.written, c.thread) || !others(writers_, c.read, c.thread)) return false;
  std::set<place> reached;
  std::vector<place> todo;
  const auto go_on_from = [&](const place& from, std::uint32_t threads) {
    const auto steps = steps_.find(from);
    if (steps == steps_.end()) return;
    for (const auto& [to, by] : steps->second) {
      if ((by & threads) != 0 && reached.insert(to).second) todo.push_back(to);
    }
  };
  go_on_from(c.written, ~bit(c.thread));
  while (!todo.empty()) {
    const place from = todo.back();
    todo.pop_back();
    go_on_from(from, ~std::uint32_t{0});
  }
  return reached.count(c.read) != 0;
}

std::vector<load_buffering_pair> load_buffering_lint::pairs() const {
  const std::lock_guard lock(mutex_);
  std::set<load_buffering_pair> found;
  for (const candidate& c : candidates_) {
    if (comes_back(c)) found.insert(c.sites);
  }
  return {found.begin(), found.end()};
}

}  // namespace wyn::model
