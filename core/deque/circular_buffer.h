// The growable array under the deque and the injector: 2^k slots, addressed by an ever-growing
// index modulo the capacity.
//
// An item is one or several 8-byte words. Each word is a relaxed atomic of its own, so a reader may
// see a torn item; it must not use an item before a compare-exchange has shown that nobody could
// have overwritten the slot (Chase & Lev, SPAA'05, section 2.3; Le et al., PPoPP'13, section 3).
//
// A buffer that was outgrown stays readable: a thief may still hold it. Buffers are chained from
// new to old, and freed with the queue, or sooner by an owner who knows that no thief holds one.
// Their sizes form a geometric series, so the old ones together are smaller than the newest: the
// chain takes less than twice the newest buffer. The newest has twice the slots that did not
// suffice, and of these only the used ones cost memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include "core/base/env_concept.h"
#include "core/base/named.h"

namespace wyn {

/// What a slot may hold: copied word by word, so trivially copyable and a whole number of words.
template <class T>
concept word_sized = std::is_trivially_copyable_v<T> && std::is_default_constructible_v<T> &&
                     (sizeof(T) % sizeof(std::uint64_t) == 0) &&
                     (alignof(T) <= alignof(std::uint64_t));

template <word_sized Item, class Env>
class circular_buffer {
 public:
  static constexpr std::size_t words_per_item = sizeof(Item) / sizeof(std::uint64_t);

  /// A buffer of `capacity` (a power of two) slots that takes over the chain `older`, or nullptr
  /// when there is no memory. Allocates; untouched slots of a large buffer cost no memory yet.
  static circular_buffer* create(std::int64_t capacity, circular_buffer* older) noexcept {
    void* memory = allocate_words(bytes_for(capacity));
    if (memory == nullptr) return nullptr;
    auto* buffer = new (memory) circular_buffer(capacity, older);
    if constexpr (!zeroed_memory) {
      for (std::size_t i = 0; i < word_count(capacity); ++i) {
        name_object<Env>(*new (buffer->words() + i) word(0), "slot", static_cast<std::int64_t>(i));
      }
    }
    return buffer;
  }

  /// Frees `newest` and everything it took over. No other thread may hold any of them.
  static void destroy_chain(circular_buffer* newest) noexcept {
    while (newest != nullptr) {
      circular_buffer* older = newest->older_.read();
      const std::size_t bytes = bytes_for(newest->capacity());
      newest->destroy_words();
      newest->~circular_buffer();
      free_words(newest, bytes);
      newest = older;
    }
  }

  /// Frees all that this buffer took over. The owner only; no other thread may hold any of it.
  void free_outgrown() noexcept {
    destroy_chain(older_.read());
    older_.write(nullptr);
  }

  std::int64_t capacity() const noexcept { return mask_.read() + 1; }

  /// Bytes of this buffer alone.
  std::size_t bytes() const noexcept { return bytes_for(capacity()); }
  /// Bytes of this buffer and of all it took over. The owner only.
  std::size_t chain_bytes() const noexcept {
    std::size_t sum = 0;
    for (const circular_buffer* b = this; b != nullptr; b = b->older_.read()) {
      sum += bytes_for(b->capacity());
    }
    return sum;
  }

  template <class Site>
  void store(std::int64_t index, const Item& item, Site site) noexcept {
    store_words(slot_at(index), item, site);
  }

  template <class Site>
  Item load(std::int64_t index, Site site) noexcept {
    return load_words(slot_at(index), site);
  }

  /// A word of an item. What follows is for who keeps words() and the mask at hand.
  using word = typename Env::template atomic<std::uint64_t>;
  word* words() noexcept { return reinterpret_cast<word*>(this + 1); }

  template <class Site>
  static void store_words(word* slot, const Item& item, Site site) noexcept {
    std::uint64_t copy[words_per_item];
    std::memcpy(copy, &item, sizeof(Item));
    for (std::size_t i = 0; i < words_per_item; ++i) slot[i].store(copy[i], site);
  }
  template <class Site>
  static Item load_words(const word* slot, Site site) noexcept {
    std::uint64_t copy[words_per_item];
    for (std::size_t i = 0; i < words_per_item; ++i) copy[i] = slot[i].load(site);
    Item item;
    std::memcpy(&item, copy, sizeof(Item));
    return item;
  }

 private:
  static constexpr bool zeroed_memory = requires { Env::allocate_zeroed(std::size_t{}); };
  static constexpr std::size_t alignment = 16;

  circular_buffer(std::int64_t capacity, circular_buffer* older) noexcept
      : mask_(capacity - 1), older_(older) {
    static_assert(sizeof(circular_buffer) % alignof(word) == 0 && alignof(word) <= alignment,
                  "the words start right behind this header");
    name_object<Env>(mask_, "mask");
    name_object<Env>(older_, "older");
  }

  static constexpr std::size_t word_count(std::int64_t capacity) noexcept {
    return static_cast<std::size_t>(capacity) * words_per_item;
  }
  static constexpr std::size_t bytes_for(std::int64_t capacity) noexcept {
    return sizeof(circular_buffer) + word_count(capacity) * sizeof(word);
  }

  static void* allocate_words(std::size_t bytes) noexcept {
    if constexpr (zeroed_memory)
      return Env::allocate_zeroed(bytes);
    else
      return Env::allocate(bytes, alignment);
  }
  static void free_words(void* memory, std::size_t bytes) noexcept {
    if constexpr (zeroed_memory)
      Env::deallocate_zeroed(memory, bytes);
    else
      Env::deallocate(memory, bytes, alignment);
  }

  // A word of env_std is its value; an environment that checks may keep a record of each word.
  void destroy_words() noexcept {
    if constexpr (!std::is_trivially_destructible_v<word>) {
      const std::size_t count = word_count(capacity());
      for (std::size_t i = 0; i < count; ++i) words()[i].~word();
    }
  }

  word* slot_at(std::int64_t index) noexcept {
    return words() + static_cast<std::size_t>(index & mask_.read()) * words_per_item;
  }

  typename Env::template plain<std::int64_t> mask_;
  typename Env::template plain<circular_buffer*> older_;
};

}  // namespace wyn
