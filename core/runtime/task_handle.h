// What a spawn with a result returns.
#pragma once

#include <type_traits>
#include <utility>

#include "core/runtime/result_task.h"

namespace wyn {
namespace detail {

/// Runs the task if nobody has begun it. This run counts as a task of its own, beside the entry
/// that stays in the queue: the runtime is idle when both are over.
template <class T>
bool run_here(result_block<T>& b, participant& self) {
  struct counted_run {  // ends with the thread, too, if the task exits it
    scheduler& owner;
    participant& self;
    counted_run(scheduler& s, participant& p) noexcept : owner(s), self(p) {
      self.count().note_spawned();
      self.enter();
    }
    ~counted_run() {
      self.leave();
      self.count().note_completed();
      owner.completed_here();
    }
  } run(*b.owner, self);
  const bool claimed = b.state.claim();
  if (claimed) {
    running_scope scope(*b.owner, self);
    b.run(b);
  }
  return claimed;
}

/// task_handle::join. Several threads may join the same block.
template <class T>
void join_block(result_block<T>& b) {
  if (b.state.done()) return;
  spawn_status why{};
  participant* self = b.owner->bind(why);
  if (self == nullptr && why != spawn_status::shut_down) throw spawn_error(why);
  if (self == nullptr || !run_here(b, *self)) wait_until_done(b);
}

}  // namespace detail

/// The end of one task. Movable, not copyable; used by one thread at a time. Destroying it detaches
/// the task, which runs all the same; an exception of a detached task of this kind is dropped with
/// it. It must not outlive the runtime.
template <class T>
class [[nodiscard]] task_handle {
 public:
  task_handle() noexcept = default;
  explicit task_handle(detail::result_block<T>* block) noexcept : block_(block) {}
  task_handle(task_handle&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  task_handle& operator=(task_handle&& other) noexcept {
    if (this != &other) {
      detach();
      block_ = std::exchange(other.block_, nullptr);
    }
    return *this;
  }
  ~task_handle() { detach(); }

  /// Whether there is a task: not default-constructed, moved from, detached or consumed by get().
  bool valid() const noexcept { return block_ != nullptr; }
  /// Whether the task is complete. Wait-free. The handle is valid().
  bool ready() const noexcept { return checked().state.done(); }

  /// Returns when the task is complete, whatever its outcome. If nobody has begun it, the caller
  /// runs it, on its own stack; if another thread runs it, the caller spins for options::search_us
  /// and then sleeps; it runs no other tasks. Any thread, inside and outside of tasks. Throws
  /// spawn_error for a task that is not complete in the child of a fork(), and where the thread
  /// cannot take part (no_memory, too_many_threads); the handle is valid() then.
  void join() { detail::join_block(checked()); }

  /// join(), then the result, or the exception that left the task. The handle is invalid
  /// afterwards.
  T get() {
    join();
    task_handle consumed(std::move(*this));
    // Moved out: whoever releases the block last must not be the one to free what is handled here.
    if (consumed.block_->error) {
      std::rethrow_exception(std::exchange(consumed.block_->error, nullptr));
    }
    if constexpr (!std::is_void_v<T>) return std::move(consumed.block_->value);
  }

  /// What is behind it, for co_await (core/coro/await.h). The handle is valid().
  detail::result_block<T>& block() const noexcept { return checked(); }

  /// Gives up the result.
  void detach() noexcept {
    if (block_ != nullptr) std::exchange(block_, nullptr)->release();
  }

 private:
  detail::result_block<T>& checked() const noexcept {
    WYN_CHECK(block_ != nullptr,
              "a task_handle without a task (moved from, or get() called twice)");
    return *block_;
  }

  detail::result_block<T>* block_ = nullptr;
};

}  // namespace wyn
