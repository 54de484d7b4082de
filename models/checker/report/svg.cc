#include "models/checker/report/svg.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "models/checker/report/dot.h"
#include "models/checker/report/names.h"

namespace wyn::model {

namespace {

constexpr int row_height = 50;
constexpr int box_height = 38;
constexpr int gap = 90;  // between columns: room for edges
constexpr int margin = 24;
constexpr int character = 7;  // width of a 12 px monospace character, rounded

int width_of(const std::string& s) {
  return character * static_cast<int>(std::count_if(
                         s.begin(), s.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

// Those of dot.h, by names that browsers know.
const char* colour_in_the_light(relation r) {
  return r == relation::sw ? "#d02090" : colour_of(r);
}

// Colours that are legible on a dark ground.
const char* colour_in_the_dark(relation r) {
  switch (r) {
    case relation::po: return "#ddd";
    case relation::rf: return "#ff6b6b";
    case relation::mo: return "#6ba8ff";
    case relation::fr: return "#ffa040";
    case relation::sw: return "#f06fb5";
    case relation::hb: return "#a78bfa";
    case relation::psc: return "#4fd1c5";
  }
  return "#ddd";
}

class picture {
 public:
  explicit picture(const counterexample& c) : c_(c), box_width_(200), columns_(c.threads) {
    for (const reported_step& s : c.steps) {
      box_width_ = std::max({box_width_, width_of(title_of(s)) + 16, width_of(detail_of(s)) + 16});
    }
    for (std::size_t i = 0; i < c.steps.size(); ++i) top_.push_back(row_top(static_cast<int>(i)));
  }

  std::string draw() const {
    const int width = std::max(2 * margin + columns_ * box_width_ + (columns_ - 1) * gap + 40,
                               2 * margin + width_of(set_up()));
    const int height = row_top(static_cast<int>(c_.steps.size())) + 40;
    std::string text = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"execution\" width=\"" +
                       number(width) + "\" height=\"" + number(height) + "\" viewBox=\"0 0 " +
                       number(width) + " " + number(height) + "\" font-family=\"monospace\" " +
                       "font-size=\"12\">\n" + style() + markers();
    text += "<rect class=\"ground\" width=\"" + number(width) + "\" height=\"" + number(height) +
            "\"/>\n";
    text += label("set-up", margin, 24, set_up());
    for (int t = 0; t < columns_; ++t) {
      text += label("thread", left(t), 54, "T" + number(t) + ends(t));
    }
    for (const reported_edge& e : c_.edges) text += edge(e.kind, e.from, e.to);
    if (c_.why.race_first != 0) text += race();
    for (const reported_step& s : c_.steps) text += box(s);
    return text + legend(height - 18) + "</svg>\n";
  }

 private:
  static std::string number(int n) { return std::to_string(n); }
  static int row_top(int row) { return 66 + row * row_height; }
  int left(int thread) const { return margin + thread * (box_width_ + gap); }
  const reported_step& step(int n) const { return c_.steps[static_cast<std::size_t>(n - 1)]; }
  int top(int n) const { return top_[static_cast<std::size_t>(n - 1)]; }

  std::string set_up() const {
    std::string text = "set-up:";
    for (const reported_location& l : c_.locations) text += "  " + l.name + "=" + l.initial;
    return text;
  }

  std::string ends(int t) const {
    const std::string& how = c_.ends[static_cast<std::size_t>(t)];
    return how.empty() ? "" : "  (" + how + ")";
  }

  static std::string title_of(const reported_step& s) {
    return "#" + number(s.number) + " " + headline_of(s);
  }
  static std::string detail_of(const reported_step& s) {
    std::string text = action_of(s);
    if (s.reads_from == 0) text += "  (init)";
    return s.note.empty() ? text : text + "  ← " + s.note;
  }

  static std::string label(const char* kind, int x, int y, const std::string& text) {
    return std::string("<text class=\"") + kind + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
           "\">" + escaped(text) + "</text>\n";
  }

  std::string style() const {
    std::string light;
    std::string dark;
    for (const relation r : all_relations) {
      const std::string name = std::string(".execution .") + to_string(r);
      light += name + "{stroke:" + colour_in_the_light(r) + "}" + name +
               "-head{fill:" + colour_in_the_light(r) + "}\n";
      dark += name + "{stroke:" + colour_in_the_dark(r) + "}" + name +
              "-head{fill:" + colour_in_the_dark(r) + "}\n";
    }
    return "<style>\n"
           ".execution .ground{fill:#fff}.execution text{fill:#111;white-space:pre}\n"
           ".execution .thread,.execution .title{font-weight:bold}\n"
           ".execution .step rect{fill:#f4f4f4;stroke:#888}\n"
           ".execution .stale rect{fill:#fff0d8}.execution .failed rect{fill:#ffe08a}\n"
           ".execution .folded{opacity:.4}\n"
           ".execution .edge{fill:none;stroke-width:1.5}\n"
           ".execution .race{stroke:darkgreen;stroke-dasharray:3 3}\n" +
           light +
           "@media (prefers-color-scheme:dark){\n"
           ".execution .ground{fill:#16181c}.execution text{fill:#e6e6e6}\n"
           ".execution .step rect{fill:#24272d;stroke:#777}\n"
           ".execution .stale rect{fill:#4a3a18}.execution .failed rect{fill:#5c4a00}\n"
           ".execution .race{stroke:#7fd17f}\n" +
           dark + "}\n</style>\n";
  }

  static std::string markers() {
    std::string text = "<defs>\n";
    for (const relation r : all_relations) {
      const std::string name = to_string(r);
      text += "<marker id=\"head-" + name +
              "\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
              "orient=\"auto\"><path class=\"" +
              name + "-head\" d=\"M0 0L8 4L0 8z\"/></marker>\n";
    }
    return text + "</defs>\n";
  }

  std::string box(const reported_step& s) const {
    std::string kind = "step";
    if (!s.missed.empty()) kind += " stale";
    if (s.number == c_.failed_at) kind += " failed";
    if (s.folded) kind += " folded";
    const int x = left(s.thread);
    return "<g class=\"" + kind + "\" data-n=\"" + number(s.number) + "\"><rect x=\"" + number(x) +
           "\" y=\"" + number(top(s.number)) + "\" width=\"" + number(box_width_) +
           "\" height=\"" + number(box_height) + "\" rx=\"4\"/>\n" +
           label("title", x + 8, top(s.number) + 15, title_of(s)) +
           label("detail", x + 8, top(s.number) + 31, detail_of(s)) + "</g>\n";
  }

  // Where edges of a relation meet a box, so that they do not lie upon each other.
  static int offset(relation r) { return 9 + 5 * (static_cast<int>(r) - 1); }

  std::string path(const std::string& kind, const std::string& head, int from, int to,
                   const std::string& d) const {
    return "<path class=\"edge " + kind + "\" data-from=\"" + number(from) + "\" data-to=\"" +
           number(to) + "\" d=\"" + d + "\"" +
           (head.empty() ? "" : " marker-end=\"url(#head-" + head + ")\"") + "/>\n";
  }

  std::string edge(relation r, int from, int to) const {
    const std::string name = to_string(r);
    const int a = step(from).thread;
    if (r == relation::po) {
      const int x = left(a) + 20;
      return path(name, name, from, to,
                  "M" + number(x) + " " + number(top(from) + box_height) + "V" + number(top(to)));
    }
    return path(name, name, from, to, curve(from, to, offset(r)));
  }

  std::string curve(int from, int to, int shift) const {
    const int a = step(from).thread;
    const int b = step(to).thread;
    const int y1 = top(from) + shift;
    const int y2 = top(to) + shift;
    if (a == b) {
      const int x = left(a) + box_width_;
      const int bend = x + 14 + std::min(60, std::abs(y2 - y1) / 6);
      return "M" + number(x) + " " + number(y1) + "C" + number(bend) + " " + number(y1) + " " +
             number(bend) + " " + number(y2) + " " + number(x) + " " + number(y2);
    }
    const bool right = a < b;
    const int x1 = left(a) + (right ? box_width_ : 0);
    const int x2 = left(b) + (right ? 0 : box_width_);
    const int pull = right ? 45 : -45;
    return "M" + number(x1) + " " + number(y1) + "C" + number(x1 + pull) + " " + number(y1) + " " +
           number(x2 - pull) + " " + number(y2) + " " + number(x2) + " " + number(y2);
  }

  std::string race() const {
    return path("race", "", c_.why.race_first, c_.why.race_second,
                curve(c_.why.race_first, c_.why.race_second, box_height / 2));
  }

  std::string legend(int y) const {
    std::string text;
    int x = margin;
    for (const relation r : all_relations) {
      const bool drawn = std::any_of(c_.edges.begin(), c_.edges.end(),
                                     [&](const reported_edge& e) { return e.kind == r; });
      if (!drawn) continue;
      const std::string name = to_string(r);
      text += "<path class=\"edge " + name + "\" d=\"M" + number(x) + " " + number(y - 4) +
              "h22\" marker-end=\"url(#head-" + name + ")\"/>\n" + label("key", x + 28, y, name);
      x += 64;
    }
    return text;
  }

  const counterexample& c_;
  int box_width_;
  int columns_;
  std::vector<int> top_;
};

}  // namespace

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string svg_of(const counterexample& c) { return picture(c).draw(); }

}  // namespace wyn::model
