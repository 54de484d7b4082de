#include <fmt/format.h>

#include <iterator>

#include "bench/compare/driver/chart.h"
#include "bench/compare/driver/contenders.h"
#include "bench/compare/driver/curves.h"
#include "bench/compare/driver/output.h"
#include "bench/compare/driver/verdict.h"
#include "bench/harness/numbers.h"

namespace wyn::bench::compare {

namespace {

using out = std::back_insert_iterator<std::string>;

constexpr const char* head =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>Wyn beside other runtimes</title>\n<style>\n"
    ":root{--ink:#1f2328;--soft:#57606a;--line:#d8dee4;--paper:#fff;--ours:#0b6bcb;--peer:#7d8794;"
    "--base:#b9c0c8;--c0:#0b6bcb;--c1:#9a6700;--c2:#1a7f37;--c3:#8250df;--c4:#bc4c00;--c5:#bf3989;"
    "--c6:#57606a;--c7:#54aeff;--c8:#000}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--line:#30363d;"
    "--paper:#0d1117;--ours:#58a6ff;--peer:#8b949e;--base:#484f58;--c0:#58a6ff;--c1:#d29922;"
    "--c2:#3fb950;--c3:#a371f7;--c4:#f0883e;--c5:#f778ba;--c6:#8b949e;--c7:#a5d6ff;--c8:#fff}}\n"
    "body{font:15px/1.5 'DejaVu Sans','Helvetica Neue',Arial,sans-serif;color:var(--ink);"
    "background:var(--paper);max-width:1160px;margin:24px auto;padding:0 16px}\n"
    "h1{font-size:24px}h2{font-size:18px;margin:36px 0 4px}h3{font-size:14px;margin:12px 0 2px}\n"
    "p,li{max-width:76ch}.soft{color:var(--soft)}.side{display:flex;flex-wrap:wrap;gap:8px 24px}\n"
    "svg{max-width:100%;height:auto}svg text{font-size:11.5px;fill:var(--ink)}\n"
    ".name{text-anchor:end}.name.ours{font-weight:bold;fill:var(--ours)}.value{fill:var(--soft)}\n"
    "rect.ours{fill:var(--ours)}rect.peer{fill:var(--peer)}rect.base{fill:var(--base)}\n"
    ".whisker{stroke:var(--ink);stroke-width:1}.grid{stroke:var(--line)}\n"
    "svg text.tick{fill:var(--soft);font-size:11px}.middle{text-anchor:middle}.end{text-anchor:end}"
    "\n.line{fill:none;stroke-width:2}\n"
    "table{border-collapse:collapse;font-size:13px}td,th{padding:2px 10px;text-align:right;"
    "border-bottom:1px solid var(--line)}td:first-child,th:first-child{text-align:left}\n"
    "td.beaten{font-weight:bold;text-decoration:underline}summary{cursor:pointer}\n";

void colours(out to) {
  for (int i = 0; i <= 8; ++i) {
    fmt::format_to(to, ".line.c{0}{{stroke:var(--c{0})}}.dot.c{0}{{fill:var(--c{0})}}", i);
    fmt::format_to(to, "svg text.label.c{0}{{fill:var(--c{0})}}\n", i);
  }
}

void machine(const report& r, out to) {
  const machine_facts& m = r.machine;
  fmt::format_to(
      to,
      "<p class=\"soft\">{}, {} cores usable; {}; {}, {}; {}, load before the run {:.1f}; {} "
      "processes for each row, in random order (seed {}). Times are wall time. Bars: "
      "medians, with a line from the fastest to the slowest repetition. ~: other programs had the "
      "processor meanwhile; compare the fastest repetitions then.</p>\n",
      escaped(m.cpu), m.cores, costs_of(m), escaped(m.kernel), escaped(m.compiler), m.date, m.load,
      r.batches, r.seed);
  if (!m.optimised) fmt::format_to(to, "<p><b>Not optimised: without -c opt.</b></p>\n");
}

// A cell of the overview: our best, and how it stands to the best peer.
void standing(const table& t, int workers, out to) {
  const row* ours = t.best_of_ours(workers);
  const row* peer = t.best_peer(workers);
  if (ours == nullptr) {
    fmt::format_to(to, "<td>-</td><td>-</td>");
    return;
  }
  fmt::format_to(to, "<td>{}</td>", short_ns(ours->value.median));
  if (peer == nullptr) {
    fmt::format_to(to, "<td>no peer</td>");
    return;
  }
  fmt::format_to(to, "<td{}>{} {}, {}</td>", is_beaten(t, *ours) ? " class=\"beaten\"" : "",
                 escaped(peer->system), short_ns(peer->value.median), against_best_peer(t, *ours));
}

void overview(const report& r, out to) {
  fmt::format_to(to,
                 "<h2>Overview</h2>\n<p>Medians of wyn and of the best peer, and the one as a "
                 "multiple of the other. Underlined: the peer is faster.</p>\n<table>\n<tr>"
                 "<th>workload</th><th>unit</th>");
  for (const int k : r.workers()) {
    fmt::format_to(to, "<th>wyn, {0} worker{1}</th><th>best peer</th>", k, k == 1 ? "" : "s");
  }
  fmt::format_to(to, "</tr>\n");
  for (const table& t : r.tables) {
    fmt::format_to(to, "<tr><td>{}</td><td>{}</td>", escaped(case_name(t)), t.unit);
    for (const int k : r.workers()) standing(t, k, to);
    fmt::format_to(to, "</tr>\n");
  }
  fmt::format_to(to, "</table>\n");
}

// A chart for each number of workers that has one, side by side.
template <class Draw>
void charts(const report& r, const char* heading, Draw draw, out to) {
  std::string all;
  for (const int k : r.workers()) {
    const std::string chart = draw(k);
    if (chart.empty()) continue;
    all += fmt::format("<div><h3>{} worker{}</h3>\n{}</div>\n", k, k == 1 ? "" : "s", chart);
  }
  if (!all.empty()) fmt::format_to(to, "{}<div class=\"side\">\n{}</div>\n", heading, all);
}

void length_curves(const report& r, out to) {
  charts(
      r,
      "<h2>From which length on tasks pay</h2>\n<p>Tasks of the same length, spawned one "
      "by one: how many times as fast as the same work in a loop. At 1 the task costs as "
      "much as it gains; k workers can reach k.</p>\n",
      [&](int k) {
        return lines(by_length(r, k), "length of a task, ns", "times as fast as without tasks");
      },
      to);
}

void work_curves(const report& r, out to) {
  charts(
      r,
      "<h2>From how much work on workers pay</h2>\n<p>fib, by its time with one worker: how many "
      "times as fast as with one worker each system is with k. It can reach k.</p>\n",
      [&](int k) {
        if (k == 1) return std::string();
        return lines(by_work(r, k), "time with one worker, ms", "times as fast as one worker",
                     x_axis::logarithmic);
      },
      to);
}

void numbers(const table& t, const std::vector<int>& workers, out to) {
  fmt::format_to(to,
                 "<details><summary>numbers</summary>\n<table>\n<tr><th>system</th><th>workers</th>"
                 "<th>min</th><th>median</th><th>max</th><th>CPU ms a repetition</th>"
                 "<th>x best peer</th><th>peak MiB</th></tr>\n");
  for (const int k : workers) {
    for (const row* x : in_order(t, k)) {
      const bool shown_before = x->workers != k && k != workers.front();
      if (shown_before) continue;
      fmt::format_to(to,
                     "<tr><td>{} {}</td><td>{}</td><td>{}</td><td{}>{}{}</td><td>{}</td>"
                     "<td>{:.2f}</td><td>{}</td><td>{:.1f}</td></tr>\n",
                     escaped(x->system), escaped(x->version), x->workers, short_ns(x->value.min),
                     is_beaten(t, *x) ? " class=\"beaten\"" : "", short_ns(x->value.median),
                     is_disturbed(t, *x) ? " ~" : "", short_ns(x->value.max),
                     x->cpu_ns.median / 1e6, against_best_peer(t, *x),
                     static_cast<double>(x->peak_bytes) / (1024.0 * 1024.0));
    }
  }
  fmt::format_to(to, "</table></details>\n");
}

void section(const table& t, const std::vector<int>& workers, out to) {
  fmt::format_to(to,
                 "<h2>{}</h2>\n<p>{} <span class=\"soft\">{}; {}, shorter is better.</span></p>\n",
                 escaped(t.title), escaped(t.what), escaped(case_name(t)), t.unit);
  fmt::format_to(to, "<div class=\"side\">\n");
  for (const int k : workers) {
    if (t.best_peer(k) == nullptr && t.best_of_ours(k) == nullptr) continue;
    fmt::format_to(to, "<div><h3>{} worker{}</h3>\n{}</div>\n", k, k == 1 ? "" : "s", bars(t, k));
  }
  const std::string scaling = lines(t.timed() ? speed_up(t, workers) : std::vector<curve>{},
                                    "workers", "times as fast as without a runtime");
  if (!scaling.empty()) fmt::format_to(to, "<div><h3>Scaling</h3>\n{}</div>\n", scaling);
  fmt::format_to(to, "</div>\n");
  for (const std::string& m : t.missing) {
    fmt::format_to(to, "{}{}", &m == &t.missing.front() ? "<p class=\"soft\">Not there: " : ", ",
                   escaped(m));
  }
  if (!t.missing.empty()) fmt::format_to(to, ".</p>\n");
  numbers(t, workers, to);
}

void list(const char* title, const std::vector<std::string>& items, out to) {
  if (items.empty()) return;
  fmt::format_to(to, "<h2>{}</h2>\n<ul>\n", title);
  for (const std::string& i : items) fmt::format_to(to, "<li>{}</li>\n", escaped(i));
  fmt::format_to(to, "</ul>\n");
}

}  // namespace

std::string as_html(const report& r) {
  std::string page = head;
  const out to = std::back_inserter(page);
  colours(to);
  fmt::format_to(to, "</style>\n</head>\n<body>\n<h1>Wyn beside other runtimes</h1>\n");
  machine(r, to);
  overview(r, to);
  list("Where a peer is faster", losses(r), to);
  work_curves(r, to);
  length_curves(r, to);
  for (const table& t : r.tables) {
    if (t.workload != "task_length") section(t, r.workers(), to);
  }
  list("Not on this machine", r.absent, to);
  list("Failed", r.failures, to);
  return page + "</body>\n</html>\n";
}

}  // namespace wyn::bench::compare
