// A work-stealing deque whose owner pays for thieves only while there are some: Chase-Lev with a
// revocable bias towards the owner.
//
// Papers:    chase_lev_deque.h; biased locks: Kawachiya, Koseki, Onodera, "Lock Reservation: Java
//            Locks Can Mostly Do without Atomic Operations", OOPSLA'02; asymmetric fences: Dice,
//            Huang, Yang, "Asymmetric Dekker Synchronization", 2001.
// Bias:      the word of top holds an index and a bias.
//              owner   the owner pops without a fence instruction; nobody steals
//              asked   a thief has asked for the deque; the owner pops with full fences
//              shared  owner and thieves work as in chase_lev_deque.h
//            Thieves lead from `owner` to `shared`: one asks, and whoever asked or finds the deque
//            asked for issues a heavy fence, which makes the owner's earlier fences as good as
//            full ones, and sets `shared`. The owner takes the bias back, when `patience` pops in
//            a row found that no thief had moved the index. So thieves pay for a heavy fence once
//            in a hungry period, and the owner pays for full fences only then.
// Roles, invariants: deque_base.h, and
//            (R1) only a thief whose heavy fence came after the asking sets `shared`;
//            (R2) only the owner sets `owner`, by a compare-exchange from `shared`, and only while
//                 no thief is in ask(): such a thief's fence is older than the next asking;
//            (R3) unless shared, only the owner moves the index; a thief moves it on a shared word
//                 that it read before its own full fence;
//            (R4) the owner's compare-exchange, for the last item or for the oldest, keeps the
//                 bias, and is tried again where it may have failed because of the bias alone.
//            A word may come back (index i shared, owner, shared again), and a thief that slept
//            meanwhile wins its compare-exchange: harmless, for item i was there all the time.
// No heavy fences (known_fence.h): the deque is shared from the first day on. A pop's first fence
//            matters to a deque with a bias alone, so it is none, wherever the process runs.
// Progress:  push is wait-free but for growth; pop, take_oldest and steal are lock-free. A thief
//            that stops between asking and sharing holds up nobody: other thieves do the same
//            themselves. It keeps the owner from taking the bias back, which costs speed alone.
// Linearization: as in chase_lev_deque.h; take_oldest at its compare-exchange, or, when it finds
//            nothing, at its last look at top. "Empty" without a fence (DB17) is as good as with
//            one: who finds that the index has moved sees all that was pushed before.
// Rejected:  taking the bias back from `asked`; a thief that shares without a count, or after the
//            owner took the bias back (the count is what excludes it): an item taken twice
//            (models/biased_deque/broken_bias.h has these and others).
#pragma once

#include <cstdint>

#include "core/base/cache_line.h"
#include "core/base/env_default.h"
#include "core/base/known_fence.h"
#include "core/deque/biased_orders.h"
#include "core/deque/deque_base.h"

namespace wyn {

/// An index with a bias above it. A word of `owner` is its index, and smaller than every other
/// word: one comparison answers "biased towards me, and below my item".
struct biased_top {
  static constexpr std::int64_t asked = std::int64_t{1} << 61;
  static constexpr std::int64_t shared = std::int64_t{1} << 62;

  static constexpr std::int64_t index_of(std::int64_t word) noexcept { return word & (asked - 1); }
  static constexpr bool is_asked(std::int64_t word) noexcept { return (word & asked) != 0; }
  static constexpr bool is_shared(std::int64_t word) noexcept { return (word & shared) != 0; }
};

/// See the head of this file. `Item`: trivially copyable, one or several words of 8 bytes.
/// `Patience`: pops without a thief before the owner takes the bias back, unless it is told
/// otherwise.
template <word_sized Item, class Env = env_default, class Orders = biased_orders,
          int Patience = 256>
class biased_deque : public deque_base<Item, Env, Orders, biased_top> {
  using base = deque_base<Item, Env, Orders, biased_top>;

 public:
  /// As chase_lev_deque's.
  explicit biased_deque(std::int64_t initial_capacity = base::default_capacity,
                        std::int64_t max_capacity = base::unbounded) noexcept
      : base(initial_capacity, max_capacity,
             heavy_fences_exist<Env>() ? 0 : biased_top::shared) {
    name_object<Env>(askers_, "askers");
  }

  /// Frees the memory; items still queued are dropped. No other thread may use the deque any more.
  ~biased_deque() = default;

  /// Many thieves will come: the deque is shared from now on, as if one of them had asked for it,
  /// and the owner takes the bias back after `patience` pops without one. Owner only, before any
  /// other thread knows of the deque. Issues a heavy fence.
  void expect_thieves(int patience) noexcept {
    patience_ = patience;
    ask();
  }

  /// Takes the item pushed last. Owner only. False when there is none, and then `item` keeps its
  /// value. O(1), no allocation; no fence instruction and no read-modify-write while no thief has
  /// asked and two items or more are left.
  [[gnu::always_inline]] bool pop(Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom) - 1;
    if (b < known_top_) [[unlikely]] return false;  // top only grows
    bottom_.store(b, Orders::pop_store_bottom);
    fence_beside_heavy<Env>(Orders::pop_fence);
    const std::int64_t t = top_.load(Orders::pop_load_top);
    if (t < b) [[likely]] {  // biased towards us, and not the last item
      item = slots_.load(b, Orders::pop_load_slot);
      return true;
    }
    // The rest writes to an object of its own: so the caller's item can lie in registers.
    Item other;
    if (!pop_otherwise(b, t, other)) return false;
    item = other;
    return true;
  }

