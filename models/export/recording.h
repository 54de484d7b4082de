// All executions of a model, recorded: what each thread may do, and what after() then does.
//
// after() is a function of the shared memory and of what the threads keep for themselves: accounts
// in the model object, caches of the structure under test. The recorder compares that memory at the
// end of the threads, byte by byte. Each byte must be a function of the path that one thread took:
// the one that writes it. So a thread's paths fall into classes, whose number it leaves as its
// `result`, and after() begins by reading the results. A byte that happens to be a function of
// several threads' paths, because one takes what the other does not, counts for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/checker/checker.h"
#include "models/checker/run/observer.h"
#include "models/export/log.h"
#include "models/export/paths.h"

namespace wyn::model_export {

/// A model over env_export that logs itself.
template <class Model>
class recorded_model {
 public:
  static constexpr int threads = Model::threads;
  static_assert(model::initial_threads_of<Model>() == threads,
                "threads that start threads are not recorded");

  recorded_model() : began_(begin()), model_() {}
  void before() {
    if constexpr (requires { model_.before(); }) model_.before();
    log_writer::current().begin_threads();
  }
  void thread(int id) { model_.thread(id); }
  void after() {
    log_writer::current().end_threads(&model_, sizeof(model_));
    if constexpr (requires { model_.after(); }) model_.after();
    log_writer::current().end();
  }

 private:
  static bool begin() {
    log_writer::current().begin(threads);
    return true;
  }

  bool began_;  // before the model is constructed
  Model model_;
};

/// The object in which thread t leaves its result: no address of a model.
constexpr std::uintptr_t result_object(int thread) {
  return static_cast<std::uintptr_t>(thread) + 1;
}

struct recording {
  /// Why there is none; empty: there is one.
  std::string problem;
  std::uint64_t executions = 0;  ///< complete ones
  std::vector<path_graph> threads;
  path_graph after;
  std::map<std::uintptr_t, std::uint64_t> initial;  ///< values when the threads begin
  /// Where objects lie, and of values that are addresses what they point to: "main.heap+0x40".
  std::unordered_map<std::uint64_t, std::string> places;
  std::map<std::uintptr_t, std::string> names;
  /// The orders that sites have, overrides included.
  std::map<std::string, std::pair<order, order>> orders;
};

/// Explores `p`, the program of a recorded_model.
recording record(const model::program& p, const std::vector<model::order_override>& overrides);

template <class Model>
recording record(const std::vector<model::order_override>& overrides = {}) {
  return record(model::program_of<recorded_model<Model>>(), overrides);
}

}  // namespace wyn::model_export
