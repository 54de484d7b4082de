// Goal:   Whoever walks the list of participants finds constructed ones, in chunks that are there.
// Method: One thread appends two entries, each in a chunk of its own; another walks what it sees.
// Bound:  2 threads, 2 entries, 1 entry a chunk.
#pragma once

#include "core/runtime/published_list.h"

namespace wyn::runtime_models {

template <class Env, class Orders>
struct list_walk {
  struct entry {
    typename Env::template plain<int> number{0};
  };
  using list = published_list<entry, Env, Orders, 1, 2>;
  static constexpr int threads = 2;

  void thread(int id) {
    if (id == 0) {
      for (int i = 0; i < 2; ++i) {
        entries[i].number.write(i + 1);
        Env::check(all.add(&entries[i]) == list::added::yes, "there is room");
      }
      Env::check(all.add(&entries[0]) == list::added::full, "a full list says so");
    } else {
      const std::uint32_t n = all.size();
      for (std::uint32_t i = 0; i < n; ++i) {
        Env::check(all.at(i)->number.read() == static_cast<int>(i) + 1, "the entry is constructed");
      }
    }
  }

  list all;
  entry entries[2];
};

}  // namespace wyn::runtime_models
