#include "models/checker/report/why.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "models/checker/report/names.h"
#include "models/checker/report/relations.h"

namespace wyn::model {

namespace {

constexpr std::size_t max_reconstructions = 20000;
constexpr order ascending[] = {order::acquire, order::release, order::acq_rel, order::seq_cst};

std::string label(int n) { return n == 0 ? "set-up" : "#" + std::to_string(n); }

// The events of one site: they are strengthened together, as an edit of the program would.
struct site_events {
  std::string site;
  std::vector<std::size_t> events;  ///< places in why_input::in_order
};

struct attempt {
  std::size_t site;
  order to;
};

class explainer {
 public:
  explainer(counterexample& c, const why_input& in)
      : c_(c), in_(in), tester_(in.g, in.model, in.in_order, in.race) {
    for (std::size_t n = 0; n < in.in_order.size(); ++n) {
      number_of_[in.in_order[n]] = in.numbers[n];
      step_of_.push_back(&c.steps[static_cast<std::size_t>(in.numbers[n] - 1)]);
    }
    list_sites();
  }

  void explain() {
    if (c_.why.race_first != 0) tell_race();
    tell_cycle();
    tell_stale_reads();
    // Under sc and tso a weaker order is not what lets an execution be.
    if (!is_rc11(in_.model)) return;
    if (in_.race.first_thread < 0 && c_.why.cycle.empty()) {
      say("It is an interleaving: no stronger order would exclude it.");
      return;
    }
    find_exclusions();
  }

 private:
  void say(std::string line) { c_.why.lines.push_back(std::move(line)); }
  int number(event_ref r) const { return r == initial_write ? 0 : number_of_.at(r); }
  const reported_step& step(int n) const { return c_.steps[static_cast<std::size_t>(n - 1)]; }
  std::string named(int n) const {
    return n == 0 || step(n).site.empty() ? label(n) : label(n) + " (" + step(n).site + ")";
  }

  void list_sites() {
    for (std::size_t n = 0; n < in_.in_order.size(); ++n) {
      const std::string& site = step_of_[n]->site;
      if (in_.g.at(in_.in_order[n]).kind == event_kind::choice) continue;
      const auto known = std::find_if(sites_.begin(), sites_.end(),
                                      [&](const site_events& s) { return s.site == site; });
      if (known == sites_.end()) sites_.push_back({site, {n}});
      else known->events.push_back(n);
    }
  }

  void tell_race() {
    const int a = c_.why.race_first;
    const int b = c_.why.race_second;
    say("#" + std::to_string(a) + " and #" + std::to_string(b) + " access " + step(a).location +
        ", one of them writes, and neither happens before the other.");
    tell_missing_edge(a, b);
  }

  // The reads-from edge that could have carried happens-before from a to b and does not.
  void tell_missing_edge(int a, int b) {
    const reported_step* nearest = nullptr;
    for (const reported_step& r : c_.steps) {
      if (r.thread != step(b).thread || r.number >= b || r.reads_from <= 0) continue;
      const reported_step& w = step(r.reads_from);
      if (w.thread == step(a).thread && w.number > a) nearest = &r;
    }
    if (nearest == nullptr) {
      say("Thread " + std::to_string(step(b).thread) + " reads nothing, before #" +
          std::to_string(b) + ", that thread " + std::to_string(step(a).thread) +
          " writes after #" + std::to_string(a) + ".");
      return;
    }
    const int w = nearest->reads_from;
    const bool synchronises =
        std::any_of(c_.edges.begin(), c_.edges.end(), [&](const reported_edge& e) {
          return e.kind == relation::sw && e.from == w && e.to == nearest->number;
        });
    if (synchronises) return;
    say("#" + std::to_string(nearest->number) + " reads from #" + std::to_string(w) +
        " but does not synchronise with it: the write is " + step(w).order + ", the read is " +
        nearest->order + ".");
  }

  void tell_cycle() {
    const std::vector<event_edge> cycle = cycle_of(in_.g, in_.in_order);
    if (cycle.empty()) return;
    std::string text;
    for (const event_edge& e : cycle) {
      c_.why.cycle.push_back(number(e.from));
      c_.why.cycle_edges.push_back(e.kind);
      text += label(number(e.from)) + " -" + to_string(e.kind) + "-> ";
    }
    text += label(number(cycle.front().from));
    say(text + " is a cycle" + shape_of(cycle) + ": no interleaving does this.");
  }

  // Names that the literature has for two-thread cycles.
  static std::string shape_of(const std::vector<event_edge>& cycle) {
    std::string kinds;
    for (const event_edge& e : cycle) kinds += std::string(to_string(e.kind)) + " ";
    const auto is = [&](const std::string& shape) {
      if (kinds.size() != shape.size()) return false;
      return (shape + shape).find(kinds) != std::string::npos;
    };
    if (is("po fr po fr ")) return " (store buffering)";
    if (is("po rf po fr ")) return " (message passing)";
    if (is("po mo po mo ")) return " (2+2W)";
    if (is("po mo po fr ")) return " (R)";
    if (is("po rf po mo ")) return " (S)";
    return "";
  }

  void tell_stale_reads() {
    for (const reported_step& s : c_.steps) {
      if (s.missed.empty()) continue;
      std::string missed;
      for (const int n : s.missed) missed += (missed.empty() ? "#" : ", #") + std::to_string(n);
      say("#" + std::to_string(s.number) + " reads " + s.read + " from " + label(s.reads_from) +
          " although " + missed + (s.missed.size() == 1 ? " is" : " are") + " newer: " +
          allowed_because(s) + ".");
    }
  }

