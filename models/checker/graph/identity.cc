#include "models/checker/graph/identity.h"

#include <cstdint>

namespace wyn::model {

std::string identity(const graph& g) {
  std::string key;
  const auto add = [&key](const auto& x) {
    key.append(reinterpret_cast<const char*>(&x), sizeof x);
  };
  for (int t = 0; t < g.threads(); ++t) {
    for (int i = 0; i < g.size(t); ++i) {
      const event& e = g.at(t, i);
      add(e.kind);
      add(e.location);
      add(e.reads_from);
      add(writes(e.kind) ? e.position : 0u);
      add(e.kind == event_kind::choice ? e.value_read : std::uint64_t{0});
    }
    key.push_back('/');
  }
  return key;
}

}  // namespace wyn::model
