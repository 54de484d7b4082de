// The guards of <mutex> and <shared_mutex> for the explorer's mutexes, with the line of whoever
// makes them; std::lock, std::try_lock and std::call_once.
//
// lock() of several mutexes takes one, tries the others, and begins with the one that it did not
// get, as the standard library does. Each mutex is waited for once; executions in which that was
// not enough are dropped: they only repeat what was tried.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <tuple>
#include <utility>

#include "models/check/std/atomic.h"
#include "models/check/std/mutex.h"
#include "models/check/std/program.h"

namespace wyn::check {

using std::adopt_lock;
using std::adopt_lock_t;
using std::defer_lock;
using std::defer_lock_t;
using std::try_to_lock;
using std::try_to_lock_t;

namespace detail {

// A mutex may also be one of the program's own, which takes no line.
template <class Mutex>
void lock_at(Mutex& m, const place& at) {
  if constexpr (requires { m.lock(at); }) m.lock(at);
  else m.lock();
}
template <class Mutex>
void lock_shared_at(Mutex& m, const place& at) {
  if constexpr (requires { m.lock_shared(at); }) m.lock_shared(at);
  else m.lock_shared();
}
template <class Mutex>
bool try_lock_at(Mutex& m, const place& at) {
  if constexpr (requires { m.try_lock(at); }) return m.try_lock(at);
  else return m.try_lock();
}
template <class Mutex>
void unlock_at(Mutex& m, const place& at) {
  if constexpr (requires { m.unlock(at); }) m.unlock(at);
  else m.unlock();
}

}  // namespace detail

/// Its end has the line of its beginning.
template <class Mutex>
class lock_guard {
  using location = detail::place;

 public:
  using mutex_type = Mutex;
  explicit lock_guard(Mutex& m, location at = location::current()) : mutex_(m), at_(at) {
    detail::lock_at(mutex_, at_);
  }
  lock_guard(Mutex& m, adopt_lock_t, location at = location::current()) : mutex_(m), at_(at) {}
  ~lock_guard() { detail::unlock_at(mutex_, at_); }
  lock_guard(const lock_guard&) = delete;
  lock_guard& operator=(const lock_guard&) = delete;

 private:
  Mutex& mutex_;
  location at_;
};
template <class Mutex>
lock_guard(Mutex&) -> lock_guard<Mutex>;
template <class Mutex>
lock_guard(Mutex&, adopt_lock_t) -> lock_guard<Mutex>;

template <class Mutex>
class unique_lock : public std::unique_lock<Mutex> {
  using base = std::unique_lock<Mutex>;

 public:
  using base::base;
  unique_lock() = default;
  explicit unique_lock(Mutex& m, detail::place at = detail::place::current())
      : base((detail::lock_at(m, at), m), adopt_lock) {}
};
template <class Mutex>
unique_lock(Mutex&) -> unique_lock<Mutex>;

template <class Mutex>
class shared_lock : public std::shared_lock<Mutex> {
  using base = std::shared_lock<Mutex>;

 public:
  using base::base;
  shared_lock() = default;
  explicit shared_lock(Mutex& m, detail::place at = detail::place::current())
      : base((detail::lock_shared_at(m, at), m), adopt_lock) {}
};
template <class Mutex>
shared_lock(Mutex&) -> shared_lock<Mutex>;

namespace detail {

// A mutex of any type, and the line that takes it.
struct any_lockable {
  template <class Mutex>
  any_lockable(Mutex& m, const place& where)
      : mutex(&m), at(where),
        do_lock([](void* p, const place& l) { lock_at(*static_cast<Mutex*>(p), l); }),
        do_try_lock([](void* p, const place& l) {
          return try_lock_at(*static_cast<Mutex*>(p), l);
        }),
        do_unlock([](void* p, const place& l) { unlock_at(*static_cast<Mutex*>(p), l); }) {}

  void lock() { do_lock(mutex, at); }
  bool try_lock() { return do_try_lock(mutex, at); }
  void unlock() { do_unlock(mutex, at); }