  /// Takes the item pushed first, and asks nobody. Owner only. False when there is none, and then
  /// `item` keeps its value. Lock-free, no allocation, no fence instruction.
  bool take_oldest(Item& item) noexcept {
    const std::int64_t b = bottom_.load(Orders::push_load_bottom);
    std::int64_t t = top_.load(Orders::oldest_load_top);
    // Fails when a thief took the item, or because of the bias alone.
    while (biased_top::index_of(t) < b) {
      const Item candidate = slots_.load(biased_top::index_of(t), Orders::pop_load_slot);
      if (top_.compare_exchange(t, t + 1, Orders::oldest_cas_top)) {
        this->know_top(biased_top::index_of(t) + 1);
        if (t == quiet_word_) ++quiet_word_;
        item = candidate;
        return true;
      }
    }
    return false;
  }

  /// Takes the item pushed first. Any thread but the owner in the middle of push or pop. Lock-free,
  /// no allocation; may issue a heavy fence. `item` is written only when the answer is
  /// steal_result::item. `lost` also when another thread was faster to change the bias.
  /// may_take(item): as chase_lev_deque's.
  template <class MayTake = unconditional>
  steal_result steal(Item& item, const MayTake& may_take = {}) noexcept {
    std::int64_t t = top_.load(Orders::steal_load_top);
    if (!biased_top::is_shared(t)) {
      // Whether there is anything to ask for.
      if (biased_top::index_of(t) >= bottom_.load(Orders::peek_load_bottom)) {
        return steal_result::empty;
      }
      ask();
      t = top_.load(Orders::steal_load_top);
      if (!biased_top::is_shared(t)) return steal_result::lost;
    }
    Env::fence(Orders::steal_fence);
    return this->steal_first(t, item, may_take);
  }

 protected:
  using base::bottom_;
  using base::known_top_;
  using base::slots_;
  using base::top_;

  // A thief makes the deque shared, unless others do. Not private, for the models: they ask without
  // stealing.
  [[gnu::noinline]] void ask() noexcept {
    askers_.fetch_add(1, Orders::ask_enter);
    Env::fence(Orders::ask_fence);
    std::int64_t t = top_.load(Orders::ask_load_top);
    if (!biased_top::is_shared(t) && !biased_top::is_asked(t) &&
        top_.compare_exchange(t, t | biased_top::asked, Orders::ask_cas_top)) {
      t |= biased_top::asked;
    }
    if (biased_top::is_asked(t)) {
      Env::fence(Orders::share_fence);
      // The owner may move the index meanwhile, but not the bias: it sees that we are counted.
      while (biased_top::is_asked(t) &&
             !top_.compare_exchange(t, t + (biased_top::shared - biased_top::asked),
                                    Orders::share_cas_top)) {
      }
    }
    askers_.fetch_add(-1, Orders::ask_leave);
  }

 private:
  // The last item, or thieves may be at work.
  [[gnu::noinline]] bool pop_otherwise(std::int64_t b, std::int64_t t, Item& item) noexcept {
    return t == b ? this->pop_last(b, t, item) : pop_with_thieves(b, item);
  }

  bool pop_with_thieves(std::int64_t b, Item& item) noexcept {
    Env::fence(Orders::slow_pop_fence);
    const std::int64_t t = top_.load(Orders::slow_pop_load_top);
    if (biased_top::index_of(t) < b) {
      item = slots_.load(b, Orders::pop_load_slot);
      if (biased_top::is_shared(t)) take_bias_back(t);
      return true;
    }
    if (!this->pop_last(b, t, item)) return false;
    if (t == quiet_word_) ++quiet_word_;
    return true;
  }

  // The fence of this pop stands between two loads of top that found the same shared word: a thief
  // that is in ask() with a word from before it has been counted in what is read here.
  void take_bias_back(std::int64_t t) noexcept {
    ++quiet_pops_;
    if (t != seen_) {  // the first look at this word
      seen_ = t;
      if (t != quiet_word_) quiet_pops_ = 0;  // a thief was here
      quiet_word_ = t;
      return;
    }
    if (quiet_pops_ < patience_ || !heavy_fences_exist<Env>() ||
        askers_.load(Orders::rebias_load_askers) != 0) {
      return;
    }
    seen_ = quiet_word_ = 0;
    quiet_pops_ = 0;
    top_.compare_exchange(t, biased_top::index_of(t), Orders::rebias_cas_top);
  }

  // The owner's: the shared word that its last pop found; what that word is by now if the owner
  // alone has moved the index; and how many pops it is since a thief moved it.
  std::int64_t seen_ = 0;
  std::int64_t quiet_word_ = 0;
  int quiet_pops_ = 0;
  int patience_ = Patience;

 protected:
  // Thieves in ask().
  alignas(cache_line_bytes) typename Env::template atomic<std::int64_t> askers_{0};
};

}  // namespace wyn
