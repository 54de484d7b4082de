// The answer of a check: a closed set, so that "not explored" can never read as "passed".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/checker/graph/memory_model.h"

namespace wyn::model {

struct counterexample;  // report/counterexample.h

enum class verdict_kind : unsigned char {
  pass,              ///< every execution was explored and none fails
  bounded,           ///< a bound of `options` was met; no failure so far
  fail,              ///< some execution fails: see `failure`
  nondeterministic,  ///< the program did something else when it was replayed
  model_error,       ///< the program cannot be checked: misuse, a limit, no complete execution
};

enum class failure : unsigned char {
  none,
  assertion,           ///< Env::check, or an assertion of the code under test
  data_race,           ///< two accesses, one of them a write and one not atomic, unordered by hb
  uninitialised_read,  ///< an access to something that no one has constructed (yet)
  use_after_free,      ///< an access after, or unordered with, the end of the object's life
  double_free,         ///< a block freed twice, or something freed that is no block
  leak,                ///< a block that a complete execution never frees (options::check_leaks)
  deadlock,            ///< every thread sleeps
  lost_wakeup,         ///< some thread sleeps for ever; those that could wake it have ended
  livelock,            ///< some thread spins for ever on values that are final
  misuse,              ///< a mutex, a thread or the like is used against its rules
  not_linearizable,    ///< a history that no order of its operations explains
};

const char* to_string(verdict_kind kind);
const char* to_string(failure kind);

/// How often an outcome occurs in complete executions.
struct outcome_count {
  std::string outcome;  ///< "r0=0 r1=1"
  std::uint64_t count = 0;

  bool operator==(const outcome_count&) const = default;
};

/// A site that some execution reached.
struct site_use {
  std::string site;
  bool stale = false;  ///< in some execution it reads a value that an interleaving could not give

  bool operator==(const site_use&) const = default;
};

struct verdict {
  verdict_kind kind = verdict_kind::model_error;
  model::failure failure = model::failure::none;
  std::uint64_t executions = 0;  ///< complete consistent execution graphs
  std::uint64_t blocked = 0;  ///< graphs in which some thread cannot go on; depends on scheduling
  std::uint64_t runs = 0;        ///< replays; executions + blocked + beyond + the one that failed
  std::uint64_t duplicates = 0;  ///< complete graphs met before (options::count_duplicates)
  /// Complete executions in which po, rf and psc form a cycle: no machine of views performs them,
  /// and proofs about such machines do not speak of them (graph/machine_run.h). Counted under RC11.
  std::uint64_t no_machine_run = 0;
  /// Under options::max_preemptions: complete executions that were met and have more, which are not
  /// counted above, and graphs that were not run. Both 0: there are no others.
  std::uint64_t beyond = 0;
  std::uint64_t cut_off = 0;
  /// Everything that was asked for was explored and nothing fails: the program, one share of it, or
  /// its executions within options::max_preemptions.
  bool explored = false;
  /// The same number in all shares of one exploration (options::shard).
  std::uint64_t split = 0;
  /// Of a failure: the execution in one word, for options::replay. It names what each read reads
  /// from, the places of the writes and the choices, so that another engine can run it too.
  std::string replay;
  std::string message;           ///< one line
  std::string report;            ///< the message and, for a failure, the execution
  memory_model semantics = memory_model::rc11_20;
  /// The execution that failed, or could not be gone on with; nullptr if there is none.
  std::shared_ptr<const counterexample> trace;
  std::vector<outcome_count> outcomes;  ///< sorted; empty if the model declares none
  /// Sorted; empty when there are more executions than options::coverage.
  std::vector<site_use> sites;
  std::vector<std::string> unused_rows;  ///< options::rows that no execution reached
  /// Pairs that are open to load buffering, "site -> site" (options::lint_load_buffering).
  std::vector<std::string> load_buffering;
  /// Of a program with symmetric threads: which, or why that was not used (options::symmetry).
  std::string symmetry;
  /// Overrides that name no site which any execution reached.
  std::vector<std::string> unused_overrides;
};

}  // namespace wyn::model
