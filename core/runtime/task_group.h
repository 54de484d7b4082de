// A group of tasks that are spawned one by one and waited for together.
//
//     wyn::task_group group(rt);
//     group.run([&] { left = solve(a); });
//     group.run([&](wyn::task_group& g) { g.run([&] { more(); }); right = solve(b); });
//     group.wait();                                       // both results are there
//
//     int best = wyn::scope(rt, [&](wyn::task_group& g) { ...; return g.cancelled() ? 0 : 1; });
//
// Members may be added while others run, by members, by tasks and by threads outside. The names
// are those of oneTBB (run, wait, run_and_wait, cancel) and of rayon (scope).
//
// Results: a member writes to what it captured by reference; wait() makes it visible.
// Exceptions: the first member that throws cancels the group. When all members have ended, wait()
//            throws the exception of the member that was added first among those that threw; the
//            others are dropped, and dropped_exceptions() says how many. Which members run at all
//            after a cancellation depends on timing; the choice among those that threw does not.
// Cancellation: cooperative. A member that has not begun is dropped: its closure is destroyed and
//            it never runs. One that has begun asks cancelled() as often as it likes. wait()
//            returns when both kinds have ended, and then the group begins anew.
// Closures: each is destroyed exactly once, before wait() returns.
//
// What a waiting thread does: inside a task that made the group, it runs what it spawned itself
//            since then, newest first, and then what its members fork where they were stolen
//            (leapfrog.h), and sleeps: nothing of anybody else's ever runs on top of the waiting
//            task, which might hold a lock that the other one wants (rayon issue 592). No member
//            is forgotten: thieves take the oldest, so when a member was stolen, everything older
//            in that queue was too, and its thief is at work on it. A member that a thread from
//            outside adds may lie where no one looks; from then on, and when a group made
//            elsewhere is waited for inside a task, and outside of tasks, the waiting thread runs
//            any task of the runtime.
// Protocol:  group_count.h; models/runtime has its models.
// Rejected:  a current group for each thread, so that cancelled() needs no group (oneTBB's
//            is_current_task_group_canceling): the stolen half of a fork_join would have to carry
//            it, at the cost of every fork.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <type_traits>
#include <utility>

#include "core/runtime/binding.h"
#include "core/runtime/group_count.h"
#include "core/runtime/group_state.h"
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/spawn.h"
#include "core/runtime/wyn.h"

namespace wyn {

class task_group;

/// What became of a group.
enum class group_status : unsigned char {
  complete,   ///< every member has run
  cancelled,  ///< cancel() was called: members may have been dropped
};

/// What a group runs: anything that can be called once, without arguments or with the group.
template <class F>
concept group_function =
    std::constructible_from<std::decay_t<F>, F> &&
    std::is_nothrow_destructible_v<std::decay_t<F>> &&
    (std::invocable<std::decay_t<F>> || std::invocable<std::decay_t<F>, task_group&>);

namespace detail {

/// A place among the members that are missing; given up when it is destroyed.
class group_ticket {
 public:
  group_ticket(task_group& g, std::uint32_t number) noexcept : group_(&g), number_(number) {}
  group_ticket(group_ticket&& other) noexcept
      : group_(std::exchange(other.group_, nullptr)), number_(other.number_) {}
  group_ticket& operator=(group_ticket&&) = delete;
  ~group_ticket();

  task_group& group() const noexcept { return *group_; }
  std::uint32_t number() const noexcept { return number_; }

 private:
  task_group* group_;
  std::uint32_t number_;
};

/// The groups whose members are on the calling thread's stack, innermost first.
struct running_member {
  explicit running_member(const task_group& g) noexcept;
  ~running_member();
  running_member(const running_member&) = delete;
  running_member& operator=(const running_member&) = delete;

  const task_group* group;
  running_member* outer;
};

extern constinit thread_local running_member* innermost_member [[gnu::tls_model("initial-exec")]];

inline running_member::running_member(const task_group& g) noexcept
    : group(&g), outer(std::exchange(innermost_member, this)) {}
inline running_member::~running_member() { innermost_member = outer; }

/// A member as it lies in a queue. The closure is destroyed before the ticket.
template <class F>
class group_member {
 public:
  template <class G>
  group_member(group_ticket&& ticket, G&& f) : ticket_(std::move(ticket)), f_(std::forward<G>(f)) {}

  void operator()();

 private:
  group_ticket ticket_;
  F f_;
};

/// What a member threw.
struct thrown {
  std::exception_ptr error;
  std::uint32_t number;  // of the member
  thrown* next = nullptr;
};

}  // namespace detail

/// See the head of this file. run, cancel, cancelled: any thread that may use the group; wait: one
/// thread at a time. It must not outlive its runtime.
class task_group {
 public:
  /// A group in the runtime of the running task, else in the default runtime, or in `rt`.
  task_group() : task_group(detail::scheduler_here()) {}
  explicit task_group(runtime& rt) : task_group(rt.underlying()) {}
  /// A group that is cancelled when `outer` is; `outer` must outlive it.
  explicit task_group(task_group& outer) : task_group(outer.owner_) { outer_ = &outer; }
  explicit task_group(scheduler& s) noexcept;
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;

