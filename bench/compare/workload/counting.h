// The workloads once more in one thread, counting what the systems make tasks of.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bench/compare/workload/serial.h"

namespace wyn::bench::compare {

class counting_system : public serial_system {
 public:
  std::uint64_t tasks = 0;

  template <class F, class G>
  auto both(F&& f, G&& g) {
    ++tasks;
    return serial_system::both(f, g);
  }
  template <class F, class G>
  void fork(F&& f, G&& g) {
    ++tasks;
    serial_system::fork(f, g);
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    tasks += n;
    return serial_system::sum(n, f);
  }
};

}  // namespace wyn::bench::compare
