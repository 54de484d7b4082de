#include "core/runtime/cpu_count.h"

#include <sched.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

namespace wyn {
namespace {

unsigned affinity_cpus() noexcept {
  // The mask of a machine with more processors than cpu_set_t has bits needs a larger buffer.
  for (int cpus = CPU_SETSIZE; cpus <= 1 << 20; cpus *= 2) {
    cpu_set_t* set = CPU_ALLOC(cpus);
    if (set == nullptr) break;
    const std::size_t bytes = CPU_ALLOC_SIZE(cpus);
    const bool read = sched_getaffinity(0, bytes, set) == 0;
    const int count = read ? CPU_COUNT_S(bytes, set) : 0;
    CPU_FREE(set);
    if (read) return count > 0 ? static_cast<unsigned>(count) : 1;
  }
  return 1;
}

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// The group of this process in the unified hierarchy: the line "0::/path" of /proc/self/cgroup.
std::string unified_group() {
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("0::")) return line.substr(3);
  }
  return "/";
}

// The tightest quota of the group and its ancestors; 0: none.
unsigned quota_cpus() {
  unsigned tightest = 0;
  const auto consider = [&](unsigned cpus) {
    if (cpus != 0) tightest = tightest == 0 ? cpus : std::min(tightest, cpus);
  };
  std::string group = unified_group();
  while (true) {
    consider(detail::cpus_in_cpu_max(first_line("/sys/fs/cgroup" + group + "/cpu.max").c_str()));
    const std::size_t slash = group.find_last_of('/');
    if (slash == std::string::npos || group.size() <= 1) break;
    group.resize(slash);
  }
  const std::string v1 = "/sys/fs/cgroup/cpu/";
  consider(detail::cpus_in_cpu_max(
      (first_line(v1 + "cpu.cfs_quota_us") + " " + first_line(v1 + "cpu.cfs_period_us")).c_str()));
  return tightest;
}

}  // namespace

unsigned detail::cpus_in_cpu_max(const char* text) noexcept {
  long long quota = 0;
  long long period = 0;
  if (std::sscanf(text, "%lld %lld", &quota, &period) != 2 || quota <= 0 || period <= 0) return 0;
  const long long rounded_up = quota / period + (quota % period != 0 ? 1 : 0);
  return static_cast<unsigned>(std::min<long long>(rounded_up, 1 << 20));
}

unsigned available_cpus() noexcept {
  const unsigned cpus = affinity_cpus();
  try {
    const unsigned quota = quota_cpus();
    return quota == 0 ? cpus : std::min(cpus, quota);
  } catch (...) {  // no memory for a path: the affinity mask alone decides
    return cpus;
  }
}

}  // namespace wyn
