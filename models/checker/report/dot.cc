#include "models/checker/report/dot.h"

#include <algorithm>

#include "models/checker/report/names.h"

namespace wyn::model {

namespace {

std::string quoted(const std::string& s) {
  std::string text = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') text += '\\';
    if (c == '\n') text += "\\n";
    else text += c;
  }
  return text + "\"";
}

std::string node(int n) { return "e" + std::to_string(n); }

void add_nodes(std::string& text, const counterexample& c) {
  for (int t = 0; t < c.threads; ++t) {
    const std::string name = std::to_string(t);
    text += "  subgraph cluster_" + name + " {\n    label=\"T" + name + "\";\n    color=gray;\n";
    for (const reported_step& s : c.steps) {
      if (s.thread != t) continue;
      text += "    " + node(s.number) + " [label=" + quoted("#" + std::to_string(s.number) + " " +
              headline_of(s) + "\n" + action_of(s)) +
              (s.number == c.failed_at ? ", style=filled, fillcolor=yellow" : "") + "];\n";
    }
    text += "  }\n";
  }
}

bool is_sw(const counterexample& c, const reported_edge& e) {
  return std::find(c.edges.begin(), c.edges.end(),
                   reported_edge{relation::sw, e.from, e.to}) != c.edges.end();
}

}  // namespace

const char* colour_of(relation r) {
  switch (r) {
    case relation::po: return "black";
    case relation::rf: return "red";
    case relation::mo: return "blue";
    case relation::fr: return "#ffa040";
    case relation::sw: return "violetred";
    case relation::hb: return "indigo";
    case relation::psc: return "teal";
  }
  return "black";
}

std::string dot_of(const counterexample& c) {
  std::string text = "digraph execution {\n  node [shape=box, fontname=monospace, fontsize=10];\n";
  add_nodes(text, c);
  for (const reported_edge& e : c.edges) {
    // What is drawn as sw is not drawn again.
    if (e.kind == relation::hb && is_sw(c, e)) continue;
    const std::string colour = quoted(colour_of(e.kind));
    text += "  " + node(e.from) + " -> " + node(e.to) + " [label=\"" + to_string(e.kind) +
            "\", color=" + colour + ", fontcolor=" + colour +
            (e.kind == relation::po ? "" : ", constraint=false") + "];\n";
  }
  if (c.why.race_first != 0) {
    text += "  " + node(c.why.race_first) + " -> " + node(c.why.race_second) +
            " [label=\"race\", dir=none, style=dotted, color=darkgreen, fontcolor=darkgreen, "
            "constraint=false];\n";
  }
  return text + "}\n";
}

}  // namespace wyn::model
