#include "models/checker/report/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "models/checker/report/names.h"

namespace wyn::model {

namespace {

struct glyphs {
  const char* to;
  const char* from;
  const char* dot;
  const char* more;
};
constexpr glyphs unicode{"→", "←", " · ", "…"};
constexpr glyphs plain{"->", "<-", ", ", "..."};

const glyphs& glyphs_of(const text_style& style) { return style.ascii ? plain : unicode; }

// Columns that a text takes: its characters, not its bytes.
std::size_t width(std::string_view s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string pad(std::string s, std::size_t columns) {
  const std::size_t w = width(s);
  if (w < columns) s.append(columns - w, ' ');
  return s;
}

std::string pad_left(const std::string& s, std::size_t columns) {
  const std::size_t w = width(s);
  return w < columns ? std::string(columns - w, ' ') + s : s;
}

void end_line(std::string& text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  text += '\n';
}

std::string label(int n) { return n == 0 ? "init" : "#" + std::to_string(n); }

// "why   " and the like before the first line, blanks before the others.
void add_block(std::string& text, const std::string& head, const std::vector<std::string>& lines,
               int columns, std::size_t indentation = 8) {
  const std::string indent(indentation, ' ');
  std::string start = pad(head, indent.size());
  for (const std::string& line : lines) {
    std::string row = start;
    bool empty = true;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = line.find(' ', at);
      if (end == std::string::npos) end = line.size();
      const std::string word = line.substr(at, end - at);
      at = end + 1;
      if (!empty && width(row) + 1 + width(word) > static_cast<std::size_t>(columns)) {
        text += row + "\n";
        row = indent;
        empty = true;
      }
      row += (empty ? "" : " ") + word;
      empty = false;
    }
    text += row;
    end_line(text);
    start = indent;
  }
}

// A step in the parts that stand in columns.
struct cells {
  std::string site;
  std::string order;
  std::string action;
  std::string source;  ///< "reads from"
  std::string note;
};

class table {
 public:
  table(const counterexample& c, const text_style& style)
      : c_(c), style_(style), glyphs_(glyphs_of(style)) {
    for (const reported_step& s : c.steps) rows_.push_back(cells_of(s));
  }

  std::string print() const {
    const std::string wide = print_wide();
    if (longest_line(wide) <= static_cast<std::size_t>(style_.columns)) return wide;
    const std::string narrow = print_narrow();
    return longest_line(narrow) < longest_line(wide) ? narrow : wide;
  }

 private:
  static std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      longest = std::max(longest, width(text.substr(0, end)));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return longest;
  }

  cells cells_of(const reported_step& s) const {
    cells c;
    c.site = s.site.empty() ? s.operation : s.site;
    c.order = s.order;
    c.action = action_of(s, glyphs_.to, glyphs_.from);
    if (s.reads_from >= 0) c.source = label(s.reads_from);
    for (std::size_t i = 0; i < s.missed.size(); ++i) {
      c.source += (i == 0 ? "; newer: " : ", ") + label(s.missed[i]);
    }
    if (!s.note.empty()) c.note = std::string(glyphs_.from) + " " + s.note;
    return c;
  }

  struct widths {
    std::size_t site = 0;
    std::size_t order = 0;
    std::size_t action = 0;
    void fit(const cells& c) {
      site = std::max(site, width(c.site));
      order = std::max(order, width(c.order));
      action = std::max(action, width(c.action));
    }
    std::size_t total() const { return site + 2 + order + (order > 0 ? 2 : 0) + action; }
  };

  static std::string join(const cells& c, const widths& w) {
    return pad(c.site, w.site) + "  " + (w.order > 0 ? pad(c.order, w.order) + "  " : "") +
           pad(c.action, w.action);
  }

  std::string number(int n) const { return pad_left(std::to_string(n), 3); }

