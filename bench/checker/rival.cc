#include "bench/checker/rival.h"

#include <sys/resource.h>

#include <utility>

#include "bench/harness/subprocess.h"

namespace wyn::bench {

namespace {

double cpu_of_children() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

rival::rival(std::string program, double timeout_s)
    : program_(std::move(program)), timeout_s_(timeout_s) {}

std::string rival::version() const {
  const finished f = run_program({program_, "--version"}, timeout_s_);
  const std::size_t at = f.output.find("GenMC v");
  if (!f.ok || at == std::string::npos) return "GenMC of an unknown version";
  return f.output.substr(at, f.output.find('\n', at) - at);
}

rival_run rival::run(const std::string& file) const {
  rival_run r;
  const double before = cpu_of_children();
  const finished f =
      run_program({program_, "--rc11", "--disable-estimation", "--disable-sr", file}, timeout_s_);
  r.cpu_s = cpu_of_children() - before;
  if (!f.ok) {
    r.reason = f.reason;
    return r;
  }
  const std::string label = "complete executions explored: ";
  const std::size_t at = f.output.find(label);
  if (at == std::string::npos) {
    r.reason = "its output names no number of executions";
    return r;
  }
  r.executions = std::stoull(f.output.substr(at + label.size()));
  r.ok = true;
  return r;
}

}  // namespace wyn::bench
