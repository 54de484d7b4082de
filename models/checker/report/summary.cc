#include "models/checker/report/summary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <istream>
#include <limits>
#include <ostream>
#include <string_view>
#include <vector>

namespace wyn::model {

namespace {

// A set of events is one word.
constexpr int max_events_of_a_search = 64;

// Reads that are stale in every order of the execution's events: some newer write comes before the
// read in po, rf, mo and fr together.
class stale_reads {
 public:
  explicit stale_reads(const graph& g) : g_(g) {
    for (int t = 0; t < g.threads(); ++t) {
      first_[static_cast<std::size_t>(t)] = static_cast<int>(events_.size());
      for (int i = 0; i < g.size(t); ++i) events_.push_back(make_ref(t, i));
    }
    for (std::size_t n = 0; n < events_.size(); ++n) after_[n] = successors(events_[n]);
  }

  std::uint64_t find() const {
    std::uint64_t stale = 0;
    for (std::size_t n = 0; n < events_.size(); ++n) {
      const event& e = g_.at(events_[n]);
      if (!reads(e.kind)) continue;
      const event_ref w = next_write(e);
      if (w == initial_write || w == events_[n]) continue;
      if (reachable(number(w)) >> n & 1) stale |= std::uint64_t{1} << n;
    }
    return stale;
  }
  event_ref event_number(int n) const { return events_[static_cast<std::size_t>(n)]; }

 private:
  int number(event_ref r) const {
    return first_[static_cast<std::size_t>(thread_of(r))] + index_of(r);
  }
  std::uint64_t bit(event_ref r) const { return std::uint64_t{1} << number(r); }

  // The write behind the one that `e` is or reads; initial_write if there is none.
  event_ref next_write(const event& e) const {
    const std::uint32_t p = writes(e.kind) ? e.position : g_.place_of(e.reads_from);
    return p < g_.mo().last(e.location) ? g_.mo().at(e.location, p + 1) : initial_write;
  }

  std::uint64_t successors(event_ref r) const {
    std::uint64_t result = index_of(r) + 1 < g_.size(thread_of(r)) ? bit(r + 1) : 0;
    const event& e = g_.at(r);
    if (!reads(e.kind) && !writes(e.kind)) return result;
    const event_ref next = next_write(e);
    if (next != initial_write) result |= bit(next);
    if (!writes(e.kind)) return result;
    for (const event_ref x : events_) {
      if (reads(g_.at(x).kind) && g_.at(x).reads_from == r) result |= bit(x);
    }
    return result;
  }

  std::uint64_t reachable(int from) const {
    std::uint64_t seen = 0;
    std::uint64_t left = after_[static_cast<std::size_t>(from)];
    while (left != 0) {
      const int n = std::countr_zero(left);
      left &= left - 1;
      if (seen >> n & 1) continue;
      seen |= std::uint64_t{1} << n;
      left |= after_[static_cast<std::size_t>(n)] & ~seen;
    }
    return seen;
  }

