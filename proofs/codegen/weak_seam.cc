// A seam that does not keep its word, to see that the check of the object code finds out: every
// access is relaxed and every fence is forgotten, whatever its row says. The compare-exchange alone
// passes both orders on, as code without Wyn does: what the compiler then leaves out is its doing.
//
// It takes the name of the true one, by which rows are found.
#include <atomic>
#include <cstdint>

#include "core/base/site.h"

namespace wyn {

struct env_std {
  template <class T>
  class atomic {
   public:
    template <class Site>
    T load(Site) const noexcept { return value_.load(std::memory_order_relaxed); }
    template <class Site>
    void store(T v, Site) noexcept { value_.store(v, std::memory_order_relaxed); }
    template <class Site>
    T exchange(T v, Site) noexcept { return value_.exchange(v, std::memory_order_relaxed); }
    template <class Site>
    T fetch_add(T v, Site) noexcept { return value_.fetch_add(v, std::memory_order_relaxed); }
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) noexcept {
      constexpr bool total = Site::success == order::seq_cst;
      constexpr auto success = total ? std::memory_order_seq_cst : std::memory_order_release;
      return value_.compare_exchange_strong(expected, desired, success, std::memory_order_relaxed);
    }

   private:
    std::atomic<T> value_;
  };

  template <class Site>
  static void fence(Site) noexcept {
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
};

namespace {

struct rows {
  static constexpr site<"W1 load", order::acquire> load_acquire{};
  static constexpr site<"W2 load", order::seq_cst> load_seq_cst{};
  static constexpr site<"W3 store", order::release> store_release{};
  static constexpr site<"W4 store", order::seq_cst> store_seq_cst{};
  static constexpr site<"W5 exchange", order::acquire> exchange_acquire{};
  static constexpr site<"W6 exchange", order::acq_rel> exchange_acq_rel{};
  static constexpr site<"W7 fetch_add", order::release> add_release{};
  static constexpr site<"W8 compare_exchange", order::release> cas_release{};
  static constexpr site<"W9 compare_exchange", order::seq_cst, order::relaxed> cas_seq_cst{};
};

using word = env_std::atomic<std::uint64_t>;

}  // namespace

// Each with a number of its own: of equal functions a compiler keeps one.
std::uint64_t w1(const word& w) { return w.load(rows::load_acquire); }
std::uint64_t w2(const word& w) { return w.load(rows::load_seq_cst) + 2; }
void w3(word& w) { w.store(1, rows::store_release); }
void w4(word& w) { w.store(4, rows::store_seq_cst); }
std::uint64_t w5(word& w) { return w.exchange(1, rows::exchange_acquire); }
std::uint64_t w6(word& w) { return w.exchange(6, rows::exchange_acq_rel); }
std::uint64_t w7(word& w) { return w.fetch_add(1, rows::add_release); }
bool w8(word& w, std::uint64_t& e) { return w.compare_exchange(e, 1, rows::cas_release); }
bool w9(word& w, std::uint64_t& e) { return w.compare_exchange(e, 9, rows::cas_seq_cst); }

}  // namespace wyn
