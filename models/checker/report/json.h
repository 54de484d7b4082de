// A verdict as JSON, for tools. Schema 1, an object with these members, in this order:
//
//     schema        1; raised when a member changes its meaning or goes
//     verdict       "PASS", "BOUNDED", "FAIL", "NONDETERMINISTIC" or "MODEL ERROR"
//     failure       "data race", ...; "none" unless the verdict is FAIL
//     message       one line
//     memory_model  "rc11_20", ...
//     executions, blocked, runs, no_machine_run, beyond, cut_off: as in verdict.h
//     outcomes      [{outcome, count}], sorted: what Env::outcome declared, "r0=0 r1=1"
//     sites         [{site, stale}] of a pass of up to options::coverage executions: what was
//                   reached, and whether it may read a value that no interleaving gives
//     replay        of a failure: the word for options::replay
//     unused_rows   options::rows that were not reached
//
// and, where there is an execution to show:
//
//     overrides     ["SITE -> ORDER"]
//     threads, ends [how each thread ended], switches, preemptions, failed_at
//     set_up        [{loc, val, writes}]: value after set-up; numbers in modification order
//     events        [{n, t, site, op, order, table_order, loc, val, new, rf, mo, missed, note}];
//                   members that do not apply are left out; rf 0 is set-up
//     edges         [{kind, from, to}]: po, rf, mo, fr, sw, hb
//     why           {lines, cycle: [{from, kind}], race, excluded_by: [[{site, from, to}]], rule}
//     repair        [sentences], effort
#pragma once

#include <string>

#include "models/checker/verdict.h"

namespace wyn::model {

/// Two spaces of indentation, a line end at the end; equal verdicts give equal bytes.
std::string json_of(const verdict& v);

}  // namespace wyn::model
