// oneTBB: task_group, parallel_for and parallel_sort in an arena of k threads.
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

#include <array>
#include <numeric>

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"
#include "bench/compare/workload/outside.h"

namespace {

using namespace wyn::bench::compare;

class tbb_peer : public peer {
 public:
  static constexpr bool queues_every_task = true;

  std::string name() const override { return "oneTBB"; }
  std::string version() const override { return TBB_VERSION_STRING; }
  std::vector<offer> offers() override { return offers_of(*this); }

  void inside(const request& r, const std::function<void()>& body) override {
    const bool outside = is_outside(r);
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              static_cast<std::size_t>(r.workers) + (outside ? 1 : 0));
    tbb::task_arena arena(r.workers, outside ? 0 : 1);
    arena_ = &arena;
    if (outside) return body();
    arena.execute([&] { body(); });
  }

  template <class F, class G>
  auto both(F&& f, G&& g) {
    std::pair<std::uint64_t, std::uint64_t> result;
    fork([&] { result.first = f(); }, [&] { result.second = g(); });
    return result;
  }
  template <class F, class G>
  void fork(F&& f, G&& g) {
    tbb::task_group group;
    group.run(g);
    group.run_and_wait(f);
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    if (n == 0) return 0;
    std::array<std::uint64_t, uts_most_children> results;
    tbb::task_group group;
    for (std::size_t i = 0; i + 1 < n; ++i) group.run([&results, &f, i] { results[i] = f(i); });
    results[n - 1] = f(n - 1);
    group.wait();
    return std::accumulate(results.begin(), results.begin() + n, std::uint64_t{0});
  }
  template <class Body>
  void loop(std::size_t n, std::size_t grain, const Body& body) {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n, grain),
        [&](const tbb::blocked_range<std::size_t>& r) { body(r.begin(), r.end()); },
        tbb::simple_partitioner{});
  }
  void own_sort(std::uint64_t* first, std::uint64_t* last) { tbb::parallel_sort(first, last); }
  void spawn_each(const batch& b) {
    tbb::task_group group;
    for (std::size_t i = 0; i < b.count; ++i) {
      group.run([function = b.function, argument = b.argument(i)] { function(argument); });
    }
    b.all_spawned();
    group.wait();
  }
  void spawn_inside(const batch& b) {
    tbb::task_group group;
    group.run([&] {
      for (std::size_t i = 0; i < b.count; ++i) {
        group.run([function = b.function, argument = b.argument(i)] { function(argument); });
      }
    });
    group.wait();
  }
  void spawn_foreign(task_function f, void* argument) {
    arena_->enqueue([f, argument] { f(argument); });
  }

 private:
  tbb::task_arena* arena_ = nullptr;
};

}  // namespace

int main(int argc, char** argv) {
  tbb_peer system;
  return compare_main(argc, argv, system);
}
