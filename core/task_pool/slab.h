// A slab: the memory that a task heap gets from the system at a time, cut into slots of one size.
//
// Its address is a multiple of its size, so the slab of a slot is found by masking the slot's
// address; the header lies in the first slot or slots. Slots are cut off a slab little by little,
// when they are wanted: one that was never used is on no list, and its page costs no memory yet.
//
// A free slot holds the link to the next one in its first word. The slab itself keeps no list.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/base/assert.h"
#include "core/task_pool/slab_guard.h"
#include "core/task_pool/slot_layout.h"
#include "core/task_pool/slot_poison.h"

namespace wyn::detail {

/// The word in a free slot. These are the only functions that look into one; under AddressSanitizer
/// a free slot is poisoned but for the time of a look.
template <class Env, class Layout>
class slot_link {
 public:
  using word = typename Env::template plain<void*>;

  /// Makes `slot`, whose user is done with it, a free slot with `next` behind it.
  static void create(void* slot, void* next) noexcept {
    unpoison(slot, sizeof(word));
    ::new (slot) word(next);
    poison(slot, Layout::slot_bytes);
  }
  static void* next(void* slot) noexcept {
    unpoison(slot, sizeof(word));
    void* after = word_of(slot)->read();
    poison(slot, sizeof(word));
    return after;
  }
  static void set_next(void* slot, void* next) noexcept {
    unpoison(slot, sizeof(word));
    word_of(slot)->write(next);
    poison(slot, sizeof(word));
  }
  /// Ends the link; the memory is the next user's. Returns what was behind it.
  static void* remove(void* slot) noexcept {
    unpoison(slot, Layout::slot_bytes);
    void* after = word_of(slot)->read();
    std::destroy_at(word_of(slot));
    return after;
  }

 private:
  static word* word_of(void* slot) noexcept { return std::launder(reinterpret_cast<word*>(slot)); }
};

/// `Heap` is the type of the owner. Everything but home_of, owner and the guard is for the owner
/// only.
template <class Env, class Layout, class Heap>
class slab {
  using link = slot_link<Env, Layout>;

 public:
  static constexpr std::size_t slot_bytes = Layout::slot_bytes;
  static constexpr std::size_t slab_bytes = Layout::slab_bytes;
  static_assert(std::has_single_bit(slab_bytes), "the slab of a slot is found by masking");
  static_assert(slot_bytes % alignof(std::max_align_t) == 0, "closures lie in slots");
  static_assert(sizeof(typename link::word) <= slot_bytes);

  /// A slab with `slots` slots, none cut off yet; nullptr when there is no memory.
  static slab* create(Heap* owner, std::uint32_t slots) noexcept {
    void* memory = Env::allocate(slab_bytes, slab_bytes);
    if (memory == nullptr) return nullptr;
    auto* s = ::new (memory) slab(owner, slots);
    poison(s->slot_at(0), slab_bytes - header_slots() * slot_bytes);
    return s;
  }

  /// Gives the memory back. No slot of it is live, and none is on a list that will be used.
  template <class Site>
  static void destroy(slab* s, Site retire) noexcept {
    s->guard_.retire(retire);
    unpoison(s, slab_bytes);
    std::destroy_at(s);
    Env::deallocate(s, slab_bytes, slab_bytes);
  }

  /// The slab that `slot` lies in. Any thread that holds the slot.
  static slab* home_of(void* slot) noexcept {
    const auto address = reinterpret_cast<std::uintptr_t>(slot) & ~std::uintptr_t{slab_bytes - 1};
    return reinterpret_cast<slab*>(address);
  }

  /// Slots that fit beside the header.
  static constexpr std::uint32_t max_slots() noexcept {
    static_assert(slab_bytes >= (header_slots() + 1) * slot_bytes,
                  "no slot fits beside the header");
    return static_cast<std::uint32_t>(slab_bytes / slot_bytes - header_slots());
  }

