#include "models/checker/tools/necessity.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "models/checker/tools/load_buffering.h"

namespace wyn::model {

namespace {

struct examined {
  const named_program* what;
  std::uint64_t executions = 0;
  std::vector<met_site> sites;
  std::vector<load_buffering_pair> pairs;

  const met_site* find(const std::string& id) const {
    const auto at = std::find_if(sites.begin(), sites.end(),
                                 [&](const met_site& s) { return s.id == id; });
    return at == sites.end() ? nullptr : &*at;
  }
};

class investigation {
 public:
  investigation(const std::vector<named_program>& programs, const tool_options& o) : options_(o) {
    for (const named_program& p : programs) {
      if (!examine(p)) return;
    }
    // The smallest programs first: they kill at the least cost.
    std::stable_sort(
        programs_.begin(), programs_.end(),
        [](const examined& a, const examined& b) { return a.executions < b.executions; });
    list_sites();
    for (site_necessity& s : report.sites) {
      if (s.site.ambiguous) continue;
      for (const order_change& change : weakened_one_step(s.site)) {
        s.tried.push_back(attempt({&s.site}, {override_of(s.site, change)}));
        s.tried.back().change = change;
      }
    }
    if (o.pairs) try_pairs();
  }

  necessity_report report;

 private:
  bool examine(const named_program& p) {
    site_collector collector;
    load_buffering_lint lint(&collector);
    const detail::probe as_it_is = detail::check_with(p.model, options_, {}, &lint);
    ++report.checks;
    if (as_it_is.failed() || (!as_it_is.passed() && !as_it_is.bounded())) {
      report.problem = p.name + " does not pass as it is: " +
                       to_string(as_it_is.answer.kind) + ", " + as_it_is.answer.message;
      return false;
    }
    if (as_it_is.bounded()) report.bounded_programs.push_back(p.name);
    programs_.push_back({&p, as_it_is.answer.executions, collector.sites(), lint.pairs()});
    return true;
  }

  void list_sites() {
    site_collector all;
    for (const examined& p : programs_) {
      for (const met_site& s : p.sites) all.add(s);
    }
    for (const met_site& s : all.sites()) {
      site_necessity row{s, {}, {}};
      for (const examined& p : programs_) {
        if (p.find(row.site.id) != nullptr) row.programs.push_back(p.what->name);
      }
      report.sites.push_back(std::move(row));
    }
  }

  struct survivor {
    const met_site* site;
    const order_change* change;
  };

  std::vector<survivor> survivors() const {
    std::vector<survivor> list;
    for (const site_necessity& s : report.sites) {
      for (const tried_weakening& t : s.tried) {
        if (t.answer == weakening_answer::survives || t.answer == weakening_answer::bounded) {
          list.push_back({&s.site, &t.change});
        }
      }
    }
    return list;
  }

  // A program that meets one of the two sites alone has passed already.
  void try_pairs() {
    const std::vector<survivor> alone = survivors();
    const std::uint64_t before = report.checks;
    for (std::size_t i = 0; i < alone.size(); ++i) {
      for (std::size_t k = i + 1; k < alone.size(); ++k) {
        if (alone[i].site == alone[k].site) continue;
        ++report.all_pairs;
        if (options_.max_pair_checks != 0 &&
            report.checks - before >= options_.max_pair_checks) {
          continue;
        }
        ++report.tried_pairs;
        try_pair(alone[i], alone[k]);
      }
    }
  }

  void try_pair(const survivor& a, const survivor& b) {
    tried_weakening t = attempt({a.site, b.site}, {override_of(*a.site, *a.change),
                                                   override_of(*b.site, *b.change)});
    if (t.answer != weakening_answer::killed && t.answer != weakening_answer::undecided) return;
    t.change = *b.change;
    report.pairs.push_back({a.site->id + " -> " + a.change->text,
                            b.site->id + " -> " + b.change->text, std::move(t)});
  }

