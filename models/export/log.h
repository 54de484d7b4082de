// What the threads of a model did in one execution, step by step: the events that the explorer
// counts, and what it does not: accesses to plain data, constructions, assertions. env_export.h
// writes it; paths.h makes programs of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/site.h"

namespace wyn::model_export {

enum class step_kind : std::uint8_t {
  load,
  store,
  exchange,
  fetch_add,
  compare_exchange,
  await_upper,  ///< a load that waits while the upper half of the word is `expected`
  fence,
  plain_read,
  plain_write,
  construction,        ///< of an atomic object
  plain_construction,  ///< of plain data
  check,
};

/// Whether the step finds a value in memory.
constexpr bool reads(step_kind k) {
  return k == step_kind::load || k == step_kind::exchange || k == step_kind::fetch_add ||
         k == step_kind::compare_exchange || k == step_kind::await_upper ||
         k == step_kind::plain_read;
}

/// Whether the object that the step accesses is plain data.
constexpr bool is_plain(step_kind k) {
  return k == step_kind::plain_read || k == step_kind::plain_write ||
         k == step_kind::plain_construction;
}

constexpr bool accesses(step_kind k) { return k != step_kind::fence && k != step_kind::check; }

struct step {
  step_kind kind = step_kind::fence;
  const char* text = "";  ///< the site's name; of a check, what it says
  order success = order::relaxed;
  order failure = order::relaxed;
  std::uintptr_t object = 0;
  std::uint64_t operand = 0;  ///< what is stored or added, or a new object holds
  std::uint64_t expected = 0;

  bool operator==(const step&) const = default;
};

/// A step and the value that it found; 0 where it reads nothing.
struct performed_step {
  step what;
  std::uint64_t found = 0;
};

/// The main thread's number.
inline constexpr int main_thread = -1;

struct execution_log {
  std::vector<performed_step> before;  ///< the main thread's, set-up included
  std::vector<std::vector<performed_step>> threads;
  std::vector<performed_step> after;
  /// Bytes of the model's memory that are neither atomic nor plain<T>, at the end of the threads:
  /// what the threads leave for after(). Bytes that are 0 are left out.
  std::map<std::uintptr_t, unsigned char> private_bytes;
  /// The last step of the thread is one that waited when the execution ended.
  std::vector<bool> waits;
  bool complete = false;
};

/// Collects the log of the execution that runs on this OS thread.
class log_writer {
 public:
  static log_writer& current();

  // Called by the recorded model (recording.h).
  void begin(int threads);
  void begin_threads() { phase_ = phase::threads; }
  void end_threads(const void* model, std::size_t bytes);
  /// What the model's destruction does is no part of the log.
  void end() {
    log_.complete = true;
    phase_ = phase::over;
  }
  const execution_log& log() const { return log_; }

  // Called by the environment.
  void add(const step& s, std::uint64_t found = 0);
  /// Of a step that may wait for ever: what comes before it is done and its value.
  void attempt(const step& s);
  void finish_attempt(std::uint64_t found);
  void construct(const step& s, std::size_t bytes);
  void destroy(const void* object);
  void allocate(const void* memory, std::size_t bytes);
  void name(const void* object, const char* text, std::int64_t index);
  /// The model does something that no C program can express.
  void refuse(const char* what) { refused_ = what; }

  /// Over all executions: what objects are called.
  const std::map<std::uintptr_t, std::string>& names() const { return names_; }
  const std::string& refused() const { return refused_; }
  void forget();

 private:
  enum class phase : std::uint8_t { before, threads, after, over };
  std::vector<performed_step>& steps();
  void look_at(std::uintptr_t from, std::size_t bytes);

  execution_log log_;
  phase phase_ = phase::before;
  std::map<std::uintptr_t, std::size_t> objects_;  ///< that are alive, with their sizes
  std::map<std::uintptr_t, std::size_t> blocks_;
  std::map<std::uintptr_t, std::string> names_;
  std::string refused_;
};

}  // namespace wyn::model_export
