// The coroutines of this repository's runtime: wyn::task, when_all.
#include <atomic>
#include <chrono>
#include <coroutine>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/fork_join.h"
#include "bench/compare/workload/memory.h"
#include "core/capi/wyn.h"
#include "core/coro/await.h"
#include "core/coro/sync_wait.h"
#include "core/coro/task.h"
#include "core/coro/when_all.h"

namespace {

using namespace wyn::bench::compare;
using number_task = wyn::task<std::uint64_t>;

number_task fib(std::size_t n) {
  if (n < 2) co_return n;
  const auto [a, b] = co_await wyn::when_all(fib(n - 1), fib(n - 2));
  co_return a + b;
}

// The sum of the results of make(0), ..., make(n - 1).
template <class Make>
number_task sum(std::size_t n, Make make) {
  std::vector<number_task> children;
  children.reserve(n);
  for (std::size_t i = 0; i < n; ++i) children.push_back(make(i));
  std::uint64_t total = 0;
  for (const std::uint64_t x : co_await wyn::when_all(std::move(children))) total += x;
  co_return total;
}

number_task queens(board b, std::size_t row, std::size_t n) {
  if (row == n) co_return 1;
  const auto child = [&](std::size_t place) {
    board next = b;
    next.column[row] = static_cast<std::int8_t>(place);
    return queens(next, row + 1, n);
  };
  std::vector<number_task> children;
  for (std::size_t c = 0; c < n; ++c) {
    if (b.fits(row, c)) children.push_back(child(c));
  }
  std::uint64_t total = 0;
  for (const std::uint64_t x : co_await wyn::when_all(std::move(children))) total += x;
  co_return total;
}

number_task skynet(std::uint64_t first, std::uint64_t leaves) {
  if (leaves == 1) co_return first;
  const std::uint64_t part = leaves / 10;
  co_return co_await sum(10, [=](std::size_t i) { return skynet(first + i * part, part); });
}

number_task uts(std::uint64_t node, std::size_t depth, std::size_t limit) {
  const std::size_t n = uts_children(node, depth, limit);
  if (n == 0) co_return 1;
  const auto child = [=](std::size_t i) { return uts(mix(node + i + 1), depth + 1, limit); };
  co_return 1 + co_await sum(n, child);
}

// Coroutines wait here until it is opened.
class gate {
 public:
  // Two words, which lie in the frame of the coroutine that waits.
  struct awaiter {
    union {
      gate* at;       // before it waits
      awaiter* next;  // of those that wait
    };
    std::coroutine_handle<> waiting;

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) {
      waiting = h;
      gate& g = *at;
      const std::lock_guard lock(g.mutex_);
      next = g.first_;
      g.first_ = this;
      ++g.waiting_;
    }
    void await_resume() const noexcept {}
  };
  auto operator co_await() noexcept { return awaiter{{this}, {}}; }
  std::size_t waiting() {
    const std::lock_guard lock(mutex_);
    return waiting_;
  }
  void open(wyn::runtime& rt) {
    for (awaiter* a = first_; a != nullptr;) {
      awaiter* const next = a->next;
      rt.spawn([h = a->waiting] { h.resume(); });
      a = next;
    }
  }

 private:
  std::mutex mutex_;
  awaiter* first_ = nullptr;
  std::size_t waiting_ = 0;
};

wyn::task<void> wait_once(gate& at, std::atomic<std::uint64_t>& ended) {
  co_await at;
  ended.fetch_add(1, std::memory_order_relaxed);
}

// They begin while others are spawned, as with a worker in the background: what is measured has
// begun and waits, and the queue of what has not begun is short.
wyn::task<void> spawn_waiting(std::size_t n, gate& at, std::atomic<std::uint64_t>& ended) {
  for (std::size_t i = 0; i < n; ++i) {
    wyn::spawn(wait_once(at, ended));
    if (i % 64 == 0) co_await wyn::yield();
  }
}

class wyn_coroutine_peer : public peer {
 public:
  std::string name() const override { return "wyn coroutines"; }
  std::string version() const override {
    return std::to_string(WYN_VERSION_MAJOR) + "." + std::to_string(WYN_VERSION_MINOR) + "." +
           std::to_string(WYN_VERSION_PATCH);
  }
  std::vector<offer> offers() override {
    return {{"fib", [this](const request& r) { return waited([r] { return fib(r.size); }); }},
            {"queens",
             [this](const request& r) { return waited([r] { return queens({}, 0, r.size); }); }},
            {"skynet",
             [this](const request& r) {
               return waited([n = power_of_ten(r.size)] { return skynet(0, n); });
             }},
            {"uts",
             [this](const request& r) { return waited([r] { return uts(uts_root, 0, r.size); }); }},
            {"parked", [this](const request& r) { return parking(r.size, *this); }}};
  }

  void inside(const request& r, const std::function<void()>& body) override {
    wyn::options o;
    o.workers = static_cast<unsigned>(r.workers - 1);
    runtime_.emplace(o);
    body();
    runtime_.reset();
  }

  std::uint64_t park(std::size_t n, const std::function<void()>& parked) {
    gate g;
    std::atomic<std::uint64_t> ended{0};
    wyn::spawn(*runtime_, spawn_waiting(n, g, ended));
    // With no worker in the background they begin when somebody waits: a thread of its own, since
    // the wait ends with the last of them.
    std::thread waiter([&] { runtime_->wait_idle(); });
    while (g.waiting() < n) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    parked();
    g.open(*runtime_);
    waiter.join();
    runtime_->wait_idle();
    return ended;
  }

 private:
  template <class Make>
  std::unique_ptr<workload> waited(Make make) {
    return number([this, make] { return wyn::sync_wait(*runtime_, make()); });
  }

  std::optional<wyn::runtime> runtime_;
};

}  // namespace

int main(int argc, char** argv) {
  wyn_coroutine_peer system;
  return compare_main(argc, argv, system);
}
