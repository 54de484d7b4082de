// The task pool beside the system's allocator: time a slot, taken and given back.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <vector>

#include "core/task_pool/task_heap.h"

namespace wyn::bench {
namespace {

using heap = task_heap<>;

struct pool {
  void* allocate() { return slots.allocate(); }
  void free(void* p) { heap::deallocate(p, &slots); }
  slot_budget<> budget;
  heap slots{budget};
};

// As if another thread gave the slots back: a compare-exchange each.
struct remote_pool : pool {
  void free(void* p) { heap::deallocate(p, nullptr); }
};

struct system_allocator {
  void* allocate() { return std::malloc(heap::slot_bytes); }
  void free(void* p) { std::free(p); }
};

// `range` slots are taken and written to, then all are given back.
template <class Allocator>
void allocate_and_free(benchmark::State& state) {
  Allocator a;
  std::vector<void*> live(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    for (void*& slot : live) {
      slot = a.allocate();
      *static_cast<volatile char*>(slot) = 1;
    }
    for (void* slot : live) a.free(slot);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(allocate_and_free<pool>)->Arg(1)->Arg(64)->Arg(8192)->Arg(1 << 20);
BENCHMARK(allocate_and_free<remote_pool>)->Arg(1)->Arg(64)->Arg(8192)->Arg(1 << 20);
BENCHMARK(allocate_and_free<system_allocator>)->Arg(1)->Arg(64)->Arg(8192)->Arg(1 << 20);

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
