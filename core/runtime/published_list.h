// A list of pointers that only grows: one thread at a time appends, any thread walks it meanwhile.
//
// Entries lie in chunks that never move. The size is published after the entry and its chunk, so a
// reader that has seen the size may follow everything below it; entries and chunks need no order of
// their own.
//
// Progress:  reading is wait-free; add allocates a chunk now and then.
// Rejected:  a vector with a lock (every search for work would take it); a linked list (no random
//            choice of a victim).
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

#include "core/base/env_default.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// See the head of this file. Does not own what the entries point to.
template <class T, class Env = env_default, class Orders = runtime_default_orders,
          std::uint32_t ChunkEntries = 64, std::uint32_t MaxChunks = 1024>
class published_list {
 public:
  static constexpr std::uint32_t chunk_entries = ChunkEntries;
  static constexpr std::uint32_t max_chunks = MaxChunks;
  static constexpr std::uint32_t max_entries = chunk_entries * max_chunks;

  /// What became of an add.
  enum class added : unsigned char { yes, full, no_memory };

  published_list() = default;
  published_list(const published_list&) = delete;
  published_list& operator=(const published_list&) = delete;
  /// No other thread may use the list any more.
  ~published_list() {
    for (auto& place : chunks_) destroy(place.load(Orders::list_load_entry));
  }

  /// Appends `entry`. Under the caller's lock. May allocate.
  added add(T* entry) noexcept {
    const std::uint32_t n = size();
    if (n == max_entries) return added::full;
    auto& place = chunks_[n / chunk_entries];
    chunk* c = place.load(Orders::list_load_entry);
    if (c == nullptr) {
      c = create();
      if (c == nullptr) return added::no_memory;
      place.store(c, Orders::list_store_entry);
    }
    c->entries[n % chunk_entries].store(entry, Orders::list_store_entry);
    size_.store(n + 1, Orders::list_store_size);
    return added::yes;
  }

  /// Any thread.
  std::uint32_t size() const noexcept { return size_.load(Orders::list_load_size); }
  /// `index` below a size() that the caller has read. Any thread.
  T* at(std::uint32_t index) const noexcept {
    return chunks_[index / chunk_entries]
        .load(Orders::list_load_entry)
        ->entries[index % chunk_entries]
        .load(Orders::list_load_entry);
  }

 private:
  template <class V>
  using atomic = typename Env::template atomic<V>;
  struct chunk {
    atomic<T*> entries[chunk_entries];
  };

  static chunk* create() noexcept {
    void* memory = Env::allocate(sizeof(chunk), alignof(chunk));
    return memory == nullptr ? nullptr : ::new (memory) chunk;
  }
  static void destroy(chunk* c) noexcept {
    if (c == nullptr) return;
    c->~chunk();
    Env::deallocate(c, sizeof(chunk), alignof(chunk));
  }

  atomic<std::uint32_t> size_{0};
  atomic<chunk*> chunks_[max_chunks];
};

}  // namespace wyn
