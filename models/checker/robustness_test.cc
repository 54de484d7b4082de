// Programs that throw, recurse and own things, explored to the end: a fiber that is dropped in the
// middle of an execution leaves nothing behind. Runs under the sanitizers, too.
#include <gtest/gtest.h>

#include <array>
#include <memory>

#include "models/checker/gtest.h"
#include "models/env/env_checker.h"

namespace wyn {
namespace {

using env = env_checker;

constexpr site<"relaxed", order::relaxed> relaxed{};
constexpr site<"acquire", order::acquire> acquire{};
constexpr site<"release", order::release> release{};

// A box on the model's heap, freed by its owner's destructor. The owners live on stacks that are
// dropped whenever an execution ends early.
struct owned_box {
  explicit owned_box(int v) : value(::new (env::allocate(sizeof(int), alignof(int))) int(v)) {}
  owned_box(const owned_box&) = delete;
  owned_box& operator=(const owned_box&) = delete;
  ~owned_box() { env::deallocate(value, sizeof(int), alignof(int)); }

  int* value;
};

struct owners {
  static constexpr int threads = 3;
  env::atomic<int> x{0};

  void thread(int id) {
    const owned_box box(id);
    const std::unique_ptr<owned_box, void (*)(owned_box*)> other(
        ::new (env::allocate(sizeof(owned_box), alignof(owned_box))) owned_box(7),
        [](owned_box* b) {
          b->~owned_box();
          env::deallocate(b, sizeof(owned_box), alignof(owned_box));
        });
    x.fetch_add(*box.value, relaxed);
    env::check(x.load(relaxed) + *other->value >= 7, "the boxes are alive");
  }
};

// Two threads wait in the handlers of their exceptions at the same time.
struct throwing {
  static constexpr int threads = 2;
  env::atomic<int> x{0};
  int caught[2] = {};

  void risky(int id) {
    if (x.fetch_add(1, relaxed) >= 0) throw id + 1;
  }
  void thread(int id) {
    try {
      risky(id);
    } catch (int thrown) {
      x.fetch_add(1, relaxed);
      caught[id] = thrown;
      try {
        throw;
      } catch (int again) {
        x.fetch_add(1, relaxed);
        env::check(again == id + 1, "each thread rethrows its own exception");
      }
    }
  }
  void after() { env::check(caught[0] == 1 && caught[1] == 2, "each caught its own"); }
};

// Fills a frame before and after each access on its way down.
struct recursive {
  static constexpr int threads = 2;
  env::atomic<int> x{0};

  int descend(int depth) {
    std::array<volatile char, 64> frame;
    frame[0] = static_cast<char>(depth);
    const int below = depth == 0 ? x.fetch_add(1, relaxed) : descend(depth - 1);
    env::check(frame[0] == static_cast<char>(depth), "the frames are as they were left");
    return below;
  }
  void thread(int) {
    descend(300);
    descend(200);
  }
};

// The readers come first, so that both publications revisit what has been read.
struct published_struct {
  static constexpr int threads = 3;
  struct data {
    int a, b, c;
  };
  env::atomic<data*> slot{nullptr};
  env::atomic<int> turn{0};

  void thread(int id) {
    if (id == 2) {
      for (int i = 1; i <= 2; ++i) {
        void* const room = env::allocate(sizeof(data), alignof(data));
        slot.store(::new (room) data{i, 10 * i, 100 * i}, release);
      }
      return;
    }
    for (int i = 0; i < 2; ++i) {
      const data* const d = slot.load(acquire);
      turn.fetch_add(1, relaxed);
      if (d == nullptr) continue;
      env::check(d->b == 10 * d->a && d->c == 100 * d->a, "the struct is read as it was published");
    }
  }
};

template <class Program>
model::verdict explored() {
  model::options o;
  o.count_duplicates = true;
  o.stack_bytes = 512 * 1024;  // the sanitizers make frames larger
  const model::verdict v = model::check<Program>(o);
  EXPECT_EQ(v.kind, model::verdict_kind::pass) << v.report;
  EXPECT_EQ(v.duplicates, 0u);
  EXPECT_EQ(v.runs, v.executions + v.blocked);
  return v;
}

TEST(Robustness, DestructorsOfDroppedStacksDoNotRun) {
  EXPECT_EQ(explored<owners>().executions, 36u);  // 3! orders, and 3 * 2 * 1 later writes to read
}
TEST(Robustness, ExceptionsStayWithTheirThreads) {
  EXPECT_EQ(explored<throwing>().executions, 20u);  // 6 writes, 3 of them of one thread
}
TEST(Robustness, DeepFramesSurviveEverySwitch) { EXPECT_EQ(explored<recursive>().executions, 6u); }
TEST(Robustness, PublishedStructIsReadRightInEveryReplay) {
  EXPECT_EQ(explored<published_struct>().executions, 216u);  // 6 * 6 ways to read, 6 to count
}

}  // namespace
}  // namespace wyn
