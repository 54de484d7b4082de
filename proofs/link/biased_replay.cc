#include "proofs/link/biased_replay.h"

#include <iterator>
#include <string>
#include <string_view>

#include "core/deque/biased_deque.h"

namespace wyn::link {

namespace {

using model::trace_step;

// proofs/deque/biased/machine.py has these numbers.
constexpr number oldest_cas = 16;
constexpr number asked = 1, shared = 2;

// What an ask() that nobody disturbs does.
constexpr std::string_view undisturbed_ask[] = {
    "ask.fetch_add_askers", "ask.fence",     "ask.load_top",           "ask.cas_top",
    "share.fence",          "share.cas_top", "leave.fetch_add_askers",
};

}  // namespace

auto biased_replay::initial() const -> state_type {
  state_type s = base::initial();
  s.seen = s.sk = s.kf = -1;
  if (constructing_ > 0) {
    s.md = s.mm.elements[0] = shared;
    s.ph = 1;
  }
  return s;
}

void biased_replay::begin_run() {
  top_message_.clear();
  counted_.clear();
  asking_.clear();
  constructing_ = begins_with_ask() ? std::size(undisturbed_ask) : 0;
  first_word_ = 0;
}

bool biased_replay::begins_with_ask() const {
  if (steps() < std::size(undisturbed_ask)) return false;
  for (std::size_t n = 0; n < std::size(undisturbed_ask); ++n) {
    if (site(n) != undisturbed_ask[n] || is_of_a_thread(n)) return false;
  }
  return true;
}

void biased_replay::set_parameters(const step& s) {
  m_.parameters.me = s.thread > 0 ? s.thread - 1 : 0;  // of the owner's steps there is no thief
}

// The first message of top, and one of bottom that shows an item there.
void biased_replay::set_unseen(const transition& t) {
  m_.parameters.k = 0;
  if (std::string_view(t.name) != "steal.peek_bottom.some") return;
  while (m_.parameters.k < m_.state.n && !m_.is_enabled(t)) ++m_.parameters.k;
}

std::string biased_replay::read_top(const step& s, number& k) const {
  k = 0;
  if (s.reads_from == trace_step::initial) return {};
  const auto source = top_message_.find(s.reads_from);
  if (source == top_message_.end()) return "it reads what no step has written";
  k = source->second;
  return {};
}

std::uint64_t biased_replay::word_of(number message) const {
  std::int64_t word = select(m_.state.mi, message);
  const number bias = select(m_.state.mm, message);
  if (bias == asked) word |= biased_top::asked;
  if (bias == shared) word |= biased_top::shared;
  return static_cast<std::uint64_t>(word);
}

std::string biased_replay::compare_more(const step& s, std::size_t n) {
  const std::string role = role_of(site(n));
  if (role == "top" && constructs(n)) return compare_first_top(s, n);
  if (role == "top" && site(n) != "size.load_top") return compare_top(s, n);
  return role == "askers" ? compare_count(s, n) : "";
}

// Nobody else knows of the deque: each access reads what the last one has written.
std::string biased_replay::compare_first_top(const step& s, std::size_t n) {
  if (s.read != first_word_) return "another word of top is read";
  if (!model::writes(s.kind)) return {};
  first_word_ = s.written;
  top_message_[static_cast<int>(n)] = 0;  // what becomes the first message replaces the others
  return s.written == (site(n) == "share.cas_top" ? word_of(0) : biased_top::asked)
             ? ""
             : "another word of top is written";
}

std::string biased_replay::compare_top(const step& s, std::size_t n) {
  const number newest = m_.state.tt;
  if (model::writes(s.kind)) {
    if (s.written != word_of(newest)) return "another word of top is written";
    top_message_[static_cast<int>(n)] = newest;
  }
  if (!model::reads(s.kind)) return {};
  number message = 0;
  std::string problem = read_top(s, message);
  if (!problem.empty()) return problem;
  if (model::writes(s.kind) && message != newest - 1) return "it replaces another word of top";
  if (s.read != word_of(message)) return "another word of top is read";
  const bool gives_up = site(n) == "steal.load_top" && next_site(n) != "peek.load_bottom" &&
                        next_site(n) != "steal.fence";
  return gives_up && select(m_.state.mm, message) == shared ? "it gives up a shared deque" : "";
}

// Entering and leaving, and the owner's look.
std::string biased_replay::compare_count(const step& s, std::size_t n) {
  const std::uint64_t before = asking_.size();
  if (site(n) == "rebias.load_askers") {
    const auto source = counted_.find(s.reads_from);
    const std::uint64_t read = source == counted_.end() ? 0 : source->second;
    return s.read == read ? "" : "another count is read";
  }
  const bool enters = site(n) == "ask.fetch_add_askers";
  if (asking_.insert(s.thread).second != enters) return "a thief enters or leaves twice";
  if (!enters) asking_.erase(s.thread);
  counted_[static_cast<int>(n)] = asking_.size();
  const bool counts = s.read == before && s.written == asking_.size();
  return counts ? "" : "the count is another one";
}

number biased_replay::popped_index() const {
  return m_.state.opc == oldest_cas ? m_.state.ot : m_.state.ob;
}

std::string biased_replay::finish() {
  const std::string problem = take_if_possible("rebias.not_yet");
  return problem.empty() ? base::finish() : problem;
}

}  // namespace wyn::link
