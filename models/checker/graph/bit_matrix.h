// A relation on n nodes as a matrix of bits: row a holds the nodes that a leads to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace wyn::model {

class bit_matrix {
 public:
  using word = std::uint64_t;

  /// The empty relation on n nodes; memory is reused.
  void reset(std::size_t n) {
    size_ = n;
    words_ = (n + 63) / 64;
    rows_.assign(n * words_, 0);
  }

  std::size_t size() const { return size_; }
  /// Of each row.
  std::size_t words() const { return words_; }
  const word* row(std::size_t a) const { return rows_.data() + a * words_; }

  bool has(std::size_t a, std::size_t b) const { return (row(a)[b / 64] >> (b % 64) & 1) != 0; }
  void add(std::size_t a, std::size_t b) { word_of(a, b) |= word{1} << (b % 64); }
  void remove(std::size_t a, std::size_t b) { word_of(a, b) &= ~(word{1} << (b % 64)); }
  /// Leads from `a` to all of a set of nodes (node_set.h).
  template <class Set>
  void add_all(std::size_t a, const Set& set) {
    word* const row = rows_.data() + a * words_;
    for (std::size_t w = 0; w < set.words(); ++w) row[w] |= set.word(w);
  }

  /// Whether there is no cycle. O(size() * words()).
  bool is_acyclic() const;

 private:
  word& word_of(std::size_t a, std::size_t b) { return rows_[a * words_ + b / 64]; }

  std::size_t size_ = 0;
  std::size_t words_ = 0;
  std::vector<word> rows_;
};

}  // namespace wyn::model
