// main() of a build action that explores one share of a model and writes what it found as JSON.
// bazel/model.bzl makes such programs; add_shares.sh adds up their files.
#pragma once

#include <cstdio>
#include <string>

#include "models/checker/checker.h"
#include "models/checker/settings/settings.h"

namespace wyn::model {

/// Arguments: INDEX/COUNT and the file to write. A failure of the model is a result, too: the test
/// that reads the files reports it. Returns 0 when the file was written.
int write_share(const verdict& v, const std::string& share, const char* file);

template <class Program>
int share_main(int argc, char** argv) {
  options o;
  const std::string share = argc == 3 ? argv[1] : "";
  const std::string mistake = apply_setting(o, "shard", share);
  if (!mistake.empty()) {
    std::fprintf(stderr, "usage: %s INDEX/COUNT FILE\n%s", argv[0], mistake.c_str());
    return 2;
  }
  return write_share(check<Program>(o), share, argv[2]);
}

}  // namespace wyn::model
