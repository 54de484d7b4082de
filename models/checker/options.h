// What a check may be told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/site.h"
#include "models/checker/graph/memory_model.h"

namespace wyn::model {

/// Gives a row of an ordering table another order at run time, so that one binary checks every
/// weakening of every row.
struct order_override {
  /// A site id in full ("DF7 pop.fence") or up to its first blank ("DF7").
  std::string site;
  /// The order in place of the row's. `none` removes a fence. A part that an access cannot have is
  /// dropped: a load is never a release. The failure order of a compare-exchange is lowered with it
  /// where it would be stronger than failure_order_of(replacement).
  order replacement;
  /// The failure order of a compare-exchange, in place of what the rule above makes of it.
  std::optional<order> failure = std::nullopt;
};

class observer;

/// One of several processes that share an exploration.
struct shard_number {
  int index = 0;  ///< 0 .. count - 1
  int count = 1;  ///< 1: there is only one
};

/// How the executions to look at are chosen. Each is an execution of the memory model, in any mode.
enum class exploration_mode : std::uint8_t {
  exhaustive,  ///< all of them
  random,      ///< walks from the first execution to ever more unusual ones; never a pass
  pct,         ///< interleavings with few changes of priority, and few deviations; never a pass
};

/// The most explorers that a check can have.
inline constexpr int max_jobs = 256;

struct options {
  memory_model model = memory_model::rc11_20;

  /// OS threads that explore; 0: one for each hardware thread. Verdict, counts and report do not
  /// depend on it, with one exception: a check that stops at a bound of time. max_executions is met
  /// by one explorer alone.
  int jobs = 1;

  /// Stop with `bounded` after so many executions, complete and blocked; 0: never.
  std::uint64_t max_executions = 0;
  /// Stop with `bounded` after so many seconds; 0: never. Where TEST_TIMEOUT is set, as Bazel does,
  /// a check also stops some seconds before the test is killed.
  double max_seconds = 0;

  /// Explore the executions with so many preemptions or fewer, each once, and no others: `bounded`,
  /// unless there are no others. -1: all executions. What counts is in trust/preemptions.h: under
  /// sc, stops of a thread that could go on, in the best of all interleavings; under the weaker
  /// models, in the best order in which no read comes before the write that it reads from. Some
  /// executions beyond are met on the way; a failure of one of them is reported, too.
  int max_preemptions = -1;

  exploration_mode mode = exploration_mode::exhaustive;
  std::uint64_t seed = 1;      ///< of a sample: the same seed, the same executions
  std::uint64_t walks = 1000;  ///< of a sample; 0: until max_seconds
  /// Of mode pct: the depth of the failures to look for. A walk is an interleaving with depth - 1
  /// changes of priority, and then as many decisions as depth says that differ from it; the verdict
  /// states the chance that PCT guarantees. explore/sampling.h.
  int depth = 3;
  /// Run one execution alone: what verdict::replay said. "": none.
  std::string replay = {};

  /// Seconds between two lines on standard error that say how far a long check is; 0: every two
  /// seconds where standard error is a terminal, none elsewhere.
  double progress = 0;

  /// Explore one share alone; the shares of one `count` make up the whole, each execution in one of
  /// them. The verdict is `bounded` when all is well, with verdict::explored.
  shard_number shard = {};

  /// A file in which a long exploration notes what is left, every checkpoint_seconds and when it is
  /// stopped by a bound; where the file exists, the exploration goes on from it. It is removed when
  /// there is nothing left. "": none. Counts are those of an exploration without interruption.
  std::string checkpoint = {};
  double checkpoint_seconds = 60;

  /// Events of one thread in one execution; beyond, `bounded`. At most max_events_of_a_thread.
  int max_events = 2000;
  /// Steps of one thread in one execution, accesses to plain data and pauses included; beyond,
  /// `bounded`. It ends loops that wait without calling Env::pause().
  std::uint64_t max_steps = 100000;

  /// Seconds of processor time without a step after which a program counts as stuck in a loop of
  /// its own; it may take twice as long to notice. At least 1.
  int max_silent_seconds = 5;

  /// How often, in one execution, each thread's weak compare-exchanges fail though they find what
  /// they expect; all such executions are explored. 0: never.
  int spurious_failures = 0;
  /// How often, in one execution, each thread's waits (on a condition variable, by wait_upper) end
  /// without a cause. 0: never.
  int spurious_wakeups = 0;
  /// How often, in one execution, each thread's waits with a time limit end by it; from then on the
  /// thread waits without a limit, though never for ever. 0: as often as it waits.
  int max_timeouts = 0;

  std::vector<order_override> overrides = {};

  // Outcomes, as Env::outcome declares them: "r0=0 r1=0". Every value named must be there; others
  // may be.

  /// An execution that shows one of these is a failure.
  std::vector<std::string> forbidden = {};
  /// When all executions pass and none shows one of these, that is a failure.
  std::vector<std::string> reachable = {};
  /// Stop with `bounded` at the first execution that shows this, and report it. "": never.
  std::string show = {};

  /// Sites that the model is there for; those that no execution reaches are named in the report.
  std::vector<std::string> rows = {};
  /// How many executions are looked at for the list of sites in the report of a pass; where there
  /// are more, the list says so and is left out.
  std::uint64_t coverage = 1000;

  /// After the first failure, look for a shorter one in at most twice so many further runs (counted
  /// apart from verdict::runs); 0: report the first. report/shorten.h.
  std::uint64_t minimise = 1000;

  /// Looks for pairs of accesses that hardware may reorder into load buffering, which no execution
  /// shows: verdict::load_buffering, tools/load_buffering.h.
  bool lint_load_buffering = false;

  /// Of a MODEL_TEST, besides its check: print which orders the program needs when it passes
  /// (tools/necessity.h), and which stronger ones would repair it when it fails (tools/repair.h).
  bool necessity = false;
  bool repair = false;
  /// As necessity, and in addition which two weakenings that pass alone fail together.
  bool necessity_pairs = false;
  /// Checks that both spend on pairs of sites; beyond, they say how many were tried. 0: no bound.
  std::uint64_t max_pair_checks = 1000;

  /// Sees sites and executions as they are explored (run/observer.h); for tools. May be nullptr.
  observer* watched_by = nullptr;

  /// Blocks that are still allocated after a complete execution are a failure.
  bool check_leaks = false;

  /// A wake call on a word wakes no more sleepers than it counts, and any of them; sleepers that
  /// are left are a lost wake-up. A loss may be reported that cannot happen (run/liveness.h).
  /// Without it each call reaches every sleeper, and real losses are missed.
  bool limited_wakes = true;

  /// An allocation may be given the memory of a block of the same size that was freed before it in
  /// happens-before, by any thread; each such block, and fresh memory, is explored.
  bool reuse_addresses = false;

  /// Of executions that differ only by a permutation of threads that the model declares symmetric
  /// (program.h), explore one: failures and passes are the same, counts are smaller.
  bool symmetry = true;

  /// Keeps a set of all complete graphs and counts those met twice: a check of the engine itself.
  /// Memory grows with the number of executions.
  bool count_duplicates = false;

  std::size_t stack_bytes = 128 * 1024;       ///< of each thread
  std::size_t arena_bytes = 16 * 1024 * 1024; ///< what each thread can allocate in one execution
};

}  // namespace wyn::model
