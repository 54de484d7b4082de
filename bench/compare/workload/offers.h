// Which workloads a system in C++ offers: those that it has the operations for.
//
// A system is a class with some of these members, and with those of peer.h:
//
//   both(f, g)                the results of f() and g(), as a pair; they may run at the same time
//   fork(f, g)                the same without results
//   sum(n, f)                 f(0) + ... + f(n - 1), each of them a task
//   loop(n, grain, body)      body(from, to) for pieces of at most `grain` indices below n
//   own_sort(first, last)     the sort of its library
//   spawn_each(batch)         one task a call, spawned one by one by the waiting thread
//   spawn_inside(batch)       the same, but by a task
//   spawn_foreign(f, argument)  has f(argument) called; by a thread that is not its own
//   park(n, parked)           begins n tasks that wait, calls parked() when all of them do, lets
//                             them go on, and returns how many came to their ends
//
// Each returns when all of it is done, but for spawn_foreign. The constant queues_every_task
// is true if spawn_each with one worker runs no task before it waits.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/compare/workload/fork_join.h"
#include "bench/compare/workload/memory.h"
#include "bench/compare/workload/outside.h"
#include "bench/compare/workload/sleeping.h"
#include "bench/compare/workload/spawning.h"
#include "bench/compare/workload/workload.h"

namespace wyn::bench::compare {

inline std::uint64_t probe_call() { return 0; }
inline void probe_body(std::size_t, std::size_t) {}

template <class System>
void add_searches(System& s, std::vector<offer>& offers) {
  if constexpr (requires { s.both(probe_call, probe_call); }) {
    offers.push_back(
        {"fib", [&s](const request& r) { return number([&s, n = r.size] { return fib(s, n); }); }});
  }
  if constexpr (requires { s.sum(1, [](std::size_t i) { return std::uint64_t{i}; }); }) {
    offers.push_back({"queens", [&s](const request& r) {
                        return number([&s, n = r.size] { return queens(s, board{}, 0, n); });
                      }});
    offers.push_back({"skynet", [&s](const request& r) {
                        return number([&s, n = power_of_ten(r.size)] { return skynet(s, 0, n); });
                      }});
    offers.push_back({"uts", [&s](const request& r) {
                        return number([&s, n = r.size] { return uts(s, uts_root, 0, n); });
                      }});
    offers.push_back({"matmul", [&s](const request& r) {
                        return std::make_unique<matrix_workload<System>>(s, r);
                      }});
  }
}

template <class System>
void add_arrays(System& s, std::vector<offer>& offers) {
  if constexpr (requires { s.loop(1, 1, probe_body); }) {
    offers.push_back(
        {"loop", [&s](const request& r) { return std::make_unique<loop_workload<System>>(s, r); }});
  }
  if constexpr (requires { s.fork([] {}, [] {}); }) {
    offers.push_back({"sort", [&s](const request& r) {
                        return sorting(
                            r.size, [&s, grain = r.grain](auto* data, auto* buffer, std::size_t n) {
                              merge_sort<System>(s, data, buffer, grain).sort(0, n, false);
                            });
                      }});
  }
  std::uint64_t* const data = nullptr;
  if constexpr (requires { s.own_sort(data, data); }) {
    offers.push_back({"own_sort", [&s](const request& r) {
                        return sorting(r.size, [&s](auto* first, auto*, std::size_t n) {
                          s.own_sort(first, first + n);
                        });
                      }});
  }
}

template <class System>
void add_spawning(System& s, std::vector<offer>& offers) {
  if constexpr (requires(const batch& b) { s.spawn_each(b); }) {
    const auto each = [&s](const batch& b) { s.spawn_each(b); };
    offers.push_back({"spawn", [each](const request& r) { return marking(r.size, each); }});
    offers.push_back({"task_length", [each](const request& r) { return stepping(r, each); }});
  }
  if constexpr (requires(const batch& b) { s.spawn_inside(b); }) {
    offers.push_back({"spawn_inside", [&s](const request& r) {
                        return marking(r.size, [&s](const batch& b) { s.spawn_inside(b); });
                      }});
  }
}

template <class System>
void add_outside(System& s, std::vector<offer>& offers) {
  if constexpr (requires(task_function f, void* a) { s.spawn_foreign(f, a); }) {
    const auto spawn = [&s](task_function f, void* argument) { s.spawn_foreign(f, argument); };
    for (const int producers : {1, 2}) {
      offers.push_back({producers == 1 ? "spawn_outside" : "producers",
                        [spawn, producers](const request& r) {
                          return marking_outside(r.size, producers, spawn);
                        }});
    }
    offers.push_back({"wake", [spawn](const request&) { return waking(spawn); }});
    offers.push_back({"idle", [spawn](const request& r) { return idling(r.size, spawn); }});
  }
}

template <class System>
void add_memory(System& s, std::vector<offer>& offers) {
  if constexpr (requires(const batch& b) {
                  s.spawn_each(b);
                  requires System::queues_every_task;
                }) {
    offers.push_back({"queued", [&s](const request& r) {
                        return queueing(r.size, [&s](const batch& b) { s.spawn_each(b); });
                      }});
  }
  if constexpr (requires { s.park(1, std::function<void()>{}); }) {
    offers.push_back({"parked", [&s](const request& r) { return parking(r.size, s); }});
  }
}

template <class System>
std::vector<offer> offers_of(System& s) {
  std::vector<offer> offers;
  add_searches(s, offers);
  add_arrays(s, offers);
  add_spawning(s, offers);
  add_outside(s, offers);
  add_memory(s, offers);
  return offers;
}

}  // namespace wyn::bench::compare
