#include "models/checker/report/json.h"

#include <nlohmann/json.hpp>

#include "models/checker/report/counterexample.h"

namespace wyn::model {

namespace {

// Members in the order in which they are added.
using json = nlohmann::ordered_json;

json event_of(const reported_step& s) {
  json e;
  e["n"] = s.number;
  e["t"] = s.thread;
  if (!s.site.empty()) e["site"] = s.site;
  if (!s.source.empty()) e["src"] = s.source;
  e["op"] = s.operation;
  if (!s.order.empty()) e["order"] = s.order;
  if (!s.table_order.empty()) e["table_order"] = s.table_order;
  if (!s.location.empty()) e["loc"] = s.location;
  if (!s.read.empty()) e["val"] = s.read;
  if (!s.written.empty()) e["new"] = s.written;
  if (s.reads_from >= 0) e["rf"] = s.reads_from;
  if (s.place > 0) e["mo"] = s.place;
  if (!s.missed.empty()) e["missed"] = s.missed;
  if (!s.note.empty()) e["note"] = s.note;
  if (s.folded) e["folded"] = true;
  return e;
}

json why_of(const explanation& w) {
  json result;
  result["lines"] = w.lines;
  result["cycle"] = json::array();
  for (std::size_t i = 0; i < w.cycle.size(); ++i) {
    json edge;
    edge["from"] = w.cycle[i];
    edge["kind"] = to_string(w.cycle_edges[i]);
    result["cycle"].push_back(edge);
  }
  if (w.race_first != 0) result["race"] = {w.race_first, w.race_second};
  result["excluded_by"] = json::array();
  for (const std::vector<strengthening>& set : w.excluded_by) {
    json sites = json::array();
    for (const strengthening& s : set) {
      json site;
      site["site"] = s.site;
      site["from"] = s.from;
      site["to"] = s.to;
      sites.push_back(site);
    }
    result["excluded_by"].push_back(sites);
  }
  if (!w.rule.empty()) result["rule"] = w.rule;
  return result;
}

json effort_of(const search_effort& e) {
  json result;
  result["exhausted"] = e.exhausted;
  result["executions"] = e.executions;
  result["failing"] = e.failing;
  result["first_preemptions"] = e.first_preemptions;
  result["first_events"] = e.first_events;
  return result;
}

void add_trace(json& j, const counterexample& c) {
  j["overrides"] = c.overrides;
  j["threads"] = c.threads;
  j["ends"] = c.ends;
  j["switches"] = c.switches;
  j["preemptions"] = c.preemptions;
  j["failed_at"] = c.failed_at;
  j["set_up"] = json::array();
  for (const reported_location& l : c.locations) {
    json location;
    location["loc"] = l.name;
    location["val"] = l.initial;
    location["writes"] = l.writes;
    j["set_up"].push_back(location);
  }
  j["events"] = json::array();
  for (const reported_step& s : c.steps) j["events"].push_back(event_of(s));
  j["edges"] = json::array();
  for (const reported_edge& e : c.edges) {
    json edge;
    edge["kind"] = to_string(e.kind);
    edge["from"] = e.from;
    edge["to"] = e.to;
    j["edges"].push_back(edge);
  }
  j["why"] = why_of(c.why);
  j["repair"] = c.fix;
  if (c.effort.made) j["effort"] = effort_of(c.effort);
}

}  // namespace

std::string json_of(const verdict& v) {
  json j;
  j["schema"] = 1;
  j["verdict"] = to_string(v.kind);
  j["failure"] = to_string(v.failure);
  j["message"] = v.message;
  j["memory_model"] = to_string(v.semantics);
  j["executions"] = v.executions;
  j["blocked"] = v.blocked;
  j["runs"] = v.runs;
  j["no_machine_run"] = v.no_machine_run;
  j["beyond"] = v.beyond;
  j["cut_off"] = v.cut_off;
  j["outcomes"] = json::array();
  for (const outcome_count& o : v.outcomes) {
    json outcome;
    outcome["outcome"] = o.outcome;
    outcome["count"] = o.count;
    j["outcomes"].push_back(outcome);
  }
  j["sites"] = json::array();
  for (const site_use& s : v.sites) {
    json site;
    site["site"] = s.site;
    site["stale"] = s.stale;
    j["sites"].push_back(site);
  }
  j["unused_rows"] = v.unused_rows;
  if (!v.replay.empty()) j["replay"] = v.replay;
  if (v.trace != nullptr) add_trace(j, *v.trace);
  // What is not UTF-8 in a message of the program is replaced and not refused.
  return j.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace wyn::model
