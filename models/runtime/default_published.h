// Goal:   Who finds a default runtime finds it constructed.
// Method: The accesses of default_runtime.h: one thread constructs and publishes, another looks and
//         uses.
// Bound:  2 threads, 1 publication.
#pragma once

#include <new>

namespace wyn::runtime_models {

template <class Env, class Orders>
struct default_published {
  using word = typename Env::template plain<int>;
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      word* made = ::new (Env::allocate(sizeof(word), alignof(word))) word(0);
      made->write(1);
      the_default.store(made, Orders::default_store);
    } else if (const word* r = the_default.load(Orders::default_load)) {
      Env::check(r->read() == 1, "the default runtime is constructed");
    }
  }
  void after() {
    word* made = the_default.load(Orders::default_load);
    made->~word();
    Env::deallocate(made, sizeof(word), alignof(word));
  }

  typename Env::template atomic<word*> the_default{nullptr};
};

}  // namespace wyn::runtime_models
