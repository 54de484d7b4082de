// A range that is a single run needs no sort.
#pragma once

#include <algorithm>
#include <iterator>

namespace wyn::detail {

/// True when [first, last), of two elements or more, was in order, or strictly in reverse order and
/// was reversed. Ends at the first pair that says otherwise.
template <class It, class Less>
bool sort_one_run(It first, It last, const Less& less) {
  It next = std::next(first);
  const bool falls = less(*next, *first);
  while (++next != last && less(*next, *std::prev(next)) == falls) {
  }
  if (next != last) return false;
  if (falls) std::reverse(first, last);
  return true;
}

}  // namespace wyn::detail
