#include "models/checker/report/source.h"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>

namespace wyn::model {

namespace {

struct registry {
  std::mutex lock;
  std::map<std::string, source_place, std::less<>> places;
};

registry& all() {
  static registry r;
  return r;
}

std::ifstream open(const std::string& file) {
  std::ifstream in(file);
  for (const char* variable : {"WYN_MODEL_SOURCES", "BUILD_WORKSPACE_DIRECTORY"}) {
    if (in || file.starts_with('/')) break;
    if (const char* folder = std::getenv(variable)) in.open(std::string(folder) + "/" + file);
  }
  return in;
}

}  // namespace

void remember_source(std::string_view site, std::string_view file, int line) {
  registry& r = all();
  const std::lock_guard guard(r.lock);
  if (r.places.find(site) != r.places.end()) return;
  r.places.emplace(std::string(site), source_place{std::string(file), line});
}

source_place source_of(std::string_view site) {
  registry& r = all();
  const std::lock_guard guard(r.lock);
  const auto known = r.places.find(site);
  return known == r.places.end() ? source_place{} : known->second;
}

excerpt excerpt_at(const source_place& p, int around) {
  excerpt e;
  if (p.file.empty()) return e;
  std::ifstream in = open(p.file);
  std::string text;
  for (int n = 1; n <= p.line + around && std::getline(in, text); ++n) {
    if (n < p.line - around) continue;
    if (e.lines.empty()) e.first = n;
    e.lines.push_back(text);
  }
  return e;
}

}  // namespace wyn::model
