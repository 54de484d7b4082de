// The program that measures one C++ runtime: `peer_main` is its main(), a `peer` says how to spawn.
//
// A peer is a process of its own, so that no runtime's threads, allocator or signal handlers
// disturb another's. It speaks the protocol of bench/README.md.
#pragma once

#include <functional>
#include <string>

#include "bench/spawn/peer/job.h"

namespace wyn::bench {

/// What a runtime is started for.
struct setup {
  int workers;        ///< threads that run tasks at once, the one that waits included
  std::size_t tasks;  ///< in each repetition
};

class peer {
 public:
  virtual ~peer() = default;

  virtual std::string name() const = 0;
  virtual std::string version() const = 0;

  /// Whether run() takes jobs of this kind.
  virtual bool offers(task_kind kind) const {
    return kind == task_kind::mark || kind == task_kind::empty || kind == task_kind::queued;
  }

  /// Starts the runtime, calls `body` on the thread that is to spawn, ends the runtime.
  virtual void inside(const setup& how, const std::function<void()>& body) = 0;

  /// Spawns work.count tasks one by one, calls work.spawned if it is set, and waits for all. This,
  /// and nothing else, is timed.
  virtual void run(const job& work) = 0;
};

/// Parses the protocol's options, measures, prints one line of JSON. The exit status of main().
int peer_main(int argc, char** argv, peer& system);

}  // namespace wyn::bench