  const graph& g_;
  std::vector<event_ref> events_;
  std::array<int, max_threads> first_{};
  std::array<std::uint64_t, max_events_of_a_search> after_{};
};

}  // namespace

run_summary::run_summary(const options& o)
    : options_(o),
      limit_(o.rows.empty() ? o.coverage : std::numeric_limits<std::uint64_t>::max()) {}

run_summary::use& run_summary::use_of(const char* site) {
  const auto [place, added] = uses_.try_emplace(site);
  if (added) place->second.site = site;
  return place->second;
}

void run_summary::complete(const graph& g, const execution& e) {
  ++completed_;
  if (!e.outcome().empty()) ++outcomes_[e.outcome().text()];
  if (looked_at_ < limit_) look_at_sites(g, e);
}

void run_summary::look_at_sites(const graph& g, const execution& e) {
  ++looked_at_;
  bool unknown = false;
  for (int t = 0; t < g.threads(); ++t) {
    const auto& operations = e.operations()[static_cast<std::size_t>(t)];
    const char* last = nullptr;
    for (int i = 0; i < e.events_of(t); ++i) {
      const char* site = operations[static_cast<std::size_t>(i)].site;
      if (site == last) continue;
      last = site;
      const bool stale = use_of(site).stale;
      unknown = unknown || (!stale && reads(g.at(t, i).kind));
    }
  }
  if (unknown && looked_at_ <= options_.coverage && g.total() <= max_events_of_a_search) {
    look_for_stale_reads(g, e);
  }
}

void run_summary::look_for_stale_reads(const graph& g, const execution& e) {
  const stale_reads search(g);
  for (std::uint64_t left = search.find(); left != 0; left &= left - 1) {
    const event_ref r = search.event_number(std::countr_zero(left));
    const auto& of_thread = e.operations()[static_cast<std::size_t>(thread_of(r))];
    use_of(of_thread[static_cast<std::size_t>(index_of(r))].site).stale = true;
  }
}

void run_summary::merge(const run_summary& other) {
  completed_ += other.completed_;
  looked_at_ += other.looked_at_;
  for (const auto& [outcome, count] : other.outcomes_) outcomes_[outcome] += count;
  for (const auto& [address, u] : other.uses_) sites_[u.site] = sites_[u.site] || u.stale;
  for (const auto& [site, stale] : other.sites_) sites_[site] = sites_[site] || stale;
}

void run_summary::clear() {
  completed_ = 0;
  looked_at_ = 0;
  outcomes_.clear();
  uses_.clear();
  sites_.clear();
}

void run_summary::save(std::ostream& file) const {
  file << "seen " << completed_ << " " << looked_at_ << "\n";
  for (const auto& [outcome, count] : outcomes_) {
    file << "outcome " << count << " " << outcome << "\n";
  }
  for (const auto& [site, stale] : sites_) file << "site " << stale << " " << site << "\n";
}

bool run_summary::load(const std::string& word, std::istream& file) {
  std::uint64_t number = 0;
  if (word == "seen") return static_cast<bool>(file >> completed_ >> looked_at_);
  if (!(file >> number)) return false;
  std::string name;
  file.get();
  if (!std::getline(file, name)) return false;
  if (word == "outcome") outcomes_[name] += number;
  else if (word == "site") sites_[name] = number != 0;
  else return false;
  return true;
}

// A row by its name in full, or up to its first blank.
bool run_summary::reached(const std::string& row) const {
  return std::any_of(sites_.begin(), sites_.end(), [&](const auto& s) {
    const std::string_view site = s.first;
    return site == row || site.substr(0, site.find(' ')) == row;
  });
}

bool run_summary::shown(const std::string& pattern) const {
  return std::any_of(outcomes_.begin(), outcomes_.end(),
                     [&](const auto& o) { return matches(o.first, pattern); });
}

void run_summary::put_into(verdict& v) const {
  for (const auto& [outcome, count] : outcomes_) v.outcomes.push_back({outcome, count});
  std::sort(v.outcomes.begin(), v.outcomes.end(),
            [](const outcome_count& a, const outcome_count& b) { return a.outcome < b.outcome; });
  // An exploration that was taken up again from a checkpoint has not seen all.
  if (v.kind != verdict_kind::pass || completed_ != v.executions) return;
  if (v.executions + v.blocked <= options_.coverage) {
    for (const auto& [site, stale] : sites_) v.sites.push_back({site, stale});
  }
  for (const std::string& row : options_.rows) {
    if (!reached(row)) v.unused_rows.push_back(row);
  }
  for (const std::string& pattern : options_.reachable) {
    if (shown(pattern)) continue;
    v.kind = verdict_kind::fail;
    v.failure = failure::assertion;
    v.message = std::string(to_string(v.failure)) + ": no execution has the outcome " + pattern;
    return;
  }
}

}  // namespace wyn::model
