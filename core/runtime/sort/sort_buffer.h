// The memory beside the range in which a merge sort has its elements half of the time.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>

#include "core/runtime/parallel.h"

namespace wyn::detail {

/// Room for `n` elements that are moved out of a range, and out of here again.
template <class T>
class sort_buffer {
 public:
  sort_buffer(scheduler& s, std::size_t n)
      : s_(s), n_(n), elements_(std::allocator<T>().allocate(n)) {}
  sort_buffer(const sort_buffer&) = delete;
  sort_buffer& operator=(const sort_buffer&) = delete;
  ~sort_buffer() {
    if (filled_) std::destroy_n(elements_, n_);
    std::allocator<T>().deallocate(elements_, n_);
  }

  template <class It>
  void take(It from, std::size_t grain) {
    for_pieces(s_, n_, grain, [&](std::size_t begin, std::size_t end) {
      using offset = std::iter_difference_t<It>;
      std::uninitialized_move(from + static_cast<offset>(begin), from + static_cast<offset>(end),
                              elements_ + begin);
    });
    filled_ = true;
  }
  T* data() noexcept { return elements_; }

 private:
  scheduler& s_;
  std::size_t n_;
  T* elements_;
  bool filled_ = false;
};

}  // namespace wyn::detail
