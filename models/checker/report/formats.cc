#include "models/checker/report/formats.h"

#include <fstream>

#include "models/checker/report/dot.h"
#include "models/checker/report/html.h"
#include "models/checker/report/json.h"
#include "models/checker/report/svg.h"
#include "models/checker/report/text.h"

namespace wyn::model {

const report_format report_formats[5] = {
    {"txt", false, [](const verdict& v) { return text_of(v); }},
    {"json", false, json_of},
    {"dot", true, [](const verdict& v) { return dot_of(*v.trace); }},
    {"svg", true, [](const verdict& v) { return svg_of(*v.trace); }},
    {"html", true, html_of},
};

std::string save_reports(const verdict& v, const std::string& stem) {
  for (const report_format& f : report_formats) {
    if (f.needs_trace && v.trace == nullptr) continue;
    const std::string path = stem + "." + f.extension;
    std::ofstream file(path, std::ios::binary);
    file << f.print(v);
    file.close();
    if (!file) return path;
  }
  return {};
}

}  // namespace wyn::model
