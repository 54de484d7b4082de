// A reported execution: the one data model behind every format (text.h, json.h, dot.h, html.h).
//
// Steps are numbered from 1 in an order in which the execution could have happened: a linear
// extension of po and rf, with as few stale reads as there can be, and then as few switches between
// threads (schedule.h). A step is an event of the graph or something that is none: an access to
// plain data, a wake-up, the end of an object's life. All formats use the same numbers; 0 stands
// for the value that a location has after set-up. Nothing depends on addresses of the process.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wyn::model {

class execution;
class graph;

struct reported_step {
  int number = 0;  ///< place in counterexample::steps, plus one
  int thread = 0;
  std::string site;         ///< "DF7 pop.fence", "queue.h:42 store"; empty where there is none
  std::string source;       ///< "src/queue.cc:42"; empty where it is not known
  std::string operation;    ///< "load", "fetch_add", "fence", "plain read", ...
  std::string order;        ///< "acq"; empty for what has none
  std::string table_order;  ///< that of the program, if an override replaces it
  std::string location;     ///< name of what it accesses; empty for a fence or a choice
  std::string read;         ///< value found; empty where nothing was read or none is known
  std::string written;      ///< value written; empty likewise
  bool reads = false;
  bool writes = false;
  int reads_from = -1;      ///< number of the write that was read, 0 for set-up, -1 for none
  int place = 0;            ///< of a write, in modification order, from 1; 0 for everything else
  std::vector<int> missed;  ///< of a stale read: the newer writes that stand above it
  std::string note;         ///< "sleeps for ever"; empty for most
  bool folded = false;      ///< neither the failure nor its explanation depends on it
};

enum class relation : std::uint8_t { po, rf, mo, fr, sw, hb, psc };
inline constexpr relation all_relations[] = {relation::po, relation::rf, relation::mo,
                                             relation::fr, relation::sw, relation::hb,
                                             relation::psc};

/// "po", "rf", ...
const char* to_string(relation r);

/// An edge between two steps. po, mo, hb and psc are without the edges that follow from others, and
/// psc without those within a thread; 0 as `from` stands for set-up.
struct reported_edge {
  relation kind = relation::po;
  int from = 0;
  int to = 0;

  bool operator==(const reported_edge&) const = default;
};

struct reported_location {
  std::string name;
  std::string initial;      ///< value after set-up
  std::vector<int> writes;  ///< numbers, in modification order
};

/// An order that, were it stronger, would exclude this execution.
struct strengthening {
  std::string site;
  std::string from;
  std::string to;

  bool operator==(const strengthening&) const = default;
};

struct explanation {
  std::vector<std::string> lines;  ///< sentences, each of one line
  /// The steps of a shortest cycle that keeps the execution from being an interleaving; edge i
  /// leads from step i to the next one, the last to the first. Empty if it is an interleaving.
  std::vector<int> cycle;
  std::vector<relation> cycle_edges;
  /// Of a race: the two steps that nothing orders.
  int race_first = 0;
  int race_second = 0;
  /// Sets of sites, each of which, strengthened as said, excludes this execution, or orders the
  /// race. Other executions may fail for other reasons: that is what `fix` answers.
  std::vector<std::vector<strengthening>> excluded_by;
  std::string rule;  ///< "happens-before", "coherence" or "psc": what then excludes it
};

/// How long the search for a short counterexample went on after the first failure.
struct search_effort {
  bool made = false;
  bool exhausted = false;        ///< every execution was looked at
  std::uint64_t executions = 0;  ///< runs after the first failure
  std::uint64_t failing = 0;    ///< of these, those with this failure, and the first
  int first_preemptions = 0;    ///< of the failure that was found first
  int first_events = 0;
  int preemptions = 0;  ///< of the one that is shown; accesses to plain data do not count
  int events = 0;
};

struct counterexample {
  std::string text;  ///< what failed, in the names of this report
  int threads = 0;
  std::string model;                   ///< "rc11_20"
  std::vector<std::string> overrides;  ///< "DF7 pop.fence sc->acq_rel"
  std::vector<reported_location> locations;
  std::vector<reported_step> steps;
  std::vector<reported_edge> edges;
  std::vector<std::string> ends;  ///< how each thread ended: "ended", "sleeps", "spins", ""
  int switches = 0;               ///< between neighbouring steps
  int preemptions = 0;            ///< switches away from a thread that could have gone on
  int failed_at = 0;              ///< the step at, or after, which it failed; 0: in after()
  explanation why;
  /// What would repair the program, in sentences: filled in by who has searched for it.
  std::vector<std::string> fix;
  search_effort effort;
};

/// The execution that `e` has just run along `g` and that stopped it. Runs it once more to see the
/// steps that are no events.
counterexample make_counterexample(const graph& g, execution& e);

/// The same, to be shared by verdicts.
std::shared_ptr<const counterexample> trace_of(const graph& g, execution& e);

}  // namespace wyn::model
