// Producer rings with one step wrong: what the models must see through. Each step stands as in
// core/injector/producer_ring.h but for its fault.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/named.h"
#include "core/injector/producer_ring.h"

namespace wyn::injector_models {

enum class fault : unsigned char {
  none,                ///< the shipped algorithm: shows that the rest of this class is right
  slots_after_claim,   ///< a consumer reads the slots after its compare-exchange
  buffer_before_tail,  ///< a consumer loads the buffer before the tail
  one_too_many,        ///< the producer takes the ring to be one slot larger
  no_copy,             ///< a larger buffer starts empty
  hearsay,             ///< a consumer goes by a tail that it saw without an acquire
};

template <fault Fault, class Item, class Env, class Orders>
class broken_ring {
 public:
  broken_ring(std::int64_t initial_capacity, std::int64_t max_capacity) noexcept
      : initial_capacity_(initial_capacity), max_capacity_(max_capacity) {
    name_object<Env>(head_, "head");
    name_object<Env>(buffer_, "buffer");
    name_object<Env>(tail_, "tail");
  }
  ~broken_ring() { buffer::destroy_chain(newest_); }

  bool push(const Item& item) noexcept {
    const std::int64_t t = tail_.load(Orders::push_load_tail);
    if (t - known_head_ >= capacity_ && !make_room(t)) return false;
    newest_->store(t, item, Orders::push_store_slot);
    tail_.store(t + 1, Orders::push_store_tail);
    return true;
  }

  claim_result claim(Item* out, std::size_t max) noexcept {
    std::int64_t pushed = 0;
    return claim(out, max, pushed);
  }

  claim_result claim(Item* out, std::size_t max, std::int64_t& pushed) noexcept {
    std::int64_t h = head_.load(Orders::claim_load_head);
    buffer* from = nullptr;
    if (Fault == fault::buffer_before_tail) from = buffer_.load(Orders::claim_load_buffer);
    if (Fault == fault::hearsay && pushed != 0) pushed = pushed_total();
    if (pushed - h < static_cast<std::int64_t>(max)) pushed = tail_.load(Orders::claim_load_tail);
    const std::int64_t t = pushed;
    if (t <= h || max == 0) return {0, false};
    if (Fault != fault::buffer_before_tail) from = buffer_.load(Orders::claim_load_buffer);
    if (from == nullptr) return {0, false};
    const std::int64_t n = t - h < static_cast<std::int64_t>(max) ? t - h
                                                                   : static_cast<std::int64_t>(max);
    const std::int64_t first = h;
    if (Fault != fault::slots_after_claim) read(from, first, n, out);
    if (!head_.compare_exchange(h, h + n, Orders::claim_cas_head)) return {0, true};
    if (Fault == fault::slots_after_claim) read(from, first, n, out);
    return {static_cast<std::size_t>(n), false};
  }

  std::int64_t size_estimate() const noexcept {
    return tail_.load(Orders::size_load_tail) - head_.load(Orders::size_load_head);
  }
  std::int64_t pushed_total() const noexcept { return tail_.load(Orders::total_load_tail); }

 private:
  using buffer = circular_buffer<Item, Env>;

  static void read(buffer* from, std::int64_t first, std::int64_t n, Item* out) noexcept {
    for (std::int64_t i = 0; i < n; ++i) out[i] = from->load(first + i, Orders::claim_load_slot);
  }

  bool make_room(std::int64_t t) noexcept {
    const std::int64_t h = head_.load(Orders::push_load_head);
    known_head_ = h;
    const std::int64_t spare = Fault == fault::one_too_many && capacity_ != 0 ? 1 : 0;
    if (t - h < capacity_ + spare) return true;
    const std::int64_t wanted = capacity_ == 0 ? initial_capacity_ : capacity_ * 2;
    if (wanted > max_capacity_) return false;
    buffer* larger = buffer::create(wanted, newest_);
    if (larger == nullptr) return false;
    for (std::int64_t i = h; i < t && Fault != fault::no_copy; ++i) {
      larger->store(i, newest_->load(i, Orders::grow_load_slot), Orders::grow_store_slot);
    }
    newest_ = larger;
    capacity_ = wanted;
    buffer_.store(larger, Orders::grow_store_buffer);
    return true;
  }

  template <class T>
  using atomic = typename Env::template atomic<T>;

  atomic<std::int64_t> head_{0};
  atomic<buffer*> buffer_{nullptr};
  atomic<std::int64_t> tail_{0};
  std::int64_t known_head_ = 0;
  std::int64_t capacity_ = 0;
  buffer* newest_ = nullptr;
  const std::int64_t initial_capacity_;
  const std::int64_t max_capacity_;
};

template <fault Fault>
struct broken {
  template <class Item, class Env, class Orders>
  using type = broken_ring<Fault, Item, Env, Orders>;
};

}  // namespace wyn::injector_models
