// What models become as C programs, and what has no such form.
#include <gtest/gtest.h>

#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>

#include "models/export/c_program.h"
#include "models/export/env_export.h"
#include "models/export/paths.h"
#include "models/export/recording.h"

namespace wyn::model_export {
namespace {

using env = env_export;

constexpr site<"T1 load", order::acquire> load_row{};
constexpr site<"T2 store", order::release> store_row{};
constexpr site<"T3 relaxed", order::relaxed> relaxed_row{};
constexpr site<"T4 cas", order::acq_rel> cas_row{};
constexpr site<"T5 fence", order::seq_cst> fence_row{};
constexpr site<"T6 light fence", order::light> light_row{};

std::string text_of(const recording& r) { return c_program(r, {"m", "t"}); }

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct message {
  static constexpr int threads = 2;
  env::plain<int> data{5};
  env::atomic<int> flag{0};
  void before() {
    env::name(flag, "flag");
    env::name(data, "data");
  }
  void thread(int id) {
    if (id == 0) {
      data.write(7);
      flag.store(1, store_row);
    } else if (flag.load(load_row) == 1) {
      env::check(data.read() == 7, "the data is there");
    }
  }
};

TEST(Export, MessagePassing) {
  const recording r = record<message>();
  ASSERT_EQ(r.problem, "");
  EXPECT_EQ(r.executions, 2u);
  const std::string text = text_of(r);
  EXPECT_TRUE(has(text, "Complete executions: 2 ")) << text;
  EXPECT_TRUE(has(text, "atomic_llong flag = 0;\n")) << text;
  EXPECT_TRUE(has(text, "long long data = 5;\n")) << text;
  EXPECT_TRUE(has(text, "static void *thread_0(void *unused) {\n"
                        "  (void)unused;\n"
                        "  data = 7;\n"
                        "  atomic_store_explicit(&flag, 1, memory_order_release);  /* T2 store */\n"
                        "  return NULL;\n"))
      << text;
  EXPECT_TRUE(has(text, "  if (r0 == 0) {\n"
                        "  } else if (r0 == 1) {\n"
                        "    const long long r1 = data;\n"
                        "    ok &= (r1 == 7);\n"
                        "    /* checked: the data is there */\n"
                        "  } else {\n"
                        "    assert(0);\n"))
      << text;
}

TEST(Export, OrdersCanBeReplaced) {
  const recording weak = record<message>({{"T2", order::relaxed}});
  EXPECT_TRUE(has(weak.problem, "race")) << weak.problem;
  const std::string strong = text_of(record<message>({{"T1", order::seq_cst}}));
  EXPECT_TRUE(has(strong, "atomic_load_explicit(&flag, memory_order_seq_cst)")) << strong;
}

// Load buffering: what is stored does not depend on what was read, so there is no branch between.
struct buffered {
  static constexpr int threads = 2;
  env::atomic<int> x{0}, y{0};
  int found[2] = {};
  void thread(int id) {
    auto& mine = id == 0 ? x : y;
    auto& other = id == 0 ? y : x;
    found[id] = mine.load(relaxed_row);
    other.store(1, relaxed_row);
  }
  void after() { env::check(found[0] + found[1] < 2, "no load buffering"); }
};

TEST(Export, BranchesNoSoonerThanItMatters) {
  const std::string text = text_of(record<buffered>());
  const std::size_t thread = text.find("thread_0(");
  const std::size_t store = text.find("atomic_store", thread);
  const std::size_t branch = text.find("if (", thread);
  ASSERT_NE(store, std::string::npos) << text;
  ASSERT_NE(branch, std::string::npos) << text;
  EXPECT_LT(store, branch) << text;
}

TEST(Export, TheMainThreadKnowsWhatThreadsKeptForThemselves) {
  const std::string text = text_of(record<buffered>());
  // A result is the number of a class, in the order in which the explorer meets them.
  EXPECT_TRUE(has(text, "if (r0 == 0) {\n    result_0 = 0;\n")) << text;
  EXPECT_TRUE(has(text, "if (r0 == 0) {\n    result_1 = 1;\n")) << text;
  // Each pair but the one that load buffering would give.
  EXPECT_TRUE(has(text, "ok &= ((r0 == 0) & (r1 == 0)) | ((r0 == 0) & (r1 == 1)) | "
                        "((r0 == 1) & (r1 == 1));\n"))
      << text;
}

// One takes it, or the other: a byte of each is a function of either's path.
struct race_for_one {
  static constexpr int threads = 2;
  env::atomic<int> top{0};
  int taken[2] = {};
  void thread(int id) {
    int expected = 0;
    taken[id] = top.compare_exchange(expected, 1, cas_row) ? 1 : 0;
  }
  void after() { env::check(taken[0] + taken[1] == 1, "one has it"); }
};

TEST(Export, BothSidesOfARaceCount) {
  const std::string text = text_of(record<race_for_one>());
  EXPECT_TRUE(has(text, "ok &= ((r0 == 0) & (r1 == 0)) | ((r0 == 1) & (r1 == 1));")) << text;
  EXPECT_TRUE(has(text, "memory_order_acq_rel, memory_order_acquire);") ||
              has(text, "memory_order_acq_rel,\n      memory_order_acquire);"))
      << text;
}

struct node {
  env::plain<int> value{3};
};
struct published {
  static constexpr int threads = 2;
  env::atomic<node*> head{nullptr};
  void thread(int id) {
    if (id == 0) {
      head.store(::new (env::allocate(sizeof(node), alignof(node))) node(), store_row);
    } else if (node* n = head.load(load_row); n != nullptr) {
      env::check(n->value.read() == 3, "what the node holds");
    }
  }
};

TEST(Export, AddressesAreConstants) {
  const std::string text = text_of(record<published>());
  EXPECT_TRUE(has(text, "  to_t0_heap_0 = 1000000,\n")) << text;
  EXPECT_TRUE(has(text, "at_t0_heap_0 = 3;\n")) << text;
  EXPECT_TRUE(has(text, ", to_t0_heap_0, memory_order_release);")) << text;
}

// Refusals.

struct fails {
  static constexpr int threads = 1;
  void thread(int) { env::check(false, "never"); }
};
TEST(Export, AModelThatFailsIsNoProgram) {
  EXPECT_TRUE(has(record<fails>().problem, "never"));
  EXPECT_THROW(text_of(record<fails>()), std::runtime_error);
}

struct chooses {
  static constexpr int threads = 1;
  env::atomic<int> x{0};
  void thread(int) { x.store(env::choose(2), store_row); }
};
struct pauses {
  static constexpr int threads = 2;
  env::atomic<int> x{0};
  void thread(int id) {
    if (id == 0) {
      x.store(1, store_row);
      return;
    }
    while (x.load(load_row) == 0) env::pause();
  }
};
TEST(Export, WhatCCannotSayIsRefused) {
  EXPECT_EQ(record<chooses>().problem, "no C program has a choice (choose)");
  EXPECT_EQ(record<pauses>().problem, "no C program has a loop that waits (pause)");
}

struct light_fence {
  static constexpr int threads = 1;
  void thread(int) {
    env::fence(fence_row);
    env::fence(light_row);
  }
};
TEST(Export, AsymmetricFencesAreRefused) {
  try {
    text_of(record<light_fence>());
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "C has no light order: T6 light fence");
  }
  const std::string text = text_of(record<light_fence>({{"T6", order::none}}));
  EXPECT_TRUE(has(text, "atomic_thread_fence(memory_order_seq_cst);  /* T5 fence */")) << text;
  EXPECT_FALSE(has(text, "T6")) << text;
}

// after() depends on what one thread keeps for itself.
struct secret {
  static constexpr int threads = 2;
  env::atomic<int> x{0};
  int hidden = 0;
  void thread(int id) {
    if (id == 0) {
      x.store(1, store_row);
      hidden = x.load(load_row);
    } else {
      x.store(2, store_row);
    }
  }
  void after() {
    if (hidden == 1) env::check(true, "its own");
    x.store(hidden == 2 ? 4 : 3, store_row);
  }
};
TEST(Export, BytesOfOneThreadAreSeenByMain) {
  const std::string text = text_of(record<secret>());
  EXPECT_TRUE(has(text, "result_0")) << text;
  EXPECT_FALSE(has(text, "result_1")) << text;
}

// What two threads write together.
struct shared_secret {
  static constexpr int threads = 3;
  env::atomic<int> x{0};
  int sum = 0;
  void thread(int id) {
    if (id == 2) x.store(1, store_row);
    else sum += x.load(load_row);
  }
};
TEST(Export, BytesOfTwoThreadsAreRefused) {
  EXPECT_TRUE(has(record<shared_secret>().problem, "that is neither atomic nor plain<T>"))
      << record<shared_secret>().problem;
}

TEST(Export, AfterTheSameReadsTheSameFollows) {
  step load;
  load.kind = step_kind::load;
  step store;
  store.kind = step_kind::store;
  path_tree t;
  EXPECT_GE(t.insert({{load, 0}}, true), 0);
  EXPECT_GE(t.insert({{load, 1}, {store, 0}}, true), 0);
  EXPECT_LT(t.insert({{load, 0}, {store, 0}}, true), 0);  // went on where another path ended
  EXPECT_LT(t.insert({{load, 1}}, true), 0);              // ended where another went on
  EXPECT_LT(t.insert({{store, 0}}, true), 0);             // did something else
}

}  // namespace
}  // namespace wyn::model_export