  // Consecutive folded steps are one row.
  template <class Row>
  void each_row(std::string& text, Row row) const {
    for (std::size_t n = 0; n < rows_.size();) {
      std::size_t end = n;
      while (end < rows_.size() && c_.steps[end].folded) ++end;
      if (end > n) {
        text += std::string("  ") + glyphs_.more + "  " + std::to_string(end - n) + " more";
        end_line(text);
        n = end;
        continue;
      }
      row(n++);
      end_line(text);
    }
  }

  void add_tail(std::string& text, const cells& c, std::size_t source) const {
    text += "  " + (c.note.empty() ? c.source : pad(c.source, source) + "  " + c.note);
  }

  std::size_t source_width() const {
    std::size_t w = width("reads from");
    for (std::size_t n = 0; n < rows_.size(); ++n) {
      if (!c_.steps[n].folded) w = std::max(w, width(rows_[n].source));
    }
    return w;
  }

  // A column for each thread.
  std::string print_wide() const {
    std::vector<widths> w(static_cast<std::size_t>(c_.threads));
    std::vector<std::size_t> total;
    for (std::size_t n = 0; n < rows_.size(); ++n) {
      if (!c_.steps[n].folded) w[static_cast<std::size_t>(c_.steps[n].thread)].fit(rows_[n]);
    }
    std::string text = "  #";
    for (int t = 0; t < c_.threads; ++t) {
      const std::string title = "T" + std::to_string(t);
      total.push_back(std::max(w[static_cast<std::size_t>(t)].total(), title.size()));
      text += "  " + pad(title, total.back());
    }
    text += "  reads from\n";
    const std::size_t source = source_width();
    each_row(text, [&](std::size_t n) {
      text += number(c_.steps[n].number);
      for (int t = 0; t < c_.threads; ++t) {
        const auto i = static_cast<std::size_t>(t);
        text += "  " + pad(t == c_.steps[n].thread ? join(rows_[n], w[i]) : "", total[i]);
      }
      add_tail(text, rows_[n], source);
    });
    return text;
  }

  // A lane for each thread, which holds its number, and the steps in one column.
  std::string print_narrow() const {
    widths w;
    for (std::size_t n = 0; n < rows_.size(); ++n) {
      if (!c_.steps[n].folded) w.fit(rows_[n]);
    }
    const auto lanes = static_cast<std::size_t>(c_.threads);
    const std::size_t lane_width = std::max<std::size_t>(3 * lanes + 1, 7);
    std::string text =
        "  #  " + pad("thread", lane_width) + pad("", w.total()) + "  reads from\n";
    const std::size_t source = source_width();
    each_row(text, [&](std::size_t n) {
      const auto t = static_cast<std::size_t>(c_.steps[n].thread);
      text += number(c_.steps[n].number) + "  ";
      text += pad(pad("", 3 * t) + std::to_string(t), lane_width);
      text += join(rows_[n], w);
      add_tail(text, rows_[n], source);
    });
    return text;
  }

