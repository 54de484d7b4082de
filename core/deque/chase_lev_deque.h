// A lock-free work-stealing deque.
//
// Papers:    Chase & Lev, "Dynamic Circular Work-Stealing Deque", SPAA'05; Le, Pop, Cohen, Zappa
//            Nardelli, "Correct and Efficient Work-Stealing for Weak Memory Models", PPoPP'13.
// Roles:     one owner pushes and pops at the bottom; any number of thieves steal at the top. Which
//            thread is the owner may change only across a happens-before edge.
// Progress:  push and pop are wait-free but for growth, which allocates; steal is lock-free: it
//            reports a lost race instead of retrying, and loses only to somebody's success.
// Invariants: top never decreases; items live at indices [top, bottom); bottom + 1 >= top; 64-bit
//            indices are never reset, so they cannot wrap in practice and there is no ABA on top.
// Linearization: push at its store to bottom; a steal at its compare-exchange; pop at its store to
//            bottom, or at its compare-exchange when one item is left; an empty answer of pop at
//            its first step. An empty answer of steal says that every item whose push happened
//            before it was taken, or was the last one and its owner was popping it.
// Rejected:  a release store in push beside relaxed stores in pop (broken since C++20, P0982);
//            32-bit or reset indices (ABA); freeing an outgrown buffer at once (a thief may read
//            it).
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/deque/circular_buffer.h"
#include "core/deque/deque_orders.h"
#include "core/deque/growing_buffer.h"

namespace wyn {

/// What a steal found.
enum class steal_result : unsigned char {
  item,   ///< took one
  empty,  ///< there was none, or the owner was already popping the last one
  lost,   ///< another thread took the one we were after: try again, here or elsewhere
};

/// See the head of this file. `Item`: trivially copyable, one or several words of 8 bytes.
template <word_sized Item, class Env = env_default, class Orders = deque_default_orders>
class chase_lev_deque {
 public:
  static constexpr std::int64_t default_capacity = 256;
  /// The largest maximum.
  static constexpr std::int64_t unbounded = growing_buffer<Item, Env>::unbounded;

  /// An empty deque; allocates nothing before the first push. `initial_capacity` and
  /// `max_capacity`, in items, are rounded up to powers of two; with both equal it never grows.
  explicit chase_lev_deque(std::int64_t initial_capacity = default_capacity,
                           std::int64_t max_capacity = unbounded) noexcept
      : slots_(initial_capacity, max_capacity) {
    name_object<Env>(top_, "top");
    name_object<Env>(buffer_, "buffer");
    name_object<Env>(bottom_, "bottom");
  }
  chase_lev_deque(const chase_lev_deque&) = delete;
  chase_lev_deque& operator=(const chase_lev_deque&) = delete;

  /// Frees the memory; items still queued are dropped. No other thread may use the deque any more.
  ~chase_lev_deque() = default;

  /// Adds `item` at the bottom. Owner only. False when the deque is full (max_capacity reached, or
  /// no memory to grow) and nothing was changed. O(1) amortised; allocates only to grow.
  bool push(const Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    if (b - known_top_ >= slots_.capacity()) [[unlikely]] {
      if (!make_room(b)) return false;
    }
    put(b, item);
    return true;
  }

  /// As push, but without a call: false also when room would have to be made first, or looked for;
  /// then push() decides.
  bool push_if_room(const Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    if (b - known_top_ >= slots_.capacity()) [[unlikely]] return false;
    put(b, item);
    return true;
  }

  /// Takes the item pushed last. Owner only. False when there is none, and then `item` keeps its
  /// value. Wait-free, O(1), no allocation.
  bool pop(Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom) - 1;
    if (b < known_top_) return false;  // top only grows: empty, and no fence was needed to see it
    bottom_.store(b, Orders::pop_store_bottom);
    Env::fence(Orders::pop_fence);
    std::int64_t t = top_.load(Orders::pop_load_top);
    if (t < b) [[likely]] {  // no thief can be after this item
      item = slots_.load(b, Orders::pop_load_slot);
      return true;
    }
    return pop_last(b, t, item);
  }

  /// Takes the item pushed first. Any thread but the owner in the middle of push or pop. Lock-free,
  /// no allocation. `item` is written only when the answer is steal_result::item.
  steal_result steal(Item& item) noexcept {
    std::int64_t t = top_.load(Orders::steal_load_top);
    Env::fence(Orders::steal_fence);
    if (t >= bottom_.load(Orders::steal_load_bottom)) return steal_result::empty;
    buffer* from = buffer_.load(Orders::steal_load_buffer);
    const Item candidate = from->load(t, Orders::steal_load_slot);
    if (!top_.compare_exchange(t, t + 1, Orders::steal_cas_top)) return steal_result::lost;
    item = candidate;
    return steal_result::item;
  }

  /// Number of items at some moment near the call. Any thread; a heuristic.
  std::int64_t size_estimate() const noexcept {
    const std::int64_t b = bottom_.load(Orders::size_load_bottom);
    const std::int64_t t = top_.load(Orders::size_load_top);
    return b > t ? b - t : 0;
  }

  /// The index at which the next push puts its item; items pushed since then lie at it and above.
  /// Owner only.
  std::int64_t next_index() const noexcept { return bottom_.load(Orders::push_load_bottom); }

  /// Items it can hold now without growing. Owner only.
  std::int64_t capacity() const noexcept { return slots_.capacity(); }
  /// Bytes allocated now, outgrown buffers included. Owner only.
  std::size_t memory_bytes() const noexcept { return slots_.bytes(); }

 private:
  using buffer = circular_buffer<Item, Env>;

  // There is room at `b`, which is bottom.
  [[gnu::always_inline]] void put(std::int64_t b, const Item& item) noexcept {
    slots_.store(b, item, Orders::push_store_slot);
    Env::fence(Orders::push_fence);
    bottom_.store(b + 1, Orders::push_store_bottom);
  }

  // One item is left, or none: the compare-exchange on top decides between owner and thieves.
  bool pop_last(std::int64_t b, std::int64_t t, Item& item) noexcept {
    bool won = false;
    if (t == b) {
      const Item candidate = slots_.load(b, Orders::pop_load_slot);
      won = top_.compare_exchange(t, t + 1, Orders::pop_cas_top);
      if (won) item = candidate;
    }
    bottom_.store(b + 1, Orders::pop_restore_bottom);
    // Won or lost, top has passed b. The next pushes overwrite slots on the strength of this value,
    // which is why both accesses to top above acquire.
    known_top_ = b + 1;
    return won;
  }

  // The cached value of top says "full": look at the real one, and grow if it is true.
  bool make_room(std::int64_t b) noexcept {
    const std::int64_t t = top_.load(Orders::push_load_top);
    known_top_ = t;
    if (b - t < slots_.capacity()) return true;
    buffer* larger = slots_.grow(t, b, Orders::grow_load_slot, Orders::grow_store_slot);
    if (larger == nullptr) return false;
    buffer_.store(larger, Orders::grow_store_buffer);
    return true;
  }

  template <class T>
  using atomic = typename Env::template atomic<T>;

  // Thieves write here.
  alignas(cache_line_bytes) atomic<std::int64_t> top_{0};
  atomic<buffer*> buffer_{nullptr};
  // The owner writes here; thieves read bottom_. What follows it is the owner's alone.
  alignas(cache_line_bytes) atomic<std::int64_t> bottom_{0};
  std::int64_t known_top_ = 0;  // a lower bound of top_
  growing_buffer<Item, Env> slots_;
};

}  // namespace wyn
