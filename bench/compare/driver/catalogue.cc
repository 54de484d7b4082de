#include "bench/compare/driver/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bench/compare/workload/counting.h"
#include "bench/compare/workload/offers.h"

namespace wyn::bench::compare {

namespace {

using kind = measure_kind;

std::vector<workload_facts> forking() {
  return {
      {"fib",
       "Fibonacci numbers, a fork a call",
       "fib(n) by two recursive calls, no cut-off: what a fork and a join cost.",
       kind::time_per_task,
       {{16, 0}, {20, 0}, {24, 0}, {27, 0}, {30, 0}, {33, 0}},
       {{10, 0}}},
      {"queens",
       "n queens",
       "A task for each queen that can be placed, with a board of its own.",
       kind::time_per_task,
       {{10, 0}},
       {{5, 0}}},
      {"skynet",
       "A tree of ten children a node",
       "10^n leaves are added up; ten tasks a node.",
       kind::time_per_task,
       {{5, 0}},
       {{2, 0}}},
      {"uts",
       "Unbalanced tree search",
       "The nodes of a random tree are counted, four children in the mean, a task a node: nobody "
       "knows beforehand where the work is.",
       kind::time_per_task,
       {{9, 0}},
       {{4, 0}}},
      {"matmul",
       "Product of matrices",
       "n x n doubles by quadrants, eight products of half the size, four at a time.",
       kind::time,
       {{512, 32}},
       {{16, 8}}},
  };
}

std::vector<workload_facts> arrays() {
  return {
      {"loop",
       "A loop in small pieces",
       "A million cheap iterations in pieces of 64, with what each system has for loops.",
       kind::time_per_element,
       {{1'000'000, 64}},
       {{1000, 64}}},
      {"sort",
       "The same merge sort everywhere",
       "A merge sort with parallel merges, pieces of 2,048 numbers, forked and joined.",
       kind::time_per_element,
       {{1'000'000, 2048}},
       {{3000, 100}}},
      {"own_sort",
       "The sort of each library",
       "A million 64-bit numbers by the parallel sort that the system brings (no runtime: "
       "std::sort).",
       kind::time_per_element,
       {{1'000'000, 0}},
       {{3000, 0}}},
  };
}

std::vector<workload_facts> spawning() {
  const std::vector<size_and_grain> tiny = {{300, 0}};
  // Blocks of a countdown that are not full: the last one, the only one.
  const std::vector<size_and_grain> partial = {{300, 0}, {1, 0}};
  return {
      {"spawn",
       "Spawn and wait",
       "The waiting thread spawns tasks one by one; each raises its own byte.",
       kind::time_per_task,
       {{10'000, 0}, {100'000, 0}, {1'000'000, 0}},
       tiny},
      {"spawn_inside",
       "Spawn from a task",
       "The same, but a task spawns all the others.",
       kind::time_per_task,
       {{100'000, 0}},
       tiny},
      {"spawn_outside",
       "Spawn from a thread outside",
       "A thread that is none of the k workers spawns, then sleeps until the last task wakes it.",
       kind::time_per_task,
       {{100'000, 0}},
       partial},
      {"producers",
       "Two producers outside",
       "The same with two such threads at a time.",
       kind::time_per_task,
       {{100'000, 0}},
       partial},
      {"task_length",
       "From which length on tasks pay",
       "10,000 tasks of the same length, spawned one by one.",
       kind::time_per_task,
       {{10'000, 0},
        {10'000, 20},
        {10'000, 50},
        {10'000, 100},
        {10'000, 200},
        {10'000, 400},
        {10'000, 700}},
       {{100, 20}}},
  };
}

std::vector<workload_facts> waiting() {
  return {
      {"wake",
       "Waking a runtime that sleeps",
       "From the spawn by a thread outside to the beginning of the task, after 2 ms of sleep. No "
       "runtime: k threads in one futex.",
       kind::latency,
       {{1, 0}},
       {{1, 0}}},
      {"idle",
       "A runtime with nothing to do",
       "Processor time of the process while k workers sleep; the size is in milliseconds. No "
       "runtime: k threads in one futex.",
       kind::share,
       {{500, 0}},
       {{20, 0}}},
      {"queued",
       "Memory of a task that is queued",
       "Growth of resident memory after the last spawn, before anything has run.",
       kind::memory,
       {{1'000'000, 0}},
       {{2000, 0}}},
      {"parked",
       "Memory of a task that waits",
       "Growth of resident memory when all tasks have begun and wait for something.",
       kind::memory,
       {{100'000, 0}},
       {{300, 0}}},
  };
}

// The serial code of what tells nobody how it is spawned.
std::string serial_name(const std::string& name) {
  const bool marks = name.rfind("spawn", 0) == 0 || name == "producers";
  return marks ? "spawn" : name;
}

double divisor_of(const workload_facts& what, std::size_t size, std::uint64_t tasks) {
  switch (what.kind) {
    case kind::time_per_task: return static_cast<double>(tasks != 0 ? tasks : size);
    case kind::time_per_element: return static_cast<double>(size);
    case kind::time: return 1e6;
    case kind::latency: return 1e3;
    case kind::share:
    case kind::memory: return 1;
  }
  return 1;
}

// Whether the right answer is a number of tasks, for what serial code cannot do.
bool counts_tasks(measure_kind k) { return k >= kind::latency; }

void check_size(const workload_facts& what, const size_and_grain& how) {
  const auto refuse = [&](const char* why) {
    throw std::invalid_argument(fmt::format("{}:{}:{}: {}", what.name, how.size, how.grain, why));
  };
  if (how.size == 0 || how.size > 10'000'000'000) refuse("the size is from 1 to 10^10");
  if (what.name == "fib" && how.size > 45) refuse("at most 45");
  if (what.name == "queens" && how.size > 16) refuse("at most 16");
  if (what.name == "skynet" && how.size > 9) refuse("the size is the number of levels, at most 9");
  if (what.name == "uts" && how.size > 14) refuse("the size is the depth, at most 14");
  if ((what.name == "loop" || what.name == "sort") && how.grain < 2)
    refuse("the grain is 2 or more");
  if (what.name == "matmul") {
    std::size_t n = how.grain;
    while (n != 0 && n < how.size) n *= 2;
    if (n != how.size) refuse("the size is a power of two times the grain");
  }
}

}  // namespace

const std::vector<workload_facts>& catalogue() {
  static const std::vector<workload_facts> all = [] {
    std::vector<workload_facts> list = forking();
    for (const auto& more : {arrays(), spawning(), waiting()})
      list.insert(list.end(), more.begin(), more.end());
    return list;
  }();
  return all;
}

const workload_facts* facts_of(const std::string& name) {
  for (const workload_facts& w : catalogue()) {
    if (w.name == name) return &w;
  }
  return nullptr;
}

std::string unit_of(measure_kind k) {
  switch (k) {
    case kind::time_per_task: return "ns a task";
    case kind::time_per_element: return "ns an element";
    case kind::time: return "ms";
    case kind::latency: return "µs";
    case kind::share: return "% of a core";
    case kind::memory: return "bytes a task";
  }
  return "";
}

bool measured_once(measure_kind k) { return k == kind::memory || k == kind::share; }
bool one_worker_only(measure_kind k) { return k == kind::memory; }
bool bare_threads_do(measure_kind k) { return k == kind::latency || k == kind::share; }

test_case make_case(const workload_facts& what, size_and_grain how) {
  check_size(what, how);
  if (counts_tasks(what.kind)) {
    const std::uint64_t tasks = what.kind == kind::memory ? how.size : 1;
    return {&what, how.size, how.grain, tasks, divisor_of(what, how.size, tasks)};
  }
  counting_system counting;
  const std::vector<offer> offers = offers_of(counting);
  const std::string name = serial_name(what.name);
  const auto at =
      std::find_if(offers.begin(), offers.end(), [&](const offer& o) { return o.name == name; });
  if (at == offers.end()) throw std::logic_error("no serial code for " + what.name);
  const auto once = at->make({name, how.size, how.grain, 1});
  once->prepare();
  once->run();
  const std::uint64_t answer = once->answer();
  return {&what, how.size, how.grain, answer, divisor_of(what, how.size, counting.tasks)};
}

}  // namespace wyn::bench::compare
