// What the queues are measured with: two words, a function and its argument, as the runtime queues.
#pragma once

#include <cstdint>

namespace wyn::bench {

struct queued_call {
  void (*run)(void*);
  void* argument;
};

inline void count_up(void* counter) { ++*static_cast<std::int64_t*>(counter); }

/// A task whose function the optimiser does not know, so that running it is a real indirect call.
inline queued_call counting(std::int64_t& counter) {
  void (*run)(void*) = count_up;
  asm volatile("" : "+r"(run));
  return {run, &counter};
}

}  // namespace wyn::bench
