#include "bench/harness/batch.h"

#include <exception>
#include <nlohmann/json.hpp>

#include "bench/harness/subprocess.h"

namespace wyn::bench {

std::string ask_program(const std::vector<std::string>& command, double timeout_seconds,
                        const std::function<void(const nlohmann::json&)>& use) {
  const finished f = run_program(command, timeout_seconds);
  if (!f.ok) return f.reason;
  try {
    use(nlohmann::json::parse(f.output));
  } catch (const std::exception& e) {
    return e.what();
  }
  return {};
}

}  // namespace wyn::bench
