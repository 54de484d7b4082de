// Fences of code that knows what the process has: the light half of an asymmetric fence without the
// look whether there is a heavy half.
//
// Where the kernel refuses membarrier, a light fence is a full one, and each light_fence() finds
// that out anew: a load and a branch, of some ten that a spawn has. A structure that chooses
// another way for such a process as a whole need not ask at every turn: it calls
// heavy_fences_exist() once, and fence_beside_heavy() on the way that it takes only where they do.
//
// Rejected:  the instruction patched at start-up, as kernels do it: text that is writable once, and
//            different code for each compiler.
#pragma once

namespace wyn {

/// Whether the process has heavy fences that interrupt other threads, so that light ones need no
/// instruction. Never true first and false later. Any thread; wait-free. An environment that does
/// not say has them.
template <class Env>
inline bool heavy_fences_exist() noexcept {
  if constexpr (requires { Env::heavy_fences_exist(); }) return Env::heavy_fences_exist();
  else return true;
}

/// The light fence of row `s`, for a caller that relies on it only where heavy_fences_exist().
/// Otherwise it is no fence at all. Any thread; wait-free; no instruction in production.
template <class Env, class Site>
inline void fence_beside_heavy(Site s) noexcept {
  if constexpr (requires { Env::fence_beside_heavy(s); }) Env::fence_beside_heavy(s);
  else Env::fence(s);
}

}  // namespace wyn
