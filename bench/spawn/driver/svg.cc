#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "bench/harness/numbers.h"
#include "bench/spawn/driver/output.h"
#include "bench/spawn/driver/systems.h"

namespace wyn::bench {

namespace {

using out = std::back_insert_iterator<std::string>;

// Pixels.
constexpr double margin = 28, name_width = 92, value_width = 118, bars_width = 400, gap = 36;
constexpr double panel_width = name_width + bars_width + value_width;
constexpr double line_height = 26, bar_height = 9, group_head = 30, group_gap = 10;
constexpr double head_height = 104, axis_height = 30, foot_height = 44;

// A system at one place of the picture: its two rows, either of which may be missing.
struct entry {
  std::string system;
  const row* mark = nullptr;
  const row* empty = nullptr;

  double key() const { return mark != nullptr ? mark->wall.median : empty->wall.median; }
  double furthest() const {
    return std::max(mark ? mark->wall.max : 0, empty ? empty->wall.max : 0);
  }
};

std::vector<entry> entries(const report& r, int workers, std::size_t tasks) {
  std::vector<entry> all;
  for (const row& x : r.rows) {
    const bool mark = x.task == task_kind::mark, empty = x.task == task_kind::empty;
    if (x.workers != workers || x.tasks != tasks || (!mark && !empty)) continue;
    auto at = std::find_if(all.begin(), all.end(), [&](auto& e) { return e.system == x.system; });
    if (at == all.end()) at = all.insert(all.end(), entry{x.system});
    (mark ? at->mark : at->empty) = &x;
  }
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.key() < b.key(); });
  return all;
}

class scale {
 public:
  explicit scale(const report& r) {
    double least = 1e18, most = 0;
    for (const row& x : r.rows) {
      if (x.task != task_kind::mark && x.task != task_kind::empty) continue;
      least = std::min(least, x.wall.min);
      most = std::max(most, x.wall.max);
    }
    from_ = std::floor(std::log10(std::max(least, 0.1)));
    to_ = std::max(std::ceil(std::log10(std::max(most, 1.0))), from_ + 1);
  }
  int first_decade() const { return static_cast<int>(from_); }
  int last_decade() const { return static_cast<int>(to_); }
  // Pixels right of the left edge of the bars.
  double at(double ns) const {
    const double decade = std::log10(std::max(ns, std::pow(10.0, from_)));
    return (decade - from_) / (to_ - from_) * bars_width;
  }

 private:
  double from_, to_;
};

std::string decade_name(int decade) {
  static const char* const units[] = {"ns", "µs", "ms", "s"};
  if (decade < 0) return fmt::format("{} ns", std::pow(10.0, decade));
  const int unit = std::min(decade / 3, 3);
  return fmt::format("{:.0f} {}", std::pow(10.0, decade - 3 * unit), units[unit]);
}

void text(out to, double x, double y, const char* style, const std::string& words) {
  fmt::format_to(to, "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, style,
                 escaped(words));
}

void bar(out to, const scale& s, double left, double y, const row* r, const char* style) {
  if (r == nullptr) return;
  fmt::format_to(to,
                 "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" class=\"{}\"/>\n",
                 left, y, std::max(s.at(r->wall.median), 1.0), bar_height, style);
  const double middle = y + bar_height / 2;
  fmt::format_to(
      to,
      "<path d=\"M{0:.1f} {2:.1f}V{3:.1f}M{0:.1f} {4:.1f}H{1:.1f}M{1:.1f} {2:.1f}V{3:.1f}\" "
      "class=\"whisker\"/>\n",
      left + s.at(r->wall.min), left + s.at(r->wall.max), y + 2, y + bar_height - 2, middle);
}

std::string values(const entry& e) {
  if (e.mark == nullptr) return short_ns(e.empty->wall.median);
  if (e.empty == nullptr) return short_ns(e.mark->wall.median);
  return short_ns(e.mark->wall.median) + " / " + short_ns(e.empty->wall.median);
}

class panel {
 public:
  panel(const report& r, int workers, const std::vector<std::size_t>& sizes)
      : workers_(workers), sizes_(sizes) {
    for (const std::size_t n : sizes) groups_.push_back(entries(r, workers, n));
  }

  double height() const {
    double h = axis_height;
    for (const auto& g : groups_) {
      h += group_head + group_gap + line_height * static_cast<double>(g.size());
    }
    return h;
  }

