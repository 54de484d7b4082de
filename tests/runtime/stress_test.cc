// Everything at once, from a seed: trees of tasks, joins and forks on few processors. Each task
// marks itself, so what is lost and what runs twice shows, and each result is known beforehand.
#include <random>
#include <string>
#include <vector>

#include "tests/runtime/support.h"
#include "tests/support/seed.h"

namespace wyn::tests {
namespace {

// A random tree of tasks. Every node is a task of some kind; its children are the nodes that follow
// it.
struct forest {
  enum class kind : unsigned char { raw, small, slot, large, submit, fork };
  struct node {
    kind how;
    std::uint32_t subtree;  // nodes of the subtree, this one included
  };

  runtime& rt;
  std::vector<node> nodes;
  marks m;

  forest(runtime& r, std::size_t size, std::uint64_t seed) : rt(r), nodes(size), m(size) {
    std::mt19937_64 random(seed);
    build(random, 0, size);
  }

  // Gives the nodes [first, first + size) a root and splits the rest among up to four children.
  void build(std::mt19937_64& random, std::size_t first, std::size_t size) {
    while (size > 0) {
      nodes[first] = {static_cast<kind>(random() % 6), static_cast<std::uint32_t>(size)};
      std::size_t rest = size - 1;
      std::size_t child = first + 1;
      const std::size_t parts = 1 + random() % 4;
      for (std::size_t k = 1; k < parts && rest > 1; ++k) {
        const std::size_t part = 1 + random() % ((rest + 1) / 2);
        build(random, child, part);
        child += part;
        rest -= part;
      }
      first = child;  // the last child, without recursion: trees may be deep
      size = rest;
    }
  }

  struct arg {
    forest* f;
    std::size_t index;
  };

  // Runs the node: starts its children each in its own way. Returns the sum that joins can know.
  void run(std::size_t i) {
    m.hit(i);
    std::size_t child = i + 1;
    const std::size_t end = i + nodes[i].subtree;
    std::vector<task_handle<std::size_t>> handles;
    std::vector<std::size_t> expected;
    while (child < end) {
      const std::size_t next = child + nodes[child].subtree;
      start(child, next < end ? next : 0, handles, expected);
      child = nodes[child].how == kind::fork && next < end ? next + nodes[next].subtree : next;
    }
    for (std::size_t k = 0; k < handles.size(); ++k) {
      if (k % 3 == 2) continue;  // dropped
      if (handles[k].get() != expected[k]) wrong_results.fetch_add(1);
    }
  }

  // `sibling`: the node that a fork runs beside `child`; 0: none is left.
  void start(std::size_t child, std::size_t sibling, std::vector<task_handle<std::size_t>>& handles,
             std::vector<std::size_t>& expected) {
    switch (nodes[child].how) {
      case kind::raw:
        rt.spawn_raw(
            [](void* p) {
              const std::unique_ptr<arg> a(static_cast<arg*>(p));
              a->f->run(a->index);
            },
            new arg{this, child});
        return;
      case kind::small:
        rt.spawn([a = new arg{this, child}] {
          const std::unique_ptr<arg> owned(a);
          owned->f->run(owned->index);
        });
        return;
      case kind::slot:
        rt.spawn([this, child, text = std::to_string(child)] {
          if (text != std::to_string(child)) wrong_results.fetch_add(1);
          run(child);
        });
        return;
      case kind::large:
        rt.spawn([this, child, copies = std::array<std::size_t, 40>{child}] {
          if (copies[0] != child || copies[39] != 0) wrong_results.fetch_add(1);
          run(child);
        });
        return;
      case kind::submit:
        expected.push_back(child * 3);
        handles.push_back(rt.submit([this, child] {
          run(child);
          return child * 3;
        }));
        return;
      case kind::fork: {
        const auto [a, b] = rt.fork_join(
            [&] {
              run(child);
              return child;
            },
            [&] {
              if (sibling != 0) run(sibling);
              return sibling;
            });
        if (a != child || b != sibling) wrong_results.fetch_add(1);
        return;
      }
    }
  }

  std::atomic<int> wrong_results{0};
};

class Stress : public ::testing::TestWithParam<unsigned> {};

TEST_P(Stress, EveryNodeOfRandomTreesRunsOnceWithManySpawners) {
  std::mt19937_64 random(seed_of_this_run());
  for (int round = 0; round < (slowdown > 1 ? 2 : 6); ++round) {
    options o = with_workers(GetParam());
    o.search_us = static_cast<unsigned>(random() % 3) * 20;
    o.reserved_slots = random() % 2 * 8192;
    if (random() % 3 == 0) o.max_slots = 200;
    o.max_queued = 1 << (random() % 12);
    o.on_full = random() % 2 == 0 ? full_policy::grow : full_policy::run_inline;
    runtime rt(o);
    std::vector<std::unique_ptr<forest>> forests;
    for (int t = 0; t < 3; ++t) {
      forests.push_back(std::make_unique<forest>(rt, scaled(60'000), random()));
    }
    std::vector<std::thread> spawners;
    for (auto& f : forests) {
      spawners.emplace_back([&rt, &f] {
        rt.spawn([&f] { f->run(0); });
        rt.wait_idle();
      });
    }
    for (auto& s : spawners) s.join();
    rt.wait_idle();
    for (auto& f : forests) {
      ASSERT_TRUE(f->m.each_hit()) << "round " << round;
      ASSERT_EQ(f->wrong_results, 0) << "round " << round;
    }
  }
}

TEST_P(Stress, ManyShortRoundsOfSpawnAndWait) {
  std::mt19937_64 random(seed_of_this_run());
  options o = with_workers(GetParam());
  for (const unsigned search_us : {0u, 20u}) {
    o.search_us = search_us;
    runtime rt(o);
    for (int round = 0; round < static_cast<int>(scaled(3000)); ++round) {
      const std::size_t n = random() % 8;
      std::atomic<std::size_t> runs{0};
      for (std::size_t i = 0; i < n; ++i) {
        rt.spawn([&] {
          runs.fetch_add(1);
          rt.spawn([&] { runs.fetch_add(1); });
        });
      }
      rt.wait_idle();
      ASSERT_EQ(runs, 2 * n) << "round " << round;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Workers, Stress, ::testing::Values(0u, 1u, 2u, 4u, 8u),
                         ::testing::PrintToStringParamName());

}  // namespace
}  // namespace wyn::tests
