// Events of an execution graph, and the operations of a program that create them.
//
// An operation is what a thread asks for ("compare-exchange x from 3 to 4"); an event is what
// became of it in one graph ("a read of x that found 5"). A read-modify-write is one event. The
// operation is kept beside the event of the running execution, because a revisit gives a read
// another value and with it perhaps another kind: a failed compare-exchange becomes a successful
// one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "core/base/site.h"
#include "models/checker/graph/view.h"

namespace wyn::model {

/// Thread and index of an event in one word.
using event_ref = std::uint32_t;

/// Stands for the value a location is constructed with: no event, first in modification order.
inline constexpr event_ref initial_write = 0xffffffffu;

inline constexpr event_ref make_ref(int thread, int index) {
  return static_cast<event_ref>(thread) << 24 | static_cast<event_ref>(index);
}
inline constexpr int thread_of(event_ref r) { return static_cast<int>(r >> 24); }
inline constexpr int index_of(event_ref r) { return static_cast<int>(r & 0xffffffu); }

inline bool contains(const view& v, event_ref r) {
  return r == initial_write || v.contains(thread_of(r), index_of(r));
}

enum class event_kind : std::uint8_t { load, store, rmw, fence, choice };

inline bool reads(event_kind k) { return k == event_kind::load || k == event_kind::rmw; }
inline bool writes(event_kind k) { return k == event_kind::store || k == event_kind::rmw; }
inline bool accesses(event_kind k) { return reads(k) || writes(k); }

/// Whether `o` is one of `orders`: one test, where each step of the engine asks.
template <class... Orders>
constexpr bool is_one_of(order o, Orders... orders) {
  return (((1u << static_cast<unsigned>(orders)) | ...) >> static_cast<unsigned>(o) & 1) != 0;
}

/// Whether an access or a fence of this order takes part in synchronisation on the reading side.
inline bool acquires(order o) {
  return is_one_of(o, order::acquire, order::acq_rel, order::seq_cst, order::heavy);
}
/// The same on the writing side. A light fence gives no happens-before at all.
inline bool releases(order o) {
  return is_one_of(o, order::release, order::acq_rel, order::seq_cst, order::heavy);
}
/// Whether the event is a node of the psc relation (psc.h).
inline bool is_sc(order o) { return is_one_of(o, order::seq_cst, order::light, order::heavy); }

struct event {
  event_kind kind = event_kind::load;
  order mo = order::relaxed;
  /// An access to plain data lies between this event and the one before it in its thread.
  bool plain_before : 1 = false;
  /// From a compare-exchange, be it a failed one.
  bool compared : 1 = false;
  /// A compare-exchange that failed, or a wait that ended, although the value gave no cause: a
  /// choice, whose canonical value is false.
  bool gave_up : 1 = false;
  std::uint32_t location = 0;
  event_ref reads_from = initial_write;
  /// When it was added to the graph. A revisited read keeps its stamp, so stamps are no linear
  /// extension of po and rf; they serve the maximality check alone (revisit.h).
  std::uint32_t stamp = 0;
  /// The same for the writing part: that of a revisited read-modify-write is added anew.
  std::uint32_t write_stamp = 0;
  /// Place of a write in the modification order of its location; the initial write has place 0,
  /// and so has a read-modify-write whose writing part has not been added (extension.h).
  std::uint32_t position = 0;
  /// Index of the last fence with release semantics at or before this event in its thread, or -1.
  std::int32_t release_fence = -1;
  /// Of a symmetric thread: the smaller threads whose events of this index are its twins, a bit
  /// each (trust/symmetry.h).
  std::uint16_t twins = 0;
  std::uint64_t value_read = 0;  ///< for a choice: what was chosen
  std::uint64_t value_written = 0;
};

/// What is known at an event; see happens_before.h.
struct event_views {
  view hb;      ///< what happens before it, itself included
  view message; ///< of a write: what a reader that acquires it gets to know
  view prefix;  ///< everything it depends on: its (po u rf)-prefix, itself included
};

enum class operation_kind : std::uint8_t {
  load,
  store,
  fetch_add,
  exchange,
  compare_exchange,
  fence,
  choice,
  await_upper,  ///< a load that sleeps while the upper half of the word equals `expected`
  await,        ///< a load that sleeps while the word equals `expected`
  fetch_and,
  fetch_or,
  fetch_xor,
  fetch_add_float,   ///< the word is the bits of a float
  fetch_add_double,
  take,          ///< a read-modify-write from `expected` to `operand` that sleeps on all else
  take_share,    ///< an addition of `operand` that sleeps while the word's highest bit is set
  await_change,  ///< an await that any other value ends, without a wake call
};

/// The bit of a word that keeps a take_share waiting.
inline constexpr std::uint64_t exclusive_bit = std::uint64_t{1} << 63;

/// 0 to 3 for objects of up to 1, 2, 4 and 8 bytes.
constexpr std::uint8_t size_class(std::size_t bytes) {
  return static_cast<std::uint8_t>(std::bit_width(bytes - 1));
}

struct operation {
  operation_kind kind = operation_kind::load;
  order success = order::relaxed;
  order failure = order::relaxed;
  bool fixed : 1 = false;  ///< its order is a mutex's or the like: no tool changes it
  bool tries : 1 = false;  ///< a take or a take_share that never sleeps
  /// A compare-exchange that may fail, or a wait that may end, without a cause: if options say so.
  bool weak : 1 = false;
  bool timed : 1 = false;     ///< a wait that may end at any time, and so does not wait for ever
  bool gives_up : 1 = false;  ///< the engine's: that it gives up is to be explored here
  bool gave_up : 1 = false;   ///< the engine's answer: it did
  /// size_class() of the access: an object is accessed with the size it was constructed with.
  std::uint8_t size : 2 = 3;
  std::uint32_t location = 0;
  std::uint64_t operand = 0;   ///< stored, added or combined value; number of choices
  std::uint64_t expected = 0;  ///< of a compare-exchange or an await
  std::uint64_t mask = ~std::uint64_t{0};  ///< the bits of the object's type
  const char* site = "";

  bool operator==(const operation&) const = default;
};

/// Whether `value` is one that `op`, an await or a take, waits to see the end of.
inline bool is_kept_waiting(const operation& op, std::uint64_t value) {
  switch (op.kind) {
    case operation_kind::await:
    case operation_kind::await_change: return value == op.expected;
    case operation_kind::await_upper: return value >> 32 == op.expected;
    case operation_kind::take: return value != op.expected;
    case operation_kind::take_share: return (value & exclusive_bit) != 0;
    default: return false;
  }
}

/// Whether a read by `op` that found `value` leaves its thread asleep.
inline bool sleeps(const operation& op, std::uint64_t value) {
  const bool never = op.kind == operation_kind::load || op.kind == operation_kind::store;
  return !never && !op.tries && is_kept_waiting(op, value);
}

/// Whether `op`, if it finds `value`, may also give up: event::gave_up.
inline bool may_give_up(const operation& op, std::uint64_t value) {
  if (!op.gives_up) return false;
  return op.kind == operation_kind::compare_exchange ? value == op.expected : sleeps(op, value);
}

/// Whether a sleep by `op` ends as soon as there is another value to read: it is worth nothing then
/// to sleep on one that is not the newest.
inline bool wakes_by_value(const operation& op) {
  return op.kind == operation_kind::take || op.kind == operation_kind::take_share ||
         op.kind == operation_kind::await_change;
}

}  // namespace wyn::model
