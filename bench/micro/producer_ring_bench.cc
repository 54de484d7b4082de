// The queue of a thread that is not a worker: time an item, by the size of the blocks that are
// taken.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "bench/micro/queued_call.h"
#include "core/injector/producer_ring.h"

namespace wyn::bench {
namespace {

using ring = producer_ring<queued_call>;

// 4096 items are pushed, then claimed in blocks of `range` and run.
void push_claim_call(benchmark::State& state) {
  constexpr int items = 4096;
  ring r;
  std::int64_t ran = 0;
  const queued_call task = counting(ran);
  std::vector<queued_call> block(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    for (int i = 0; i < items; ++i) r.push(task);
    for (std::size_t n; (n = r.claim(block.data(), block.size()).count) > 0;) {
      for (std::size_t i = 0; i < n; ++i) block[i].run(block[i].argument);
    }
  }
  if (ran != state.iterations() * items) state.SkipWithError("an item was lost or run twice");
  state.SetItemsProcessed(ran);
}
BENCHMARK(push_claim_call)->RangeMultiplier(4)->Range(1, 1024);

// A producer and a consumer on two threads; an item is a push that found room among 4096.
void producer_and_consumer(benchmark::State& state) {
  static std::unique_ptr<ring> shared;
  if (state.thread_index() == 0) shared = std::make_unique<ring>(4096, 4096);
  const queued_call task{nullptr, nullptr};
  std::vector<queued_call> block(static_cast<std::size_t>(state.range(0)));
  std::int64_t moved = 0;
  for (auto _ : state) {
    if (state.thread_index() == 0) {
      moved += shared->push(task) ? 1 : 0;
    } else {
      moved += static_cast<std::int64_t>(shared->claim(block.data(), block.size()).count);
    }
  }
  if (state.thread_index() == 0) state.SetItemsProcessed(moved);
}
BENCHMARK(producer_and_consumer)->Arg(64)->Arg(256)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
