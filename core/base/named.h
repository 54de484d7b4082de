// Names of objects for the reports of an environment that makes some, such as the checker's.
// Nothing at all in production.
#pragma once

#include <cstdint>

namespace wyn {

/// Calls `object` by the name `text`, a literal, or by "text[index]" if index is not negative.
template <class Env, class T>
constexpr void name_object([[maybe_unused]] const T& object, [[maybe_unused]] const char* text,
                           [[maybe_unused]] std::int64_t index = -1) noexcept {
  if constexpr (requires { Env::name(object, text, index); }) Env::name(object, text, index);
}

}  // namespace wyn
