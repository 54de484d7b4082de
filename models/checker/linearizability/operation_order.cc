#include "models/checker/linearizability/operation_order.h"

#include <algorithm>
#include <cstddef>

namespace wyn::model {

namespace {

std::string thread_name(int thread) {
  if (thread == moment::before_threads) return "before()";
  if (thread == moment::after_threads) return "after()";
  return "thread " + std::to_string(thread);
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

// Those of `all` that precede no other one of it.
operation_set last_of(operation_set all, const std::vector<operation_set>& before) {
  operation_set last = all;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (all >> i & 1) last &= ~before[i];
  }
  return last;
}

}  // namespace

std::vector<operation_set> predecessors(const std::vector<interval>& intervals) {
  std::vector<operation_set> before(intervals.size(), 0);
  for (std::size_t b = 0; b < intervals.size(); ++b) {
    for (std::size_t a = 0; a < intervals.size(); ++a) {
      if (a == b || intervals[a].pending) continue;
      const bool ordered = intervals[a].called.thread == intervals[b].called.thread
                               ? a < b
                               : happens_before(intervals[a].returned, intervals[b].called);
      if (ordered) before[b] |= operation_set{1} << a;
    }
  }
  return before;
}

std::string history_text(const std::vector<operation_line>& lines,
                         const std::vector<operation_set>& before) {
  std::size_t thread_width = 0;
  std::size_t text_width = 0;
  for (const operation_line& line : lines) {
    thread_width = std::max(thread_width, thread_name(line.thread).size());
    text_width = std::max(text_width, line.text.size());
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string number = "#" + std::to_string(i + 1);
    std::string row = std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + "  " +
                      padded(thread_name(lines[i].thread), thread_width) + "  " +
                      padded(lines[i].text, text_width);
    std::string after;
    const operation_set direct = last_of(before[i], before);
    for (std::size_t a = 0; a < lines.size(); ++a) {
      const bool within = lines[a].thread >= 0 && lines[a].thread < max_threads;
      if ((direct >> a & 1) == 0 || lines[a].thread == lines[i].thread || !within) continue;
      after += " #" + std::to_string(a + 1);
    }
    if (!after.empty() && lines[i].thread < max_threads) row += "  after" + after;
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  return text;
}

std::string operation_name(const std::vector<operation_line>& lines, int number) {
  const operation_line& line = lines[static_cast<std::size_t>(number)];
  return "#" + std::to_string(number + 1) + " " + line.text + " (" + thread_name(line.thread) + ")";
}

}  // namespace wyn::model
