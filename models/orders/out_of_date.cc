#include "models/orders/out_of_date.h"

#include <cstddef>

namespace wyn::models {

std::string out_of_date(const std::string& page, const std::string& is,
                        const std::string& should_be) {
  std::size_t at = 0;
  while (at < is.size() && at < should_be.size() && is[at] == should_be[at]) ++at;
  const auto line = [at](const std::string& text) {
    const std::size_t start = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t first = start == std::string::npos ? 0 : start + 1;
    return text.substr(first, text.find('\n', at) - first);
  };
  return page + " is out of date: run `bazel run -c opt //models/orders:write_book`" +
         "\n  is:        " + line(is) + "\n  should be: " + line(should_be);
}

}  // namespace wyn::models
