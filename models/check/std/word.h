// A value as the word that the explorer keeps of it: the bytes that T lacks, and those that T
// leaves unused between its members, are 0, so that equal values are equal words.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace wyn::check::detail {

#if defined(__has_builtin)
#if __has_builtin(__builtin_clear_padding)
#define WYN_CHECK_CLEAR_PADDING(object) __builtin_clear_padding(&object)
#endif
#endif
#ifdef WYN_CHECK_CLEAR_PADDING
inline constexpr bool padding_can_be_cleared = true;
#else
inline constexpr bool padding_can_be_cleared = false;
#define WYN_CHECK_CLEAR_PADDING(object) static_cast<void>(object)
#endif

template <class T>
struct word {
  static_assert(std::is_trivially_copyable_v<T>, "std::atomic is for trivially copyable types");
  static_assert(sizeof(T) <= 8, "the explorer's atomics have at most 8 bytes");
  static_assert(std::has_unique_object_representations_v<T> || std::is_floating_point_v<T> ||
                    padding_can_be_cleared,
                "T has padding bits, which this compiler cannot clear: make them members");

  static constexpr std::uint64_t mask =
      sizeof(T) == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * (sizeof(T) % 8))) - 1;

  static std::uint64_t of(T v) noexcept {
    if constexpr (!std::has_unique_object_representations_v<T> && !std::is_floating_point_v<T>) {
      WYN_CHECK_CLEAR_PADDING(v);
    }
    std::uint64_t bits = 0;
    std::memcpy(&bits, &v, sizeof(T));
    return bits;
  }
  static T value(std::uint64_t bits) noexcept {
    // A union, since T need not have a default constructor.
    union {
      unsigned char bytes[sizeof(T)];
      T v;
    } u = {.bytes = {}};
    std::memcpy(u.bytes, &bits, sizeof(T));
    return u.v;
  }
};
#undef WYN_CHECK_CLEAR_PADDING

}  // namespace wyn::check::detail
