// Goal:   Who finds a default runtime finds it constructed, and its number; who is bound to none
//         takes no number for its own.
// Method: The accesses of default_runtime.h and of the C interface: one thread constructs and
//         publishes, another compares numbers, looks, and uses.
// Bound:  2 threads, 1 publication.
#pragma once

#include <cstdint>
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
      id_of_default.store(its_id, Orders::default_store_id);
      the_default.store(made, Orders::default_store);
      return;
    }
    Env::check(id_of_default.load(Orders::default_load_id) != unbound, "bound to none");
    if (const word* r = the_default.load(Orders::default_load)) {
      Env::check(r->read() == 1, "the default runtime is constructed");
      Env::check(id_of_default.load(Orders::default_load_id) == its_id, "its number is known");
    }
  }
  void after() {
    word* made = the_default.load(Orders::default_load);
    made->~word();
    Env::deallocate(made, sizeof(word), alignof(word));
  }

  static constexpr std::uint64_t unbound = 0;  // as a thread's binding begins
  static constexpr std::uint64_t its_id = 1;

  typename Env::template atomic<word*> the_default{nullptr};
  typename Env::template atomic<std::uint64_t> id_of_default{~std::uint64_t{0}};
};

}  // namespace wyn::runtime_models
