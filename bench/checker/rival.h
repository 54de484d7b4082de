// GenMC (Kokologiannakis, Vafeiadis, CAV'21), run beside this checker on the programs in genmc/.
#pragma once

#include <cstdint>
#include <string>

namespace wyn::bench {

struct rival_run {
  bool ok = false;
  std::uint64_t executions = 0;
  double cpu_s = 0;    ///< user and system time of the whole process
  std::string reason;  ///< if not ok
};

class rival {
 public:
  rival(std::string program, double timeout_s);

  /// "GenMC v0.11.0 (commit ...)", as it says itself.
  std::string version() const;

  /// Explores a C file under RC11, on one thread.
  rival_run run(const std::string& file) const;

 private:
  std::string program_;
  double timeout_s_;
};

}  // namespace wyn::bench
