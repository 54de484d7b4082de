// The systems that are compared, and whether this machine has them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/spawn/peer/job.h"

namespace wyn::bench {

/// The name of the runtime of this repository in every output.
inline constexpr const char* our_name = "wyn";

struct contender {
  std::string name;
  std::string program;     ///< file name beside the driver, or a path given by --peer
  std::size_t most_tasks;  ///< larger runs are left out: they would take hours, or all memory
  bool all_kinds = false;  ///< takes the closures too, not only mark, empty and queued
  bool queues = true;      ///< takes task_kind::queued
  std::string path;        ///< of the program; empty when absent
  std::string absent_because;

  bool present() const { return !path.empty(); }
  bool offers(task_kind kind) const;
};

/// All systems known here, in the order of the tables, each looked up beside the driver.
std::vector<contender> known_contenders();

/// One more, by a program that speaks the protocol. `definition` is NAME=PROGRAM; throws
/// std::invalid_argument with a message if it is not, or if there is no such program.
contender given_contender(const std::string& definition);

}  // namespace wyn::bench
