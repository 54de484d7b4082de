// The environment of the explorer (models/checker): every access is an event of an execution graph.
//
// Where it differs from production (core/base/env_std.h):
//  - Objects and blocks are known to the engine: an access to one that is not constructed yet, is
//    destroyed or freed is a failure, and so is a data race on plain<T>.
//  - Memory comes from allocate() or the model object; atomics and plain data elsewhere (globals,
//    malloc) are refused. A freed address is handed out again if options::reuse_addresses is set.
//  - There is no allocate_zeroed: nothing is ready for use before it is constructed.
//  - pause() ends an iteration of a loop that waits; see models/checker/README.md.
//  - wait_upper returns without a cause as often as options::spurious_wakeups says.
#pragma once

#include <cstddef>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "core/base/site.h"
#include "models/checker/calls.h"

namespace wyn {

struct env_checker {
  template <class T>
  class atomic {
    static_assert(
        std::is_trivially_copyable_v<T> && sizeof(T) <= 8,
        "Wyn's atomics are lock-free on every target: at most 8 bytes, trivially copyable");

   public:
    atomic() noexcept : atomic(T{}) {}
    explicit atomic(T v) noexcept { model::calls::construct_atomic(this, to_word(v), sizeof(T)); }
    ~atomic() { model::calls::destroy(this); }
    atomic(const atomic&) = delete;
    atomic& operator=(const atomic&) = delete;

    template <class Site>
    T load(Site) const noexcept {
      model::operation op = operation<Site>(model::operation_kind::load);
      return access(op);
    }
    template <class Site>
    void store(T v, Site) noexcept {
      model::operation op = operation<Site>(model::operation_kind::store);
      op.operand = to_word(v);
      model::calls::atomic_access(this, op);
    }
    template <class Site>
    T exchange(T v, Site) noexcept {
      model::operation op = operation<Site>(model::operation_kind::exchange);
      op.operand = to_word(v);
      return access(op);
    }
    template <class Site>
    T fetch_add(T v, Site) noexcept {
      static_assert(std::is_integral_v<T>, "fetch_add is for integers");
      model::operation op = operation<Site>(model::operation_kind::fetch_add);
      op.operand = to_word(v);
      op.mask = sizeof(T) == 8 ? ~std::uint64_t{0}
                               : (std::uint64_t{1} << (8 * (sizeof(T) % 8))) - 1;
      return access(op);
    }
    /// Strong; on failure `expected` becomes the value found.
    template <class Site>
    bool compare_exchange(T& expected, T desired, Site) noexcept {
      model::operation op = operation<Site>(model::operation_kind::compare_exchange);
      op.expected = to_word(expected);
      op.operand = to_word(desired);
      return exchanges(op, expected);
    }
    /// May also fail though it finds `expected`, which it then leaves as it is, as often as
    /// options::spurious_failures says.
    template <class Site>
    bool compare_exchange_weak(T& expected, T desired, Site) noexcept {
      model::operation op = operation<Site>(model::operation_kind::compare_exchange);
      op.expected = to_word(expected);
      op.operand = to_word(desired);
      op.weak = true;
      return exchanges(op, expected);
    }

   private:
    template <class Site>
    static model::operation operation(model::operation_kind kind) noexcept {
      model::operation op;
      op.kind = kind;
      op.success = Site::success;
      op.failure = Site::failure;
      op.site = Site::id;
      op.size = model::size_class(sizeof(T));
      return op;
    }
    bool exchanges(model::operation& op, T& expected) noexcept {
      const std::uint64_t found = model::calls::atomic_access(this, op);
      if (found != op.expected) expected = from_word(found);
      return found == op.expected && !op.gave_up;
    }
    T access(model::operation& op) const noexcept {
      return from_word(model::calls::atomic_access(this, op));
    }

    // The engine keeps values as words; the bytes that T lacks are 0.
    static std::uint64_t to_word(T v) noexcept {
      std::uint64_t word = 0;
      std::memcpy(&word, &v, sizeof(T));
      return word;
    }
    static T from_word(std::uint64_t word) noexcept {
      T v;
      std::memcpy(&v, &word, sizeof(T));
      return v;
    }

    // The value lives in the graph; the object is an address.
    alignas(8) unsigned char place_[8];
  };

  /// Data that is not atomic: the value lives here, the engine watches who reads and who writes.
  template <class T>
  class plain {
   public:
    plain() noexcept : value_{} { model::calls::construct_plain(this); }
    explicit plain(T v) noexcept : value_(v) { model::calls::construct_plain(this); }
    plain(const plain& other) noexcept : value_(other.read()) {
      model::calls::construct_plain(this);
    }
    plain& operator=(const plain& other) noexcept {
      write(other.read());
      return *this;
    }
    ~plain() { model::calls::destroy(this); }

    T read() const noexcept {
      model::calls::plain_read(this, model::shown_bytes<T>);
      return value_;
    }
    void write(T v) noexcept {
      model::calls::plain_write(this, model::shown_bytes<T>);
      value_ = v;
    }

   private:
    alignas(8) T value_;
  };

  template <class Site>
  static void fence(Site) noexcept {
    model::calls::fence(Site::success, Site::id);
  }

  /// Ends an iteration of a loop that waits for another thread.
  static void pause() noexcept { model::calls::pause(); }

  /// Sleeps while the upper half of `word` equals `expected`, as a futex does: see
  /// models/checker/run/liveness.h.
  static void wait_upper(const atomic<std::uint64_t>& word, std::uint32_t expected) noexcept {
    model::operation op;
    op.kind = model::operation_kind::await_upper;
    op.expected = expected;
    op.weak = true;
    op.site = "wait_upper";
    op.fixed = true;
    model::calls::atomic_access(&word, op);
  }
  /// The same with a time limit, which may pass at any moment; false when it has.
  static bool wait_upper_for(const atomic<std::uint64_t>& word, std::uint32_t expected,
                             std::chrono::nanoseconds) noexcept {
    model::operation op;
    op.kind = model::operation_kind::await_upper;
    op.expected = expected;
    op.timed = true;
    op.site = "wait_upper_for";
    op.fixed = true;
    model::calls::atomic_access(&word, op);
    return !op.gave_up;
  }
  static void wake_upper(const atomic<std::uint64_t>& word, int count) noexcept {
    model::calls::wake(&word, count);
  }

  /// Never nullptr: an arena that is used up is a verdict of its own.
  static void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
    return model::calls::allocate(bytes, alignment);
  }
  static void deallocate(void* p, std::size_t bytes, std::size_t) noexcept {
    model::calls::deallocate(p, bytes);
  }

  /// What reports call an object of a model: core/base/named.h.
  template <class T>
  static void name(const T& object, const char* text, std::int64_t index = -1) noexcept {
    model::calls::name(&object, text, index);
  }

  // For models alone.

  /// An assertion of a model; `what` is printed when it does not hold.
  static void check(bool ok, const char* what) noexcept { model::calls::check(ok, what); }
  /// Drops the executions in which `condition` does not hold: the thread goes no further.
  static void assume(bool condition) noexcept { model::calls::assume(condition); }
  /// A part of what the execution shows, as in a litmus test: reports count how often each
  /// combination of values occurs. `name` is a literal.
  static void outcome(const char* name, std::int64_t value) noexcept {
    model::calls::outcome(name, value);
  }
  /// Any of 0 .. n-1: all are explored. In before() and in threads.
  static int choose(int n) noexcept { return model::calls::choose(n); }
};

}  // namespace wyn
