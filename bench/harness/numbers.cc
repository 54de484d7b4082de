#include "bench/harness/numbers.h"

#include <fmt/format.h>

namespace wyn::bench {

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string short_ns(double ns) {
  if (ns != 0 && ns < 0.0995) return fmt::format("{:.2g}", ns);
  if (ns < 9.995) return fmt::format("{:.2f}", ns);
  if (ns < 999.5) return fmt::format("{:.1f}", ns);
  return grouped(static_cast<std::size_t>(ns + 0.5));
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

}  // namespace wyn::bench
