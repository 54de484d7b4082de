// Programs for the tests of the tools.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/base/site.h"
#include "models/check/std/as_std.h"
#include "models/check/std/with_new.h"
#include "models/env/env_checker.h"

namespace wyn::small_programs {

template <class T>
using atomic = env_checker::atomic<T>;
template <class T>
using plain = env_checker::plain<T>;

/// Data, then a flag.
template <order Store, order Load>
struct message_passing {
  static constexpr int threads = 2;
  static constexpr site<"M1 data.store", order::relaxed> store_data{};
  static constexpr site<"M2 flag.store", Store> store_flag{};
  static constexpr site<"M3 flag.load", Load> load_flag{};

  void thread(int id) {
    if (id == 0) {
      data.write(42);
      count.store(1, store_data);
      flag.store(1, store_flag);
    } else if (flag.load(load_flag) == 1) {
      env_checker::check(data.read() == 42, "the data has come along");
    }
  }
  plain<int> data;
  atomic<int> count{0};
  atomic<int> flag{0};
};

/// Two fences, and a path of relaxed accesses from the one to the other: po and rf lead from the
/// first fence to the second one, psc from the second to the first where the last load finds
/// nothing.
template <order First, order Second, order Middle>
struct isa2 {
  static constexpr int threads = 3;
  static constexpr site<"I1 x.store", order::relaxed> store_x{};
  static constexpr site<"I2 first.fence", First> fence_first{};
  static constexpr site<"I3 y.store", order::relaxed> store_y{};
  static constexpr site<"I4 y.load", order::relaxed> load_y{};
  static constexpr site<"I5 z.store", Middle> store_z{};
  static constexpr site<"I6 z.load", order::relaxed> load_z{};
  static constexpr site<"I7 second.fence", Second> fence_second{};
  static constexpr site<"I8 x.load", order::relaxed> load_x{};

  void thread(int id) {
    if (id == 0) {
      x.store(1, store_x);
      env_checker::fence(fence_first);
      y.store(1, store_y);
    } else if (id == 1) {
      seen[0] = y.load(load_y);
      z.store(1, store_z);
    } else {
      seen[1] = z.load(load_z);
      env_checker::fence(fence_second);
      seen[2] = x.load(load_x);
    }
  }
  void after() {
    env_checker::outcome("y", seen[0]);
    env_checker::outcome("z", seen[1]);
    env_checker::outcome("x", seen[2]);
  }
  atomic<int> x{0};
  atomic<int> y{0};
  atomic<int> z{0};
  int seen[3] = {};
};

/// Two threads announce themselves and look at each other; a fence of order `Fence` in between.
template <order Fence>
struct dekker {
  static constexpr int threads = 2;
  static constexpr site<"K1 first.store", order::relaxed> store_first{};
  static constexpr site<"K2 first.fence", Fence> fence_first{};
  static constexpr site<"K3 first.load", order::relaxed> load_first{};
  static constexpr site<"K4 second.store", order::relaxed> store_second{};
  static constexpr site<"K5 second.fence", Fence> fence_second{};
  static constexpr site<"K6 second.load", order::relaxed> load_second{};

  void thread(int id) {
    if (id == 0) {
      x.store(1, store_first);
      env_checker::fence(fence_first);
      seen[0] = y.load(load_first);
    } else {
      y.store(1, store_second);
      env_checker::fence(fence_second);
      seen[1] = x.load(load_second);
    }
  }
  void after() { env_checker::check(seen[0] + seen[1] > 0, "one sees the other"); }

  atomic<int> x{0};
  atomic<int> y{0};
  int seen[2] = {};
};

/// Treiber's stack of two cells with a payload; each cell is pushed once.
struct treiber {
  static constexpr int threads = 2;
  static constexpr site<"T1 push.load_head", order::relaxed> push_load_head{};
  static constexpr site<"T2 push.store_next", order::relaxed> push_store_next{};
  static constexpr site<"T3 push.cas_head", order::release, order::relaxed> push_cas_head{};
  static constexpr site<"T4 pop.load_head", order::acquire> pop_load_head{};
  static constexpr site<"T5 pop.load_next", order::relaxed> pop_load_next{};
  static constexpr site<"T6 pop.cas_head", order::acq_rel, order::acquire> pop_cas_head{};

  void push(int cell) {
    payload[cell].write(cell);
    int head = top.load(push_load_head);
    do {
      next[cell].store(head, push_store_next);
    } while (!top.compare_exchange(head, cell, push_cas_head));
  }
  void pop() {
    int cell = top.load(pop_load_head);
    while (cell != 0) {
      if (top.compare_exchange(cell, next[cell].load(pop_load_next), pop_cas_head)) {
        env_checker::check(payload[cell].read() == cell, "the payload has come along");
        payload[cell].write(0);
        return;
      }
    }
  }
  void thread(int id) {
    if (id == 0) {
      push(1);
      push(2);
    } else {
      pop();
      pop();
    }
  }
  void after() {
    pop();
    pop();
    env_checker::check(top.load(pop_load_head) == 0, "the stack is empty");
  }

  atomic<int> top{0};
  atomic<int> next[3];
  plain<int> payload[3];
};

/// Two loads and two later stores, crosswise.
template <order Load, order Store>
struct load_buffering {
  static constexpr int threads = 2;
  static constexpr site<"L1 first.load", Load> load_first{};
  static constexpr site<"L2 first.store", Store> store_first{};
  static constexpr site<"L3 second.load", Load> load_second{};
  static constexpr site<"L4 second.store", Store> store_second{};

  void thread(int id) {
    if (id == 0) {
      x.load(load_first);
      y.store(1, store_first);
    } else {
      y.load(load_second);
      x.store(1, store_second);
    }
  }
  atomic<int> x{0};
  atomic<int> y{0};
};

namespace checked {
namespace std = wyn::as_std;
#include "examples/checker/textbook/michael_scott_queue.h"
}  // namespace checked

/// A message through a queue that knows nothing of the explorer.
struct one_message {
  static constexpr int threads = 2;

  checked::michael_scott_queue queue;
  check::var<int> message;

  void thread(int id) {
    if (id == 0) {
      message = 42;
      queue.enqueue(&message);
    } else if (void* taken = queue.dequeue()) {
      check::require(*static_cast<check::var<int>*>(taken) == 42, "the message is whole");
    }
  }
};

/// Each of two threads puts a message in; the second takes one out.
struct two_messages {
  static constexpr int threads = 2;

  checked::michael_scott_queue queue;
  check::var<int> messages[2];

  void take() {
    auto* message = static_cast<check::var<int>*>(queue.dequeue());
    check::require(message != nullptr, "what was put in comes out");
    *message = 0;
  }
  void thread(int id) {
    messages[id] = id + 1;
    queue.enqueue(&messages[id]);
    if (id == 1) take();
  }
  void after() { take(); }
};

}  // namespace wyn::small_programs
