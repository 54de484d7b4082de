#include "bench/checker/measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/checker/rival.h"
#include "bench/harness/subprocess.h"

namespace wyn::bench {

namespace {

// Small programs are repeated in one process: their checks are shorter than a clock's noise.
int repetitions_for(const subject& s) { return s.executions > 10000 ? 2 : 50; }

class session {
 public:
  session(const plan& p, checker_report& report) : plan_(p), report_(report) {}

  void run() {
    run_alone();
    run_with_two_threads();
    if (!plan_.genmc.empty()) run_rival();
    else report_.rival = "GenMC was not run: name its program with --genmc";
    count_instructions();
  }

 private:
  using clock = std::chrono::steady_clock;

  std::optional<measured_check> check(const subject& s, int jobs = 1) {
    const finished f =
        run_program({plan_.self, "--one=" + s.name, "--jobs=" + std::to_string(jobs),
                     "--repetitions=" + std::to_string(repetitions_for(s))},
                    plan_.timeout_s);
    if (!f.ok) {
      fail(s.name + ": " + f.reason);
      return std::nullopt;
    }
    const auto j = nlohmann::json::parse(f.output);
    measured_check m;
    m.executions = j.at("executions");
    m.cpu_s = j.at("cpu_s");
    m.wall_s = j.at("wall_s");
    m.peak_bytes = j.at("peak_bytes");
    if (!j.at("instructions").is_null()) {
      m.instructions = j.at("instructions").get<std::uint64_t>();
    }
    if (m.executions != s.executions) {
      fail(s.name + ": " + std::to_string(m.executions) + " executions, not " +
           std::to_string(s.executions));
    }
    return m;
  }

  // The least of several processes: what the machine does meanwhile only adds.
  std::optional<measured_check> best_of_rounds(const subject& s) {
    std::optional<measured_check> best;
    for (int i = 0; i < plan_.rounds; ++i) {
      const auto m = check(s);
      if (m && (!best || m->cpu_s < best->cpu_s)) best = m;
    }
    return best;
  }

  void run_alone() {
    const auto empty = best_of_rounds(subject_named("empty"));
    if (!empty) return;
    empty_ = *empty;
    for (const subject& s : subjects()) {
      if (s.name == "empty") continue;
      const auto m = best_of_rounds(s);
      if (m) note(s, *m);
    }
    time_a_process();
  }

  // Programs that one thread explores in some tenths of a second and more.
  void run_with_two_threads() {
    if (report_.machine.cores < 2) return;
    for (const subject& s : subjects()) {
      if (s.executions < 30000) continue;
      jobs_row row{s.name, s.executions, 1e30, 1e30};
      for (int i = 0; i < plan_.rounds; ++i) {
        const auto one = check(s), two = check(s, 2);
        if (!one || !two) return;
        row.one_s = std::min(row.one_s, one->wall_s);
        row.two_s = std::min(row.two_s, two->wall_s);
      }
      report_.jobs.push_back(row);
    }
  }

  void note(const subject& s, const measured_check& m) {
    const double cpu = m.cpu_s - empty_.cpu_s;
    int threads = 0;
    int events = 0;
    if (std::sscanf(s.name.c_str(), "single_execution_%d_%d", &threads, &events) == 2) {
      report_.event_costs.push_back({threads, events, cpu * 1e9 / events});
      return;
    }
    if (s.name == "store_buffering") report_.verdict_ms = m.wall_s * 1e3;
    speed_row row{s.name, m.executions, cpu, std::nullopt};
    if (m.instructions && empty_.instructions) {
      report_.instructions_from = "the processor's counter";
      row.instructions = static_cast<double>(*m.instructions - *empty_.instructions) /
                         static_cast<double>(m.executions);
    }
    report_.speed.push_back(row);
    report_.memory.push_back({s.name, m.executions,
                              static_cast<std::int64_t>(m.peak_bytes) -
                                  static_cast<std::int64_t>(empty_.peak_bytes)});
  }

