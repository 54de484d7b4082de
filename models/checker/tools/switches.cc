#include "models/checker/tools/switches.h"

#include <ostream>
#include <utility>

#include "models/checker/tools/necessity.h"
#include "models/checker/tools/repair.h"

namespace wyn::model {

verdict run_switched_tools(const program& p, const std::string& name, const options& o, verdict v,
                           std::ostream& out) {
  tool_options tools;
  tools.check = o;
  tools.pairs = o.necessity_pairs;
  tools.max_pair_checks = o.max_pair_checks;
  if ((o.necessity || o.necessity_pairs) && v.kind != verdict_kind::fail) {
    out << name << ": " << necessity({{name, p}}, tools).text();
  }
  if (!o.repair || v.kind != verdict_kind::fail) return v;
  const repair_report found = repair(p, tools);
  out << name << ": " << found.text();
  return found.failing.kind == verdict_kind::fail ? with_fix(found) : v;
}

}  // namespace wyn::model
