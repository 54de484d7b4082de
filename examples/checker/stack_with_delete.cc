// Treiber's stack with nodes from new: when may a popped node be deleted?
//
// Not at once: another thread that is about to pop it still reads its next pointer. Here the nodes
// are kept until nobody pops any more; real ones use hazard pointers, epochs or reference counts.
#include "models/check/std/checked.h"
#include "models/check/std/with_new.h"
#include "models/checker/gtest.h"

namespace {

namespace std_ = wyn::check;
using std_::memory_order_acquire;
using std_::memory_order_relaxed;
using std_::memory_order_release;
using std_::with_new;

struct node {
  explicit node(int v) : value(v) {}
  std_::var<int> value;
  std_::atomic<node*> next{nullptr};
};

class stack {
 public:
  void push(node* n) {
    node* top = top_.load(memory_order_relaxed);
    do {
      n->next.store(top, memory_order_relaxed);
    } while (!top_.compare_exchange_weak(top, n, memory_order_release, memory_order_relaxed));
  }
  node* pop() {
    node* top = top_.load(memory_order_acquire);
    while (top != nullptr &&
           !top_.compare_exchange_weak(top, top->next.load(memory_order_relaxed),
                                       memory_order_acquire, memory_order_acquire)) {
    }
    return top;
  }

 private:
  std_::atomic<node*> top_{nullptr};
};

enum class popped { deleted_at_once, kept, forgotten };

template <popped Fate>
struct two_pop {
  static constexpr int threads = 2;

  stack nodes;
  node* kept[2] = {};

  void before() {
    nodes.push(new node(1));
    nodes.push(new node(2));
  }
  void thread(int id) {
    node* n = nodes.pop();
    std_::require(n != nullptr && n->value > 0, "one each");
    if (Fate == popped::deleted_at_once) delete n;
    if (Fate == popped::kept) kept[id] = n;
  }
  void after() {
    std_::require(nodes.pop() == nullptr, "both are gone");
    delete kept[0];
    delete kept[1];
  }
};

MODEL_TEST(StackWithDelete, KeptNodesAreSafe, (with_new<two_pop<popped::kept>>), executions(4),
           {.check_leaks = true});
MODEL_TEST_FAILS(StackWithDelete, ANodeIsReadAfterItsDeletion,
                 (with_new<two_pop<popped::deleted_at_once>>), failure::use_after_free);
MODEL_TEST_FAILS(StackWithDelete, AForgottenNodeLeaks, (with_new<two_pop<popped::forgotten>>),
                 failure::leak, {.check_leaks = true});

}  // namespace
