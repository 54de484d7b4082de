// The participants of a runtime, in a list that only grows, for thieves and for sums to walk.
//
// Entries lie in chunks that never move. An entry is published after its participant was
// constructed, and the size after the entry, so a reader that has seen the size may follow
// everything below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/base/env_default.h"
#include "core/runtime/participant.h"
#include "core/runtime/runtime_orders.h"

namespace wyn {

/// add: under the caller's lock; the rest: any thread, wait-free. Owns the participants.
class participant_list {
 public:
  static constexpr std::uint32_t chunk_entries = 64;
  static constexpr std::uint32_t max_chunks = 1024;
  /// Threads that can take part at once.
  static constexpr std::uint32_t max_entries = chunk_entries * max_chunks;

  participant_list() = default;
  participant_list(const participant_list&) = delete;
  participant_list& operator=(const participant_list&) = delete;
  ~participant_list() {
    for (std::uint32_t i = 0; i < size(); ++i) delete at(i);
    for (auto& c : chunks_) delete c.load(orders::list_load_entry);
  }

  /// Takes over `p`. False when the list is full; throws std::bad_alloc, and then `p` is untouched.
  bool add(std::unique_ptr<participant>& p) {
    const std::uint32_t n = size();
    if (n == max_entries) return false;
    auto& place = chunks_[n / chunk_entries];
    if (place.load(orders::list_load_entry) == nullptr) {
      place.store(new chunk, orders::list_store_entry);
    }
    place.load(orders::list_load_entry)->entries[n % chunk_entries].store(p.release(),
                                                                         orders::list_store_entry);
    size_.store(n + 1, orders::list_store_size);
    return true;
  }

  std::uint32_t size() const noexcept { return size_.load(orders::list_load_size); }
  /// `index` below a size() that the caller has read.
  participant* at(std::uint32_t index) const noexcept {
    return chunks_[index / chunk_entries]
        .load(orders::list_load_entry)
        ->entries[index % chunk_entries]
        .load(orders::list_load_entry);
  }

 private:
  using orders = runtime_default_orders;
  struct chunk {
    env_default::atomic<participant*> entries[chunk_entries];
  };
  env_default::atomic<std::uint32_t> size_{0};
  env_default::atomic<chunk*> chunks_[max_chunks];
};

}  // namespace wyn
