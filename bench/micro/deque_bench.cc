// The work-stealing deque: time an item, for each ordering table.
#include <benchmark/benchmark.h>

#include <memory>

#include "bench/micro/queued_call.h"
#include "core/deque/work_stealing_deque.h"

namespace wyn::bench {
namespace {

template <class Orders>
using deque = work_stealing_deque<queued_call, env_default, Orders>;

// The owner pushes `range` items, then pops and runs them. One item: the compare-exchange path.
template <class Orders>
void push_pop_call(benchmark::State& state) {
  deque<Orders> d;
  std::int64_t ran = 0;
  const queued_call task = counting(ran);
  const std::int64_t depth = state.range(0);
  for (auto _ : state) {
    for (std::int64_t i = 0; i < depth; ++i) d.push(task);
    for (queued_call next; d.pop(next);) next.run(next.argument);
  }
  if (ran != state.iterations() * depth) state.SkipWithError("an item was lost or run twice");
  state.SetItemsProcessed(ran);
}
BENCHMARK(push_pop_call<biased_orders>)->RangeMultiplier(8)->Range(1, 1 << 20);
BENCHMARK(push_pop_call<deque_fence_orders>)->RangeMultiplier(8)->Range(1, 1 << 20);
BENCHMARK(push_pop_call<deque_seq_cst_orders>)->RangeMultiplier(8)->Range(1, 1 << 20);

// The same, taken from the other end: what a steal costs when nobody contends for it.
template <class Orders>
void push_steal_call(benchmark::State& state) {
  deque<Orders> d;
  std::int64_t ran = 0;
  const queued_call task = counting(ran);
  const std::int64_t depth = state.range(0);
  for (auto _ : state) {
    for (std::int64_t i = 0; i < depth; ++i) d.push(task);
    for (queued_call next; d.steal(next) == steal_result::item;) next.run(next.argument);
  }
  if (ran != state.iterations() * depth) state.SkipWithError("an item was lost or run twice");
  state.SetItemsProcessed(ran);
}
BENCHMARK(push_steal_call<biased_orders>)->Arg(64)->Arg(4096);
BENCHMARK(push_steal_call<deque_fence_orders>)->Arg(64)->Arg(4096);
BENCHMARK(push_steal_call<deque_seq_cst_orders>)->Arg(64)->Arg(4096);

// A victim that goes on pushing and popping while another thread steals from it without pause.
template <class Orders>
void owner_and_thief(benchmark::State& state) {
  static std::unique_ptr<deque<Orders>> shared;
  if (state.thread_index() == 0) shared = std::make_unique<deque<Orders>>();
  std::int64_t ran = 0, lost = 0;
  const queued_call task = counting(ran);
  for (auto _ : state) {
    if (state.thread_index() == 0) {
      for (int i = 0; i < 64; ++i) shared->push(task);
      for (queued_call next; shared->pop(next);) benchmark::DoNotOptimize(next);
    } else {
      queued_call next;
      const steal_result found = shared->steal(next);
      ran += found == steal_result::item ? 1 : 0;
      lost += found == steal_result::lost ? 1 : 0;
    }
  }
  if (state.thread_index() == 1) {
    state.counters["stolen"] =
        benchmark::Counter(static_cast<double>(ran), benchmark::Counter::kIsRate);
    state.counters["lost"] =
        benchmark::Counter(static_cast<double>(lost), benchmark::Counter::kIsRate);
  } else {
    state.SetItemsProcessed(state.iterations() * 64);
  }
}
BENCHMARK(owner_and_thief<biased_orders>)->Threads(2)->UseRealTime();
BENCHMARK(owner_and_thief<deque_fence_orders>)->Threads(2)->UseRealTime();
BENCHMARK(owner_and_thief<deque_seq_cst_orders>)->Threads(2)->UseRealTime();

void looking_at_an_empty_deque(benchmark::State& state) {
  deque<deque_default_orders> d;
  queued_call next;
  for (auto _ : state) benchmark::DoNotOptimize(d.steal(next));
}
BENCHMARK(looking_at_an_empty_deque);

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
