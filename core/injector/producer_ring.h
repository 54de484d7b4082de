// A growable FIFO queue with one producer and any number of consumers: what a thread that is not a
// worker puts its tasks into.
//
// The producer has no end of its own to take from: whoever takes, the producer's thread included,
// claims by a compare-exchange on head. So push needs no StoreLoad fence and no read-modify-write,
// and a consumer takes a whole block for the price of one.
//
// Roles:     one producer pushes; which thread that is may change only across a happens-before
//            edge. Any thread claims.
// Progress:  push is wait-free but for growth, which allocates; claim is lock-free: it reports a
//            lost race instead of retrying, and a race is lost only to somebody's success.
// Invariants: head and tail never decrease; items live at indices [head, tail); 64-bit indices are
//            never reset, so they do not wrap and there is no ABA on head; a slot is overwritten
//            only after the producer has read a head beyond its item.
// Linearization: push at its store to tail; a claim of n items at its compare-exchange; an empty
//            answer at the load of tail.
// An old tail is harmless, too: a claim that is content with one that this thread has loaded before
//            (PR6) takes items that were pushed then. It loads the buffer after that tail.
// A stale buffer is harmless, because a consumer loads the buffer after the tail that it goes by:
//            - it was current when that tail was stored, or is newer (PR6). So it holds every index
//              in [head, tail), or else lacks one because head had moved past it when the buffer
//              was made; head never returns, so the compare-exchange fails.
//            - the producer has grown out of it since: nobody writes it any more, what it held at
//              [head, tail) it still holds.
//            - slots were overwritten under the consumer, here or in a newer buffer: only after the
//              producer had seen head move past them, so the compare-exchange fails.
// Rejected:  reading slots after the compare-exchange (the producer may overwrite them); a consumer
//            line that the producer reads on each push (it caches head and asks when it looks
//            full).
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/named.h"
#include "core/deque/circular_buffer.h"
#include "core/deque/growing_buffer.h"
#include "core/injector/producer_ring_orders.h"

namespace wyn {

/// What a claim brought.
struct claim_result {
  std::size_t count;  ///< items taken
  bool lost;          ///< nothing taken, and it was not empty: another consumer was faster
};

/// See the head of this file. `Item`: trivially copyable, a multiple of 8 bytes (one or several
/// words).
template <word_sized Item, class Env = env_default, class Orders = producer_ring_orders>
class producer_ring {
 public:
  static constexpr std::int64_t default_capacity = 256;
  /// The largest maximum.
  static constexpr std::int64_t unbounded = growing_buffer<Item, Env>::unbounded;

  /// An empty ring; allocates nothing before the first push. `initial_capacity` and `max_capacity`,
  /// in items, are rounded up to powers of two; with both equal it never grows.
  explicit producer_ring(std::int64_t initial_capacity = default_capacity,
                         std::int64_t max_capacity = unbounded) noexcept
      : slots_(initial_capacity, max_capacity) {
    name_object<Env>(head_, "head");
    name_object<Env>(buffer_, "buffer");
    name_object<Env>(tail_, "tail");
  }
  producer_ring(const producer_ring&) = delete;
  producer_ring& operator=(const producer_ring&) = delete;

  /// Frees the memory; items still queued are dropped. No other thread may use the ring any more.
  ~producer_ring() = default;

  /// Appends `item`. Producer only. False when the ring is full (max_capacity reached, or no memory
  /// to grow) and nothing was changed. O(1) amortised; allocates only to grow. A producer that
  /// wants a sleeper woken issues the light fence afterwards (work_signal::work_added).
  bool push(const Item& item) noexcept {
    const std::int64_t t = tail_.load(Orders::push_load_tail);
    if (t - known_head_ >= slots_.capacity()) [[unlikely]] {
      if (!make_room(t)) return false;
    }
    put(t, item);
    return true;
  }

  /// As push, but without a call: false also when room would have to be made first, or looked for;
  /// then push() decides.
  bool push_if_room(const Item& item) noexcept {
    const std::int64_t t = tail_.load(Orders::push_load_tail);
    if (t - known_head_ >= slots_.capacity()) [[unlikely]] return false;
    put(t, item);
    return true;
  }

