// The program that measures one C++ runtime: compare_main is its main(), a `peer` is the runtime.
//
// A peer is a process of its own, so that no runtime's threads, allocator or signal handlers
// disturb another's. It speaks the protocol of bench/README.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/compare/workload/workload.h"

namespace wyn::bench::compare {

class peer {
 public:
  virtual ~peer() = default;

  virtual std::string name() const = 0;
  virtual std::string version() const = 0;
  virtual std::vector<offer> offers() = 0;

  /// Starts the runtime, calls `body` on the thread that is to run the workload, ends the runtime.
  virtual void inside(const request& r, const std::function<void()>& body) = 0;
};

/// Parses the protocol's options, measures, prints one line of JSON. The exit status of main().
int compare_main(int argc, char** argv, peer& system);

}  // namespace wyn::bench::compare
