// fork_join(f, g, h, ...): three calls and more that may run at the same time, joined before it
// returns. Built on the fork of two (fork_join.h): the caller runs the first one while the others
// may be stolen together; who has them runs the next one, and so on.
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>

#include "core/runtime/fork_join.h"

namespace wyn::detail {

/// A place for each function; std::monostate for void.
template <class... F>
using fork_results = std::tuple<stored_result<std::invoke_result_t<F>>...>;

template <class... F>
inline constexpr bool all_are_void = (std::is_void_v<std::invoke_result_t<F>> && ...);

template <class F, class... More>
fork_results<F, More...> results_of_all(scheduler& s, F& f, More&... more) {
  if constexpr (sizeof...(More) == 0) {
    return fork_results<F>(invoke_stored<F>(f));
  } else {
    auto [mine, others] =
        fork_join(s, std::forward<F>(f), [&] { return results_of_all<More...>(s, more...); });
    return std::tuple_cat(fork_results<F>(std::move(mine)), std::move(others));
  }
}

template <class... F>
std::conditional_t<all_are_void<F...>, void, fork_results<F...>> fork_join_all(scheduler& s,
                                                                               F&&... f) {
  if constexpr (all_are_void<F...>) {
    static_cast<void>(results_of_all<F...>(s, f...));
  } else {
    return results_of_all<F...>(s, f...);
  }
}

}  // namespace wyn::detail
