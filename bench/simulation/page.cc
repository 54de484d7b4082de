// The study as a page: for each workload and length of task the curves of speed-up over threads,
// both axes logarithmic, and what the threads waited for at the right end.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "bench/harness/numbers.h"
#include "bench/simulation/study.h"

namespace wyn::simulation {
namespace {

using bench::escaped;
using bench::grouped;

// Pixels.
constexpr double width = 560, height = 340, left = 52, bottom = 40, top = 14, right = 14;

const char* const colours[] = {"#111111", "#c0392b", "#2471a3", "#1e8449",
                               "#8e44ad", "#b9770e", "#5d6d7e"};

struct panel {
  workload what;
  double task_ns;
  std::vector<const point*> points;

  std::vector<std::string> variant_names() const {
    std::vector<std::string> names;
    for (const point* p : points) {
      if (std::find(names.begin(), names.end(), p->variant) == names.end()) {
        names.push_back(p->variant);
      }
    }
    return names;
  }
  int most_threads() const {
    int most = 2;
    for (const point* p : points) most = std::max(most, p->threads);
    return most;
  }
};

std::vector<panel> panels(const study_result& r) {
  std::vector<panel> all;
  for (const point& p : r.points) {
    const auto same = [&](const panel& a) { return a.what == p.what && a.task_ns == p.task_ns; };
    auto at = std::find_if(all.begin(), all.end(), same);
    if (at == all.end()) at = all.insert(all.end(), panel{p.what, p.task_ns, {}});
    at->points.push_back(&p);
  }
  return all;
}

class axes {
 public:
  explicit axes(const panel& p) : doublings_(std::log2(p.most_threads())) {}

  double x(double threads) const {
    return left + std::log2(threads) / doublings_ * (width - left - right);
  }
  // From a quarter up to the number of threads.
  double y(double speedup) const {
    const double share = (std::log2(std::max(speedup, least)) + 2) / (doublings_ + 2);
    return height - bottom - share * (height - bottom - top);
  }
  int doublings() const { return static_cast<int>(std::ceil(doublings_)); }

 private:
  static constexpr double least = 0.25;
  double doublings_;
};

std::string grid(const axes& a) {
  std::string svg;
  for (int i = 0; i <= a.doublings(); ++i) {
    const double at = a.x(std::exp2(i));
    svg += fmt::format("<path d=\"M{0:.1f} {1}V{2}\" class=\"grid\"/>"
                       "<text x=\"{0:.1f}\" y=\"{3}\" class=\"mid\">{4}</text>\n",
                       at, top, height - bottom, height - bottom + 16, 1 << i);
  }
  for (int i = -2; i <= a.doublings(); ++i) {
    const double at = a.y(std::exp2(i));
    svg += fmt::format("<path d=\"M{0} {1:.1f}H{2}\" class=\"grid\"/>"
                       "<text x=\"{3}\" y=\"{4:.1f}\" class=\"end\">{5}</text>\n",
                       left, at, width - right, left - 6, at + 4, std::exp2(i));
  }
  svg += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" class=\"ideal\"/>\n", a.x(1), a.y(1),
                     a.x(std::exp2(a.doublings())), a.y(std::exp2(a.doublings())));
  return svg + fmt::format("<text x=\"{}\" y=\"{}\" class=\"mid\">threads</text>\n",
                           (left + width) / 2, height - 6);
}

std::string curve(const panel& p, const axes& a, const std::string& name, const char* colour) {
  std::string path, dots;
  for (const point* at : p.points) {
    if (at->variant != name) continue;
    const double x = a.x(at->threads), y = a.y(at->median.speedup);
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x, y);
    dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"><title>{}, {} "
                        "threads: {:.2f} ({:.2f} to {:.2f})</title></circle>\n",
                        x, y, colour, escaped(name), at->threads, at->median.speedup, at->least,
                        at->most);
  }
  return fmt::format("<path d=\"{}\" stroke=\"{}\" class=\"curve\"/>\n", path, colour) + dots;
}

const char* const subjects[] = {
    "A foreign thread spawns all tasks one by one; they are taken from its ring in blocks",
    "A task spawns all tasks one by one; they are stolen from its deque",
    "Each task spawns two, down to leaves that do the work",
    "Everybody sleeps, then one task for each thread comes at once"};

