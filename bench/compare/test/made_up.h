// A report for tests of its views.
#pragma once

#include <string>

#include "bench/compare/driver/report.h"

namespace wyn::bench::compare {

inline row made_up(const std::string& system, int workers, double value) {
  row r;
  r.system = system;
  r.version = "1.2";
  r.workers = workers;
  r.value = {value / 2, value, value * 3};
  r.cpu_ns = r.value;
  r.repetitions = 3;
  return r;
}

/// rayon is faster than wyn with one worker, and not with two.
inline report made_up_report() {
  report r;
  r.machine.cpu = "CPU <of & \"test\">";
  r.machine.mfence_ns = 17;
  r.machine.locked_rmw_ns = 4.5;
  table t;
  t.workload = "fib";
  t.title = "Fibonacci";
  t.what = "Forks.";
  t.unit = "ns a task";
  t.size = 27;
  t.rows = {made_up("no runtime", 1, 1), made_up("wyn", 1, 4),  made_up("wyn coroutines", 1, 9),
            made_up("rayon", 1, 3),      made_up("Go", 1, 300), made_up("wyn", 2, 2),
            made_up("rayon", 2, 2.5),    made_up("Go", 2, 200)};
  t.missing = {"tokio"};
  r.tables = {t};
  r.absent = {"oneTBB (not on this machine)"};
  return r;
}

}  // namespace wyn::bench::compare