  tried_weakening attempt(const std::vector<const met_site*>& sites,
                          const std::vector<order_override>& weaker) {
    tried_weakening t;
    t.answer = weakening_answer::survives;
    const auto met_by = [](const examined& p) {
      return [&p](const met_site* s) { return p.find(s->id) != nullptr; };
    };
    for (const examined& p : programs_) {
      if (!std::all_of(sites.begin(), sites.end(), met_by(p))) continue;
      load_buffering_lint lint;
      const detail::probe outcome = detail::check_with(p.what->model, options_, weaker, &lint);
      ++report.checks;
      if (outcome.passed() || outcome.bounded()) {
        if (outcome.bounded()) t.answer = std::max(t.answer, weakening_answer::bounded);
        add_new_pairs(p, lint.pairs(), t.load_buffering);
        continue;
      }
      t.answer = outcome.failed() ? weakening_answer::killed : weakening_answer::undecided;
      t.program = p.what->name;
      t.failure = outcome.answer.failure;
      t.message = outcome.answer.message;
      t.report = outcome.answer.report;
      if (!outcome.failed()) continue;
      t.load_buffering.clear();
      return t;
    }
    return t;
  }

  static void add_new_pairs(const examined& before, const std::vector<load_buffering_pair>& after,
                            std::vector<std::string>& list) {
    for (const load_buffering_pair& pair : after) {
      const bool old = std::count(before.pairs.begin(), before.pairs.end(), pair) != 0;
      const std::string text = to_string(pair);
      if (!old && std::count(list.begin(), list.end(), text) == 0) list.push_back(text);
    }
  }

  const tool_options& options_;
  std::vector<examined> programs_;
};

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string answer_text(const tried_weakening& t) {
  switch (t.answer) {
    case weakening_answer::killed:
      return "killed by " + t.program + " (" +
             (t.failure == failure::assertion ? first_line(t.message) : to_string(t.failure)) + ")";
    case weakening_answer::undecided:
      return "undecided: " + t.program + ": " + first_line(t.message);
    case weakening_answer::survives:
    case weakening_answer::bounded: break;
  }
  std::string text = "SURVIVES";
  if (t.answer == weakening_answer::bounded) text += " as far as explored";
  if (t.load_buffering.empty()) return text + ": may be weaker";
  text += ", but hardware may need it against load buffering:";
  for (const std::string& pair : t.load_buffering) text += "\n" + pair;
  return text;
}

std::string pairs_text(const necessity_report& r) {
  if (r.all_pairs == 0) return "";
  std::string text = "pairs: " + std::to_string(r.all_pairs) +
                     " of weakenings that survive alone, " + std::to_string(r.pairs.size()) +
                     " not together";
  if (r.tried_pairs < r.all_pairs) {
    text += "; tried: " + std::to_string(r.tried_pairs) +
            " (options::max_pair_checks, a bound on the checks)";
  }
  text += "\n";
  for (const needed_pair& p : r.pairs) {
    text += "  " + p.first + " and " + p.second + "  " + answer_text(p.together) + "\n";
  }
  return text;
}

// The columns of a table, and its rows.
class text_table {
 public:
  void add(std::vector<std::string> row) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      if (widths_.size() <= i) widths_.push_back(0);
      widths_[i] = std::max(widths_[i], row[i].size());
    }
    rows_.push_back(std::move(row));
  }
  // Further lines of a last cell stand below its first one.
  std::string print() const {
    std::string text;
    for (const std::vector<std::string>& row : rows_) {
      std::string head;
      for (std::size_t i = 0; i + 1 < row.size(); ++i) head += padded(row[i], widths_[i]) + "  ";
      std::string last = row.back();
      const std::string indent = "\n" + std::string(head.size() + 2, ' ');
      for (std::size_t at = last.find('\n'); at != std::string::npos;
           at = last.find('\n', at + indent.size())) {
        last.replace(at, 1, indent);
      }
      text += "  " + head + last + "\n";
    }
    return text;
  }

 private:
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
};