std::string waits_of(const point& p) {
  std::string text;
  for (std::size_t i = 0; i < p.median.traffic.size() && i < 3; ++i) {
    const line_traffic& t = p.median.traffic[i];
    const double share = 100 * t.waited_ns / (p.median.elapsed_ns * p.threads);
    if (share >= 0.5) text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : ", ", t.name, share);
  }
  return text.empty() ? "-" : text;
}

std::string section(const panel& p) {
  const axes a(p);
  std::string svg = grid(a), legend, rows;
  std::size_t i = 0;
  for (const std::string& name : p.variant_names()) {
    const char* const colour = colours[i++ % std::size(colours)];
    svg += curve(p, a, name, colour);
    for (const point* at : p.points) {
      if (at->variant != name || at->threads != p.most_threads()) continue;
      rows += fmt::format("<tr><td><span style=\"background:{}\"></span>{}</td><td>{:.2f}</td>"
                          "<td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          colour, escaped(name), at->median.speedup,
                          grouped(at->median.counts.steals), grouped(at->median.heavy_fences),
                          grouped(at->median.wakes), escaped(waits_of(*at)));
    }
  }
  return fmt::format(
      "<section><h2>{}: tasks of {} ns</h2><p>{}.</p><div><svg viewBox=\"0 0 {} {}\" role=\"img\" "
      "aria-label=\"speed-up over threads\">\n{}</svg>\n<table><tr><th>at {} threads</th>"
      "<th>speed-up</th><th>steals</th><th>heavy fences</th><th>wake-ups</th><th>waited for lines "
      "of</th></tr>\n{}</table></div></section>\n",
      name_of(p.what), grouped(static_cast<std::size_t>(p.task_ns)),
      subjects[static_cast<std::size_t>(p.what)], width, height, svg, p.most_threads(), rows);
}

const char* const style =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:1180px;margin:2em auto;padding:0 1em;"
    "color:#111;background:#fff}section{margin:2em 0}section div{display:flex;flex-wrap:wrap;"
    "gap:24px;align-items:flex-start}svg{width:560px;max-width:100%;font:12px system-ui,sans-serif}"
    ".grid{stroke:#ddd;fill:none}.ideal{stroke:#aaa;stroke-dasharray:4 4}.curve{fill:none;"
    "stroke-width:2}.mid{text-anchor:middle}.end{text-anchor:end}table{border-collapse:collapse;"
    "font-size:13px}td,th{padding:3px 9px;border-bottom:1px solid #ddd;text-align:right}"
    "td:first-child,th:first-child,td:last-child,th:last-child{text-align:left}"
    "td span{display:inline-block;width:10px;height:10px;margin-right:6px}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}svg{background:#fff;"
    "color:#111}td,th{border-color:#444}}";

}  // namespace

std::string as_page(const study_result& r) {
  const machine& m = r.asked.base.where;
  std::string body, list;
  for (const panel& p : panels(r)) body += section(p);
  std::set<std::string> used;
  for (const point& p : r.points) used.insert(p.variant);
  for (const variant& v : variants()) {
    if (used.count(v.name) != 0) {
      list += fmt::format("<li><b>{}</b>: {}</li>\n", escaped(v.name), escaped(v.what));
    }
  }
  return fmt::format(
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Wyn, simulated</title>"
      "<meta name=\"viewport\" content=\"width=device-width\"><style>{}</style>\n"
      "<h1>The runtime on more processors</h1>\n<p>The shipped deques, rings, counts and sleep "
      "protocol in simulated time: a cache line comes in {} ns within a group of {} processors "
      "and in {} ns from another group; a membarrier takes {} ns and {} ns from each thread that "
      "runs. Speed-up is the work of all tasks over the time from their first spawn, with all "
      "workers asleep, to the end; the median of {} runs. The dashed line is as many as "
      "threads.</p>\n<ul>{}</ul>\n{}</html>\n",
      style, m.near_ns, m.cluster, m.far_ns, m.membarrier_ns, m.interrupt_ns, r.asked.seeds, list,
      body);
}

}  // namespace wyn::simulation
