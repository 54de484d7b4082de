// main() of tests with models: GoogleTest's, and the settings of checks as flags.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "models/checker/settings/settings.h"

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--help") == 0) {
      std::printf("%s\n", wyn::model::settings_help().c_str());
    }
  }
  ::testing::InitGoogleTest(&argc, argv);
  const std::string mistakes = wyn::model::take_process_settings(argc, argv);
  if (!mistakes.empty()) {
    std::fprintf(stderr, "%s--help lists the settings.\n", mistakes.c_str());
    return 2;
  }
  return RUN_ALL_TESTS();
}
