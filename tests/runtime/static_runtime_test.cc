// A runtime of static storage duration, destroyed while the process exits: what is queued by then
// still runs, and so does what those tasks spawn. No test framework: the check itself is made
// during exit.
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>

#include "core/runtime/runtime.h"

namespace {

std::atomic<int> runs{0};
constexpr int expected_runs = 2 * (100 + 100) + 100;

// Constructed before the runtimes, hence destroyed after them.
struct verdict {
  ~verdict() {
    if (runs == expected_runs) return;
    std::fprintf(stderr, "%d of %d tasks ran before the runtimes were gone\n", runs.load(),
                 expected_runs);
    _exit(1);
  }
} check_at_exit;

wyn::runtime with_worker(wyn::options{.workers = 1});
wyn::runtime without_workers(wyn::options{.workers = 0});

// Destroyed first of all: it spawns when this thread's own thread_local objects are gone already.
struct late_spawner {
  ~late_spawner() {
    for (int i = 0; i < 100; ++i) {
      with_worker.spawn([text = std::string(40, 'x')] { runs.fetch_add(1); });
    }
  }
} spawn_at_exit;

void spawn_parents(wyn::runtime& rt) {
  for (int i = 0; i < 100; ++i) {
    rt.spawn([&rt, text = std::string(40, 'x')] {
      runs.fetch_add(1);
      rt.spawn([copy = text] { runs.fetch_add(1); });
    });
  }
}

}  // namespace

int main() {
  alarm(50);
  spawn_parents(with_worker);
  spawn_parents(without_workers);
  return 0;
}
