#include "proofs/link/deque_replay.h"

#include <cstdint>
#include <string>

namespace wyn::link {

template <class Machine>
void deque_replay<Machine>::set_parameters(const step& s) {
  auto& p = m_.parameters;
  constexpr number owner = max_thieves<typename Machine::state> - 1;
  p.me = s.thread > 0 ? s.thread - 1 : owner;
  if (s.thread > owner) p.me = s.thread;  // no thief of the machine, which is then a problem
  if constexpr (requires { p.z; }) p.z = s.sc_place;
}

template <class Machine>
std::string deque_replay<Machine>::read_top(const step& s, number& k) const {
  k = static_cast<number>(s.read);
  return {};
}

template <class Machine>
std::string deque_replay<Machine>::compare_more(const step& s, std::size_t n) {
  const number top = m_.state.T;
  if (!model::writes(s.kind) || role_of(base::site(n)) != "top") return {};
  return s.written == static_cast<std::uint64_t>(top) ? "" : differs("top", s.written, top);
}

template class deque_replay<deque_fence::machine>;
template class deque_replay<deque_seq_cst::machine>;

}  // namespace wyn::link
