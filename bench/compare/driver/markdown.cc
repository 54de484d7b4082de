#include <fmt/format.h>

#include <iterator>
#include <set>
#include <stdexcept>

#include "bench/compare/driver/contenders.h"
#include "bench/compare/driver/output.h"
#include "bench/compare/driver/verdict.h"
#include "bench/harness/numbers.h"

namespace wyn::bench::compare {

namespace {

using out = std::back_insert_iterator<std::string>;

std::string workers_named(int k) { return fmt::format("{} worker{}", k, k == 1 ? "" : "s"); }

std::string machine_block(const report& r) {
  const machine_facts& m = r.machine;
  std::string text = fmt::format(
      "{}, {} cores usable; {}; {}; {}, load before the run {:.1f}; {} processes a row.\n"
      "Of the machine: {}.\n",
      m.cpu, m.cores, m.kernel, m.compiler, m.date, m.load, r.batches, costs_of(m));
  std::set<std::string> versions;
  for (const table& t : r.tables) {
    for (const row& x : t.rows) {
      if (x.system != baseline_name) versions.insert(x.system + " " + x.version);
    }
  }
  std::string all;
  for (const std::string& v : versions) all += (all.empty() ? "" : ", ") + v;
  text += fmt::format("Systems: {}.\n", all);
  for (const std::string& a : r.absent) text += fmt::format("Absent: {}.\n", a);
  return text;
}

std::string standing(const table& t, int workers) {
  const row* ours = t.best_of_ours(workers);
  const row* peer = t.best_peer(workers);
  if (ours == nullptr) return " - | - | - |";
  const std::string name = ours->system == our_name ? "" : fmt::format(" ({})", ours->system);
  if (peer == nullptr) return fmt::format(" {}{} | - | - |", short_ns(ours->value.median), name);
  const std::string ratio = against_best_peer(t, *ours);
  return fmt::format(" {}{} | {} {} | {} |", short_ns(ours->value.median), name, peer->system,
                     short_ns(peer->value.median),
                     is_beaten(t, *ours) ? fmt::format("**{}**", ratio) : ratio);
}

std::string overview_block(const report& r) {
  std::string text = "| workload | unit |";
  std::string rule = "|---|---|";
  const out to = std::back_inserter(text);
  for (const int k : r.workers()) {
    fmt::format_to(to, " wyn, {} | best peer | ratio |", workers_named(k));
    rule += "---|---|---|";
  }
  fmt::format_to(to, "\n{}\n", rule);
  for (const table& t : r.tables) {
    fmt::format_to(to, "| {} | {} |", case_name(t), t.unit);
    for (const int k : r.workers()) fmt::format_to(to, "{}", standing(t, k));
    fmt::format_to(to, "\n");
  }
  return text;
}

std::string cell(const table& t, const std::string& system, int workers) {
  const row* x = t.find(system, workers);
  if (x == nullptr) return "-";
  const std::string range = fmt::format("{} ({}–{})", short_ns(x->value.median),
                                        short_ns(x->value.min), short_ns(x->value.max));
  const std::string shown = is_disturbed(t, *x) ? range + " ~" : range;
  return is_beaten(t, *x) ? fmt::format("**{}**", shown) : shown;
}

// One line a system, in the order of the first number of workers.
void add_table(const report& r, const table& t, out to) {
  fmt::format_to(to, "{}: {}\n\n| {} |", case_name(t), t.what, t.unit);
  std::string rule = "|---|";
  for (const int k : r.workers()) {
    fmt::format_to(to, " {} |", workers_named(k));
    rule += "---|";
  }
  fmt::format_to(to, "\n{}\n", rule);
  for (const row* x : in_order(t, r.workers().front())) {
    fmt::format_to(to, "| {} |", x->system);
    for (const int k : r.workers()) fmt::format_to(to, " {} |", cell(t, x->system, k));
    fmt::format_to(to, "\n");
  }
}

std::string workload_block(const report& r, const std::string& name) {
  std::string text;
  for (const table& t : r.tables) {
    if (t.workload != name || t.rows.empty()) continue;
    if (!text.empty()) text += "\n";
    add_table(r, t, std::back_inserter(text));
  }
  if (text.empty()) {
    throw std::invalid_argument(fmt::format(
        "compare: {}: no such part: machine, overview, losses or a workload of the run", name));
  }
  return text;
}

std::string block(const report& r, const std::string& name) {
  if (name == "machine") return machine_block(r);
  if (name == "overview") return overview_block(r);
  if (name != "losses") return workload_block(r, name);
  std::string text;
  for (const std::string& l : losses(r)) text += fmt::format("- {}\n", l);
  return text.empty() ? "None.\n" : text;
}

}  // namespace

std::string with_results(const std::string& page, const report& r) {
  const std::string opening = "<!-- compare: ", end = " -->\n", closing = "<!-- end -->\n";
  std::string result;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = page.find(opening, at);
    if (open == std::string::npos) return result + page.substr(at);
    const std::size_t name = open + opening.size(), close = page.find(end, name);
    const std::size_t stop = page.find(closing, name);
    if (close == std::string::npos || stop == std::string::npos || stop < close) {
      throw std::invalid_argument("a line \"<!-- compare: NAME -->\" without its \"<!-- end -->\"");
    }
    const std::size_t body = close + end.size();
    result += page.substr(at, body - at) + block(r, page.substr(name, close - name));
    at = stop;
  }
}

}  // namespace wyn::bench::compare
