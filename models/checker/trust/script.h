// An execution in one word: for each event, in program order, what the program alone does not
// determine. It mentions nothing of how the engine came to the execution, so it outlives the
// engine.
//
//     v1/w1,r1.0/w1,f,r-,u0.0@2,c3
//
// threads are set off by "/", events by ",":
//     w2      a store at place 2 of its modification order (the initial write has place 0)
//     r1.0    a load from event 0 of thread 1; r- from the initial write
//     u1.0@2  a read-modify-write: both
//     c3      choice number 3
//     f       a fence
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/checker/graph/graph.h"

namespace wyn::model {

struct scripted_event {
  event_kind kind = event_kind::fence;
  event_ref reads_from = initial_write;
  std::uint32_t place = 0;
  std::uint64_t choice = 0;
};

/// By thread and index.
struct script {
  std::vector<std::vector<scripted_event>> rows;

  const scripted_event& at(event_ref r) const {
    return rows[static_cast<std::size_t>(thread_of(r))][static_cast<std::size_t>(index_of(r))];
  }
  std::size_t total() const {
    std::size_t sum = 0;
    for (const auto& row : rows) sum += row.size();
    return sum;
  }
};

/// The word for `g`.
std::string to_word(const graph& g);
/// False when `word` is none, or not for so many threads.
bool from_word(std::string_view word, int threads, script& s);

}  // namespace wyn::model
