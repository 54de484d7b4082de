// Loops, reductions and groups of calls on several threads, built on fork_join.
//
//     wyn::parallel_for(0, n, [&](int i) { out[i] = f(in[i]); });
//     long sum = wyn::parallel_reduce(0, n, 0L, [&](int i) { return cost(i); }, std::plus<>{});
//     wyn::parallel_for_pieces(0, n, [&](int from, int to) { g(in + from, in + to); }, 1000);
//     wyn::parallel_invoke([&] { a(); }, [&] { b(); }, [&] { c(); });
//
// A range is cut into pieces of `grain` indices, and halved down to these; the right half may be
// stolen while the left one runs. With grain 0 there are about eight pieces for each thread: enough
// to even out pieces of unequal cost, few enough that forking costs nothing beside them. Name a
// grain where single indices are dear (1) or the default is too fine.
//
// Each function returns when everything it began is complete. Exceptions: a piece ends at its
// first; the other pieces run all the same; of all indices that threw in this way the lowest one's
// exception leaves. So what is thrown does not depend on who ran what.
//
// Where: inside a task of that runtime, or anywhere else; with a runtime& first, or on the runtime
// of the running task, else the default runtime. May be nested. No memory is allocated by these
// functions. They block. Outside of tasks they throw spawn_error once shutdown has begun, if there
// is more than one piece.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#include "core/runtime/fork_join.h"
#include "core/runtime/piece_reduction.h"
#include "core/runtime/piece_walk.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wyn.h"

namespace wyn {
namespace detail {

/// The number of indices in a piece of `n`.
inline std::size_t grain_of(const scheduler& s, std::size_t n, std::size_t grain) noexcept {
  if (grain != 0) return grain;
  const std::size_t pieces = (std::size_t{s.workers()} + 1) * 8;
  return n <= pieces ? 1 : n / pieces + (n % pieces != 0 ? 1 : 0);
}

/// Offsets from `begin` to `end`, whose number may not fit the index type itself.
template <std::integral I>
constexpr std::size_t distance_of(I begin, I end) noexcept {
  using wide = std::make_unsigned_t<std::common_type_t<I, int>>;
  if (!(begin < end)) return 0;
  return static_cast<std::size_t>(static_cast<wide>(end) - static_cast<wide>(begin));
}

/// The index `offset` places after `begin`.
template <std::integral I>
constexpr I index_at(I begin, std::size_t offset) noexcept {
  using wide = std::make_unsigned_t<std::common_type_t<I, int>>;
  return static_cast<I>(static_cast<wide>(begin) + static_cast<wide>(offset));
}

template <std::integral I, class F>
void parallel_for(scheduler& s, I begin, I end, const F& f, std::size_t grain) {
  const std::size_t n = distance_of(begin, end);
  if (n == 0) return;
  for_pieces(s, n, grain_of(s, n, grain), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) f(index_at(begin, i));
  });
}

template <std::integral I, class F>
void parallel_for_pieces(scheduler& s, I begin, I end, const F& f, std::size_t grain) {
  const std::size_t n = distance_of(begin, end);
  if (n == 0) return;
  for_pieces(s, n, grain_of(s, n, grain), [&](std::size_t from, std::size_t to) {
    f(index_at(begin, from), index_at(begin, to));
  });
}

template <std::integral I, class T, class Map, class Combine>
T parallel_reduce(scheduler& s, I begin, I end, const T& identity, const Map& map,
                  const Combine& combine, std::size_t grain) {
  const std::size_t n = distance_of(begin, end);
  if (n == 0) return identity;
  const auto map_offset = [&, begin](std::size_t i) { return map(index_at(begin, i)); };
  return reduce_pieces(s, n, grain_of(s, n, grain), identity, map_offset, combine);
}

template <class F>
void parallel_invoke(scheduler&, F&& f) {
  std::invoke(std::forward<F>(f));
}