  /// Takes up to `max` of the oldest items, in their order, into `out`. Any thread but the producer
  /// in the middle of push. Lock-free, no allocation, O(max). `out` is scratch space: whatever the
  /// answer, all `max` items of it may have been written; the first `count` are the caller's.
  claim_result claim(Item* out, std::size_t max) noexcept {
    std::int64_t pushed = 0;
    return claim(out, max, pushed);
  }

  /// As above, by a thread that comes back: `pushed` is how many items were ever pushed, as its
  /// last claim here said, and 0 before the first one. While that is enough for `max` items it does
  /// not touch the producer's line; else it looks there, and says what it saw.
  claim_result claim(Item* out, std::size_t max, std::int64_t& pushed) noexcept {
    std::int64_t h = head_.load(Orders::claim_load_head);
    if (pushed - h < static_cast<std::int64_t>(max)) pushed = tail_.load(Orders::claim_load_tail);
    const std::int64_t t = pushed;
    if (t <= h || max == 0) return {0, false};
    buffer* from = buffer_.load(Orders::claim_load_buffer);
    const auto queued = static_cast<std::uint64_t>(t - h);
    const std::size_t wanted = queued < max ? static_cast<std::size_t>(queued) : max;
    const auto n = static_cast<std::int64_t>(wanted);
    for (std::int64_t i = 0; i < n; ++i) out[i] = from->load(h + i, Orders::claim_load_slot);
    if (!head_.compare_exchange(h, h + n, Orders::claim_cas_head)) return {0, true};
    return {wanted, false};
  }

  /// Number of items at some moment near the call. Any thread. A heuristic, with one exception: in
  /// a sleeper's re-check, after the heavy fence, it is not 0 while there is an item whose producer
  /// issued its light fence before.
  std::int64_t size_estimate() const noexcept {
    const std::int64_t t = tail_.load(Orders::size_load_tail);
    const std::int64_t h = head_.load(Orders::size_load_head);
    return t > h ? t - h : 0;
  }

  /// How many of the first `pushed` items are left, at some moment near the call. Any thread; a
  /// heuristic, which does not touch the producer's line.
  std::int64_t left_of(std::int64_t pushed) const noexcept {
    return pushed - head_.load(Orders::size_load_head);
  }

  /// How many items were ever pushed. Any thread; never less than the number of items that the
  /// caller knows of (it claimed them, or was told across a happens-before edge).
  std::int64_t pushed_total() const noexcept { return tail_.load(Orders::total_load_tail); }

  /// Items it can hold now without growing. Producer only.
  std::int64_t capacity() const noexcept { return slots_.capacity(); }
  /// Bytes allocated now, outgrown buffers included. Producer only.
  std::size_t memory_bytes() const noexcept { return slots_.bytes(); }

  /// Bytes of the buffers that were outgrown and are kept for consumers. Producer only.
  std::size_t outgrown_bytes() const noexcept { return slots_.outgrown_bytes(); }
  /// Frees them. Producer only; no consumer may be in a claim that began before the last push. Who
  /// knows that: runtime/visit_mark.h.
  void free_outgrown() noexcept { slots_.free_outgrown(); }

 private:
  using buffer = circular_buffer<Item, Env>;

  // There is room at `t`, which is tail.
  [[gnu::always_inline]] void put(std::int64_t t, const Item& item) noexcept {
    slots_.store(t, item, Orders::push_store_slot);
    tail_.store(t + 1, Orders::push_store_tail);
  }

  // The cached value of head says "full": look at the real one, and grow if it is true.
  [[gnu::noinline]] bool make_room(std::int64_t t) noexcept {
    const std::int64_t h = head_.load(Orders::push_load_head);
    known_head_ = h;
    if (t - h < slots_.capacity()) return true;
    buffer* larger = slots_.grow(h, t, Orders::grow_load_slot, Orders::grow_store_slot);
    if (larger == nullptr) return false;
    buffer_.store(larger, Orders::grow_store_buffer);
    return true;
  }

  template <class T>
  using atomic = typename Env::template atomic<T>;

  // Consumers write here.
  alignas(cache_line_bytes) atomic<std::int64_t> head_{0};
  atomic<buffer*> buffer_{nullptr};
  // The producer writes here; consumers read tail_. What follows it is the producer's alone.
  alignas(cache_line_bytes) atomic<std::int64_t> tail_{0};
  std::int64_t known_head_ = 0;  // a lower bound of head_
  growing_buffer<Item, Env> slots_;
};

}  // namespace wyn
