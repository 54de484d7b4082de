// Each kind of failure on the smallest program that shows it, and the program beside it that is
// right. What becomes of programs that cannot be checked: misuse_test.cc.
#include <gtest/gtest.h>

#include <climits>
#include <cstdint>
#include <new>
#include <string>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};
constexpr site<"acq_rel", order::acq_rel> acq_rel{};

// ---- plain data ----

template <order Publish, order Look>
struct message_passing {
  static constexpr int threads = 2;
  env::plain<int> data;
  env::atomic<int> ready{0};

  void thread(int id) {
    if (id == 0) {
      data.write(42);
      ready.store(1, site<"publish", Publish>{});
    } else if (ready.load(site<"look", Look>{}) == 1) {
      env::check(data.read() == 42, "the message is read");
    }
  }
};
MODEL_TEST(PlainData, ReleaseAndAcquirePublishIt,
           (message_passing<order::release, order::acquire>), executions(2));
MODEL_TEST_FAILS(PlainData, RelaxedStoreDoesNotPublishIt,
                 (message_passing<order::relaxed, order::acquire>), failure::data_race);
MODEL_TEST_FAILS(PlainData, RelaxedLoadDoesNotAcquireIt,
                 (message_passing<order::release, order::relaxed>), failure::data_race);

// The order of a compare-exchange that fails is its own, not that of success. GenMC 0.11 takes the
// order of success, and finds no race here.
template <order Failure>
struct message_by_failure {
  static constexpr int threads = 2;
  env::plain<int> data;
  env::atomic<int> ready{0};

  void thread(int id) {
    if (id == 0) {
      data.write(42);
      ready.store(2, release);
    } else {
      int seen = 1;
      ready.compare_exchange(seen, 3, site<"look", order::acquire, Failure>{});
      if (seen == 2) env::check(data.read() == 42, "the message is read");
    }
  }
};
MODEL_TEST(PlainData, FailureThatAcquiresReadsIt, (message_by_failure<order::acquire>),
           executions(2));
MODEL_TEST_FAILS(PlainData, RelaxedFailureDoesNotAcquireIt, (message_by_failure<order::relaxed>),
                 failure::data_race);

struct two_writers {
  static constexpr int threads = 2;
  env::plain<int> data;
  void thread(int id) { data.write(id); }
};
MODEL_TEST_FAILS(PlainData, TwoWritersRace, (two_writers), failure::data_race);

struct write_after_read {
  static constexpr int threads = 2;
  env::plain<int> data;
  void thread(int id) {
    if (id == 0) data.read();
    else data.write(1);
  }
};
MODEL_TEST_FAILS(PlainData, ReaderAndWriterRace, (write_after_read), failure::data_race);

struct two_readers {
  static constexpr int threads = 2;
  env::plain<int> data{7};
  void thread(int) { env::check(data.read() == 7, "the value from before the threads"); }
  void after() { data.write(8); }
};
MODEL_TEST(PlainData, ReadersDoNotRace, (two_readers), executions(1));

// A relaxed store of the same thread ends a release sequence since C++20 (P0982).
struct release_sequence {
  static constexpr int threads = 2;
  env::plain<int> data;
  env::atomic<int> ready{0};
  void thread(int id) {
    if (id == 0) {
      data.write(1);
      ready.store(1, release);
      ready.store(2, relaxed);
    } else if (ready.load(acquire) == 2) {
      data.read();
    }
  }
};
MODEL_TEST_FAILS(PlainData, RelaxedStoreEndsAReleaseSequence, (release_sequence),
                 failure::data_race);

// ---- pointers ----

struct box {
  explicit box(int v) : value(v) {}
  env::plain<int> value;
  env::atomic<int> uses{0};

  static box* create(int v) { return ::new (env::allocate(sizeof(box), alignof(box))) box(v); }
  static void destroy(box* b) {
    b->~box();
    env::deallocate(b, sizeof(box), alignof(box));
  }
};

// Readers come first in the engine's order, so that each publication revisits them.
struct published_by_pointer {
  static constexpr int threads = 3;
  env::atomic<box*> slot{nullptr};
  int seen[2] = {};

  void thread(int id) {
    if (id < 2) {
      box* b = slot.load(acquire);
      if (b == nullptr) return;
      seen[id] = b->value.read();
      b->uses.fetch_add(1, relaxed);
    } else {
      slot.store(box::create(5), release);
      slot.store(box::create(6), release);
    }
  }
  void after() {
    for (int s : seen) env::check(s == 0 || s == 5 || s == 6, "what was published is read");
  }
};
MODEL_TEST(Pointers, PublishedBoxIsReadRightInEveryReplay, (published_by_pointer),
           executions(11));

