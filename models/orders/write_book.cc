// Writes docs/orders.md, docs/orders.json and docs/orders.html.
//
//     bazel run -c opt //models/orders:write_book
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "models/orders/html.h"
#include "models/orders/json.h"
#include "models/orders/markdown.h"
#include "models/tables.h"

namespace wyn::models {
namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
  std::printf("%s\n", path.c_str());
}

void write_book() {
  const char* root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (root == nullptr) {
    throw std::runtime_error("start it by `bazel run -c opt //models/orders:write_book`");
  }
  const order_book book = gather(all_tables());
  const std::filesystem::path docs = std::filesystem::path(root) / "docs";
  write(docs / "orders.md", markdown_of(book));
  write(docs / "orders.json", json_of(book));
  write(docs / "orders.html", html_of(book));
}

}  // namespace
}  // namespace wyn::models

int main() {
  try {
    wyn::models::write_book();
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "write_book: %s\n", e.what());
    return 1;
  }
}
