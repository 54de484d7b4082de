// Replays executions of the biased deque's code through the machine of its proof:
// deque_replay_base.h, and what is special.
//
// Top:     its word has a bias beside the index and may come back, so its messages are numbered.
//          Each word that is read, by a failed compare-exchange too, is that of its message.
// Fences:  a heavy fence is one step of the asker's in the machine, ordered among the owner's light
//          fences. In the trace it is an event of the asker's in an order that extends psc.
// Shared at first: a deque whose owner expects thieves. The owner's ask() is the first thing in the
//          trace; the machine begins after it, with the shared word as the first message of top.
// Count:   of the thieves in ask(). Each change of it, and each value that the owner reads, is
//          compared with the threads that have entered and not left; in the machine a thief is
//          counted from its first fence on.
// Ask:     a model may call ask() without a steal. In the machine a thief gets there by a look at
//          top and one at bottom, which may return anything, however old: they are taken unseen.
// Looks:   a thief that finds the deque not shared after ask() gives up and forgets the word that
//          it read. That is no step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "proofs/link/biased_steps.h"
#include "proofs/link/deque_replay_base.h"

namespace wyn::link {

/// Of a deque with one or two thieves.
class biased_replay : public deque_replay_base<deque_biased::machine> {
  using base = deque_replay_base<deque_biased::machine>;

 public:
  using base::base;

 protected:
  state_type initial() const override;
  void begin_run() override;
  bool constructs(std::size_t n) const override { return n < constructing_; }
  void set_parameters(const step& s) override;
  void set_unseen(const transition& t) override;
  std::string read_top(const step& s, number& k) const override;
  std::string compare_more(const step& s, std::size_t n) override;
  number popped_index() const override;
  std::string finish() override;

 private:
  bool begins_with_ask() const;
  std::uint64_t word_of(number message) const;
  std::string compare_first_top(const step& s, std::size_t n);
  std::string compare_top(const step& s, std::size_t n);
  std::string compare_count(const step& s, std::size_t n);

  // Of one run.
  std::size_t constructing_ = 0;          ///< steps of the owner's ask(), before the machine begins
  std::uint64_t first_word_ = 0;          ///< of top, during these
  std::map<int, number> top_message_;     ///< by the step that wrote it
  std::map<int, std::uint64_t> counted_;  ///< values of the count, by the step that wrote it
  std::set<int> asking_;                  ///< threads that are counted
};

}  // namespace wyn::link
