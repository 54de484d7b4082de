// What a spawn pays for the possibility that somebody sleeps.
#include <benchmark/benchmark.h>

#include "core/park/event_count.h"
#include "core/park/work_signal.h"

namespace wyn::bench {
namespace {

template <class Orders>
void notify_nobody(benchmark::State& state) {
  event_count<env_default, Orders> events;
  for (auto _ : state) {
    events.notify_one();
    benchmark::ClobberMemory();
  }
}
BENCHMARK(notify_nobody<event_count_asymmetric_orders>);
BENCHMARK(notify_nobody<event_count_symmetric_orders>);

template <class Orders>
void work_added_while_nobody_sleeps(benchmark::State& state) {
  work_signal<env_default, Orders> signal;
  for (auto _ : state) {
    signal.work_added();
    benchmark::ClobberMemory();
  }
}
BENCHMARK(work_added_while_nobody_sleeps<work_signal_asymmetric_orders>);
BENCHMARK(work_added_while_nobody_sleeps<work_signal_symmetric_orders>);

// The other half of the bargain: with the asymmetric table the waiter pays for the fence.
template <class Orders>
void announce_and_withdraw(benchmark::State& state) {
  event_count<env_default, Orders> events;
  for (auto _ : state) {
    benchmark::DoNotOptimize(events.prepare_wait());
    events.cancel_wait();
  }
}
BENCHMARK(announce_and_withdraw<event_count_asymmetric_orders>);
BENCHMARK(announce_and_withdraw<event_count_symmetric_orders>);

}  // namespace
}  // namespace wyn::bench

BENCHMARK_MAIN();
