// Messages of races and of uses after the end name both sides, each with its site: of an atomic
// access its own, of anything else the site after which it comes.
#include <gtest/gtest.h>

#include <new>
#include <string>

#include "models/checker/checker.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;

constexpr site<"S1 flag.store", order::relaxed> store_flag{};
constexpr site<"S2 flag.load", order::relaxed> load_flag{};
constexpr site<"S3 box.load", order::relaxed> load_box{};
constexpr site<"S4 uses.add", order::relaxed> add_use{};

struct box {
  env::plain<int> value{0};
  env::atomic<int> uses{0};
};
box* make() { return ::new (env::allocate(sizeof(box), alignof(box))) box(); }
void unmake(box* b) {
  b->~box();
  env::deallocate(b, sizeof(box), alignof(box));
}

template <class Program>
std::string message_of(model::failure wanted) {
  const model::verdict v = model::check<Program>({.minimise = 0});
  EXPECT_EQ(v.failure, wanted) << v.report;
  return v.message;
}

struct plain_race {
  static constexpr int threads = 2;
  env::plain<int> data{0};
  env::atomic<int> flag{0};
  void thread(int id) {
    if (id == 0) {
      data.write(1);
      flag.store(1, store_flag);
    } else if (flag.load(load_flag) == 1) {
      data.read();
    }
  }
};
TEST(FailureSites, RaceOnPlainDataSaysWhatEachSideCameAfter) {
  EXPECT_EQ(message_of<plain_race>(model::failure::data_race),
            "data race: read by thread 1 (after S2 flag.load) and write by thread 0 (at its start) "
            "of the plain data at main.heap+0x0");
}

struct write_after_read {
  static constexpr int threads = 2;
  env::plain<int> data{0};
  env::atomic<int> flag{0};
  void thread(int id) {
    if (id == 1) return data.write(1);
    flag.load(load_flag);
    data.read();
  }
};
TEST(FailureSites, ReadThatAWriteRacesWithIsNamed) {
  EXPECT_EQ(message_of<write_after_read>(model::failure::data_race),
            "data race: write by thread 1 (at its start) and read by thread 0 (after S2 flag.load) "
            "of the plain data at main.heap+0x0");
}

struct published_too_early {
  static constexpr int threads = 2;
  env::atomic<box*> at{nullptr};
  void thread(int id) {
    if (id == 0) at.store(make(), store_flag);
    else if (box* b = at.load(load_box)) b->uses.fetch_add(1, add_use);
  }
};
TEST(FailureSites, AccessBeforeTheConstructionIsNamed) {
  EXPECT_EQ(message_of<published_too_early>(model::failure::data_race),
            "data race: atomic access by thread 1 (S4 uses.add) does not happen after the "
            "construction by thread 0 (at its start), of t0.heap+0x8");
}

// What is freed by the one is used by the other: before it or after it.
template <bool FreeFirst>
struct freed_under_a_reader {
  static constexpr int threads = 2;
  env::atomic<box*> at{nullptr};
  void before() { at.store(make(), store_flag); }
  void thread(int id) {
    if ((id == 0) == FreeFirst) unmake(at.load(load_box));
    else at.load(load_flag)->uses.fetch_add(1, add_use);
  }
};
TEST(FailureSites, UseAfterTheEndSaysWhoEndedIt) {
  EXPECT_EQ(message_of<freed_under_a_reader<true>>(model::failure::use_after_free),
            "use after free: atomic access by thread 1 (S4 uses.add) of an object whose memory was "
            "freed by thread 0 (after S3 box.load), at main.heap+0x18");
}
TEST(FailureSites, EndThatAUseDoesNotHappenBeforeSaysWhoUsesIt) {
  EXPECT_EQ(message_of<freed_under_a_reader<false>>(model::failure::use_after_free),
            "use after free: destruction by thread 1 (after S3 box.load) does not happen after the "
            "access by thread 0 (S4 uses.add), at main.heap+0x18");
}

struct memory_only {
  static constexpr int threads = 1;
  env::atomic<int> flag{0};
  void thread(int) {
    box* b = make();
    flag.store(1, store_flag);
    env::deallocate(b, sizeof(box), alignof(box));
    b->uses.fetch_add(1, add_use);
  }
};
TEST(FailureSites, FreedMemorySaysWhoFreedIt) {
  EXPECT_EQ(message_of<memory_only>(model::failure::use_after_free),
            "use after free: atomic access by thread 0 (S4 uses.add) of an object whose memory was "
            "freed by thread 0 (after S1 flag.store), at t0.heap+0x8");
}

struct uses_again {
  static constexpr int threads = 2;
  env::plain<int>* there;
  uses_again() : there(nullptr) {}
  void before() {
    void* p = env::allocate(sizeof(env::plain<int>), 8);
    there = ::new (p) env::plain<int>(0);
  }
  void thread(int id) {
    if (id == 0) there->write(1);
    else ::new (static_cast<void*>(there)) env::plain<int>(2);
  }
};
TEST(FailureSites, ConstructionOverAnObjectInUseSaysWhoUsesIt) {
  EXPECT_EQ(message_of<uses_again>(model::failure::data_race),
            "data race: construction by thread 1 (at its start) of an object races with the write "
            "by thread 0 (at its start) of the one that was there, at main.heap+0x10");
}

struct through_null {
  static constexpr int threads = 1;
  env::atomic<box*> at{nullptr};
  void thread(int) { at.load(load_box)->uses.fetch_add(1, add_use); }
};
TEST(FailureSites, AccessThroughANullPointerIsNamed) {
  EXPECT_EQ(message_of<through_null>(model::failure::uninitialised_read),
            "uninitialised read: atomic access by thread 0 (S4 uses.add) through a null pointer");
}

}  // namespace
}  // namespace wyn
