// Closures of many sizes stored by some threads and run or dropped by others. WYN_SEED=n repeats
// the random choices.
//
// Counted: each closure that was stored is run or dropped exactly once, each of its objects is
// destroyed, its payload is what was put in, and every slot is back at the end.
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/task_pool/closure_slot.h"
#include "core/task_pool/task_heap.h"
#include "gtest/gtest.h"
#include "tests/support/seed.h"

namespace wyn {
namespace {

struct guarded_layout {
  static constexpr std::size_t slot_bytes = 128;
  static constexpr std::size_t slab_bytes = 8192;
  static constexpr bool guarded = true;
};
using heap = task_heap<env_default, task_heap_default_orders, guarded_layout>;

thread_local heap* own_heap = nullptr;
struct own_heap_source {
  static heap* current_heap() noexcept { return own_heap; }
};

struct accounts {
  std::atomic<std::int64_t> alive{0};
  std::atomic<std::uint64_t> runs{0};
  std::atomic<std::uint64_t> damaged{0};
};

// A callable with an owned payload; `Bytes` decides whether it fits into a slot.
template <std::size_t Bytes>
class payload_task {
 public:
  payload_task(accounts& a, std::uint64_t number)
      : accounts_(&a), owned_(std::make_unique<std::uint64_t>(number)) {
    a.alive.fetch_add(1, std::memory_order_relaxed);
    fill_.fill(static_cast<unsigned char>(number));
  }
  payload_task(payload_task&& o) noexcept
      : accounts_(o.accounts_), owned_(std::move(o.owned_)), fill_(o.fill_) {
    accounts_->alive.fetch_add(1, std::memory_order_relaxed);
  }
  ~payload_task() { accounts_->alive.fetch_sub(1, std::memory_order_relaxed); }

  void operator()() {
    accounts_->runs.fetch_add(1, std::memory_order_relaxed);
    bool intact = owned_ != nullptr;
    for (const unsigned char c : fill_) {
      intact = intact && c == static_cast<unsigned char>(*owned_);
    }
    if (!intact) accounts_->damaged.fetch_add(1, std::memory_order_relaxed);
    if (*owned_ % 16 == 0) throw *owned_;
  }

 private:
  accounts* accounts_;
  std::unique_ptr<std::uint64_t> owned_;
  std::array<unsigned char, Bytes> fill_;
};

stored_closure store_task(heap& h, accounts& a, std::uint64_t r) {
  switch (r % 4) {
    case 0: return store_closure<own_heap_source>(h, payload_task<1>(a, r));
    case 1: return store_closure<own_heap_source>(h, payload_task<40>(a, r));
    case 2: return store_closure<own_heap_source>(h, payload_task<112>(a, r));
    default: return store_closure<own_heap_source>(h, payload_task<300>(a, r));
  }
}

// A closure on its way from one thread to another.
using parcel = std::atomic<stored_closure*>;

class ClosureStress : public ::testing::TestWithParam<int> {
 protected:
  void work(std::uint64_t seed, heap& own) {
    own_heap = &own;
    std::mt19937_64 random(seed);
    for (int i = 0; i < 40'000; ++i) {
      const std::uint64_t r = random();
      auto mine = std::make_unique<stored_closure>(store_task(own, accounts_, r >> 32));
      if (!*mine) {
        ++refused_;
        continue;
      }
      ++stored_;
      finish(parcels_[r % parcels_.size()].exchange(mine.release(), std::memory_order_acq_rel),
             r >> 16 & 1);
    }
    own_heap = nullptr;
  }

  void finish(stored_closure* theirs, bool drop) {
    if (theirs == nullptr) return;
    const stored_closure c = *std::unique_ptr<stored_closure>(theirs);
    if (drop) {
      ++dropped_;
      drop_closure(c);
      return;
    }
    try {
      c.run(c.arg);
    } catch (const std::uint64_t&) {
    }
  }

  accounts accounts_;
  std::vector<parcel> parcels_ = std::vector<parcel>(32);
  std::atomic<std::uint64_t> stored_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

TEST_P(ClosureStress, EndsEachClosureOnce) {
  const std::uint64_t seed = tests::seed_of_this_run();
  slot_budget<> budget(200);
  std::vector<std::unique_ptr<heap>> heaps;
  for (int t = 0; t < GetParam(); ++t) heaps.push_back(std::make_unique<heap>(budget));
  std::vector<std::thread> threads;
  for (int t = 0; t < GetParam(); ++t) {
    threads.emplace_back([&, t] { work(seed + 7919u * static_cast<unsigned>(t), *heaps[t]); });
  }
  for (std::thread& t : threads) t.join();
  for (parcel& p : parcels_) finish(p.exchange(nullptr), true);

  EXPECT_GT(stored_.load(), 0u);
  EXPECT_EQ(stored_ + refused_, 40'000u * static_cast<unsigned>(GetParam()));
  EXPECT_EQ(accounts_.runs + dropped_, stored_.load());
  EXPECT_EQ(accounts_.alive.load(), 0);
  EXPECT_EQ(accounts_.damaged.load(), 0u);
  for (const auto& h : heaps) EXPECT_EQ(h->live_slots(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Threads, ClosureStress, ::testing::Values(1, 2, 4, 8),
                         [](const auto& p) { return std::to_string(p.param); });

}  // namespace
}  // namespace wyn
