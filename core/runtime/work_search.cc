// Where a thread that runs tasks finds one: foreign threads' rings, in blocks; others' deques, one
// task at a time; and old work, which has a turn now and then. Who looks, and when: work_loop.cc.
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/runtime/run_task.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/work_cycle.h"

namespace wyn {

bool scheduler::next_in_ring(participant& self, work_item& t) {
  // A worker has something there after a coroutine's yield.
  if (self.is_worker() && self.ring().size_estimate() == 0) return false;
  return take_from_ring(self, self, participant::block_tasks, t);
}

// Newest first would starve what lies at the bottom while tasks go on spawning: now and then the
// oldest task of the rings, or of the own deque, has its turn; and more rarely that of another's
// deque, whose owner may be busy for long while nobody else ever runs out of work.
bool scheduler::next_old(participant& self, work_item& t) {
  require_not_forked();
  self.count_tasks_run();
  self.begin_fairness_period();
  const std::uint32_t n = list_.size();
  if (self.time_for_deques()) {
    participant& victim = *list_.at(self.random().below(n));
    const bool others_turn = &victim != &self && self.random().below(2) == 0;
    if (others_turn && steal(self, victim, t)) return true;
    if (self.deque().take_oldest(t)) return true;
  }
  // A claim of one task costs as much as that of a block: rings seldom have a turn.
  const auto oldest_in_ring = [&](participant& p, std::uint32_t) {
    return p.ring().size_estimate() > 0 && take_from_ring(self, p, 1, t);
  };
  if (self.time_for_rings() && with_anybody(self, oldest_in_ring)) return true;
  return worker_count_ == 0 && self.deque().take_oldest(t);  // nobody steals
}

// Its slot goes home by the return list. Between those of new tasks the slots of old ones would
// bring the heap's own list into disorder, little by little, until each slot is a cache miss.
[[gnu::noinline]] void scheduler::run_old(participant& self) {
  work_item t;
  do {
    if (!next_old(self, t)) return;
    const return_list_scope scope;
    t.run(t.arg);
  } while (self.note_task_run());
}

// Whether attempt(participant, its number) succeeds with anybody, from a random one on.
template <class Try>
bool scheduler::with_anybody(participant& self, const Try& attempt) {
  const std::uint32_t n = list_.size();
  const std::uint32_t first = self.random().below(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t who = first + i < n ? first + i : first + i - n;
    if (attempt(*list_.at(who), who)) return true;
  }
  return false;
}

// Without the search gate (block_source.h, standing_deque.h).
bool scheduler::take_where_last(participant& self, const search_pace& pace, sources& from,
                                work_item& t) {
  constexpr std::size_t whole = participant::block_tasks;
  const auto distant = [&pace] { return pace.keeps_distance(clock::now()); };
  participant* const p = from.ring.next();
  if (p != nullptr && from.ring.has_block(p->ring(), whole, distant) &&
      take_block(self, *p, whole, from.ring.known_pushed(), t) != 0) {
    from.ring.took_next();
    self.note_block();
    return true;
  }
  from.ring.forget();
  return take_from_standing_deque(self, from, t);
}

// As a search does that finds something, this wakes another thread where more is left: the next
// task may be a long one.
bool scheduler::take_from_standing_deque(participant& self, sources& from, work_item& t) noexcept {
  participant* const p = from.deque.owner();
  if (p == nullptr) return false;
  const std::int64_t length = p->deque().size_estimate();
  if (!from.deque.is_left_alone(p->deque().end_estimate(), length)) return false;
  if (!steal(self, *p, t)) {
    from.deque.forget();
    return false;
  }
  from.deque.took();
  if (length > 1) signal_.work_added();
  return true;
}

// A deque that stands still waits for an owner who is busy with one task.
void scheduler::look_for_standing_deque(participant& self, search_pace& pace, sources& from,
                                        clock::time_point now) noexcept {
  if (!pace.may_look(now)) return;
  participant& watched = *list_.at(pace.watched());
  const std::int64_t end = watched.deque().end_estimate();
  const std::int64_t length = watched.deque().size_estimate();
  if (pace.stands_still(now, end, length)) {
    from.deque.found(watched, end, length);
    return;
  }
  const std::uint32_t who = self.random().below(list_.size());
  pace.watch(now, who, list_.at(who)->deque().end_estimate());
}

bool scheduler::take_from_a_ring(participant& self, search_pace& pace, sources& from,
                                 clock::time_point now, work_item& t) {
  const bool distant = pace.keeps_distance(now);
  return with_anybody(self, [&](participant& p, std::uint32_t) {
    const std::int64_t queued = p.ring().size_estimate();
    if (queued == 0) return false;
    if (distant && &p != &self && !from.ring.is_far(p.ring(), queued)) {
      pace.looks_later(now);
      return false;
    }
    std::int64_t pushed = 0;
    const std::size_t taken = take_block(self, p, participant::block_tasks, pushed, t);
    if (taken == 0) return false;
    const bool few = taken < participant::block_tasks / 2;
    if (!few) from.ring.found(p, pushed);
    self.note_block();
    pace.took(few ? loot::part_of_block : loot::block);
    return true;
  });
}

bool scheduler::steal_from_anybody(participant& self, search_pace& pace, clock::time_point now,
                                   work_item& t) {
  return with_anybody(self, [&](participant& victim, std::uint32_t who) {
    if (&victim == &self || pace.passes_over(now, who) || !steal(self, victim, t)) return false;
    pace.took(loot::single);
    return true;
  });
}

// Takes up to `most` tasks from the ring of `victim`: the first is the result, the others go to our
// deque, in an order in which we pop them as they came. The number taken. `pushed`: what we know of
// the ring, and what we know then.
std::size_t scheduler::take_block(participant& self, participant& victim, std::size_t most,
                                  std::int64_t& pushed, work_item& first) {
  work_item block[participant::block_tasks];
  visited_ring ring{victim.ring(), self.mark(), pushed};
  const std::size_t claimed = claim_block(ring, self.deque(), block, most,
                                          [&self](const work_item& t) { execute(self, t); });
  if (claimed == 0) return 0;
  first = block[0];
  if (claimed > 1) signal_.work_added();
  return claimed;
}

// Where nothing is known.
bool scheduler::take_from_ring(participant& self, participant& victim, std::size_t most,
                               work_item& first) {
  std::int64_t pushed = 0;
  return take_block(self, victim, most, pushed, first) != 0;
}

template <class MayTake>
bool scheduler::steal(participant& self, participant& victim, work_item& t,
                      const MayTake& may_take) noexcept {
  for (unsigned attempt = 0; attempt < options_.steal_attempts; ++attempt) {
    if (victim.deque().size_estimate() == 0) return false;  // spares the fences
    const steal_result r = self.mark().during([&] { return victim.deque().steal(t, may_take); });
    if (r == steal_result::item) return true;
    if (r == steal_result::empty) return false;
  }
  return false;
}

bool scheduler::steal_back(participant& self, const thief_mark<participant>& mark,
                           void (*forked)(void*), work_item& t) noexcept {
  return wyn::steal_back(
      mark, [forked](const work_item& item) { return item.run == forked; },
      [&](participant& thief, const auto& may_take) { return steal(self, thief, t, may_take); });
}

bool scheduler::work_visible() const noexcept {
  const std::uint32_t n = list_.size();
  for (std::uint32_t i = 0; i < n; ++i) {
    if (list_.at(i)->has_work()) return true;
  }
  return false;
}

}  // namespace wyn