  void time_a_process() {
    report_.process_ms = 1e30;
    for (int i = 0; i < 5 * plan_.rounds; ++i) {
      const auto from = clock::now();
      run_program({plan_.self, "--one=store_buffering", "--repetitions=1"}, plan_.timeout_s);
      const std::chrono::duration<double, std::milli> took = clock::now() - from;
      report_.process_ms = std::min(report_.process_ms, took.count());
    }
  }

  // Ours and GenMC's in turn, so that both meet the same machine.
  void run_rival() {
    rival genmc(plan_.genmc, plan_.timeout_s);
    report_.rival = genmc.version();
    for (const char* name : {"fib_bench", "chase_lev_3_3_3"}) {
      rival_row row{name, 0, 0, 1e30, 1e30};
      double empty_s = 1e30;
      double own_empty_s = 1e30;
      for (int i = 0; i < plan_.rounds; ++i) {
        const auto nothing = genmc.run(plan_.sources + "/empty.c");
        const auto theirs = genmc.run(plan_.sources + "/" + name + ".c");
        const auto own_nothing = check(subject_named("empty"));
        const auto ours = check(subject_named(name));
        if (!nothing.ok || !theirs.ok || !ours || !own_nothing) {
          if (!nothing.ok || !theirs.ok) fail("GenMC: " + nothing.reason + theirs.reason);
          return;
        }
        empty_s = std::min(empty_s, nothing.cpu_s);
        own_empty_s = std::min(own_empty_s, own_nothing->cpu_s);
        row.rival_cpu_s = std::min(row.rival_cpu_s, theirs.cpu_s);
        row.cpu_s = std::min(row.cpu_s, ours->cpu_s);
        row.executions = ours->executions;
        row.rival_executions = theirs.executions;
      }
      row.rival_cpu_s -= empty_s;
      row.cpu_s -= own_empty_s;
      if (row.executions != row.rival_executions) {
        fail(std::string(name) + ": GenMC counts " + std::to_string(row.rival_executions) +
             " executions, this checker " + std::to_string(row.executions));
      }
      report_.rivals.push_back(row);
    }
  }

  std::optional<double> collected(const std::string& name) {
    const finished f = run_program({"/usr/bin/valgrind", "--tool=callgrind", "--log-fd=1",
                                    "--callgrind-out-file=/dev/null", plan_.self,
                                    "--one=" + name, "--repetitions=1"},
                                   plan_.timeout_s);
    const std::string label = "Collected : ";
    const std::size_t at = f.output.find(label);
    if (!f.ok || at == std::string::npos) return std::nullopt;
    return std::stod(f.output.substr(at + label.size()));
  }

  // Under valgrind a check takes some fifty times as long, so the larger programs are left out.
  void count_instructions() {
    if (!report_.instructions_from.empty()) return;
    report_.instructions_from = "no processor counter here, and valgrind is not to be used";
    if (!plan_.count_with_valgrind) return;
    report_.instructions_from = "no processor counter here, and valgrind does not run";
    const auto empty = collected("empty");
    if (!empty) return;
    report_.instructions_from =
        "valgrind --tool=callgrind, as the processor's counter may not be read";
    for (speed_row& row : report_.speed) {
      if (row.executions > 100000) continue;
      const auto n = collected(row.name);
      if (n) row.instructions = (*n - *empty) / static_cast<double>(row.executions);
    }
  }

  void fail(std::string what) { report_.failures.push_back(std::move(what)); }

  const plan& plan_;
  checker_report& report_;
  measured_check empty_;
};

}  // namespace

checker_report measure(const plan& p) {
  checker_report report;
  report.machine = inspect_machine();
  session(p, report).run();
  return report;
}

void measure_one(const std::string& name, int repetitions, int jobs) {
  const measured_check m = subject_named(name).run(repetitions, jobs);
  nlohmann::ordered_json j = {{"executions", m.executions},
                              {"cpu_s", m.cpu_s},
                              {"wall_s", m.wall_s},
                              {"instructions", nullptr},
                              {"peak_bytes", m.peak_bytes}};
  if (m.instructions) j["instructions"] = *m.instructions;
  std::printf("%s\n", j.dump().c_str());
}

}  // namespace wyn::bench
