#include "models/checker/run/liveness.h"

#include <string>

namespace wyn::model {

namespace {

std::uint64_t final_value(const graph& g, const object_table& objects, std::uint32_t location) {
  const event_ref last = g.mo().at(location, g.mo().last(location));
  return last == initial_write ? objects.initial_value(location) : g.at(last).value_written;
}

bool spins_for_ever(const graph& g, const object_table& objects, int thread, int from) {
  for (int i = from; i < g.size(thread); ++i) {
    const event& e = g.at(thread, i);
    if (reads(e.kind) && e.value_read != final_value(g, objects, e.location)) return false;
  }
  return true;
}

bool sleeps_for_ever(const graph& g, int thread, const std::vector<wake_call>& wakes) {
  const event& await = g.at(thread, g.size(thread) - 1);
  const std::uint32_t place = g.place_of(await.reads_from);
  for (const wake_call& k : wakes) {
    if (k.location != await.location || k.thread == thread) continue;
    for (std::uint32_t p = place + 1; p <= g.mo().last(await.location); ++p) {
      if (contains(k.known, g.mo().at(await.location, p))) return false;
    }
  }
  return true;
}

}  // namespace

violation judge_blocked(const graph& g, const object_table& objects,
                        const std::vector<thread_end>& ends, const std::vector<wake_call>& wakes) {
  int sleepers = 0;
  int spinners = 0;
  int finished = 0;
  std::string names;
  for (int t = 0; t < g.threads(); ++t) {
    const thread_end& end = ends[static_cast<std::size_t>(t)];
    if (end.state == thread_state::finished) {
      ++finished;
      continue;
    }
    if (end.state == thread_state::assumed) return {};
    const bool asleep = end.state == thread_state::asleep;
    if (asleep ? !sleeps_for_ever(g, t, wakes) : !spins_for_ever(g, objects, t, end.spin_from)) {
      return {};
    }
    ++(asleep ? sleepers : spinners);
    names += (names.empty() ? "thread " : ", thread ") + std::to_string(t);
  }
  if (sleepers == 0)
    return {failure::livelock, names + ": spins for ever on values that are final"};
  if (finished == 0 && sleepers > 1) {
    return {failure::deadlock, names + ": all threads wait and none is left to wake them"};
  }
  return {failure::lost_wakeup, names + ": sleeps for ever, and the other threads have ended"};
}

}  // namespace wyn::model
