#include "models/checker/report/report.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace wyn::model {

namespace {

const char* name_of(order o) {
  switch (o) {
    case order::none: return "none";
    case order::relaxed: return "rlx";
    case order::acquire: return "acq";
    case order::release: return "rel";
    case order::acq_rel: return "acq_rel";
    case order::seq_cst: return "sc";
    case order::light: return "light";
    case order::heavy: return "heavy";
  }
  return "?";
}

class printer {
 public:
  printer(const graph& g, const execution& e) : g_(g), e_(e) { number_events(); }

  std::string print() const {
    std::vector<std::string> cells(order_.size());
    std::vector<std::size_t> width(static_cast<std::size_t>(g_.threads()));
    for (int t = 0; t < g_.threads(); ++t) {
      width[static_cast<std::size_t>(t)] = title(t).size();
    }
    for (std::size_t n = 0; n < order_.size(); ++n) {
      cells[n] = cell(order_[n]);
      std::size_t& w = width[static_cast<std::size_t>(thread_of(order_[n]))];
      w = std::max(w, cells[n].size());
    }
    std::string text = "\n   #";
    for (int t = 0; t < g_.threads(); ++t)
      text += " | " + pad(title(t), width[static_cast<std::size_t>(t)]);
    trim(text);
    for (std::size_t n = 0; n < order_.size(); ++n) {
      std::string number = std::to_string(n + 1);
      text += "\n" + std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') + number;
      for (int t = 0; t < g_.threads(); ++t) {
        text += " | " + pad(t == thread_of(order_[n]) ? cells[n] : "",
                            width[static_cast<std::size_t>(t)]);
      }
      trim(text);
    }
    text += "\n\n" + modification_orders() + legend();
    return text;
  }

 private:
  static std::string title(int t) { return "thread " + std::to_string(t); }
  static std::string pad(std::string s, std::size_t w) {
    s.resize(std::max(w, s.size()), ' ');
    return s;
  }
  static void trim(std::string& s) {
    while (!s.empty() && s.back() == ' ') s.pop_back();
  }

  bool done(event_ref r) const {
    return r == initial_write ||
           number_[static_cast<std::size_t>(thread_of(r))][static_cast<std::size_t>(index_of(r))] !=
               0;
  }
  std::string label(event_ref r) const {
    if (r == initial_write) return "init";
    return "#" + std::to_string(number_[static_cast<std::size_t>(thread_of(r))]
                                       [static_cast<std::size_t>(index_of(r))]);
  }

  // A linear extension of po u rf, which among the possible events prefers the one that was added
  // first.
  void number_events() {
    number_.resize(static_cast<std::size_t>(g_.threads()));
    std::vector<int> next(static_cast<std::size_t>(g_.threads()), 0);
    for (int t = 0; t < g_.threads(); ++t) {
      number_[static_cast<std::size_t>(t)].assign(static_cast<std::size_t>(g_.size(t)), 0);
    }
    for (int left = g_.total(); left > 0; --left) {
      int best = -1;
      for (int t = 0; t < g_.threads(); ++t) {
        const int i = next[static_cast<std::size_t>(t)];
        if (i >= g_.size(t)) continue;
        const event& e = g_.at(t, i);
        if (reads(e.kind) && !done(e.reads_from)) continue;
        if (best < 0 || e.stamp < g_.at(best, next[static_cast<std::size_t>(best)]).stamp) best = t;
      }
      if (best < 0) return;
      const int i = next[static_cast<std::size_t>(best)]++;
      order_.push_back(make_ref(best, i));
      number_[static_cast<std::size_t>(best)][static_cast<std::size_t>(i)] =
          static_cast<int>(order_.size());
    }
  }

  std::string value(std::uint64_t v) const { return e_.memory().describe(v); }

  // Writes that were there, in the order of the rows, and are newer than what was read.
  std::string stale(event_ref r) const {
    const event& e = g_.at(r);
    std::string missed;
    const int self =
        number_[static_cast<std::size_t>(thread_of(r))][static_cast<std::size_t>(index_of(r))];
    for (std::uint32_t p = g_.place_of(e.reads_from) + 1; p <= g_.mo().last(e.location); ++p) {
      const event_ref w = g_.mo().at(e.location, p);
      const int n =
          number_[static_cast<std::size_t>(thread_of(w))][static_cast<std::size_t>(index_of(w))];
      if (w == r || n == 0 || n > self) continue;
      missed += (missed.empty() ? "" : " ") + label(w);
    }
    return missed.empty() ? "" : "  STALE: misses " + missed;
  }

  std::string site_of(event_ref r) const {
    const auto& of_thread = e_.operations()[static_cast<std::size_t>(thread_of(r))];
    const auto i = static_cast<std::size_t>(index_of(r));
    return i < of_thread.size() ? of_thread[i].site : "";
  }

  std::string cell(event_ref r) const {
    const event& e = g_.at(r);
    std::string text = site_of(r) + "  ";
    const std::string object =
        reads(e.kind) || writes(e.kind) ? "[" + e_.objects().location_name(e.location) + "]" : "";
    const std::string mo = std::string(" ") + name_of(e.mo);
    switch (e.kind) {
      case event_kind::fence: return text + "fence" + mo;
      case event_kind::choice: return text + "= " + value(e.value_read);
      case event_kind::store:
        return text + "W" + mo + " " + object + " := " + value(e.value_written);
      case event_kind::load: text += "R" + mo; break;
      case event_kind::rmw: text += "U" + mo; break;
    }
    text += " " + object + " = " + value(e.value_read) + " from " + label(e.reads_from);
    if (e.kind == event_kind::rmw) text += ", := " + value(e.value_written);
    return text + stale(r);
  }

  std::string modification_orders() const {
    std::string text;
    for (std::uint32_t l = 0; l < g_.mo().locations(); ++l) {
      if (g_.mo().last(l) < 2) continue;
      text += "mo of " + e_.objects().location_name(l) + ": init";
      for (std::uint32_t p = 1; p <= g_.mo().last(l); ++p) text += " < " + label(g_.mo().at(l, p));
      text += "\n";
    }
    return text;
  }

  std::string legend() const {
    std::string text =
        "R load, W store, U read-modify-write; \"from\" is the write that was read; STALE lists "
        "newer writes that stood before.\n";
    if (e_.model() == memory_model::rc11 || e_.model() == memory_model::rc11_20) {
      text += "BEWARE: RC11 accepts a little more than the text of C++20 on seq_cst accesses mixed "
              "with weaker ones.\n";
    }
    return text;
  }

  const graph& g_;
  const execution& e_;
  std::vector<event_ref> order_;
  std::vector<std::vector<int>> number_;
};

}  // namespace

std::string describe(const graph& g, const execution& e) { return printer(g, e).print(); }

}  // namespace wyn::model
