// Workloads that spawn many tasks one by one. The function is called through a pointer that no
// compiler sees through.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "bench/compare/workload/numbers.h"
#include "bench/compare/workload/workload.h"

namespace wyn::bench::compare {

using task_function = void (*)(void*);

/// What is spawned: function(first + i * stride) for each i below count.
struct batch {
  task_function function;
  char* first;
  std::size_t stride, count;
  /// Called after the last spawn and before the wait, if set.
  std::function<void()> after_spawning = nullptr;

  void all_spawned() const {
    if (after_spawning) after_spawning();
  }
  void* argument(std::size_t i) const { return first + i * stride; }
};

/// The tasks of spawning workloads are functions that lie at the same place of a cache line in each
/// system's program: a loop of some ten turns takes up to a tenth longer elsewhere.
inline task_function hidden(task_function f) {
  asm volatile("" : "+r"(f));
  return f;
}

/// Each task raises its own byte. The answer is the number of bytes that are exactly 1: a task that
/// was lost leaves a 0, one that ran twice a 2.
class marked_bytes : public workload {
 public:
  explicit marked_bytes(std::size_t n) : bytes_(n) {}
  void prepare() override { std::fill(bytes_.begin(), bytes_.end(), '\0'); }
  std::uint64_t answer() override {
    return static_cast<std::uint64_t>(std::count(bytes_.begin(), bytes_.end(), '\1'));
  }

 protected:
  batch marks() { return {hidden(mark), bytes_.data(), 1, bytes_.size()}; }
  const std::vector<char>& bytes() const { return bytes_; }

 private:
  [[gnu::aligned(64)]] static void mark(void* byte) { ++*static_cast<char*>(byte); }

  std::vector<char> bytes_;
};

/// spawn(batch) has the tasks run, and returns when they have.
template <class Spawn>
class mark_workload : public marked_bytes {
 public:
  mark_workload(std::size_t n, Spawn spawn) : marked_bytes(n), spawn_(spawn) {}
  void run() override { spawn_(marks()); }

 protected:
  const Spawn& spawn() const { return spawn_; }

 private:
  Spawn spawn_;
};

/// Each task makes as many steps of chain() as the grain says.
template <class Spawn>
class length_workload final : public workload {
 public:
  length_workload(const request& r, Spawn spawn) : spawn_(spawn), numbers_(r.size) {
    steps() = r.grain;
  }
  void prepare() override {
    for (std::size_t i = 0; i < numbers_.size(); ++i) numbers_[i] = i;
  }
  void run() override {
    spawn_(batch{hidden(step), reinterpret_cast<char*>(numbers_.data()), sizeof numbers_[0],
                 numbers_.size()});
  }
  std::uint64_t answer() override { return checksum(numbers_.data(), numbers_.size()); }

 private:
  static std::size_t& steps() {
    static std::size_t of_each_task;
    return of_each_task;
  }
  [[gnu::aligned(64)]] static void step(void* number) {
    auto& x = *static_cast<std::uint64_t*>(number);
    x = chain(x, steps());
  }

  Spawn spawn_;
  std::vector<std::uint64_t> numbers_;
};

template <class Spawn>
std::unique_ptr<workload> marking(std::size_t n, Spawn spawn) {
  return std::make_unique<mark_workload<Spawn>>(n, spawn);
}

template <class Spawn>
std::unique_ptr<workload> stepping(const request& r, Spawn spawn) {
  return std::make_unique<length_workload<Spawn>>(r, spawn);
}

}  // namespace wyn::bench::compare
