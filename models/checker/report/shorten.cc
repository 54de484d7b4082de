#include "models/checker/report/shorten.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "models/checker/report/schedule.h"

namespace wyn::model {

namespace {

// Failing executions are measured one by one; a program that always fails need not be measured for
// ever.
constexpr std::uint64_t max_measured = 200;

struct measure {
  int preemptions = 0;
  int events = 0;
  std::vector<std::string> values;  ///< shorter ones are less

  bool operator<(const measure& o) const {
    if (preemptions != o.preemptions) return preemptions < o.preemptions;
    if (events != o.events) return events < o.events;
    for (std::size_t i = 0; i < values.size() && i < o.values.size(); ++i) {
      if (values[i].size() != o.values[i].size()) return values[i].size() < o.values[i].size();
      if (values[i] != o.values[i]) return values[i] < o.values[i];
    }
    return false;
  }
};

class shortener {
 public:
  shortener(graph& g, execution& e, work_list& work)
      : shown_(g), e_(e), work_(work), failure_(e.stop_failure()), text_(e.stop_text()) {
    keep(g);
    first_ = best_;
  }

  std::shared_ptr<const counterexample> find(std::size_t base) {
    const std::size_t here = work_.size();
    work_.push(std::make_unique<graph>(shortest_.threads()));
    search_.exhausted = explore(here);
    drop(here);
    if (!search_.exhausted) explore(base);
    drop(base);
    search_.made = true;
    search_.first_preemptions = first_.preemptions;
    search_.first_events = first_.events;
    search_.preemptions = best_.preemptions;
    search_.events = best_.events;
    // The execution stands as it was left by the shortest failure again.
    shown_.assign(shortest_);
    e_.run(shown_);
    counterexample c = make_counterexample(shown_, e_);
    c.effort = search_;
    drop(base);
    return std::make_shared<const counterexample>(std::move(c));
  }

 private:
  // Whether everything above `base` has been explored.
  bool explore(std::size_t base) {
    for (std::uint64_t left = e_.settings().minimise; work_.size() > base; --left) {
      if (left == 0 || search_.failing >= max_measured) return false;
      work_list::item g = work_.pop();
      ++search_.executions;
      const std::uint64_t cut_off = e_.cut_off();
      const execution::result r = e_.run(*g);
      if (e_.cut_off() != cut_off) all_were_pushed_ = false;
      if (r == execution::result::stopped) {
        // Anything else, an endless loop for one, is no reason to go on.
        if (e_.stop_kind() != verdict_kind::fail) return false;
        if (same_failure()) keep(*g);
      }
      work_.drop(std::move(g));
    }
    return all_were_pushed_;
  }

  void drop(std::size_t base) {
    while (work_.size() > base) work_.drop(work_.pop());
  }

  // Two assertions are two failures; two races may be one.
  bool same_failure() const {
    return e_.stop_failure() == failure_ &&
           (failure_ != failure::assertion || e_.stop_text() == text_);
  }

  void keep(const graph& g) {
    ++search_.failing;
    measure m = measure_of(g);
    if (search_.failing > 1 && !(m < best_)) return;
    best_ = std::move(m);
    shortest_.assign(g);
  }

  measure measure_of(const graph& full) const {
    graph g = full;
    std::array<int, max_threads> done{};
    std::vector<std::vector<schedule_item>> items(static_cast<std::size_t>(g.threads()));
    for (int t = 0; t < g.threads(); ++t) done[static_cast<std::size_t>(t)] = e_.events_of(t);
    g.restrict_to(done);
    for (int t = 0; t < g.threads(); ++t) {
      for (int i = 0; i < g.size(t); ++i) items[static_cast<std::size_t>(t)].push_back({i});
    }
    const schedule s = schedule_items(g, items, max_states_of_a_measure);
    measure m{s.preemptions, g.total(), {}};
    for (const schedule::entry& x : s.order) {
      const event& e = g.at(x.thread, x.item);
      m.values.push_back(e_.memory().describe(e.value_read));
      m.values.push_back(e_.memory().describe(e.value_written));
    }
    return m;
  }

  static constexpr std::size_t max_states_of_a_measure = 4000;

  graph& shown_;
  execution& e_;
  work_list& work_;
  model::failure failure_;
  std::string text_;
  graph shortest_;
  measure best_;
  measure first_;
  search_effort search_;
  bool all_were_pushed_ = true;  ///< options::max_preemptions has cut nothing off
};

}  // namespace

std::shared_ptr<const counterexample> shortest_trace(graph& g, execution& e, work_list& work,
                                                     std::size_t base) {
  if (e.stop_kind() != verdict_kind::fail || e.settings().minimise == 0) return trace_of(g, e);
  return shortener(g, e, work).find(base);
}

}  // namespace wyn::model
