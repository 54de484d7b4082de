// The participants of a runtime, in a list that only grows, for thieves and for sums to walk.
#pragma once

#include <cstdint>
#include <memory>
#include <new>

#include "core/runtime/participant.h"
#include "core/runtime/published_list.h"

namespace wyn {

/// add: under the caller's lock; the rest: any thread, wait-free. Owns the participants.
class participant_list {
 public:
  /// Threads that can take part at once.
  static constexpr std::uint32_t max_entries = published_list<participant>::max_entries;

  participant_list() = default;
  participant_list(const participant_list&) = delete;
  participant_list& operator=(const participant_list&) = delete;
  ~participant_list() {
    for (std::uint32_t i = 0; i < size(); ++i) delete at(i);
  }

  /// Takes over `p`. False when the list is full; throws std::bad_alloc, and then `p` is untouched.
  bool add(std::unique_ptr<participant>& p) {
    using added = published_list<participant>::added;
    const added answer = list_.add(p.get());
    if (answer == added::no_memory) throw std::bad_alloc();
    if (answer == added::full) return false;
    static_cast<void>(p.release());
    return true;
  }

  std::uint32_t size() const noexcept { return list_.size(); }
  /// `index` below a size() that the caller has read.
  participant* at(std::uint32_t index) const noexcept { return list_.at(index); }

 private:
  published_list<participant> list_;
};

}  // namespace wyn
