// Sets of the nodes of a small relation: of at most 64 nodes in one word, or of any number.
//
// What works on both takes the kind as a template parameter: nearly every graph has at most 64
// seq_cst events, and sets of these live in registers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wyn::model {

class small_node_set {
 public:
  static constexpr std::size_t capacity = 64;

  void add(std::size_t n) { word_ |= std::uint64_t{1} << n; }
  bool holds(std::size_t n) const { return (word_ >> n & 1) != 0; }
  bool empty() const { return word_ == 0; }
  small_node_set& operator|=(const small_node_set& o) { return word_ |= o.word_, *this; }
  small_node_set& operator&=(const small_node_set& o) { return word_ &= o.word_, *this; }
  small_node_set& operator-=(const small_node_set& o) { return word_ &= ~o.word_, *this; }

  std::size_t words() const { return 1; }
  std::uint64_t word(std::size_t) const { return word_; }

 private:
  std::uint64_t word_ = 0;
};

class large_node_set {
 public:
  void add(std::size_t n) {
    if (n / 64 >= words_.size()) words_.resize(n / 64 + 1, 0);
    words_[n / 64] |= std::uint64_t{1} << (n % 64);
  }
  bool holds(std::size_t n) const {
    return n / 64 < words_.size() && (words_[n / 64] >> (n % 64) & 1) != 0;
  }
  bool empty() const {
    for (const std::uint64_t w : words_) {
      if (w != 0) return false;
    }
    return true;
  }
  large_node_set& operator|=(const large_node_set& o) {
    if (words_.size() < o.words_.size()) words_.resize(o.words_.size(), 0);
    for (std::size_t w = 0; w < o.words_.size(); ++w) words_[w] |= o.words_[w];
    return *this;
  }
  large_node_set& operator&=(const large_node_set& o) {
    if (words_.size() > o.words_.size()) words_.resize(o.words_.size());
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= o.words_[w];
    return *this;
  }
  large_node_set& operator-=(const large_node_set& o) {
    const std::size_t common = words_.size() < o.words_.size() ? words_.size() : o.words_.size();
    for (std::size_t w = 0; w < common; ++w) words_[w] &= ~o.words_[w];
    return *this;
  }

  std::size_t words() const { return words_.size(); }
  std::uint64_t word(std::size_t w) const { return words_[w]; }

 private:
  std::vector<std::uint64_t> words_;  ///< those behind the last one are 0
};

/// Calls use(n) for each n of `set`, in increasing order.
template <class Set, class Use>
void for_each_node(const Set& set, Use use) {
  for (std::size_t w = 0; w < set.words(); ++w) {
    for (std::uint64_t left = set.word(w); left != 0; left &= left - 1) {
      use(w * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }
  }
}

}  // namespace wyn::model
