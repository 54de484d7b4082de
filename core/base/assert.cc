#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace wyn {

void fatal(const char* message) noexcept {
  constexpr char name[] = "wyn: ";
  const bool is_named = std::strncmp(message, name, sizeof name - 1) == 0;
  std::fprintf(stderr, "%s%s\n", is_named ? "" : name, message);
  std::abort();
}

void assertion_failed(const char* condition, const char* file, int line,
                      const char* message) noexcept {
  std::fprintf(stderr, "wyn: %s\nwyn: at %s:%d, this does not hold: %s\n", message, file, line,
               condition);
  std::abort();
}

}  // namespace wyn
