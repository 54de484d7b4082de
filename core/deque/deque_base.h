// What the work-stealing deques share: top, bottom and the buffer between them, the owner's push,
// and how an item is taken by a compare-exchange of top. They differ in when that may be done, and
// in when the owner may take without.
//
// Roles:     one owner pushes and pops at the bottom; any number of thieves steal at the top. Which
//            thread is the owner may change only across a happens-before edge.
// Invariants: top's index never decreases; items live at indices [top, bottom); bottom + 1 >= top;
//            64-bit indices are never reset, so they cannot wrap in practice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/named.h"
#include "core/deque/circular_buffer.h"
#include "core/deque/growing_buffer.h"

namespace wyn {

/// What a steal found.
enum class steal_result : unsigned char {
  item,   ///< took one
  empty,  ///< there was none, or the owner was already popping the last one
  lost,   ///< another thread was faster: try again, here or elsewhere
};

/// The condition of a steal that takes whatever there is.
struct unconditional {
  template <class Item>
  constexpr bool operator()(const Item&) const noexcept {
    return true;
  }
};

/// `Top` says which index a word of top stands for: Top::index_of(word).
template <word_sized Item, class Env, class Orders, class Top>
class deque_base {
 public:
  static constexpr std::int64_t default_capacity = 256;
  /// The largest maximum.
  static constexpr std::int64_t unbounded = growing_buffer<Item, Env>::unbounded;

  deque_base(const deque_base&) = delete;
  deque_base& operator=(const deque_base&) = delete;

  /// Adds `item` at the bottom. Owner only. False when the deque is full (max_capacity reached, or
  /// no memory to grow) and nothing was changed. O(1) amortised; allocates only to grow.
  bool push(const Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    if (b >= room_end_) [[unlikely]] {
      if (!make_room(b)) return false;
    }
    put(b, item);
    return true;
  }

  /// As push, but without a call: false also when room would have to be made first, or looked for;
  /// then push() decides.
  [[gnu::always_inline]] bool push_if_room(const Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    if (b >= room_end_) [[unlikely]] return false;
    put(b, item);
    return true;
  }

  /// Whether push_if_room() would push. Owner only.
  bool has_room_at_hand() const noexcept { return next_index() < room_end_; }
  /// Of the next pushes, has push_if_room() do `most` at most, as if there were no more room, so
  /// that the owner comes by its other way. push() does not mind, and looks for the real end; so
  /// does a pop of the last item. Owner only.
  void limit_room(std::int64_t most) noexcept {
    room_end_ = std::min(room_end_, next_index() + most);
  }

  /// Number of items at some moment near the call. Any thread; a heuristic.
  std::int64_t size_estimate() const noexcept {
    const std::int64_t b = bottom_.load(Orders::size_load_bottom);
    const std::int64_t t = Top::index_of(top_.load(Orders::size_load_top));
    return b > t ? b - t : 0;
  }

  /// The owner's end: what size_estimate() saw of it. Any thread; a heuristic.
  std::int64_t end_estimate() const noexcept { return bottom_.load(Orders::size_load_bottom); }

  /// The index at which the next push puts its item; items pushed since then lie at it and above.
  /// Owner only.
  std::int64_t next_index() const noexcept { return bottom_.load(Orders::push_load_bottom); }

  /// Items it can hold now without growing. Owner only.
  std::int64_t capacity() const noexcept { return slots_.capacity(); }
  /// Bytes allocated now, outgrown buffers included. Owner only.
  std::size_t memory_bytes() const noexcept { return slots_.bytes(); }

  /// Bytes of the buffers that were outgrown and are kept for thieves. Owner only.
  std::size_t outgrown_bytes() const noexcept { return slots_.outgrown_bytes(); }
  /// Frees them. Owner only; no thief may be in a steal that began before the last push. Who knows
  /// that: runtime/visit_mark.h.
  void free_outgrown() noexcept { slots_.free_outgrown(); }

 protected:
  using buffer = circular_buffer<Item, Env>;
  template <class T>
  using atomic = typename Env::template atomic<T>;

  deque_base(std::int64_t initial_capacity, std::int64_t max_capacity,
             std::int64_t first_top = 0) noexcept
      : top_(first_top), slots_(initial_capacity, max_capacity) {
    name_object<Env>(top_, "top");
    name_object<Env>(buffer_, "buffer");
    name_object<Env>(bottom_, "bottom");
  }
  ~deque_base() = default;

  // One item is left at `b`, or none, and `t` is the word of top: the compare-exchange decides
  // between owner and thieves, and needs no fence before it. Where the word has more in it than the
  // index, it may fail because of that alone: it is tried again while the index stands.
  [[gnu::noinline]] bool pop_last(std::int64_t b, std::int64_t t, Item& item) noexcept {
    bool won = false;
    while (!won && Top::index_of(t) == b) {
      const Item candidate = slots_.load(b, Orders::pop_load_slot);
      won = top_.compare_exchange(t, t + 1, Orders::pop_cas_top);
      if (won) item = candidate;
    }
    bottom_.store(b + 1, Orders::pop_restore_bottom);
    // Won or lost, top has passed b. The next pushes overwrite slots on the strength of this value,
    // which is why the accesses to top that lead here acquire.
    know_top(b + 1);
    return won;
  }

  // A thief takes the first item if the word of top is still `t`, which it read before its fence,
  // and if may_take(item) says so.
  template <class MayTake>
  [[gnu::always_inline]] steal_result steal_first(std::int64_t t, Item& item,
                                                  const MayTake& may_take) noexcept {
    const std::int64_t first = Top::index_of(t);
    if (first >= bottom_.load(Orders::steal_load_bottom)) return steal_result::empty;
    buffer* from = buffer_.load(Orders::steal_load_buffer);
    const Item candidate = from->load(first, Orders::steal_load_slot);
    if (!may_take(candidate)) return steal_result::lost;
    if (!top_.compare_exchange(t, t + 1, Orders::steal_cas_top)) return steal_result::lost;
    item = candidate;
    return steal_result::item;
  }

  void know_top(std::int64_t index) noexcept {
    known_top_ = index;
    room_end_ = index + slots_.capacity();
  }

  // Thieves write here.
  alignas(cache_line_bytes) atomic<std::int64_t> top_;
  atomic<buffer*> buffer_{nullptr};
  // The owner writes here; thieves read bottom_. What follows it is the owner's alone.
  alignas(cache_line_bytes) atomic<std::int64_t> bottom_{0};
  std::int64_t known_top_ = 0;  // a lower bound of top's index
  std::int64_t room_end_ = 0;   // there is room below: known_top_ plus the capacity, or less
  growing_buffer<Item, Env> slots_;

 private:
  // There is room at `b`, which is bottom.
  [[gnu::always_inline]] void put(std::int64_t b, const Item& item) noexcept {
    slots_.store(b, item, Orders::push_store_slot);
    Env::fence(Orders::push_fence);
    bottom_.store(b + 1, Orders::push_store_bottom);
  }

  // The cached value of top says "full": look at the real one, and grow if it is true.
  [[gnu::noinline]] bool make_room(std::int64_t b) noexcept {
    const std::int64_t t = Top::index_of(top_.load(Orders::push_load_top));
    know_top(t);
    if (b < room_end_) return true;
    buffer* larger = slots_.grow(t, b, Orders::grow_load_slot, Orders::grow_store_slot);
    if (larger == nullptr) return false;
    know_top(t);
    buffer_.store(larger, Orders::grow_store_buffer);
    return true;
  }
};

}  // namespace wyn