  // Which axiom would exclude the read of step `s` if orders were stronger.
  std::string allowed_because(const reported_step& s) {
    if (in_.model == memory_model::tso) return "the newer write is still in a store buffer";
    const event_ref read = event_of(s.number);
    if (forbids_read(order::acq_rel, read)) {
      return "with release and acquire, happens-before would lead to it from " +
             label(s.missed.back()) + " (coherence)";
    }
    const exclusion all = tester_.exclude(raise_all(order::seq_cst));
    if (all == exclusion::psc) return "only a seq_cst order (psc) could forbid it";
    return "no order of these accesses forbids it";
  }

  event_ref event_of(int n) const {
    for (std::size_t i = 0; i < in_.numbers.size(); ++i) {
      if (in_.numbers[i] == n) return in_.in_order[i];
    }
    return initial_write;
  }

  std::vector<order> raise_all(order o) const {
    return std::vector<order>(in_.in_order.size(), o);
  }

  bool forbids_read(order o, event_ref read) {
    return tester_.forbids_read(raise_all(o), read);
  }

  exclusion attempt_all(const std::vector<attempt>& attempts) {
    ++reconstructions_;
    std::vector<order> raised(in_.in_order.size(), order::relaxed);
    for (const attempt& a : attempts) {
      for (const std::size_t n : sites_[a.site].events) raised[n] = a.to;
    }
    return tester_.exclude(raised);
  }

  // The orders that make some event of the site stronger, none of which has the same effect as an
  // earlier one.
  std::vector<order> stronger(std::size_t site) const {
    std::vector<order> result;
    std::vector<std::vector<order>> effects{effect(site, order::relaxed)};
    for (const order o : ascending) {
      const std::vector<order> e = effect(site, o);
      if (std::find(effects.begin(), effects.end(), e) != effects.end()) continue;
      effects.push_back(e);
      result.push_back(o);
    }
    return result;
  }

  std::vector<order> effect(std::size_t site, order o) const {
    std::vector<order> result;
    for (const std::size_t n : sites_[site].events) {
      const event& e = in_.g.at(in_.in_order[n]);
      result.push_back(join(e.mo, as_part_of(e.kind, o)));
    }
    return result;
  }

  strengthening described(const attempt& a) const {
    const std::size_t first = sites_[a.site].events.front();
    const event& e = in_.g.at(in_.in_order[first]);
    return {sites_[a.site].site, short_name(e.mo),
            short_name(join(e.mo, as_part_of(e.kind, a.to)))};
  }

  void found(const std::vector<attempt>& attempts, exclusion by) {
    std::vector<strengthening> set;
    for (const attempt& a : attempts) set.push_back(described(a));
    if (c_.why.excluded_by.empty()) c_.why.rule = to_string(by);
    c_.why.excluded_by.push_back(std::move(set));
  }

  // One site first; where none will do, two, and then all of them.
  void find_exclusions() {
    const bool race = in_.race.first_thread >= 0;
    for (std::size_t s = 0; s < sites_.size(); ++s) {
      for (const order o : stronger(s)) {
        const exclusion by = attempt_all({{s, o}});
        if (by == exclusion::none) continue;
        found({{s, o}}, by);
        break;
      }
    }
    if (c_.why.excluded_by.empty()) find_pairs();
    if (c_.why.excluded_by.empty()) {
      const exclusion all = tester_.exclude(raise_all(order::seq_cst));
      say(all == exclusion::none
              ? std::string("No stronger order of these accesses ") +
                    (race ? "orders the two." : "excludes this execution.")
              : std::string("With seq_cst throughout, ") + to_string(all) +
                    (race ? " orders the two" : " excludes this execution") +
                    "; no two sites alone do.");
      return;
    }
    tell_exclusions(race);
  }

  void find_pairs() {
    for (std::size_t s = 0; s < sites_.size(); ++s) {
      for (std::size_t t = s + 1; t < sites_.size(); ++t) {
        bool one = false;
        for (const order o : stronger(s)) {
          for (const order p : stronger(t)) {
            if (one || reconstructions_ >= max_reconstructions) continue;
            const exclusion by = attempt_all({{s, o}, {t, p}});
            if (by == exclusion::none) continue;
            found({{s, o}, {t, p}}, by);
            one = true;
          }
        }
      }
    }
  }

  void tell_exclusions(bool race) {
    std::string text = std::string(c_.why.rule) +
                       (race && c_.why.rule == "happens-before" ? " would order the two with "
                                                                : " would exclude this with ");
    if (c_.why.rule != "psc") text = capitalised(std::move(text));
    constexpr std::size_t most = 3;
    for (std::size_t n = 0; n < std::min(most, c_.why.excluded_by.size()); ++n) {
      if (n > 0) text += ", or ";
      for (std::size_t i = 0; i < c_.why.excluded_by[n].size(); ++i) {
        const strengthening& s = c_.why.excluded_by[n][i];
        text += (i > 0 ? " and " : "") + s.site + " " + s.to + " instead of " + s.from;
      }
    }
    if (c_.why.excluded_by.size() > most) {
      text += ", or in " + std::to_string(c_.why.excluded_by.size() - most) + " other ways";
    }
    say(text + ".");
  }

  counterexample& c_;
  const why_input& in_;
  strengthened tester_;
  std::map<event_ref, int> number_of_;
  std::vector<const reported_step*> step_of_;
  std::vector<site_events> sites_;
  std::size_t reconstructions_ = 0;
};

}  // namespace

void explain(counterexample& c, const why_input& in) { explainer(c, in).explain(); }

}  // namespace wyn::model
