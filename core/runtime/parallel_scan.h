// Prefix sums on several threads.
//
//     wyn::parallel_inclusive_scan(in.begin(), in.end(), out.begin(), std::plus<>{});
//
// parallel_scan is the form that takes the loops themselves, as oneTBB's does:
//
//     int total = wyn::parallel_scan(0, n, 0, [&](int from, int to, int sum, bool is_final) {
//       for (int i = from; i < to; ++i) {
//         sum += in[i];
//         if (is_final) out[i] = sum;
//       }
//       return sum;
//     }, std::plus<>{});
//
// The range is cut into pieces. First each piece is summed, then the sums of the pieces before each
// are added up, then each piece is scanned from there: every element is read twice. `op` is
// associative; it need not be commutative. The brackets depend on the range, the grain and the
// number of workers only, so floating-point sums repeat on the same runtime. With a single piece
// nothing is forked and every element is read once.
//
// Exceptions, grain, and where these may be called: as in parallel.h. One array of a sum for each
// piece is allocated (std::bad_alloc, before anything is written).
//
// Source: Blelloch, "Prefix Sums and Their Applications", CMU-CS-90-190, section 1.3.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/runtime/parallel.h"
#include "core/runtime/pieces_of.h"

namespace wyn {
namespace detail {

/// Calls scan(from, to, what comes before) for each piece; `first` comes before the first one. The
/// sum of a piece is op(...op(element, element)...).
template <class T, class In, class Op, class Scan>
void scan_pieces(scheduler& s, In in, const pieces_of& pieces, std::optional<T> first,
                 const Op& op, const Scan& scan) {
  const std::size_t count = pieces.count();
  if (count == 0) return;
  std::vector<std::optional<T>> before(count);
  parallel_for(
      s, std::size_t{0}, count - 1,
      [&](std::size_t p) {
        const auto begin = in + static_cast<std::iter_difference_t<In>>(pieces.begin(p));
        const auto end = in + static_cast<std::iter_difference_t<In>>(pieces.end(p));
        before[p + 1] = std::accumulate(std::next(begin), end, T(*begin), std::ref(op));
      },
      1);
  before[0] = std::move(first);
  for (std::size_t p = 1; p < count; ++p) {
    if (before[p - 1]) before[p] = op(*before[p - 1], std::move(*before[p]));
  }
  parallel_for(
      s, std::size_t{0}, count,
      [&](std::size_t p) { scan(pieces.begin(p), pieces.end(p), std::move(before[p])); }, 1);
}

template <class In, class Out, class Op>
Out inclusive_scan(scheduler& s, In first, In last, Out out, const Op& op, std::size_t grain) {
  using T = std::iter_value_t<In>;
  using in_offset = std::iter_difference_t<In>;
  using out_offset = std::iter_difference_t<Out>;
  const auto n = static_cast<std::size_t>(last - first);
  scan_pieces<T>(s, first, {n, grain_of(s, n, grain)}, std::nullopt, op,
                 [&](std::size_t from, std::size_t to, std::optional<T> sum) {
                   for (std::size_t i = from; i < to; ++i) {
                     const auto element = first + static_cast<in_offset>(i);
                     sum = sum ? op(std::move(*sum), *element) : T(*element);
                     out[static_cast<out_offset>(i)] = *sum;
                   }
                 });
  return out + static_cast<out_offset>(n);
}

template <class In, class Out, class T, class Op>
Out exclusive_scan(scheduler& s, In first, In last, Out out, T init, const Op& op,
                   std::size_t grain) {
  using in_offset = std::iter_difference_t<In>;
  using out_offset = std::iter_difference_t<Out>;
  const auto n = static_cast<std::size_t>(last - first);
  scan_pieces<T>(s, first, {n, grain_of(s, n, grain)}, std::optional<T>(std::move(init)), op,
                 [&](std::size_t from, std::size_t to, std::optional<T> sum) {
                   for (std::size_t i = from; i < to; ++i) {
                     // In place, the element is overwritten by what comes before it.
                     T with_element = op(*sum, *(first + static_cast<in_offset>(i)));
                     out[static_cast<out_offset>(i)] = std::move(*sum);
                     sum = std::move(with_element);
                   }
                 });
  return out + static_cast<out_offset>(n);
}

template <class T, std::integral I, class Scan, class Combine>
T parallel_scan(scheduler& s, I begin, I end, const T& identity, const Scan& scan,
                const Combine& combine, std::size_t grain) {
  const std::size_t n = distance_of(begin, end);
  if (n == 0) return identity;
  const pieces_of pieces{n, grain_of(s, n, grain)};
  const std::size_t count = pieces.count();
  const auto scan_piece = [&](std::size_t p, T sum, bool is_final) -> T {
    return scan(index_at(begin, pieces.begin(p)), index_at(begin, pieces.end(p)), std::move(sum),
                is_final);
  };
  // sums[p]: of the piece p - 1 at first, then of all before piece p.
  std::vector<T> sums(count, identity);
  parallel_for(
      s, std::size_t{1}, count,
      [&](std::size_t p) { sums[p] = scan_piece(p - 1, identity, false); }, 1);
  for (std::size_t p = 1; p < count; ++p) sums[p] = combine(sums[p - 1], std::move(sums[p]));
  T total = identity;
  parallel_for(
      s, std::size_t{0}, count,
      [&](std::size_t p) {
        T sum = scan_piece(p, std::move(sums[p]), true);
        if (p + 1 == count) total = std::move(sum);
      },
      1);
  return total;
}

}  // namespace detail

/// out[i] = first[0] op ... op first[i]. Returns the end of what was written. `out` may be `first`;
/// else the ranges do not overlap.
template <std::random_access_iterator In, std::random_access_iterator Out, class Op = std::plus<>>
Out parallel_inclusive_scan(runtime& rt, In first, In last, Out out, const Op& op = {},
                            std::size_t grain = 0) {
  return detail::inclusive_scan(rt.underlying(), first, last, out, op, grain);
}
template <std::random_access_iterator In, std::random_access_iterator Out, class Op = std::plus<>>
Out parallel_inclusive_scan(In first, In last, Out out, const Op& op = {}, std::size_t grain = 0) {
  return detail::inclusive_scan(detail::scheduler_here(), first, last, out, op, grain);
}

/// out[i] = init op first[0] op ... op first[i - 1]. Otherwise as above.
template <std::random_access_iterator In, std::random_access_iterator Out, class T,
          class Op = std::plus<>>
Out parallel_exclusive_scan(runtime& rt, In first, In last, Out out, T init, const Op& op = {},
                            std::size_t grain = 0) {
  return detail::exclusive_scan(rt.underlying(), first, last, out, std::move(init), op, grain);
}
template <std::random_access_iterator In, std::random_access_iterator Out, class T,
          class Op = std::plus<>>
Out parallel_exclusive_scan(In first, In last, Out out, T init, const Op& op = {},
                            std::size_t grain = 0) {
  return detail::exclusive_scan(detail::scheduler_here(), first, last, out, std::move(init), op,
                                grain);
}

/// Scans with a loop of the caller's. scan(from, to, sum, is_final) returns `sum` combined with all
/// indices of [from, to). It is called with is_final once for each piece, where `sum` is that of
/// all indices before, and without it, with the identity, once for each piece but the last.
/// combine(left, right) is associative, and `identity` changes nothing. Returns the sum of all
/// indices, the identity for an empty or reversed range. `scan` is shared by the threads. T is not
/// bool: neighbours in one std::vector belong to different threads.
template <std::integral I, class T, class Scan, class Combine>
requires(!std::same_as<T, bool> && std::invocable<const Scan&, I, I, T, bool>) T
    parallel_scan(runtime& rt, I begin, I end, T identity, const Scan& scan,
                  const Combine& combine, std::size_t grain = 0) {
  return detail::parallel_scan(rt.underlying(), begin, end, identity, scan, combine, grain);
}
template <std::integral I, class T, class Scan, class Combine>
requires(!std::same_as<T, bool> && std::invocable<const Scan&, I, I, T, bool>) T
    parallel_scan(I begin, I end, T identity, const Scan& scan, const Combine& combine,
                  std::size_t grain = 0) {
  return detail::parallel_scan(detail::scheduler_here(), begin, end, identity, scan, combine,
                               grain);
}

}  // namespace wyn