  void draw(out to, const scale& s, double left, double top) const {
    const double bars = left + name_width;
    text(to, left, top - 12, "panel",
         fmt::format("{} worker{}", workers_, workers_ == 1 ? "" : "s"));
    grid(to, s, bars, top);
    double y = top;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      text(to, left, y + group_head - 9, "group", grouped(sizes_[i]) + " tasks");
      y += group_head;
      for (const entry& e : groups_[i]) {
        line(to, s, e, left, y);
        y += line_height;
      }
      y += group_gap;
    }
  }

 private:
  void grid(out to, const scale& s, double bars, double top) const {
    const double bottom = top + height() - axis_height;
    for (int d = s.first_decade(); d <= s.last_decade(); ++d) {
      const double x = bars + s.at(std::pow(10.0, d));
      fmt::format_to(to, "<path d=\"M{0:.1f} {1:.1f}V{2:.1f}\" class=\"grid\"/>\n", x, top, bottom);
      text(to, x, bottom + 16, "tick", decade_name(d));
    }
  }

  void line(out to, const scale& s, const entry& e, double left, double y) const {
    const double bars = left + name_width;
    const bool ours = e.system == our_name;
    text(to, bars - 8, y + 14, ours ? "name ours" : "name", e.system);
    bar(to, s, bars, y + 1, e.mark, ours ? "mark ours" : "mark");
    bar(to, s, bars, y + 2 + bar_height, e.empty, ours ? "empty ours" : "empty");
    text(to, bars + s.at(e.furthest()) + 6, y + 14, "value", values(e));
  }

  int workers_;
  std::vector<std::size_t> sizes_;
  std::vector<std::vector<entry>> groups_;
};

constexpr const char* style =
    "<style>text{font-family:'DejaVu Sans','Helvetica Neue',Arial,sans-serif;fill:#1f2328}"
    ".title{font-size:19px;font-weight:bold}.sub{font-size:12.5px;fill:#57606a}"
    ".panel{font-size:15px;font-weight:bold}"
    ".group{font-size:12.5px;font-weight:bold;fill:#57606a;paint-order:stroke;stroke:#fff;stroke-"
    "width:4px}"
    ".name{font-size:12.5px;text-anchor:end}.name.ours{font-weight:bold;fill:#0b57b0}"
    ".value{font-size:11.5px;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".tick{font-size:11px;fill:#57606a;text-anchor:middle}.grid{stroke:#d8dee4;stroke-width:1}"
    ".mark{fill:#7d8794}.empty{fill:#c3cad2}.mark.ours{fill:#0b6bcb}.empty.ours{fill:#8cbdf0}"
    ".whisker{stroke:#24292f;stroke-width:1;fill:none}</style>\n";

void legend(out to, double y) {
  const double x = margin;
  fmt::format_to(to, "<rect x=\"{}\" y=\"{}\" width=\"22\" height=\"9\" class=\"mark\"/>\n", x,
                 y - 9);
  text(to, x + 28, y, "sub", "mark: each task raises its own byte");
  fmt::format_to(to, "<rect x=\"{}\" y=\"{}\" width=\"22\" height=\"9\" class=\"empty\"/>\n",
                 x + 280, y - 9);
  text(to, x + 308, y, "sub", "empty task");
  text(to, x + 400, y, "sub",
       "bar and figures: median (mark / empty), line: fastest to slowest repetition");
}

}  // namespace

std::string as_svg(const report& r) {
  std::set<int> workers;
  std::set<std::size_t> sizes;
  for (const row& x : r.rows) {
    workers.insert(x.workers);
    sizes.insert(x.tasks);
  }
  const scale s(r);
  std::vector<panel> panels;
  double height = 0;
  for (const int k : workers) {
    panels.emplace_back(r, k, std::vector<std::size_t>(sizes.begin(), sizes.end()));
    height = std::max(height, panels.back().height());
  }
  const double width =
      std::max(2 * margin + static_cast<double>(panels.size()) * (panel_width + gap) - gap, 960.0);
  height += head_height + foot_height;

  std::string svg;
  const out to = std::back_inserter(svg);
  fmt::format_to(
      to,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"0 0 {0:.0f} {1:.0f}\">\n{2}<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
      width, height, style);
  text(to, margin, 36, "title",
       "Spawn and wait: nanoseconds a task (logarithmic, shorter is faster)");
  legend(to, 60);
  double left = margin;
  for (const panel& p : panels) {
    p.draw(to, s, left, head_height);
    left += panel_width + gap;
  }
  text(to, margin, height - 24, "sub",
       fmt::format("{}, {} cores usable, {}, {}", r.machine.cpu, r.machine.cores, r.machine.kernel,
                   r.machine.compiler));
  std::string absent;
  for (const std::string& a : r.absent) {
    absent += (absent.empty() ? "; absent: " : ", ") + a.substr(0, a.find(" ("));
  }
  text(to, margin, height - 8, "sub",
       fmt::format("{}, load before the run {:.1f}{}", r.machine.date, r.machine.load, absent));
  svg += "</svg>\n";
  return svg;
}

}  // namespace wyn::bench
