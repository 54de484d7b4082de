// Closures lie in slots of two sizes: which goes where, that each slot goes home, and that a heap's
// slots stay in the order of their addresses.
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/binding.h"
#include "core/runtime/participant.h"
#include "core/runtime/task_group.h"
#include "tests/runtime/support.h"

namespace wyn::tests {
namespace {

// The heaps of the calling thread, which has spawned here last.
task_heaps& own_heaps() { return detail::current_binding.self->heaps(); }

// A closure of `Words` words.
template <std::size_t Words>
void spawn_of(runtime& rt, std::atomic<std::size_t>& runs) {
  std::array<std::uintptr_t, Words - 1> fill{};
  rt.spawn([&runs, fill] { runs.fetch_add(1 + fill[0]); });
}

struct live {
  std::uint64_t small;
  std::uint64_t large;
  bool operator==(const live&) const = default;
};
live live_slots() { return {own_heaps().small.live_slots(), own_heaps().large.live_slots()}; }

TEST(SlotsOfTwoSizes, HoldWhatTheyHaveRoomFor) {
  std::atomic<std::size_t> runs{0};
  runtime rt(with_workers(0));
  spawn_of<2>(rt, runs);
  EXPECT_EQ(live_slots(), (live{1, 0}));
  spawn_of<small_task_heap::slot_bytes / sizeof(std::uintptr_t)>(rt, runs);
  EXPECT_EQ(live_slots(), (live{2, 0}));
  spawn_of<small_task_heap::slot_bytes / sizeof(std::uintptr_t) + 1>(rt, runs);
  EXPECT_EQ(live_slots(), (live{2, 1}));
  spawn_of<task_heap<>::slot_bytes / sizeof(std::uintptr_t)>(rt, runs);
  EXPECT_EQ(live_slots(), (live{2, 2}));
  spawn_of<task_heap<>::slot_bytes / sizeof(std::uintptr_t) + 1>(rt, runs);  // holds a pointer
  EXPECT_EQ(live_slots(), (live{3, 2}));
  rt.wait_idle();
  EXPECT_EQ(runs, 5u);
  EXPECT_EQ(live_slots(), (live{0, 0}));
}

TEST(SlotsOfTwoSizes, AreAllLargeOnesUnderALimit) {
  std::atomic<std::size_t> runs{0};
  options o = with_workers(0);
  o.max_slots = 100;
  runtime rt(o);
  spawn_of<2>(rt, runs);
  spawn_of<100>(rt, runs);
  EXPECT_EQ(live_slots(), (live{0, 2}));
  EXPECT_EQ(own_heaps().small.memory_bytes(), 0u);
  rt.wait_idle();
  EXPECT_EQ(live_slots(), (live{0, 0}));
}

TEST(SlotsOfTwoSizes, AreBothReservedAndBothTrimmed) {
  options o = with_workers(0);
  o.reserved_slots = 3000;
  runtime rt(o);
  rt.spawn([] {});
  EXPECT_GE(own_heaps().small.capacity(), 3000u);
  EXPECT_GE(own_heaps().large.capacity(), 3000u);
  rt.wait_idle();
  rt.trim();
  EXPECT_EQ(own_heaps().small.memory_bytes(), 0u);
  EXPECT_EQ(own_heaps().large.memory_bytes(), 0u);
}

// Whoever adopts the heaps of a thread that has ended gets what others returned to them meanwhile.
TEST(SlotsOfTwoSizes, ComeBackToTheHeapsOfAThreadThatHasEnded) {
  constexpr std::size_t tasks = 3000;
  std::atomic<std::size_t> runs{0};
  runtime rt(with_workers(1));
  rt.spawn([] {});  // this thread has a participant, and the others will share one
  const participant* first = nullptr;
  for (std::size_t round = 1; round <= 5; ++round) {
    std::thread([&] {
      for (std::size_t i = 0; i < tasks; ++i) {
        spawn_of<3>(rt, runs);
        spawn_of<6>(rt, runs);
      }
      if (first == nullptr) first = detail::current_binding.self;
      EXPECT_EQ(detail::current_binding.self, first);
      EXPECT_LT(own_heaps().small.capacity(), tasks + small_task_heap::slots_per_slab());
      EXPECT_LT(own_heaps().large.capacity(), tasks + task_heap<>::slots_per_slab());
    }).join();
    rt.wait_idle();
    EXPECT_EQ(runs, round * 2 * tasks);
  }
}

TEST(SlotsOfTwoSizes, ComeBackFromThieves) {
  counted::reset();
  const std::size_t tasks = scaled(20'000);
  std::atomic<std::size_t> runs{0};
  runtime rt(with_workers(2));
  for (int round = 0; round < 5; ++round) {
    rt.spawn([&] {
      for (std::size_t i = 0; i < tasks; ++i) {
        rt.spawn([&runs, c = counted()] { runs.fetch_add(1); });
        spawn_of<3>(rt, runs);
        spawn_of<8>(rt, runs);
      }
    });
    rt.wait_idle();
  }
  EXPECT_EQ(runs, 5 * 3 * tasks);
  EXPECT_EQ(counted::alive, 0);
}

// Of the slots that the heap hands out one after the other, how many lie beside the one before.
template <class Heap>
std::size_t neighbours(Heap& heap, std::size_t slots) {
  std::vector<std::uintptr_t> taken;
  for (std::size_t i = 0; i < slots; ++i) {
    taken.push_back(reinterpret_cast<std::uintptr_t>(heap.allocate()));
  }
  std::size_t count = 0;
  for (std::size_t i = 1; i < slots; ++i) {
    const std::uintptr_t a = taken[i - 1];
    const std::uintptr_t b = taken[i];
    count += (a < b ? b - a : a - b) == Heap::slot_bytes;
  }
  for (std::size_t i = slots; i-- > 0;) Heap::deallocate(reinterpret_cast<void*>(taken[i]), &heap);
  return count;
}

// Every 64th task is the oldest one. If its slot were put on top of the heap's list, each slot
// would in time lie anywhere, and each spawn would wait for the cache.
template <std::size_t Words>
void run_many_rounds(runtime& rt, std::size_t tasks) {
  std::atomic<std::size_t> runs{0};
  for (int round = 0; round < 300; ++round) {
    for (std::size_t i = 0; i < tasks; ++i) spawn_of<Words>(rt, runs);
    rt.wait_idle();
  }
  EXPECT_EQ(runs, 300 * tasks);
}

TEST(SlotsOfTwoSizes, StayInTheOrderOfTheirAddresses) {
  constexpr std::size_t tasks = 2000;
  runtime rt(with_workers(0));
  run_many_rounds<3>(rt, tasks);
  EXPECT_GE(neighbours(own_heaps().small, tasks), tasks * 9 / 10);
  run_many_rounds<6>(rt, tasks);
  EXPECT_GE(neighbours(own_heaps().large, tasks), tasks * 9 / 10);
}

// A task that is run because it is the oldest may wait for others, which end in the same loop.
TEST(SlotsOfTwoSizes, GoHomeFromTasksWithinAnOldTask) {
  runtime rt(with_workers(0));
  std::atomic<std::size_t> runs{0};
  std::atomic<std::size_t> outer{0};
  constexpr std::size_t tasks = 100;
  for (std::size_t i = 0; i < tasks; ++i) {
    rt.spawn([&rt, &runs, &outer] {
      task_group g(rt);
      for (int k = 0; k < 100; ++k) g.run([&runs, one = std::size_t{1}] { runs += one; });
      g.wait();
      outer.fetch_add(1);
    });
  }
  rt.wait_idle();
  EXPECT_EQ(outer, tasks);
  EXPECT_EQ(runs, 100 * tasks);
  EXPECT_EQ(live_slots(), (live{0, 0}));
}

}  // namespace
}  // namespace wyn::tests
