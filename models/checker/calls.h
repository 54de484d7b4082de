// What the environment of a model (models/env/env_checker.h) asks of the engine. Every function
// acts on the thread of the model that is running; outside a check they abort with a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include "models/checker/graph/event.h"
#include "models/checker/linearizability/moment.h"
#include "models/checker/verdict.h"

namespace wyn::model {

/// Of plain data: how many bytes a report shows as a number. Other types have no such form.
template <class T>
inline constexpr std::size_t shown_bytes =
    (std::is_integral_v<T> || std::is_enum_v<T> || std::is_pointer_v<T>) && sizeof(T) <= 8
        ? sizeof(T)
        : 0;

}  // namespace wyn::model

namespace wyn::model::calls {

/// Whether the program under test runs on this OS thread, or something that it called. The one
/// function here that may be called at any time.
bool inside_program();

/// An object of `bytes` bytes, which has the aligned eight around it to itself.
void construct_atomic(const void* address, std::uint64_t value, std::size_t bytes = 8);
void construct_plain(const void* address);
/// Ends the life of an object of either kind.
void destroy(const void* address);

/// Performs `op` on the atomic object at `address`; its location and its orders are filled in.
/// Returns the value found by a read, nothing of meaning for a store. For an operation that is weak
/// or timed, op.gave_up says whether it gave up.
std::uint64_t atomic_access(const void* address, operation& op);
void fence(order o, const char* site);
/// Accesses to plain data; a write is announced before it is made. `bytes` is the size of an object
/// that a report can show as a number, from 1 to 8, or 0.
void plain_read(const void* address, std::size_t bytes = 0);
void plain_write(const void* address, std::size_t bytes = 0);
/// What reports call the object at `address`: `name`, or "name[index]" if index is not negative.
/// Costs one test except in the run that a report is made of.
void name(const void* address, const char* name, std::int64_t index = -1);
/// The site of this name stands at this line; reports show the lines around it. Any thread, at any
/// time, also outside a check.
void remember_source(const char* site, const char* file, int line);
/// The data at `address` is atomic until as many references have ended as have been made: what
/// std::atomic_ref does. At most 8 bytes, and no other atomic object in the same aligned eight.
void refer(const void* address, std::size_t bytes);
void end_reference(void* address);

void pause();
void assume(bool condition);
void check(bool condition, const char* what);
/// A part of what this execution shows; `name` is a literal. report/summary.h counts outcomes.
void outcome(const char* name, std::int64_t value);
/// Ends the execution: the program fails in this way, at `object` (or nullptr).
[[noreturn]] void fail(failure kind, const char* what, const void* object);
/// The thread that runs: 0 .. threads-1, or -1 for the main thread.
int current_thread();
/// How many threads the model has at most.
int thread_count();

/// Starts another thread, which runs body(argument); its number, for join_thread(). A model error
/// when the model has no thread left.
int start_thread(void (*body)(void*), void* argument, const char* site);
/// Waits until a thread that start_thread() started has ended.
void join_thread(int thread, const char* site);
/// Memory that belongs to no block of the program: it is neither freed nor found to leak.
void* allocate_for_engine(std::size_t bytes, std::size_t alignment);

/// One of 0 .. n-1; every one is explored. In before() and in threads; in after(), a model error.
int choose(int n);

/// Wakes at most `count` threads that sleep on the word; all if it is negative.
void wake(const void* address, int count);

/// Where the calling thread stands.
moment now();
/// Ends the execution as a failure: one line, and then the history.
[[noreturn]] void not_linearizable(std::string text);
/// Ends the check as a model error.
[[noreturn]] void history_is_full(int room);

void* allocate(std::size_t bytes, std::size_t alignment);
void deallocate(void* p, std::size_t bytes);

}  // namespace wyn::model::calls
