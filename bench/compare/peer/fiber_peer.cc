// Boost.Fiber: fibers on k threads that steal from each other.
#include <boost/fiber/all.hpp>

#include <array>
#include <numeric>
#include <string>
#include <vector>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/harness/fiber_threads.h"

namespace {

using namespace wyn::bench::compare;
namespace fibers = boost::fibers;

class fiber_peer : public peer {
 public:
  std::string name() const override { return "Boost.Fiber"; }
  std::string version() const override { return wyn::bench::boost_version(); }
  std::vector<offer> offers() override { return offers_of(*this); }

  void inside(const request& r, const std::function<void()>& body) override {
    wyn::bench::on_fiber_threads(r.workers, body);
  }

  template <class F, class G>
  auto both(F&& f, G&& g) {
    std::pair<std::uint64_t, std::uint64_t> result;
    fork([&] { result.first = f(); }, [&] { result.second = g(); });
    return result;
  }
  // dispatch: the fiber runs at once, so that no more stacks are in use than calls are nested.
  template <class F, class G>
  void fork(F&& f, G&& g) {
    fibers::fiber other(fibers::launch::dispatch, std::allocator_arg, stacks_, std::ref(f));
    g();
    other.join();
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    if (n == 0) return 0;
    std::array<std::uint64_t, uts_most_children> results;
    std::array<fibers::fiber, uts_most_children> children;
    for (std::size_t i = 0; i + 1 < n; ++i) {
      children[i] = fibers::fiber(fibers::launch::dispatch, std::allocator_arg, stacks_,
                                  [&results, &f, i] { results[i] = f(i); });
    }
    results[n - 1] = f(n - 1);
    for (std::size_t i = 0; i + 1 < n; ++i) children[i].join();
    return std::accumulate(results.begin(), results.begin() + n, std::uint64_t{0});
  }
  std::uint64_t park(std::size_t n, const std::function<void()>& parked) {
    fibers::mutex mutex;
    fibers::condition_variable opened;
    bool open = false;
    std::uint64_t ended = 0;
    std::vector<fibers::fiber> waiting;
    waiting.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      waiting.emplace_back(fibers::launch::dispatch, std::allocator_arg, small_stacks_, [&] {
        std::unique_lock lock(mutex);
        opened.wait(lock, [&] { return open; });
        ++ended;
      });
    }
    parked();
    {
      const std::unique_lock lock(mutex);
      open = true;
    }
    opened.notify_all();
    for (fibers::fiber& f : waiting) f.join();
    return ended;
  }

 private:
  fibers::fixedsize_stack stacks_{std::size_t{64} * 1024};
  fibers::fixedsize_stack small_stacks_{std::size_t{16} * 1024};
};

}  // namespace

int main(int argc, char** argv) {
  fiber_peer system;
  return compare_main(argc, argv, system);
}
