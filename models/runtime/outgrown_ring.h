// Goal:   A ring frees its outgrown buffers while a consumer claims: never one that it reads in.
// Method: As outgrown_deque.
// Bound:  2 threads, 3 items, 2 claims, capacities 1, 2 and 4.
#pragma once

#include "models/runtime/outgrown_deque.h"

namespace wyn::runtime_models {

template <class Env, class Orders, class Visit = shipped_visit>
using outgrown_ring = outgrown_queue<Env, Orders, small_ring, Visit>;

}  // namespace wyn::runtime_models