  /// Any thread that holds a slot of this slab: it never changes while one is live.
  Heap* owner() const noexcept { return owner_.read(); }
  std::uint32_t slots() const noexcept { return slots_.read(); }

  slab* next() const noexcept { return next_.read(); }
  void set_next(slab* next) noexcept { next_.write(next); }

  /// Slots that have been cut off: on a list or live.
  std::uint32_t cut_slots() const noexcept { return cut_.read(); }
  bool all_cut() const noexcept { return cut_.read() == slots_.read(); }

  /// Cuts off about a page of slots and chains them in the order of their addresses. Not all_cut().
  void* cut() noexcept {
    WYN_ASSERT(!all_cut(), "slab: no slot is left to cut off");
    const std::uint32_t first = cut_.read();
    const std::uint32_t left = slots_.read() - first;
    const std::uint32_t end = first + (left < slots_per_cut ? left : slots_per_cut);
    void* chain = nullptr;
    for (std::uint32_t i = end; i > first; --i) {
      void* slot = slot_at(i - 1);
      link::create(slot, chain);
      chain = slot;
    }
    cut_.write(end);
    return chain;
  }

  /// Counting of free slots, for trim: begin_count once, then count_free for each slot on the list.
  void begin_count() noexcept { free_.write(slots_.read() - cut_.read()); }
  void count_free() noexcept { free_.write(free_.read() + 1); }
  bool counted_all_free() const noexcept { return free_.read() == slots_.read(); }
  /// Whether trim gives this slab back.
  void choose(bool chosen) noexcept { chosen_.write(chosen); }
  bool chosen() const noexcept { return chosen_.read(); }

  /// The owner is about to hand `slot` out. Guarded layouts only, as the next one.
  template <class Site>
  static void guard_hand_out(void* slot, Site site) noexcept {
    if constexpr (guarded) home_of(slot)->guard_.set_live(index_of(slot), site);
  }

  /// Somebody frees `slot`, which may be anything at all.
  template <class LoadSite, class ClearSite>
  static void guard_free(void* slot, LoadSite load_mark, ClearSite clear) noexcept {
    if constexpr (guarded) {
      WYN_CHECK(slot != nullptr && place_of(slot) % slot_bytes == 0 &&
                    index_of(slot) >= header_slots(),
                "task_heap: a pointer that is no slot of a task_heap is freed");
      slab* home = home_of(slot);
      home->guard_.check_address(home, load_mark);
      home->guard_.clear_live(index_of(slot), clear);
    }
  }

 private:
  static constexpr bool guarded = layout_is_guarded<Layout>();
  static constexpr std::uint32_t slots_per_cut =
      slot_bytes >= 4096 ? 1 : static_cast<std::uint32_t>(4096 / slot_bytes);

  slab(Heap* owner, std::uint32_t slots) noexcept : owner_(owner), slots_(slots), guard_(this) {}

  static constexpr std::size_t header_slots() noexcept {
    return (sizeof(slab) + slot_bytes - 1) / slot_bytes;
  }
  /// Bytes from the beginning of its slab.
  static std::size_t place_of(void* slot) noexcept {
    return reinterpret_cast<std::uintptr_t>(slot) & (slab_bytes - 1);
  }
  /// Number of a slot within its slab, the slots under the header counted.
  static std::size_t index_of(void* slot) noexcept { return place_of(slot) / slot_bytes; }
  void* slot_at(std::uint32_t number) noexcept {
    return reinterpret_cast<std::byte*>(this) + (header_slots() + number) * slot_bytes;
  }

  template <class T>
  using plain = typename Env::template plain<T>;

  plain<Heap*> owner_;
  plain<slab*> next_{nullptr};
  plain<std::uint32_t> slots_;
  plain<std::uint32_t> cut_{0};   // slots that have been on a list or in use
  plain<std::uint32_t> free_{0};  // this and the next: valid within trim only
  plain<bool> chosen_{false};
  [[no_unique_address]] slab_guard<Env, slab_bytes / slot_bytes, guarded> guard_;
};

}  // namespace wyn::detail
