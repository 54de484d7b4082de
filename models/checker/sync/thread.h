// Threads that a program under test starts and joins itself.
//
// A model states how many threads it has at most (`threads`) and how many of them begin by
// themselves (`initial_threads`; all, unless it says so):
//
//     struct fork_and_join {
//       static constexpr int threads = 2, initial_threads = 1;
//       void thread(int) {  // thread 0
//         wyn::model::thread t([this] { work(); });
//         t.join();
//       }
//     };
//
// A thread that is never started counts as ended. before() may start threads: they run when it has
// returned, and after() may join them.
//
// Encoding. start: an addition to a count, whose old value is the new thread's number, and a
//          release store; the thread begins with a load that acquires it. So two threads that both
//          start others have an execution for each order of the starts, one that starts alone has
//          not. end: a release store, which join() acquires. Each thread so costs four events, and
//          join() one more. join() adds its event when there is an end to read: no execution is
//          blocked on its account.
// Misuse.  Destruction of a joinable thread, assignment to it, join() or detach() of one that is
//          not joinable are failures, as is a thread that joins itself. Threads that join in a
//          circle are a deadlock.
#pragma once

#include <functional>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

#include "models/checker/calls.h"

namespace wyn::model {

class thread {
 public:
  thread() noexcept = default;

  /// Starts a thread that runs f(args...) on copies of them, which it destroys at its end. A model
  /// error when all threads of the model have been started.
  template <class F, class... Args>
    requires(!std::is_same_v<std::remove_cvref_t<F>, thread>)
  explicit thread(F&& f, Args&&... args) {
    start("thread.start", std::forward<F>(f), std::forward<Args>(args)...);
  }

  /// The same with a name for the start in reports and overrides.
  template <class F, class... Args>
  static thread at(const char* site, F&& f, Args&&... args) {
    thread t;
    t.start(site, std::forward<F>(f), std::forward<Args>(args)...);
    return t;
  }

  thread(thread&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  /// A failure when *this is joinable.
  thread& operator=(thread&& other) noexcept {
    if (this == &other) return *this;
    if (joinable()) calls::fail(failure::misuse, "assignment to a joinable thread", this);
    number_ = std::exchange(other.number_, none);
    return *this;
  }
  thread(const thread&) = delete;
  thread& operator=(const thread&) = delete;

  /// A failure when it is joinable.
  ~thread() {
    if (joinable()) {
      calls::fail(failure::misuse, "a thread is destroyed that was neither joined nor detached",
                  this);
    }
  }

  bool joinable() const noexcept { return number_ != none; }

  /// Waits for its end. A failure unless it is joinable.
  void join(const char* site = "thread.join") {
    if (!joinable()) calls::fail(failure::misuse, "join() of a thread that is not joinable", this);
    calls::join_thread(number_, site);
    number_ = none;
  }

  /// Nobody will wait for it; an execution is complete when it has ended all the same. A failure
  /// unless it is joinable.
  void detach() {
    if (!joinable()) {
      calls::fail(failure::misuse, "detach() of a thread that is not joinable", this);
    }
    number_ = none;
  }

  /// The number of the thread in the model, or -1 when it is not joinable.
  int number() const noexcept { return number_; }

  void swap(thread& other) noexcept { std::swap(number_, other.number_); }

 private:
  static constexpr int none = -1;

  template <class F, class... Args>
  struct task {
    std::tuple<F, Args...> parts;

    static void run(void* self) {
      auto* t = static_cast<task*>(self);
      std::apply([](auto&&... x) { std::invoke(std::move(x)...); }, std::move(t->parts));
      t->~task();
    }
  };

  template <class F, class... Args>
  void start(const char* site, F&& f, Args&&... args) {
    using task_type = task<std::decay_t<F>, std::decay_t<Args>...>;
    void* memory = calls::allocate_for_engine(sizeof(task_type), alignof(task_type));
    ::new (memory) task_type{{std::forward<F>(f), std::forward<Args>(args)...}};
    number_ = calls::start_thread(&task_type::run, memory, site);
  }

  int number_ = none;
};

}  // namespace wyn::model
