// How short a task is that is not worth the way to another thread, however many of its kind there
// are: from 20 ns on two threads that take blocks are faster than one that takes from its deque.
#pragma once

#include <chrono>

namespace wyn {

inline constexpr std::chrono::nanoseconds trifle_of_many{16};

}  // namespace wyn
