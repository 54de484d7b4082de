// The surface of [atomics]: functions, types and members beyond those of checked_test.cc, each on a
// program that would notice if it did nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "models/check/std/as_std.h"
#include "models/check/std/checked.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using wyn::model::failure;

// As C programmers write it: no member is named.
struct free_functions {
  static constexpr int threads = 1;
  std_::atomic_int number{6};
  std_::atomic_flag flag = ATOMIC_FLAG_INIT;
  void thread(int) {
    using std::memory_order_relaxed;
    std_::require(std_::atomic_load(&number) == 6, "load");
    std_::atomic_store(&number, 7);
    std_::atomic_store_explicit(&number, 8, memory_order_relaxed);
    std_::require(std_::atomic_load_explicit(&number, memory_order_relaxed) == 8, "store");
    std_::require(std_::atomic_exchange(&number, 9) == 8, "exchange");
    int seen = 1;
    std_::require(!std_::atomic_compare_exchange_strong(&number, &seen, 2) && seen == 9, "finds");
    std_::require(std_::atomic_compare_exchange_strong_explicit(
                      &number, &seen, 10, memory_order_relaxed, memory_order_relaxed),
                  "replaces");
    std_::require(std_::atomic_fetch_add(&number, 2) == 10, "add");
    std_::require(std_::atomic_fetch_sub_explicit(&number, 5, memory_order_relaxed) == 12, "sub");
    std_::require(std_::atomic_fetch_and(&number, 6) == 7, "and");
    std_::require(std_::atomic_fetch_or(&number, 8) == 6, "or");
    std_::require(std_::atomic_fetch_xor(&number, 15) == 14 && number == 1, "xor");
    std_::require(std_::atomic_is_lock_free(&number) && number.is_lock_free(), "lock-free");
    std_::atomic_wait(&number, 2);
    std_::atomic_notify_one(&number);
    std_::atomic_init(&number, 40);
    std_::require(number == 40, "init");
    std_::require(!std_::atomic_flag_test_and_set(&flag), "was clear");
    std_::require(std_::atomic_flag_test_explicit(&flag, memory_order_relaxed), "is set");
    std_::atomic_flag_wait(&flag, false);
    std_::atomic_flag_clear(&flag);
    std_::require(!std_::atomic_flag_test(&flag), "is clear");
    std_::atomic_flag_notify_all(&flag);
  }
};
MODEL_TEST(AtomicFunctions, DoWhatTheMembersDo, (free_functions), executions(1));

// An unqualified call finds these by its argument, and those of namespace std are not viable.
struct found_by_argument {
  static constexpr int threads = 2;
  std_::var<int> data;
  std_::atomic<int> ready{0};
  void thread(int id) {
    if (id == 0) {
      data = 1;
      atomic_store_explicit(&ready, 1, std::memory_order_release);
    } else if (atomic_load_explicit(&ready, std::memory_order_acquire) != 0) {
      std_::require(data == 1, "published");
    }
  }
};
MODEL_TEST(AtomicFunctions, AreFoundByTheirArgument, (found_by_argument), executions(2));

struct initialised_late {
  static constexpr int threads = 2;
  std_::atomic<int> number{0};
  void thread(int id) {
    if (id == 0)
      std_::atomic_init(&number, 1);
    else
      number.load();
  }
};
MODEL_TEST_FAILS(AtomicFunctions, AnInitialisationIsNoAtomicAccess, (initialised_late),
                 failure::data_race);

struct function_names_its_line {
  static constexpr int threads = 2;
  std_::var<int> data;
  std_::atomic<int> ready{0};
  static constexpr int line = __LINE__ + 4;
  void thread(int id) {
    if (id == 0) {
      data = 1;
      std_::atomic_store(&ready, 1);
    } else if (std_::atomic_load(&ready) != 0) {
      std_::require(data == 1, "published");
    }
  }
};
TEST(AtomicFunctions, HaveTheLineOfTheirCaller) {
  const std::string line =
      "atomic_surface_test.cc:" + std::to_string(function_names_its_line::line);
  const auto v = wyn::model::check<function_names_its_line>(
      {.overrides = {{.site = line + " store", .replacement = wyn::order::relaxed}}});
  EXPECT_TRUE(v.unused_overrides.empty());
  EXPECT_EQ(v.failure, failure::data_race) << v.report;
}

struct floating_point {
  static constexpr int threads = 2;
  std_::atomic<double> sum{0.5};
  std_::atomic<float> rest{8};
  void thread(int id) {
    sum.fetch_add(id + 1, std::memory_order_relaxed);
    rest -= 1.5F;
  }
  void after() {
    std_::require(sum.load() == 3.5, "nothing is lost");
    std_::require(rest.load() == 5.0F, "both ways");
    std_::require((sum += 1) == 4.5 && sum.fetch_sub(4.5) == 4.5, "returns as the standard says");
  }
};
// Two orders of the additions to `sum`, two of those to `rest`; a loop of compare-exchange would
// add its failures.
MODEL_TEST(AtomicTypes, FloatingPointAddsWithoutALoop, (floating_point), executions(4));