  const counterexample& c_;
  const text_style& style_;
  const glyphs& glyphs_;
  std::vector<cells> rows_;
};

std::string counted(std::size_t n, const char* what) {
  const char* plural = std::string_view(what).ends_with("ch") ? "es" : "s";
  return std::to_string(n) + " " + what + (n == 1 ? "" : plural);
}

std::string effort_of(const search_effort& e) {
  const std::string runs = counted(e.executions, "further run");
  std::string text = e.exhausted
                         ? "no execution fails with less: all were looked at, in " + runs
                         : "the shortest of " + counted(e.failing, "failure") + " in " + runs;
  if (e.first_preemptions == e.preemptions && e.first_events == e.events) return text;
  return text + "; the first had " +
         counted(static_cast<std::size_t>(e.first_preemptions), "preemption") + ", " +
         counted(static_cast<std::size_t>(e.first_events), "event");
}

std::string summary(const counterexample& c, const glyphs& g) {
  const auto folded = static_cast<std::size_t>(std::count_if(
      c.steps.begin(), c.steps.end(), [](const reported_step& s) { return s.folded; }));
  std::string text = counted(static_cast<std::size_t>(c.threads), "thread") + g.dot +
                     counted(c.steps.size(), "step");
  if (folded > 0) text += ", " + std::to_string(folded) + " folded";
  text += g.dot + counted(static_cast<std::size_t>(c.switches), "context switch");
  if (c.preemptions > 0) {
    text += ", " + counted(static_cast<std::size_t>(c.preemptions), "preemption");
  }
  return text;
}

std::string set_up_of(const counterexample& c) {
  std::string text;
  for (const reported_location& l : c.locations) {
    text += (text.empty() ? "" : " ") + l.name + "=" + l.initial;
  }
  return text;
}

std::vector<std::string> modification_orders(const counterexample& c) {
  std::vector<std::string> lines;
  for (const reported_location& l : c.locations) {
    if (l.writes.size() < 2) continue;
    std::string line = l.name + ": init";
    for (const int n : l.writes) line += " < " + label(n);
    lines.push_back(line);
  }
  return lines;
}

std::string outcomes_of(const verdict& v) {
  if (v.outcomes.empty()) return "";
  std::string text = "states  " + std::to_string(v.outcomes.size()) + "\n";
  for (const outcome_count& o : v.outcomes) {
    text += pad_left(std::to_string(o.count), 12) + "  " + o.outcome + "\n";
  }
  return text;
}

std::string sites_of(const verdict& v) {
  std::string text;
  for (const site_use& s : v.sites) {
    text += (text.empty() ? "sites   " : "        ") + s.site + (s.stale ? "  (stale reads)" : "") +
            "\n";
  }
  for (const std::string& row : v.unused_rows) {
    text += "warning no execution reaches " + row + "\n";
  }
  return text;
}

}  // namespace

std::string text_of(const counterexample& c, const text_style& style) {
  std::string text;
  if (!c.locations.empty()) add_block(text, "set-up", {set_up_of(c)}, style.columns);
  if (!c.steps.empty()) text += table(c, style).print();
  std::string tail;
  add_block(tail, "mo", modification_orders(c), style.columns);
  add_block(tail, "why", c.why.lines, style.columns);
  add_block(tail, "fix", c.fix, style.columns);
  if (!c.why.lines.empty() && (c.model == "rc11" || c.model == "rc11_20")) {
    add_block(tail, "note",
              {"RC11 accepts a little more than the text of C++20 on seq_cst accesses mixed with "
               "weaker ones."},
              style.columns);
  }
  return text + tail;
}

std::string text_of(const verdict& v, const text_style& style) {
  std::string text = std::string(to_string(v.kind)) + "  " + v.message;
  if (v.trace != nullptr) {
    for (const std::string& o : v.trace->overrides) text += "  [" + o + "]";
  }
  text += "\n      executions " + std::to_string(v.executions) + ", blocked " +
          std::to_string(v.blocked) + ", runs " + std::to_string(v.runs) + "\n";
  if (v.semantics != memory_model::rc11_20) {
    text += std::string("      memory model ") + to_string(v.semantics) +
            "; data races and lifetimes are judged by the happens-before of C++\n";
  }
  if (!v.symmetry.empty()) text += "      symmetry " + v.symmetry + "\n";
  if (v.beyond + v.cut_off > 0) {
    text += "      beyond the bound on preemptions: " + counted(v.beyond, "execution") +
            " met and not counted, " + counted(v.cut_off, "graph") + " cut off\n";
  }
  if (v.no_machine_run > 0) {
    text += "      " + counted(v.no_machine_run, "execution") +
            " that no machine of views runs: po, rf and psc form a cycle\n";
  }
  text += outcomes_of(v) + sites_of(v);
  if (v.trace == nullptr) return text;
  const glyphs& g = glyphs_of(style);
  text += "      " + summary(*v.trace, g) + "\n";
  if (v.trace->effort.made) {
    add_block(text, "", {effort_of(v.trace->effort)}, style.columns, 6);
  }
  text += text_of(*v.trace, style);
  return v.replay.empty() ? text : text + "replay  WYN_MODEL_REPLAY=" + v.replay + "\n";
}

}  // namespace wyn::model
