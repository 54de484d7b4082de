#include "bench/compare/driver/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "bench/compare/driver/contenders.h"
#include "bench/compare/driver/verdict.h"
#include "bench/harness/numbers.h"

namespace wyn::bench::compare {

namespace {

using out = std::back_insert_iterator<std::string>;

// Pixels.
constexpr double name_width = 120, bars_width = 330, value_width = 110, row_height = 20;
constexpr double axis_height = 22;

void text(out to, double x, double y, const std::string& style, const std::string& words) {
  fmt::format_to(to, "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, style,
                 escaped(words));
}

void begin(out to, double width, double height, const std::string& title) {
  fmt::format_to(to,
                 "<svg viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
                 "role=\"img\" aria-label=\"{2}\">\n",
                 width, height, escaped(title));
}

class logarithmic {
 public:
  logarithmic(const table& t) {
    double least = 1e18, most = 0;
    for (const row& r : t.rows) {
      least = std::min(least, r.value.median);
      most = std::max(most, r.value.max);
    }
    from_ = std::floor(std::log10(std::max(least, 1e-6)));
    to_ = std::max(std::ceil(std::log10(std::max(most, 1e-6))), from_ + 1);
  }
  double at(double value) const {
    const double decade = std::log10(std::max(value, std::pow(10.0, from_)));
    return (decade - from_) / (to_ - from_) * bars_width;
  }
  int first() const { return static_cast<int>(from_); }
  int last() const { return static_cast<int>(to_); }

