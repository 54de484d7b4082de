#include "bench/harness/processors.h"

#include <sched.h>

#include <stdexcept>

namespace wyn::bench {

void restrict_to(int processors) {
  cpu_set_t all;
  CPU_ZERO(&all);
  if (sched_getaffinity(0, sizeof all, &all) != 0) throw std::runtime_error("sched_getaffinity");
  cpu_set_t some;
  CPU_ZERO(&some);
  for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&some) < processors; ++cpu) {
    if (CPU_ISSET(cpu, &all)) CPU_SET(cpu, &some);
  }
  if (CPU_COUNT(&some) < processors) {
    throw std::runtime_error("fewer processors than --workers: a thread a task is limited by them");
  }
  if (sched_setaffinity(0, sizeof some, &some) != 0) throw std::runtime_error("sched_setaffinity");
}

}  // namespace wyn::bench
