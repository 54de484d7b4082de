#include "models/checker/tools/repair.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include "models/checker/report/counterexample.h"
#include "models/checker/report/text.h"

namespace wyn::model {

namespace {

// A site and the stronger orders for it, the strongest last.
struct candidate {
  met_site site;
  std::vector<order_change> changes;
};

// Which change of a candidate: index into candidate::changes.
struct choice {
  std::size_t site;
  std::size_t change;
};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

bool is_at_most(const access_orders& a, const access_orders& b) {
  const auto below = [](order x, order y) {
    if (x == y || y == order::seq_cst) return true;
    if (x == order::none || x == order::relaxed) return true;
    return y == order::acq_rel && (x == order::acquire || x == order::release);
  };
  return below(a.success, b.success) && below(a.failure, b.failure);
}

class search {
 public:
  search(const program& p, const tool_options& o) : program_(p), options_(o) {
    site_collector collector;
    result.failing = detail::check_with(p, o, {}, &collector).answer;
    ++result.checks;
    if (result.failing.kind != verdict_kind::fail) {
      result.problem = std::string("there is nothing to repair: ") +
                       to_string(result.failing.kind) + ", " + result.failing.message;
      return;
    }
    list_candidates(collector.sites());
    run();
  }

  repair_report result;

 private:
  struct outcome {
    bool repaired;
    bool bounded;
  };

  void list_candidates(const std::vector<met_site>& sites) {
    for (const met_site& s : sites) {
      std::vector<order_change> changes = strengthened(s);
      // A change to less than the strongest could weaken one of several accesses.
      if (s.ambiguous && changes.size() > 1) changes = {changes.back()};
      if (!changes.empty()) candidates_.push_back({s, std::move(changes)});
    }
  }

  std::size_t strongest(std::size_t site) const { return candidates_[site].changes.size() - 1; }

  outcome attempt(const std::vector<choice>& choices) {
    std::vector<order_override> overrides;
    for (const choice& c : choices) {
      overrides.push_back(
          override_of(candidates_[c.site].site, candidates_[c.site].changes[c.change]));
    }
    // Nobody reads the report of a failure here.
    tool_options quick = options_;
    quick.check.minimise = 0;
    const detail::probe p = detail::check_with(program_, quick, overrides);
    ++result.checks;
    last_message_ = p.answer.message;
    return {p.passed() || p.bounded(), p.bounded()};
  }

  void run() {
    std::vector<choice> all;
    for (std::size_t i = 0; i < candidates_.size(); ++i) all.push_back({i, strongest(i)});
    if (all.empty() || !attempt(all).repaired) {
      result.problem = "no order repairs it: with every site at its strongest it is " +
                       (all.empty() ? std::string("the same") : first_line(last_message_));
      return;
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) try_alone(i);
    if (result.sets.empty()) try_pairs();
    if (result.sets.empty()) leave_out(all);
    std::stable_sort(result.sets.begin(), result.sets.end(),
                     [](const repair_set& a, const repair_set& b) { return price(a) < price(b); });
  }

  static int price(const repair_set& s) {
    return static_cast<int>(
        std::count_if(s.changes.begin(), s.changes.end(),
                      [](const repaired_site& r) { return r.cost.x86_locked; }));
  }

  void try_alone(std::size_t site) {
    const outcome most = attempt({{site, strongest(site)}});
    if (!most.repaired) {
      result.not_enough.push_back(candidates_[site].site.id);
      return;
    }
    std::vector<std::size_t> least;
    for (std::size_t k = 0; k < candidates_[site].changes.size(); ++k) {
      const bool more_than_needed = std::any_of(least.begin(), least.end(), [&](std::size_t l) {
        return is_at_most(candidates_[site].changes[l].to, candidates_[site].changes[k].to);
      });
      if (more_than_needed) continue;
      const outcome o = k == strongest(site) ? most : attempt({{site, k}});
      if (!o.repaired) continue;
      least.push_back(k);
      add({{site, k}}, o.bounded);
    }
  }

  bool is_locked(const choice& c) const {
    return cost_of(candidates_[c.site].site, candidates_[c.site].changes[c.change]).x86_locked;
  }

  // Those with the fewest locked instructions first.
  std::vector<std::vector<choice>> pairs_by_cost() const {
    std::vector<std::vector<choice>> pairs[3];
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      for (std::size_t k = i + 1; k < candidates_.size(); ++k) {
        const choice a{i, strongest(i)};
        const choice b{k, strongest(k)};
        pairs[(is_locked(a) ? 1 : 0) + (is_locked(b) ? 1 : 0)].push_back({a, b});
      }
    }
    for (int locked : {1, 2}) {
      pairs[0].insert(pairs[0].end(), pairs[locked].begin(), pairs[locked].end());
    }
    return std::move(pairs[0]);
  }

  void try_pairs() {
    const std::uint64_t before = result.checks;
    for (std::vector<choice>& pair : pairs_by_cost()) {
      ++result.all_pairs;
      if (options_.max_pair_checks != 0 && result.checks - before >= options_.max_pair_checks) {
        continue;
      }
      ++result.tried_pairs;
      const outcome o = attempt(pair);
      if (!o.repaired) continue;
      const bool bounded = lower(pair) || o.bounded;
      add(pair, bounded);
    }
  }