 private:
  double from_, to_;
};

std::string power_name(int decade) {
  return decade < 0 ? fmt::format("{:g}", std::pow(10.0, decade))
                    : grouped(static_cast<std::size_t>(std::pow(10.0, decade) + 0.5));
}

std::string style_of(const std::string& system) {
  if (system == baseline_name) return "base";
  return is_ours(system) ? "ours" : "peer";
}

void bar(out to, const logarithmic& scale, const row& r, double y) {
  const std::string style = style_of(r.system);
  text(to, name_width - 6, y + 14, "name " + style, r.system);
  fmt::format_to(to, "<rect x=\"{}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"12\" class=\"{}\"/>\n",
                 name_width, y + 4, std::max(scale.at(r.value.median), 1.0), style);
  fmt::format_to(to, "<path d=\"M{:.1f} {:.1f}H{:.1f}\" class=\"whisker\"/>\n",
                 name_width + scale.at(r.value.min), y + 10, name_width + scale.at(r.value.max));
  text(to, name_width + scale.at(r.value.max) + 5, y + 14, "value", short_ns(r.value.median));
}

// 1, 2 or 5 times a power of ten, so that about five fit into `most`.
double step_for(double most) {
  const double power = std::pow(10.0, std::floor(std::log10(most / 5)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (most / (power * factor) <= 6) return power * factor;
  }
  return power * 10;
}

class frame {
 public:
  static constexpr double left = 44, right = 130, top = 10, bottom = 40, width = 430, height = 230;

  frame(const std::vector<curve>& curves, x_axis axis) : axis_(axis) {
    double least = std::numeric_limits<double>::max();
    for (const curve& c : curves) {
      for (const auto& [x, y] : c.points) {
        least = std::min(least, x);
        most_x_ = std::max(most_x_, x);
        most_y_ = std::max(most_y_, y);
      }
    }
    most_y_ *= 1.05;
    if (axis_ == x_axis::linear || empty()) return;
    from_ = std::floor(std::log10(least));
    decades_ = std::max(std::ceil(std::log10(most_x_)) - from_, 1.0);
  }
  double x(double value) const {
    const double part =
        axis_ == x_axis::linear ? value / most_x_ : (std::log10(value) - from_) / decades_;
    return left + part * width;
  }
  double y(double value) const { return top + height - value / most_y_ * height; }
  bool empty() const { return most_x_ == 0 || most_y_ == 0; }

  void grid(out to, const std::string& x_title, const std::string& y_title) const {
    const double step_y = step_for(most_y_);
    for (double v = 0; v <= most_y_; v += step_y) {
      fmt::format_to(to, "<path d=\"M{} {:.1f}H{}\" class=\"grid\"/>\n", left, y(v), left + width);
      text(to, left - 6, y(v) + 4, "tick end", fmt::format("{:g}", v));
    }
    for (const double v : ticks()) {
      text(to, x(v), top + height + 15, "tick middle", fmt::format("{:g}", v));
    }
    text(to, left + width / 2, top + height + 33, "tick middle", x_title);
    text(to, left + 4, top + 10, "tick", y_title);
  }

 private:
  std::vector<double> ticks() const {
    std::vector<double> at;
    if (axis_ == x_axis::linear) {
      const double step = step_for(most_x_);
      for (double v = 0; v <= most_x_ * 1.0001; v += step) at.push_back(v);
    } else {
      for (double d = 0; d <= decades_; ++d) at.push_back(std::pow(10.0, from_ + d));
    }
    return at;
  }

  x_axis axis_;
  double most_x_ = 0, most_y_ = 0;
  double from_ = 0, decades_ = 1;  // of a logarithmic axis
};

// Names at the right ends, moved apart.
void label(out to, const frame& f, std::vector<const curve*> curves) {
  std::sort(curves.begin(), curves.end(), [](const curve* a, const curve* b) {
    return a->points.back().second > b->points.back().second;
  });
  double free = frame::top;
  for (const curve* c : curves) {
    const double y = std::max(f.y(c->points.back().second) + 4, free + 12);
    text(to, f.x(c->points.back().first) + 8, y, fmt::format("label c{}", colour_of(c->name)),
         c->name);
    free = y;
  }
}

}  // namespace

int colour_of(const std::string& system) {
  if (is_ours(system)) return system == our_name ? 0 : 7;
  const char* const known[] = {"Go", "oneTBB", "libgomp", "rayon", "tokio", "Boost.Fiber"};
  for (int i = 0; i < 6; ++i) {
    if (system == known[i]) return i + 1;
  }
  return 8;
}

std::string bars(const table& t, int workers) {
  const std::vector<const row*> rows = in_order(t, workers);
  const logarithmic scale(t);
  std::string svg;
  const out to = std::back_inserter(svg);
  const double height = row_height * static_cast<double>(rows.size());
  begin(to, name_width + bars_width + value_width, height + axis_height,
        fmt::format("{}, {} workers", case_name(t), workers));
  for (int d = scale.first(); d <= scale.last(); ++d) {
    const double x = name_width + scale.at(std::pow(10.0, d));
    fmt::format_to(to, "<path d=\"M{0:.1f} 0V{1:.1f}\" class=\"grid\"/>\n", x, height);
    text(to, x, height + 14, "tick middle", power_name(d));
  }
  double y = 0;
  for (const row* r : rows) {
    bar(to, scale, *r, y);
    y += row_height;
  }
  return svg + "</svg>\n";
}

std::string lines(const std::vector<curve>& curves, const std::string& x_title,
                  const std::string& y_title, x_axis axis) {
  const frame f(curves, axis);
  if (f.empty()) return "";
  std::string svg;
  const out to = std::back_inserter(svg);
  begin(to, frame::left + frame::width + frame::right, frame::top + frame::height + frame::bottom,
        y_title + " by " + x_title);
  f.grid(to, x_title, y_title);
  std::vector<const curve*> shown;
  for (const curve& c : curves) {
    if (c.points.empty()) continue;
    shown.push_back(&c);
    std::string path;
    for (const auto& [x, y] : c.points) {
      fmt::format_to(std::back_inserter(path), "{}{:.1f} {:.1f}", path.empty() ? "M" : "L", f.x(x),
                     f.y(y));
      fmt::format_to(to, "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" class=\"dot c{}\"/>\n",
                     f.x(x), f.y(y), colour_of(c.name));
    }
    fmt::format_to(to, "<path d=\"{}\" class=\"line c{}\"/>\n", path, colour_of(c.name));
  }
  label(to, f, shown);
  return svg + "</svg>\n";
}

}  // namespace wyn::bench::compare