struct published_too_early {
  static constexpr int threads = 2;
  env::atomic<box*> slot{nullptr};
  void thread(int id) {
    if (id == 0) {
      slot.store(box::create(5), relaxed);
    } else if (box* b = slot.load(acquire)) {
      b->uses.load(relaxed);
    }
  }
};
MODEL_TEST_FAILS(Pointers, AtomicIsUsedBeforeItsConstruction, (published_too_early),
                 failure::data_race);

struct never_constructed {
  static constexpr int threads = 1;
  void thread(int) {
    auto* p = static_cast<env::plain<int>*>(env::allocate(sizeof(env::plain<int>), 8));
    p->read();
  }
};
MODEL_TEST_FAILS(Pointers, UnconstructedMemoryIsNotRead, (never_constructed),
                 failure::uninitialised_read);

struct null_pointer {
  static constexpr int threads = 1;
  env::atomic<env::plain<int>*> p{nullptr};
  void thread(int) { p.load(relaxed)->read(); }
};
MODEL_TEST_FAILS(Pointers, NullPointerIsCaught, (null_pointer), failure::uninitialised_read);

// The free may come first, or last: both are found.
template <bool FreeFirst>
struct freed_under_a_reader {
  static constexpr int threads = 2;
  env::atomic<box*> slot{nullptr};
  void before() { slot.store(box::create(1), relaxed); }
  void thread(int id) {
    if ((id == 0) == FreeFirst) box::destroy(slot.load(relaxed));
    else slot.load(relaxed)->uses.load(relaxed);
  }
};
MODEL_TEST_FAILS(Lifetime, UseAfterFree, (freed_under_a_reader<true>), failure::use_after_free);
MODEL_TEST_FAILS(Lifetime, UseBeforeAnUnorderedFree, (freed_under_a_reader<false>),
                 failure::use_after_free);

struct counted {
  static constexpr int threads = 2;
  env::atomic<int> owners{2};
  box* shared = nullptr;
  void before() { shared = box::create(3); }
  void thread(int) {
    env::check(shared->value.read() == 3, "alive");
    if (owners.fetch_add(-1, acq_rel) == 1) box::destroy(shared);
  }
};
MODEL_TEST(Lifetime, LastOwnerMayFree, (counted), executions(2), {.check_leaks = true});

struct freed_twice {
  static constexpr int threads = 1;
  void thread(int) {
    box* b = box::create(1);
    box::destroy(b);
    env::deallocate(b, sizeof(box), alignof(box));
  }
};
MODEL_TEST_FAILS(Lifetime, DoubleFree, (freed_twice), failure::double_free);

struct never_freed {
  static constexpr int threads = 1;
  void thread(int) { box::create(1); }
};
MODEL_TEST(Lifetime, LeakIsAllowedUnlessAskedFor, (never_freed), executions(1));
MODEL_TEST_FAILS(Lifetime, LeakIsFound, (never_freed), failure::leak, {.check_leaks = true});

// One address, used by one object after another.
struct memory_used_again {
  static constexpr int threads = 2;
  env::atomic<int> ready{0};
  void* memory = nullptr;
  void before() { memory = env::allocate(8, 8); }
  void thread(int id) {
    using word = env::atomic<int>;
    if (id == 0) {
      auto* first = ::new (memory) word(1);
      first->store(2, relaxed);
      first->~word();
      ::new (memory) word(7);
      ready.store(1, release);
    } else if (ready.load(acquire) == 1) {
      env::check(static_cast<word*>(memory)->load(relaxed) == 7, "only the second object is seen");
    }
  }
};
MODEL_TEST(Lifetime, SecondObjectAtAnAddressHasItsOwnWrites, (memory_used_again), executions(2));

// ---- assertions, choices, assumptions ----

struct lost_update {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int) { n.store(n.load(relaxed) + 1, relaxed); }
  void after() { env::check(n.load(relaxed) == 2, "both increments count"); }
};
MODEL_TEST_FAILS(Assertions, LostUpdateIsFound, (lost_update), failure::assertion);

struct choices {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int id) {
    if (id == 0) n.store(1 + env::choose(3), relaxed);
    else n.load(relaxed);
  }
};
MODEL_TEST(Assertions, EveryChoiceIsExplored, (choices), executions(6));

