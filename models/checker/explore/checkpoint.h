// A file from which an exploration that was interrupted goes on, with the same final counts.
//
// It holds the counts, the outcomes and the sites of what was explored, and the graphs that are
// left, in the order of the exploration. It is good for one build of one program: its first lines
// name the executable's contents and everything that shapes the tree, and another one refuses it.
#pragma once

#include <cstddef>
#include <list>
#include <string>

#include "models/checker/explore/task_list.h"
#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/report/summary.h"

namespace wyn::model {

class checkpoint_file {
 public:
  checkpoint_file(std::string path, const program& p, const options& o);

  bool exists() const;

  // The first of the following reads the executable, to know the build: milliseconds.

  /// Appends what is left to `tasks`, and puts what was seen into `seen`. Returns what is wrong
  /// with the file; empty: nothing.
  std::string load(task_list& tasks, run_summary& seen, std::size_t granules) const;

  /// Replaces the file, at once: who reads it sees the old contents or the new ones. Returns what
  /// is wrong; empty: nothing.
  std::string save(const std::list<task>& tasks, const run_summary& seen) const;

  void remove() const;

 private:
  std::string head() const;

  std::string path_;
  std::string program_;
};

}  // namespace wyn::model
