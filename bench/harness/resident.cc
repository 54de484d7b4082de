#include "bench/harness/resident.h"

#include <fstream>
#include <string>

namespace wyn::bench {

namespace {

// The value of a line "KEY:  123 kB", or -1.
std::int64_t field(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string word; in >> word;) {
    std::int64_t kilobytes = 0;
    if (word == key && in >> kilobytes) return kilobytes * 1024;
  }
  return -1;
}

}  // namespace

std::int64_t resident_bytes() {
  // The counters behind VmRSS are batched per thread and may lag by hundreds of kilobytes; the
  // roll-up does not, but older kernels lack it.
  const std::int64_t exact = field("/proc/self/smaps_rollup", "Rss:");
  return exact >= 0 ? exact : field("/proc/self/status", "VmRSS:");
}

// Not getrusage: its maximum survives exec and would be the parent's.
std::int64_t peak_resident_bytes() { return field("/proc/self/status", "VmHWM:"); }

}  // namespace wyn::bench