enum class light : std::uint8_t { red, green };
struct pair {
  std::int32_t left = 0;
  // Two bytes of padding follow where the compiler can clear them.
  std::conditional_t<std_::detail::padding_can_be_cleared, std::int16_t, std::int32_t> right = 0;
  friend bool operator==(const pair&, const pair&) = default;
};
struct other_types {
  static constexpr int threads = 1;
  std_::atomic<light> lamp{light::red};
  std_::atomic<bool> yes{false};
  std_::atomic<pair> both{pair{1, 2}};
  std_::atomic<void*> anything{nullptr};
  int cells[4] = {};
  std_::atomic<int*> cell{cells};
  void thread(int) {
    light seen = light::green;
    std_::require(!lamp.compare_exchange_strong(seen, light::green) && seen == light::red, "enum");
    std_::require(lamp.exchange(light::green) == light::red && lamp == light::green, "enum");
    std_::require(!yes.exchange(true) && yes, "bool");
    pair expected = dirty(1, 2);
    std_::require(both.compare_exchange_strong(expected, dirty(3, 4)), "padding does not count");
    std_::require(both.load() == pair{3, 4}, "a structure");
    anything = this;
    std_::require(anything.load() == this, "a pointer to void");
    std_::require((cell += 3) == cells + 3 && cell.fetch_sub(2) == cells + 3, "pointers");
    std_::require(cell-- == cells + 1 && cell == cells, "count in objects");
  }
  static pair dirty(std::int32_t left, std::int16_t right) {
    pair p;
    std::memset(static_cast<void*>(&p), 0xff, sizeof p);
    p.left = left;
    p.right = right;
    return p;
  }
};
MODEL_TEST(AtomicTypes, AnyTrivialTypeOfEightBytes, (other_types), executions(1));

struct volatile_members {
  static constexpr int threads = 1;
  volatile std_::atomic<int> number{1};
  volatile std_::atomic_flag flag;
  void thread(int) {
    number = 2;
    ++number;
    std_::require(number.fetch_add(1) == 3 && number == 4, "a volatile atomic");
    std_::require(!flag.test_and_set() && flag.test(), "a volatile flag");
    std_::require(std_::atomic_exchange(&number, 7) == 4, "by pointer");
  }
};
MODEL_TEST(AtomicTypes, VolatileObjectsHaveTheSameMembers, (volatile_members), executions(1));

static_assert(std::is_same_v<std_::atomic_size_t, std_::atomic<std::size_t>>);
static_assert(std::is_same_v<std_::atomic_uint_fast16_t::value_type, std::uint_fast16_t>);
static_assert(std::is_same_v<std_::atomic<int*>::difference_type, std::ptrdiff_t>);
static_assert(!std::is_copy_constructible_v<std_::atomic<int>>);
static_assert(!std::is_copy_assignable_v<std_::atomic<int>>);
template <class A>
concept adds = requires(A a) {
  a.fetch_add(1);
};
template <class A>
concept increments = requires(A a) {
  ++a;
};
template <class A>
concept masks = requires(A a) {
  a.fetch_or(1);
};
static_assert(adds<std_::atomic<long>> && increments<std_::atomic<long>>);
static_assert(masks<std_::atomic<long>> && !masks<std_::atomic<double>>);
static_assert(adds<std_::atomic<double>> && !increments<std_::atomic<double>>);
static_assert(!adds<std_::atomic<bool>> && !masks<std_::atomic<bool>>);
static_assert(!adds<std_::atomic<void*>> && adds<std_::atomic<char*>>);

// What a program writes as std::X is the explorer's, for every name of <atomic>.
namespace checked {
namespace std = wyn::as_std;
static_assert(::std::is_same_v<std::atomic_llong, wyn::check::atomic<long long>>);
static_assert(::std::is_same_v<std::atomic_uint_least8_t, wyn::check::atomic<::std::uint8_t>>);
struct by_name {
  static constexpr int threads = 1;
  std::atomic_ulong number{3};
  std::atomic_flag flag = ATOMIC_FLAG_INIT;
  void thread(int) {
    unsigned long seen = 3;
    std_::require(std::atomic_compare_exchange_weak_explicit(
                      &number, &seen, 4UL, std::memory_order_seq_cst, std::memory_order_relaxed) ||
                      seen == 3,
                  "as in C");
    std::atomic_wait_explicit(&number, 100UL, std::memory_order_relaxed);
    std_::require(!std::atomic_flag_test_and_set_explicit(&flag, std::memory_order_acquire), "set");
    std::atomic_thread_fence(std::memory_order_seq_cst);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  }
};
}  // namespace checked
MODEL_TEST(AsStd, EveryFunctionIsReplaced, (checked::by_name), executions(1));

}  // namespace
