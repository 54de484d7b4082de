// What an environment must provide, so that one source compiles for production (env_std), for
// ThreadSanitizer (env_tsan), for the checker (models/env/env_checker.h) and for Relacy
// (models/env/env_relacy.h).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "core/base/site.h"

namespace wyn {

namespace detail {
using any_site = site<"concept probe", order::seq_cst>;
}

template <class A, class T>
concept env_atomic = requires(A a, const A c, T v, detail::any_site s) {
  { c.load(s) } -> std::same_as<T>;
  a.store(v, s);
  { a.exchange(v, s) } -> std::same_as<T>;
  { a.compare_exchange(v, v, s) } -> std::same_as<bool>;
};

template <class E>
concept environment =
    env_atomic<typename E::template atomic<std::int64_t>, std::int64_t> &&
    env_atomic<typename E::template atomic<void*>, void*> &&
    requires(typename E::template atomic<std::uint64_t> word, typename E::template plain<int> data,
             std::int64_t n, std::size_t bytes, void* p) {
      { word.fetch_add(1, detail::any_site{}) } -> std::same_as<std::uint64_t>;
      { data.read() } -> std::same_as<int>;
      data.write(1);
      E::fence(detail::any_site{});
      E::pause();
      E::wait_upper(word, std::uint32_t{});
      E::wake_upper(word, 1);
      { E::allocate(bytes, bytes) } -> std::same_as<void*>;
      E::deallocate(p, bytes, bytes);
    };

}  // namespace wyn