struct assumption {
  static constexpr int threads = 2;
  env::atomic<int> n{0};
  void thread(int id) {
    if (id == 0) n.store(1, relaxed);
    else env::assume(n.load(relaxed) == 1);
  }
};
MODEL_TEST(Assertions, AssumptionPrunes, (assumption), executions(1));

// ---- waiting ----

struct spin_on_flag {
  static constexpr int threads = 2;
  env::atomic<int> flag{0};
  void thread(int id) {
    if (id == 0) {
      while (flag.load(acquire) != 3) env::pause();
    } else {
      for (int i = 1; i <= 3; ++i) flag.store(i, release);
    }
  }
};
MODEL_TEST(Waiting, FailedIterationsLeaveNoEvent, (spin_on_flag), executions(1));

struct spin_for_ever {
  static constexpr int threads = 2;
  env::atomic<int> flag{0};
  void thread(int id) {
    if (id == 0) {
      while (flag.load(acquire) != 2) env::pause();
    } else {
      flag.store(1, release);
    }
  }
};
MODEL_TEST_FAILS(Waiting, LivelockIsFound, (spin_for_ever), failure::livelock);

template <class Lock>
struct locked_counter {
  static constexpr int threads = 3;
  Lock lock;
  env::plain<int> n;
  void thread(int) {
    lock.acquire();
    n.write(n.read() + 1);
    lock.release();
  }
  void after() { env::check(n.read() == threads, "no increment is lost"); }
};
struct exchange_lock {
  env::atomic<int> held{0};
  void acquire() {
    while (held.exchange(1, wyn::site<"lock", order::acquire>{}) != 0) env::pause();
  }
  void release() { held.store(0, wyn::site<"unlock", order::release>{}); }
};
struct cas_lock {
  env::atomic<int> held{0};
  void acquire() {
    for (int free = 0; !held.compare_exchange(free, 1, wyn::site<"lock", order::acquire>{});
         free = 0) {
      env::pause();
    }
  }
  void release() { held.store(0, wyn::site<"unlock", order::release>{}); }
};
struct ticket_lock {
  env::atomic<int> next{0}, serving{0};
  void acquire() {
    const int mine = next.fetch_add(1, wyn::site<"ticket", order::relaxed>{});
    while (serving.load(wyn::site<"turn", order::acquire>{}) != mine) env::pause();
  }
  void release() {
    const int turn = serving.load(wyn::site<"own turn", order::relaxed>{});
    serving.store(turn + 1, wyn::site<"unlock", order::release>{});
  }
};
// One for each order in which three threads can have the lock.
MODEL_TEST(Waiting, ExchangeLockHasSixOrders, (locked_counter<exchange_lock>), executions(6));
MODEL_TEST(Waiting, CompareExchangeLockHasSixOrders, (locked_counter<cas_lock>), executions(6));
MODEL_TEST(Waiting, TicketLockHasSixOrders, (locked_counter<ticket_lock>), executions(6));

struct sleeper {
  env::atomic<std::uint64_t> word{0};
  env::atomic<int> work{0};

  void wait() {
    const auto before = static_cast<std::uint32_t>(word.load(acquire) >> 32);
    if (work.load(acquire) == 0) env::wait_upper(word, before);
  }
  void bump() { word.fetch_add(std::uint64_t{1} << 32, acq_rel); }
};

struct woken : sleeper {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) return wait();
    work.store(1, release);
    bump();
    env::wake_upper(word, 1);
  }
};
// Woken; or the work is seen, with the old word or with the new one.
MODEL_TEST(Waiting, SleeperIsWoken, (woken), executions(3));

struct wake_forgotten : sleeper {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) return wait();
    work.store(1, release);
    bump();
  }
};
MODEL_TEST_FAILS(Waiting, ChangedWordWithoutAWakeCallLosesTheWakeup, (wake_forgotten),
                 failure::lost_wakeup);

struct wake_too_early : sleeper {
  static constexpr int threads = 2;
  void thread(int id) {
    if (id == 0) return wait();
    work.store(1, release);
    env::wake_upper(word, 1);
    bump();
  }
};
MODEL_TEST_FAILS(Waiting, WakeCallBeforeTheChangeLosesTheWakeup, (wake_too_early),
                 failure::lost_wakeup);

struct all_asleep {
  static constexpr int threads = 2;
  env::atomic<std::uint64_t> words[2];
  void thread(int id) {
    env::wait_upper(words[id], 0);
    words[1 - id].store(std::uint64_t{1} << 32, release);
    env::wake_upper(words[1 - id], 1);
  }
};
MODEL_TEST_FAILS(Waiting, DeadlockIsFound, (all_asleep), failure::deadlock);

