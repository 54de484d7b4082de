// The counterpart of checked.h for the product: the same names, and nothing of the explorer.
#pragma once

#include <atomic>
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

namespace wyn::production {

// Every name that checked.h replaces is that of the standard library here.
using namespace std;  // NOLINT: on purpose

/// Data that is not atomic is the data itself.
template <class T>
using var = T;

inline void pause() { std::this_thread::yield(); }

/// An assertion, checked where assert() is.
inline void require([[maybe_unused]] bool ok, [[maybe_unused]] const char* what) {
  assert(ok && what != nullptr);
}

}  // namespace wyn::production