  void* mutex;
  place at;
  void (*do_lock)(void*, const place&);
  bool (*do_try_lock)(void*, const place&);
  void (*do_unlock)(void*, const place&);
};

// Takes all of them, waiting for `first` alone; else the number of one that was not free.
template <std::size_t N>
int lock_from(std::array<any_lockable, N>& all, std::size_t first) {
  all[first].lock();
  for (std::size_t i = 1; i < N; ++i) {
    const std::size_t missed = (first + i) % N;
    if (all[missed].try_lock()) continue;
    while (i-- > 0) all[(first + i) % N].unlock();
    return static_cast<int>(missed);
  }
  return -1;
}

template <class... Mutexes>
void lock_all(const place& at, Mutexes&... mutexes) {
  std::array<any_lockable, sizeof...(Mutexes)> all{any_lockable(mutexes, at)...};
  int next = 0;
  for (std::size_t attempt = 0; attempt < all.size() && next >= 0; ++attempt) {
    next = lock_from(all, static_cast<std::size_t>(next));
  }
  assume(next < 0);
}

}  // namespace detail

/// Takes all of them without a deadlock.
template <class First, class Second, class... More>
void lock(First& first, Second& second, More&... more) {
  detail::lock_all(detail::no_line, first, second, more...);
}

/// Tries all of them in turn; the number of the first that was not free, when none is held, or -1.
template <class First, class Second, class... More>
int try_lock(First& first, Second& second, More&... more) {
  constexpr std::size_t count = 2 + sizeof...(More);
  std::array<detail::any_lockable, count> all{
      detail::any_lockable(first, detail::no_line), detail::any_lockable(second, detail::no_line),
      detail::any_lockable(more, detail::no_line)...};
  for (std::size_t i = 0; i < count; ++i) {
    if (all[i].try_lock()) continue;
    for (std::size_t held = i; held-- > 0;) all[held].unlock();
    return static_cast<int>(i);
  }
  return -1;
}

template <class... Mutexes>
class scoped_lock {
  using location = detail::place;

 public:
  explicit scoped_lock(Mutexes&... mutexes, location at = location::current())
      : mutexes_(mutexes...), at_(at) {
    if constexpr (sizeof...(Mutexes) == 1) (detail::lock_at(mutexes, at), ...);
    if constexpr (sizeof...(Mutexes) > 1) detail::lock_all(at, mutexes...);
  }
  explicit scoped_lock(adopt_lock_t, Mutexes&... mutexes, location at = location::current())
      : mutexes_(mutexes...), at_(at) {}
  ~scoped_lock() {
    std::apply([this](Mutexes&... m) { (detail::unlock_at(m, at_), ...); }, mutexes_);
  }
  scoped_lock(const scoped_lock&) = delete;
  scoped_lock& operator=(const scoped_lock&) = delete;

 private:
  std::tuple<Mutexes&...> mutexes_;
  location at_;
};
template <class... Mutexes>
scoped_lock(Mutexes&...) -> scoped_lock<Mutexes...>;
template <class... Mutexes>
scoped_lock(adopt_lock_t, Mutexes&...) -> scoped_lock<Mutexes...>;

class once_flag {
 public:
  once_flag() = default;
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;

 private:
  template <class F, class... Arguments>
  friend void call_once(once_flag& flag, F&& f, Arguments&&... arguments);

  mutex running_;
  atomic<bool> done_{false};
};

/// Runs `f` in the first call that gets there; the others wait for its end. An `f` that throws has
/// not run: the next caller runs its own.
template <class F, class... Arguments>
void call_once(once_flag& flag, F&& f, Arguments&&... arguments) {
  const detail::place at = detail::no_line;
  if (flag.done_.load(memory_order_acquire, {"call_once", 0})) return;
  const lock_guard<mutex> guard(flag.running_, at);
  if (flag.done_.load(memory_order_relaxed, {"call_once", 0})) return;
  std::invoke(std::forward<F>(f), std::forward<Arguments>(arguments)...);
  flag.done_.store(true, memory_order_release, {"call_once", 0});
}

}  // namespace wyn::check
