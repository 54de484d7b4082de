#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace wyn {

void fatal(const char* message) noexcept {
  std::fprintf(stderr, "wyn: %s\n", message);
  std::abort();
}

void assertion_failed(const char* condition, const char* file, int line,
                      const char* message) noexcept {
  std::fprintf(stderr, "wyn: %s\nwyn: at %s:%d, this does not hold: %s\n", message, file, line,
               condition);
  std::abort();
}

}  // namespace wyn
