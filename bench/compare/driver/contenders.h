// The systems that are compared, and what each can do on this machine.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace wyn::bench::compare {

/// The name of the runtime of this repository; its other faces begin with it.
inline constexpr const char* our_name = "wyn";
/// The same work without a runtime: serial code, or what the kernel offers.
inline constexpr const char* baseline_name = "no runtime";

/// Whether a system is this repository's.
bool is_ours(const std::string& system);

struct contender {
  std::string name;
  std::string path;            ///< of its program; empty when absent
  std::string absent_because;  ///< or why it did not say what it offers
  std::string version;
  std::set<std::string> workloads;
  std::size_t most_tasks = static_cast<std::size_t>(-1);  ///< more would take hours or all memory

  bool present() const { return !path.empty(); }
};

/// All systems known here, in the order of the tables, each looked up and asked what it offers.
std::vector<contender> known_contenders();

/// One more, by a program that speaks the protocol. `definition` is NAME=PROGRAM; throws
/// std::invalid_argument with a message if it is not, or if the program does not answer.
contender given_contender(const std::string& definition);

}  // namespace wyn::bench::compare
