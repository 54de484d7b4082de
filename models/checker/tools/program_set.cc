#include "models/checker/tools/program_set.h"

#include <cstdio>

namespace wyn::model::detail {

std::string quoted(const std::string& text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (c == '\n') {
      literal += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      literal += code;
    } else {
      literal += c;
    }
  }
  return literal + "\"";
}

}  // namespace wyn::model::detail
