#include "models/checker/report/html.h"

#include <nlohmann/json.hpp>

#include "models/checker/report/html_parts.h"
#include "models/checker/report/json.h"
#include "models/checker/report/names.h"
#include "models/checker/report/source.h"
#include "models/checker/report/svg.h"
#include "models/checker/report/text.h"

namespace wyn::model {

namespace {

// JSON inside a script element: no end tag may appear in it.
std::string embedded(const std::string& json) {
  std::string result;
  for (const char c : json) {
    if (c == '<') result += "\\u003c";
    else result += c;
  }
  return result;
}

// "#4" in an explanation leads to the step.
std::string with_links(const std::string& line) {
  const std::string text = escaped(line);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = text[i] == '#' && (i == 0 || text[i - 1] != '&');
    std::size_t end = i + 1;
    while (starts && end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (!starts || end == i + 1) {
      result += text[i];
      continue;
    }
    const std::string n = text.substr(i + 1, end - i - 1);
    result += "<a href=\"#\" data-go=\"" + n + "\">#" + n + "</a>";
    i = end - 1;
  }
  return result;
}

void add_list(std::string& page, const char* title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page += std::string("<h2>") + title + "</h2>\n<ul>\n";
  for (const std::string& line : lines) page += "<li>" + with_links(line) + "</li>\n";
  page += "</ul>\n";
}

std::string toggles(const counterexample& c) {
  std::string text;
  for (const relation r : all_relations) {
    bool there = false;
    for (const reported_edge& e : c.edges) there = there || e.kind == r;
    if (!there) continue;
    // Happens-before is hidden at first: it is mostly sw once more. So is psc, for what it forbids
    // is not there to be seen.
    text += std::string("<label class=\"toggle\"><input type=\"checkbox\" data-relation=\"") +
            to_string(r) + "\"" +
            (r == relation::hb || r == relation::psc ? "" : " checked") + "> " + to_string(r) +
            "</label>\n";
  }
  return text;
}

// The lines around each site, as far as its file can be read.
std::string excerpts_of(const counterexample& c) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const reported_step& s : c.steps) {
    if (s.source.empty() || all.contains(s.source)) continue;
    const excerpt e = excerpt_at(source_of(s.site), 3);
    if (e.lines.empty()) continue;
    all[s.source]["first"] = e.first;
    all[s.source]["lines"] = e.lines;
  }
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string html_of(const verdict& v) {
  const counterexample& c = *v.trace;
  const std::string title = std::string(to_string(v.kind)) + "  " + v.message;
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
                     escaped(title) + "</title>\n<style>\n" + page_style + "</style>\n</head>\n";
  page += "<body>\n<h1>" + escaped(title) + "</h1>\n";
  page += "<p class=\"controls\"><button data-step=\"-1\">&#9664;</button> "
          "<input id=\"slider\" type=\"range\" min=\"0\" max=\"" +
          std::to_string(c.steps.size()) + "\" value=\"" + std::to_string(c.steps.size()) +
          "\" aria-label=\"step\"> <button data-step=\"1\">&#9654;</button> "
          "step <output id=\"now\"></output> (arrow keys)\n" +
          toggles(c) + "</p>\n";
  page += "<main>\n<div class=\"picture\">\n" + svg_of(c) + "</div>\n<aside>\n"
          "<h2>values</h2>\n<table id=\"values\"></table>\n"
          "<h2>step</h2>\n<div id=\"step\">Point at a step, or walk through them.</div>\n"
          "</aside>\n</main>\n";
  add_list(page, "why", c.why.lines);
  add_list(page, "fix", c.fix);
  page += "<details>\n<summary>as text</summary>\n<pre>" + escaped(text_of(v)) +
          "</pre>\n</details>\n";
  page += "<script type=\"application/json\" id=\"data\">\n" + embedded(json_of(v)) +
          "</script>\n<script type=\"application/json\" id=\"excerpts\">\n" +
          embedded(excerpts_of(c)) + "</script>\n<script>\n" + page_script +
          "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace wyn::model