  // From all of them, one after the other goes that is not needed.
  void leave_out(std::vector<choice> set) {
    bool bounded = false;
    for (std::size_t i = set.size(); i-- > 0;) {
      std::vector<choice> smaller = set;
      smaller.erase(smaller.begin() + static_cast<std::ptrdiff_t>(i));
      const outcome o = attempt(smaller);
      bounded |= o.bounded;
      if (o.repaired) set = std::move(smaller);
    }
    bounded |= lower(set);
    add(set, bounded);
  }

  // Makes each choice the first, that is a weakest one, that is enough beside the others. Whether
  // some answer was bounded.
  bool lower(std::vector<choice>& set) {
    bool bounded = false;
    for (choice& c : set) {
      const std::size_t most = c.change;
      for (c.change = 0; c.change < most; ++c.change) {
        const outcome o = attempt(set);
        if (!o.repaired) continue;
        bounded |= o.bounded;
        break;
      }
    }
    return bounded;
  }

  void add(const std::vector<choice>& set, bool bounded) {
    repair_set found;
    found.bounded = bounded;
    for (const choice& c : set) {
      const met_site& site = candidates_[c.site].site;
      const order_change& change = candidates_[c.site].changes[c.change];
      found.changes.push_back({site, change, cost_of(site, change)});
    }
    result.sets.push_back(std::move(found));
  }

  const program& program_;
  const tool_options& options_;
  std::vector<candidate> candidates_;
  std::string last_message_;
};

std::string json_of(const repair_set& set) {
  std::string text = std::string("{\"bounded\":") + (set.bounded ? "true" : "false") +
                     ",\"changes\":[";
  for (std::size_t i = 0; i < set.changes.size(); ++i) {
    const repaired_site& r = set.changes[i];
    text += std::string(i == 0 ? "" : ",") + "{\"site\":" + detail::quoted(r.site.id) +
            ",\"from\":" + detail::quoted(orders_text(r.site.kind, r.site.orders)) +
            ",\"to\":" + detail::quoted(orders_text(r.site.kind, r.change.to)) +
            ",\"cost\":" + detail::quoted(r.cost.text) + "}";
  }
  return text + "]}";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::string repair_set::text() const {
  std::string text;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const repaired_site& r = changes[i];
    text += (i == 0 ? "" : " and ") + r.site.id + " -> " + r.change.text + " (" + r.cost.text + ")";
  }
  return text;
}

std::vector<std::string> repair_report::fix_lines() const {
  std::vector<std::string> lines;
  for (const repair_set& s : sets) {
    lines.push_back((lines.empty() ? "" : "or ") + s.text() +
                    (s.changes.size() == 1 ? " removes it" : " together remove it") +
                    (s.bounded ? ", as far as was explored." : "."));
  }
  if (!problem.empty()) lines.push_back(problem + ".");
  if (!not_enough.empty()) {
    lines.push_back("Tried singly and not enough: " + listed(not_enough) + ".");
  }
  if (all_pairs > 0) {
    lines.push_back(tried_pairs == all_pairs
                        ? "All " + std::to_string(all_pairs) + " pairs were tried."
                        : "Of " + std::to_string(all_pairs) + " pairs " +
                              std::to_string(tried_pairs) +
                              " were tried (options::max_pair_checks, a bound on the checks).");
  }
  return lines;
}

std::string repair_report::text() const {
  std::string text = std::string(to_string(failing.kind)) + "  " +
                     failing.message.substr(0, failing.message.find('\n')) + "\n";
  std::string head = "fix  ";
  for (const std::string& line : fix_lines()) {
    text += head + line + "\n";
    head = "     ";
  }
  return text;
}

std::string repair_report::json() const {
  std::string text = "{\"schema\":1,\"verdict\":" + detail::quoted(to_string(failing.kind)) +
                     ",\"message\":" + detail::quoted(failing.message) +
                     ",\"problem\":" + detail::quoted(problem) + ",\"repairs\":[";
  for (std::size_t i = 0; i < sets.size(); ++i) text += (i == 0 ? "" : ",") + json_of(sets[i]);
  text += "],\"not_enough\":[";
  for (std::size_t i = 0; i < not_enough.size(); ++i) {
    text += (i == 0 ? "" : ",") + detail::quoted(not_enough[i]);
  }
  return text + "],\"all_pairs\":" + std::to_string(all_pairs) +
         ",\"tried_pairs\":" + std::to_string(tried_pairs) + "}\n";
}

repair_report repair(const program& p, const tool_options& o) {
  return std::move(search(p, o).result);
}

verdict with_fix(const repair_report& found) {
  verdict v = found.failing;
  if (v.trace == nullptr) return v;
  auto trace = std::make_shared<counterexample>(*v.trace);
  trace->fix = found.fix_lines();
  v.trace = std::move(trace);
  v.report = text_of(v);
  return v;
}

}  // namespace wyn::model
