// Goal:   Who finds no handle open may destroy what the handles lie in.
// Method: Two threads use a handle each and release it, one of them after it has made a copy; a
//         third frees the memory once none is open.
// Bound:  3 threads, 2 handles, 1 copy.
#pragma once

#include "core/runtime/handle_count.h"

namespace wyn::runtime_models {

template <class Env, class Orders>
struct handles_released {
  using word = typename Env::template plain<int>;
  static constexpr int threads = 3;

  void before() {
    for (word*& h : handle) {
      h = ::new (Env::allocate(sizeof(word), alignof(word))) word(0);
      open.add();
    }
  }
  void thread(int id) {
    if (id < 2) {
      if (id == 0) open.add();
      handle[id]->write(1);
      open.remove();
      if (id == 0) open.remove();
    } else if (open.open() == 0) {
      free_all();
    }
  }
  void after() {
    Env::check(open.open() == 0, "both handles were released");
    if (!freed) free_all();
  }

  void free_all() {
    freed = true;
    for (word* h : handle) {
      h->~word();
      Env::deallocate(h, sizeof(word), alignof(word));
    }
  }

  handle_count<Env, Orders> open;
  word* handle[2] = {};
  bool freed = false;
};

}  // namespace wyn::runtime_models
