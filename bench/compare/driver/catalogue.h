// What is compared: the workloads, their sizes, and the right answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wyn::bench::compare {

/// What the values of a workload are.
enum class measure_kind : unsigned char {
  time_per_task,     ///< nanoseconds of wall time a task
  time_per_element,  ///< nanoseconds of wall time an element of an array
  time,              ///< milliseconds of wall time
  latency,           ///< microseconds
  share,             ///< per cent of a core
  memory,            ///< bytes a task; one repetition in a process, one worker
};

struct size_and_grain {
  std::size_t size, grain;
};

struct workload_facts {
  std::string name, title;
  std::string what;  ///< a sentence or two for the reader
  measure_kind kind;
  std::vector<size_and_grain> standard;  ///< the sizes of a plain run
  std::vector<size_and_grain> tiny;      ///< of a test of the benchmark itself
};

/// In the order of the tables.
const std::vector<workload_facts>& catalogue();

/// Null if there is none of that name.
const workload_facts* facts_of(const std::string& name);

/// "ns a task".
std::string unit_of(measure_kind kind);

/// What can be measured only once in a process: memory that has grown stays.
bool measured_once(measure_kind kind);

/// What tells nothing with more than one worker, since others would run what is to be queued.
bool one_worker_only(measure_kind kind);

/// What is measured without a runtime, too, with k threads: how they sleep and are woken.
bool bare_threads_do(measure_kind kind);

/// A workload at one size.
struct test_case {
  const workload_facts* what;
  std::size_t size, grain;
  std::uint64_t answer;  ///< of every correct system
  double divisor;        ///< from what a peer gives to a value
};

/// Computes the answer in one thread. Throws std::invalid_argument for a size that the workload
/// does not have.
test_case make_case(const workload_facts& what, size_and_grain how);

}  // namespace wyn::bench::compare