template <class F, class... More>
void parallel_invoke(scheduler& s, F&& f, More&&... more) {
  fork_join(s, std::forward<F>(f), [&] { parallel_invoke(s, std::forward<More>(more)...); });
}

}  // namespace detail

/// Calls f(i) once for each i in [begin, end), in no particular order. `f` is shared by the
/// threads: it is called as const. Nothing for an empty or reversed range.
template <std::integral I, class F>
requires std::invocable<const F&, I>
void parallel_for(runtime& rt, I begin, I end, const F& f, std::size_t grain = 0) {
  detail::parallel_for(rt.underlying(), begin, end, f, grain);
}
template <std::integral I, class F>
requires std::invocable<const F&, I>
void parallel_for(I begin, I end, const F& f, std::size_t grain = 0) {
  detail::parallel_for(detail::scheduler_here(), begin, end, f, grain);
}

/// Calls f(from, to) once for each piece [from, to) of [begin, end): for a body that has something
/// to prepare for many indices, or a loop of its own. The pieces begin at multiples of the grain
/// from `begin` on.
template <std::integral I, class F>
requires std::invocable<const F&, I, I>
void parallel_for_pieces(runtime& rt, I begin, I end, const F& f, std::size_t grain = 0) {
  detail::parallel_for_pieces(rt.underlying(), begin, end, f, grain);
}
template <std::integral I, class F>
requires std::invocable<const F&, I, I>
void parallel_for_pieces(I begin, I end, const F& f, std::size_t grain = 0) {
  detail::parallel_for_pieces(detail::scheduler_here(), begin, end, f, grain);
}

/// Calls f(element) once for each element of [begin, end).
template <std::random_access_iterator It, class F>
void parallel_for_each(runtime& rt, It begin, It end, const F& f, std::size_t grain = 0) {
  using offset = std::iter_difference_t<It>;
  parallel_for(
      rt, offset{0}, end - begin, [&](offset i) { f(begin[i]); }, grain);
}
template <std::random_access_iterator It, class F>
void parallel_for_each(It begin, It end, const F& f, std::size_t grain = 0) {
  using offset = std::iter_difference_t<It>;
  parallel_for(
      offset{0}, end - begin, [&](offset i) { f(begin[i]); }, grain);
}

/// combine(...combine(identity, map(begin))..., map(end - 1)), with brackets set anew: `combine` is
/// associative and `identity` changes nothing; it need not be commutative. The brackets depend on
/// the range, the grain and the number of workers only, so floating-point sums repeat on the same
/// runtime.
template <std::integral I, class T, class Map, class Combine>
requires std::invocable<const Map&, I> T parallel_reduce(runtime& rt, I begin, I end, T identity,
                                                         const Map& map, const Combine& combine,
                                                         std::size_t grain = 0) {
  return detail::parallel_reduce(rt.underlying(), begin, end, identity, map, combine, grain);
}
template <std::integral I, class T, class Map, class Combine>
requires std::invocable<const Map&, I> T parallel_reduce(I begin, I end, T identity, const Map& map,
                                                         const Combine& combine,
                                                         std::size_t grain = 0) {
  return detail::parallel_reduce(detail::scheduler_here(), begin, end, identity, map, combine,
                                 grain);
}

/// Calls each of the functions once, perhaps at the same time; results are dropped. The first one's
/// exception leaves before the second one's, and so on.
template <class... F>
requires(sizeof...(F) > 0 && (std::invocable<F> && ...)) void parallel_invoke(runtime& rt,
                                                                              F&&... f) {
  detail::parallel_invoke(rt.underlying(), std::forward<F>(f)...);
}
template <class... F>
requires(sizeof...(F) > 0 && (std::invocable<F> && ...)) void parallel_invoke(F&&... f) {
  detail::parallel_invoke(detail::scheduler_here(), std::forward<F>(f)...);
}

}  // namespace wyn
