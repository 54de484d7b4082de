// print_sample FORMAT: the sample failure in that format, to make its golden file.
#include <cstdio>
#include <string_view>

#include "models/checker/report/formats.h"
#include "models/checker/report/sample.h"

int main(int argc, char** argv) {
  const std::string_view wanted = argc > 1 ? argv[1] : "";
  for (const wyn::model::report_format& f : wyn::model::report_formats) {
    if (wanted != f.extension) continue;
    std::fputs(f.print(wyn::model::sample_failure()).c_str(), stdout);
    return 0;
  }
  std::fputs("usage: print_sample txt|json|dot|svg|html\n", stderr);
  return 2;
}
