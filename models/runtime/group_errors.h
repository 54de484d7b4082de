// Goal:   Errors of members, each in a node of its own, are found once each, by whoever takes them,
//         whether or not their members have ended.
// Method: Two members leave an error each; a third thread takes what is there, and the rest is
//         taken at the end.
// Bound:  3 threads, 2 errors.
#pragma once

#include <new>

#include "core/runtime/group_state.h"

namespace wyn::runtime_models {

template <class Env, class Orders>
struct group_errors {
  struct node {
    typename Env::template plain<int> error{0};
    node* next = nullptr;
  };
  static constexpr int threads = 3;

  void thread(int id) {
    if (id == 2) return take();
    auto* n = ::new (Env::allocate(sizeof(node), alignof(node))) node;
    n->error.write(id + 1);
    errors.add(n);
  }
  void after() {
    take();
    Env::check(sum == 3, "both errors are found, once");
    Env::check(errors.empty(), "and the list is empty then");
  }

  void take() {
    for (node* n = errors.take(); n != nullptr;) {
      node* const next = n->next;
      sum += n->error.read();
      n->~node();
      Env::deallocate(n, sizeof(node), alignof(node));
      n = next;
    }
  }

  left_behind<node, Env, Orders> errors;
  int sum = 0;
};

}  // namespace wyn::runtime_models