  /// Waits for the members, after cancel() when it is an exception that ends the group's scope.
  /// When there is none and a member's exception was never asked for by wait(), the process ends
  /// with a message, as for a detached task.
  ~task_group() noexcept(false);

  /// Adds a member: a copy of `f`, to be called once, with the group if it takes one. Any thread,
  /// inside and outside of tasks, as long as the group lives: a thread that is neither its maker
  /// nor a member sees to it that nobody waits for the last member at that moment and then destroys
  /// the group. Does not block; no malloc in the steady state. Throws spawn_error when the task is
  /// refused, and what the copy throws; the group is unchanged then.
  template <group_function F>
  void run(F&& f) {
    const spawner from = note_spawner();
    detail::require_accepted(detail::try_spawn(
        owner_, detail::group_member<std::decay_t<F>>(add_member(), std::forward<F>(f))));
    if (from == spawner::outside) [[unlikely]] owner_.joiners().notify_all();
  }

  /// Returns when no member is missing, and makes the group fresh. Throws a member's exception
  /// (head of this file); spawn_error in the child of a fork(); std::logic_error when the caller
  /// is, or runs on top of, a member of this group, and would wait for itself. Blocks.
  group_status wait() {
    join();
    return settle();
  }

  /// Calls `f` as a member, in the caller, and waits.
  template <group_function F>
  group_status run_and_wait(F&& f) {
    detail::group_member<std::decay_t<F>>(add_member(), std::forward<F>(f))();
    return wait();
  }

  /// Members that have not begun are dropped. Any thread; wait-free. What the caller did before is
  /// visible to whoever finds cancelled().
  void cancel() noexcept { stop_.request(); }
  /// Whether the group, or one around it, was cancelled since the last wait(). Any thread.
  bool cancelled() const noexcept {
    return stop_.requested() || (outer_ != nullptr && outer_->cancelled());
  }

  /// How many exceptions the last wait() dropped beside the one it threw. By whoever waited.
  std::size_t dropped_exceptions() const noexcept { return dropped_; }

  scheduler& owner() const noexcept { return owner_; }

  /// For coroutines (core/coro/await.h), which wait without a thread. whether no member is missing.
  bool done() const noexcept { return count_.done(); }
  /// Has `t` queued when the last member ends. False when none is missing: nothing is queued then.
  bool queue_when_done(const work_item& t) noexcept {
    continuation_ = t;
    return count_.await(group_waiter::coroutine);
  }
  /// What was queued has begun.
  void resumed() noexcept { count_.resumed(); }
  /// The end of wait(), when no member is missing.
  group_status settle();
  /// Drops the members' errors, and makes the group fresh; likewise.
  void drop_errors() noexcept;

 private:
  friend class detail::group_ticket;
  template <class F>
  friend class detail::group_member;

  enum class spawner : unsigned char { within, outside };

  // Where its maker's own members lie, in its deque, if that is not known to be so already.
  spawner note_spawner();
  detail::group_ticket add_member();
  void member_ended() noexcept;
  void member_threw(std::uint32_t number, std::exception_ptr error) noexcept;

  // The participant that runs a member which its maker cannot have called; nullptr if it can.
  participant* thief_here() const noexcept;

  void join();
  void join_as_maker(participant& self);
  void help(participant& self, bool inside);
  void sleep_until_done() noexcept;
  void join_whatever_happens();
  void require_not_inside_member() const;

  scheduler& owner_;
  task_group* outer_ = nullptr;
  participant* maker_ = nullptr;  // whose task made the group; none outside of tasks
  std::int64_t mark_ = 0;         // in maker_'s deque: what was pushed since. Maker's thread only
  thief_mark<participant> thief_;
  const int uncaught_;            // exceptions in flight when the group was made
  stop_flag<> stop_;
  outside_flag<> outside_;
  group_count<> count_;
  left_behind<detail::thrown> errors_;
  std::size_t dropped_ = 0;
  work_item continuation_{};
};

/// f(group), with a group of its own that is waited for when f has returned or thrown. f's result;
/// f's exception goes before its members'. As for task_group: in `rt`, in the runtime of the
/// running task or the default runtime, or within `outer`.
template <class F>
requires std::invocable<F, task_group&>
auto scope(runtime& rt, F&& f);
template <class F>
requires std::invocable<F, task_group&>
auto scope(task_group& outer, F&& f);
template <class F>
requires std::invocable<F, task_group&>
auto scope(F&& f);

}  // namespace wyn

#include "core/runtime/task_group_inl.h"