std::string json_of(const tried_weakening& t) {
  std::string text = "{\"to\":" + detail::quoted(t.change.text) + ",\"answer\":\"" +
                     to_string(t.answer) + "\"";
  if (!t.program.empty()) {
    text += ",\"program\":" + detail::quoted(t.program) + ",\"failure\":\"" +
            to_string(t.failure) + "\",\"message\":" + detail::quoted(t.message) +
            ",\"report\":" + detail::quoted(t.report);
  }
  text += ",\"load_buffering\":[";
  for (std::size_t i = 0; i < t.load_buffering.size(); ++i) {
    text += (i == 0 ? "" : ",") + detail::quoted(t.load_buffering[i]);
  }
  return text + "]}";
}

}  // namespace

const char* to_string(weakening_answer answer) {
  switch (answer) {
    case weakening_answer::killed: return "killed";
    case weakening_answer::survives: return "survives";
    case weakening_answer::bounded: return "bounded";
    case weakening_answer::undecided: return "undecided";
  }
  return "?";
}

std::string necessity_report::text() const {
  if (!problem.empty()) return "necessity: no table: " + problem + "\n";
  std::size_t counts[4] = {};
  std::size_t steps = 0;
  text_table table;
  for (const site_necessity& s : sites) {
    const std::string orders = orders_text(s.site.kind, s.site.orders);
    if (s.site.ambiguous) {
      table.add({s.site.id, orders, "",
                 "not tried: accesses of several kinds or orders share this name"});
    } else if (s.tried.empty()) {
      table.add({s.site.id, orders, "", "weakest already"});
    }
    for (const tried_weakening& t : s.tried) {
      ++steps;
      ++counts[static_cast<std::size_t>(t.answer)];
      table.add({s.site.id, orders, "-> " + t.change.text, answer_text(t)});
    }
  }
  std::string head = "necessity: " + std::to_string(sites.size()) + " sites, " +
                     std::to_string(steps) + " weakenings";
  for (std::size_t a = 0; a < 4; ++a) {
    if (counts[a] == 0) continue;
    static constexpr const char* words[] = {"killed", "survive", "survive as far as explored",
                                            "undecided"};
    head += ", " + std::to_string(counts[a]) + " " + words[a];
  }
  head += "\n";
  for (const std::string& name : bounded_programs) {
    head += "  " + name + " was explored up to a bound: a site beyond it is missing here\n";
  }
  return head + table.print() + pairs_text(*this);
}

std::string necessity_report::json() const {
  std::string text = "{\"schema\":1,\"problem\":" + detail::quoted(problem) + ",\"sites\":[";
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const site_necessity& s = sites[i];
    text += std::string(i == 0 ? "" : ",") + "{\"site\":" + detail::quoted(s.site.id) +
            ",\"kind\":\"" + to_string(s.site.kind) + "\",\"order\":\"" +
            order_name(s.site.orders.success) + "\"";
    if (s.site.kind == access_kind::compare_exchange) {
      text += std::string(",\"failure_order\":\"") + order_name(s.site.orders.failure) + "\"";
    }
    text += std::string(",\"ambiguous\":") + (s.site.ambiguous ? "true" : "false") +
            ",\"weakenings\":[";
    for (std::size_t k = 0; k < s.tried.size(); ++k) {
      text += (k == 0 ? "" : ",") + json_of(s.tried[k]);
    }
    text += "]}";
  }
  text += "],\"all_pairs\":" + std::to_string(all_pairs) +
          ",\"tried_pairs\":" + std::to_string(tried_pairs) + ",\"pairs\":[";
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    text += std::string(i == 0 ? "" : ",") + "{\"first\":" + detail::quoted(pairs[i].first) +
            ",\"second\":" + detail::quoted(pairs[i].second) +
            ",\"together\":" + json_of(pairs[i].together) + "}";
  }
  return text + "]}\n";
}

necessity_report necessity(const std::vector<named_program>& programs, const tool_options& o) {
  return std::move(investigation(programs, o).report);
}

}  // namespace wyn::model