// Dekker's protocol between one that publishes and one that goes to sleep.
template <order Publisher, order Sleeper>
struct event_count_protocol {
  static constexpr int threads = 2;
  env::atomic<std::uint64_t> word{0};
  env::atomic<int> waiting{0}, work{0};
  void thread(int id) {
    if (id == 0) {
      work.store(1, relaxed);
      env::fence(site<"publisher's fence", Publisher>{});
      if (waiting.load(relaxed) != 0) {
        word.fetch_add(std::uint64_t{1} << 32, relaxed);
        env::wake_upper(word, INT_MAX);
      }
    } else {
      waiting.store(1, relaxed);
      env::fence(site<"sleeper's fence", Sleeper>{});
      if (work.load(relaxed) == 0) env::wait_upper(word, 0);
    }
  }
};
// Work is seen, the waiter seen or not; or work is not seen, and then the waiter is.
MODEL_TEST(EventCount, TwoFencesLoseNothing,
           (event_count_protocol<order::seq_cst, order::seq_cst>), executions(3));
MODEL_TEST(EventCount, LightAndHeavyFencesLoseNothing,
           (event_count_protocol<order::light, order::heavy>), executions(3));
MODEL_TEST_FAILS(EventCount, WithoutThePublishersFenceAWakeupIsLost,
                 (event_count_protocol<order::none, order::seq_cst>), failure::lost_wakeup);
MODEL_TEST_FAILS(EventCount, WithoutTheSleepersFenceAWakeupIsLost,
                 (event_count_protocol<order::seq_cst, order::acq_rel>), failure::lost_wakeup);
MODEL_TEST_FAILS(EventCount, TwoLightFencesLoseAWakeup,
                 (event_count_protocol<order::light, order::light>), failure::lost_wakeup);

// ---- fences ----

template <order First, order Second>
struct store_buffering {
  static constexpr int threads = 2;
  env::atomic<int> x{0}, y{0};
  int seen[2] = {};
  void thread(int id) {
    if (id == 0) {
      x.store(1, relaxed);
      env::fence(site<"SB first", First>{});
      seen[0] = y.load(relaxed);
    } else {
      y.store(1, relaxed);
      env::fence(site<"SB second", Second>{});
      seen[1] = x.load(relaxed);
    }
  }
};
MODEL_TEST(Fences, SeqCstForbidStoreBuffering, (store_buffering<order::seq_cst, order::seq_cst>),
           executions(3));
MODEL_TEST(Fences, LightAndHeavyForbidStoreBuffering,
           (store_buffering<order::light, order::heavy>), executions(3));
MODEL_TEST(Fences, HeavyAndSeqCstForbidStoreBuffering,
           (store_buffering<order::heavy, order::seq_cst>), executions(3));
MODEL_TEST(Fences, TwoLightOnesAllowStoreBuffering, (store_buffering<order::light, order::light>),
           executions(4));
MODEL_TEST(Fences, LightAndSeqCstAllowStoreBuffering,
           (store_buffering<order::light, order::seq_cst>), executions(4));
MODEL_TEST(Fences, AcqRelAllowStoreBuffering, (store_buffering<order::acq_rel, order::acq_rel>),
           executions(4));

using model::order_override;
MODEL_TEST(Overrides, WeakenAFence, (store_buffering<order::seq_cst, order::seq_cst>),
           executions(4), {.overrides = {{"SB second", order::acq_rel}}});
MODEL_TEST(Overrides, RemoveAFence, (store_buffering<order::seq_cst, order::seq_cst>),
           executions(4), {.overrides = {{"SB", order::none}}});
MODEL_TEST_FAILS(Overrides, WeakenAnAccess, (message_passing<order::release, order::acquire>),
                 failure::data_race, {.overrides = {{"look", order::relaxed}}});

TEST(Overrides, UnknownSiteIsReported) {
  model::options o;
  o.overrides = {{"no such site", order::relaxed}};
  const model::verdict v = model::check<message_passing<order::release, order::acquire>>(o);
  EXPECT_EQ(v.unused_overrides, std::vector<std::string>{"no such site"});
}

TEST(Report, IsTheSameEveryTime) {
  const model::verdict first = model::check<lost_update>();
  EXPECT_EQ(first.report, model::check<lost_update>().report);
  EXPECT_EQ(first.report.rfind("FAIL  assertion: both increments count", 0), 0u) << first.report;
  EXPECT_NE(first.report.find("T1"), std::string::npos);
}

}  // namespace
}  // namespace wyn
