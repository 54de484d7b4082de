// Relations over the events of a small execution, with the operators in which memory models are
// written.
#pragma once

#include <bit>
#include <cstdint>

namespace wyn::litmus {

inline constexpr int max_related = 16;

/// One row of bits for each event.
class relation {
 public:
  void add(int a, int b) { row_[a] |= std::uint32_t{1} << b; }
  void remove(int a, int b) { row_[a] &= ~(std::uint32_t{1} << b); }
  bool has(int a, int b) const { return row_[a] >> b & 1; }

  relation operator|(const relation& o) const {
    relation r;
    for (int i = 0; i < max_related; ++i) r.row_[i] = row_[i] | o.row_[i];
    return r;
  }
  relation operator&(const relation& o) const {
    relation r;
    for (int i = 0; i < max_related; ++i) r.row_[i] = row_[i] & o.row_[i];
    return r;
  }
  /// Composition: this ; o.
  relation operator*(const relation& o) const {
    relation r;
    for (int i = 0; i < max_related; ++i) {
      for (std::uint32_t left = row_[i]; left != 0; left &= left - 1) {
        r.row_[i] |= o.row_[std::countr_zero(left)];
      }
    }
    return r;
  }
  relation without(const relation& o) const {
    relation r;
    for (int i = 0; i < max_related; ++i) r.row_[i] = row_[i] & ~o.row_[i];
    return r;
  }
  relation inverse() const {
    relation r;
    for (int i = 0; i < max_related; ++i) {
      for (std::uint32_t left = row_[i]; left != 0; left &= left - 1) {
        r.add(std::countr_zero(left), i);
      }
    }
    return r;
  }
  relation plus() const {
    relation r = *this;
    for (int k = 0; k < max_related; ++k) {
      for (int i = 0; i < max_related; ++i) {
        if (r.has(i, k)) r.row_[i] |= r.row_[k];
      }
    }
    return r;
  }
  bool irreflexive() const {
    for (int i = 0; i < max_related; ++i) {
      if (has(i, i)) return false;
    }
    return true;
  }
  bool acyclic() const { return plus().irreflexive(); }

 private:
  std::uint32_t row_[max_related] = {};
};

}  // namespace wyn::litmus
