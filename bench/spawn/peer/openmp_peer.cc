// OpenMP tasks: gcc's libgomp (or the runtime of whichever compiler builds this).
#include <omp.h>

#include "bench/spawn/peer/peer.h"

namespace {

class openmp_peer : public wyn::bench::peer {
 public:
#if defined(__clang__)
  std::string name() const override { return "libomp"; }
  std::string version() const override { return __clang_version__; }
#else
  std::string name() const override { return "libgomp"; }
  std::string version() const override { return "gcc " __VERSION__; }
#endif

  // One parallel region around everything: the team exists before the first timed repetition, and
  // its other threads run tasks at the barrier that ends `single`.
  void inside(const wyn::bench::setup& how, const std::function<void()>& body) override {
    omp_set_dynamic(0);
#pragma omp parallel num_threads(how.workers)
#pragma omp single
    body();
  }

  void run(const wyn::bench::job& work) override {
    const wyn::bench::task_function function = work.function;
    for (std::size_t i = 0; i < work.count; ++i) {
      std::uint8_t* byte = work.bytes + i;
#pragma omp task firstprivate(function, byte)
      function(byte);
    }
    if (work.spawned) work.spawned();
#pragma omp taskwait
  }
};

}  // namespace

int main(int argc, char** argv) {
  openmp_peer system;
  return wyn::bench::peer_main(argc, argv, system);
}
