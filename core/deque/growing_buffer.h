// The writing side of a queue in a growable array: the newest buffer, how large it may get, and
// growth. The deque's owner and the ring's producer each have one; it is theirs alone.
//
// Growth copies the live items into a buffer of twice the size and hands that to the caller, which
// publishes it. The old buffer is not written again, so a reader that holds it misses nothing that
// was there when it began (circular_buffer.h says how long it is kept).
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/assert.h"
#include "core/deque/circular_buffer.h"

namespace wyn {

template <word_sized Item, class Env>
class growing_buffer {
 public:
  using buffer = circular_buffer<Item, Env>;
  /// Largest number of items of an unbounded queue: index arithmetic stays far from overflow.
  static constexpr std::int64_t unbounded = std::int64_t{1} << 40;

  /// Allocates nothing. Both sizes, in items, are rounded up to powers of two; 1 <= initial <= max
  /// <= unbounded, or the process ends with a message.
  growing_buffer(std::int64_t initial_capacity, std::int64_t max_capacity) noexcept
      : initial_capacity_(round_up(initial_capacity)), max_capacity_(round_up(max_capacity)) {
    WYN_CHECK(
        initial_capacity >= 1 && initial_capacity <= max_capacity && max_capacity <= unbounded,
        "queue capacities: 1 <= initial <= maximum <= 2^40");
  }
  growing_buffer(const growing_buffer&) = delete;
  growing_buffer& operator=(const growing_buffer&) = delete;
  /// Frees every buffer. No other thread may hold one.
  ~growing_buffer() { buffer::destroy_chain(newest_); }

  /// Items that fit now; 0 before the first growth.
  std::int64_t capacity() const noexcept { return mask_ + 1; }
  /// Bytes of the buffers that were outgrown and are still there.
  std::size_t outgrown_bytes() const noexcept {
    return newest_ == nullptr ? 0 : newest_->chain_bytes() - newest_->bytes();
  }
  /// Frees them. No other thread may hold one (circular_buffer.h).
  void free_outgrown() noexcept {
    if (newest_ != nullptr) newest_->free_outgrown();
  }

  /// Bytes of all buffers.
  std::size_t bytes() const noexcept { return newest_ == nullptr ? 0 : newest_->chain_bytes(); }

  /// capacity() > 0.
  template <class Site>
  void store(std::int64_t index, const Item& item, Site site) noexcept {
    buffer::store_words(slot_at(index), item, site);
  }
  template <class Site>
  Item load(std::int64_t index, Site site) noexcept {
    return buffer::load_words(slot_at(index), site);
  }

  /// Doubles the capacity; the items at first..end-1 are in the new buffer, which is returned for
  /// the caller to publish. nullptr, and nothing has changed, at the maximum or without memory.
  template <class LoadSite, class StoreSite>
  buffer* grow(std::int64_t first, std::int64_t end, LoadSite load, StoreSite store) noexcept {
    const std::int64_t wanted = capacity() == 0 ? initial_capacity_ : capacity() * 2;
    if (wanted > max_capacity_) return nullptr;
    buffer* larger = buffer::create(wanted, newest_);
    if (larger == nullptr) return nullptr;
    for (std::int64_t i = first; i < end; ++i) larger->store(i, newest_->load(i, load), store);
    newest_ = larger;
    words_ = larger->words();
    mask_ = wanted - 1;
    return larger;
  }

 private:
  // By copies of what the buffer says: one load less on the way to a slot.
  typename buffer::word* slot_at(std::int64_t index) noexcept {
    return words_ + static_cast<std::size_t>(index & mask_) * buffer::words_per_item;
  }

  static std::int64_t round_up(std::int64_t n) noexcept {
    std::int64_t power = 1;
    while (power < n && power < unbounded) power *= 2;
    return power;
  }

  typename buffer::word* words_ = nullptr;  // newest_'s
  std::int64_t mask_ = -1;                  // newest_'s; no slots without one
  buffer* newest_ = nullptr;
  const std::int64_t initial_capacity_;
  const std::int64_t max_capacity_;
};

}  // namespace wyn
