#include "models/checker/explore/share_main.h"

namespace wyn::model {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    char escaped[8];
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
      result += escaped;
    } else {
      result += c;
    }
  }
  return result + "\"";
}

void write_outcomes(std::FILE* out, const verdict& v) {
  std::fprintf(out, "\"outcomes\": [");
  const char* comma = "";
  for (const outcome_count& o : v.outcomes) {
    std::fprintf(out, "%s\n{\"count\": %llu, \"outcome\": %s}", comma,
                 static_cast<unsigned long long>(o.count), quoted(o.outcome).c_str());
    comma = ",";
  }
  std::fprintf(out, "\n],\n");
}

}  // namespace

int write_share(const verdict& v, const std::string& share, const char* file) {
  std::FILE* out = std::fopen(file, "w");
  if (out == nullptr) {
    std::perror(file);
    return 1;
  }
  // One member a line: add_shares.sh reads them with the shell's own means.
  std::fprintf(out,
               "{\n\"share\": \"%s\",\n\"split\": \"%llu\",\n\"explored\": %s,\n"
               "\"executions\": %llu,\n\"blocked\": %llu,\n\"no_machine_run\": %llu,\n"
               "\"verdict\": \"%s\",\n",
               share.c_str(), static_cast<unsigned long long>(v.split),
               v.explored ? "true" : "false", static_cast<unsigned long long>(v.executions),
               static_cast<unsigned long long>(v.blocked),
               static_cast<unsigned long long>(v.no_machine_run), to_string(v.kind));
  write_outcomes(out, v);
  std::fprintf(out, "\"report\": %s\n}\n", quoted(v.report).c_str());
  return std::fclose(out) == 0 ? 0 : 1;
}

}  // namespace wyn::model
