// OpenMP: tasks, work-sharing loops, and the parallel mode of libstdc++'s sort.
#include <omp.h>

#include <array>
#include <numeric>
#if !defined(__clang__)
#include <parallel/algorithm>
#endif

#include "bench/compare/peer/peer.h"
#include "bench/compare/workload/offers.h"

namespace {

using namespace wyn::bench::compare;

class openmp_peer : public peer {
 public:
#if defined(__clang__)
  std::string name() const override { return "libomp"; }
  std::string version() const override { return __clang_version__; }
#else
  std::string name() const override { return "libgomp"; }
  std::string version() const override { return "gcc " __VERSION__; }
  void own_sort(std::uint64_t* first, std::uint64_t* last) { __gnu_parallel::sort(first, last); }
#endif
  std::vector<offer> offers() override { return offers_of(*this); }

  // Loops and sorts make their own parallel region. For tasks one region is around everything, and
  // its other threads run them at the barrier that ends `single`.
  void inside(const request& r, const std::function<void()>& body) override {
    omp_set_dynamic(0);
    omp_set_num_threads(r.workers);
    if (r.workload == "loop" || r.workload == "own_sort") return body();
#pragma omp parallel
#pragma omp single
    body();
  }

  template <class F, class G>
  auto both(F&& f, G&& g) {
    std::uint64_t a = 0;
#pragma omp task shared(a, f)
    a = f();
    const std::uint64_t b = g();
#pragma omp taskwait
    return std::pair<std::uint64_t, std::uint64_t>(a, b);
  }
  template <class F, class G>
  void fork(F&& f, G&& g) {
#pragma omp task shared(f)
    f();
    g();
#pragma omp taskwait
  }
  template <class F>
  std::uint64_t sum(std::size_t n, const F& f) {
    if (n == 0) return 0;
    std::array<std::uint64_t, uts_most_children> results;
    for (std::size_t i = 0; i + 1 < n; ++i) {
#pragma omp task shared(results, f) firstprivate(i)
      results[i] = f(i);
    }
    results[n - 1] = f(n - 1);
#pragma omp taskwait
    return std::accumulate(results.begin(), results.begin() + n, std::uint64_t{0});
  }
  template <class Body>
  void loop(std::size_t n, std::size_t grain, const Body& body) {
    const std::size_t pieces = (n + grain - 1) / grain;
#pragma omp parallel for schedule(dynamic, 1)
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      body(piece * grain, std::min(n, (piece + 1) * grain));
    }
  }
  void spawn_each(const batch& b) {
    const task_function function = b.function;
    for (std::size_t i = 0; i < b.count; ++i) {
      void* argument = b.argument(i);
#pragma omp task firstprivate(function, argument)
      function(argument);
    }
#pragma omp taskwait
  }
  void spawn_inside(const batch& b) {
#pragma omp taskgroup
#pragma omp task
    spawn_each(b);
  }
};

}  // namespace

int main(int argc, char** argv) {
  openmp_peer system;
  return compare_main(argc, argv, system);
}
