// The workloads of search.h, matrix.h and merge_sort.h as repeatable workloads.
#pragma once

#include <algorithm>
#include <vector>

#include "bench/compare/workload/matrix.h"
#include "bench/compare/workload/merge_sort.h"
#include "bench/compare/workload/search.h"
#include "bench/compare/workload/workload.h"

namespace wyn::bench::compare {

/// A workload whose result is one number.
template <class Call>
class number_workload final : public workload {
 public:
  explicit number_workload(Call call) : call_(call) {}
  void run() override { result_ = call_(); }
  std::uint64_t answer() override { return result_; }

 private:
  Call call_;
  std::uint64_t result_ = 0;
};

template <class Call>
std::unique_ptr<workload> number(Call call) {
  return std::make_unique<number_workload<Call>>(call);
}

inline std::uint64_t power_of_ten(std::size_t n) {
  std::uint64_t power = 1;
  while (n-- > 0) power *= 10;
  return power;
}

/// Rows of a power of two bytes would all lie in the same few sets of a cache: each row has a cache
/// line of its own behind it.
template <class System>
class matrix_workload final : public workload {
 public:
  matrix_workload(System& s, const request& r)
      : s_(s), n_(r.size), base_(r.grain), a_(n_ * width_), b_(n_ * width_), c_(n_ * width_) {
    // Small whole numbers: the sums are exact in every order.
    for (std::size_t i = 0; i < n_ * n_; ++i) {
      a_[place(i)] = static_cast<double>(mix(i) & 7);
      b_[place(i)] = static_cast<double>(mix(i + n_ * n_) & 7);
    }
  }
  void prepare() override { std::fill(c_.begin(), c_.end(), 0.0); }
  void run() override { multiply(s_, {c_.data(), a_.data(), b_.data(), n_, width_}, base_); }
  std::uint64_t answer() override {
    std::vector<double> whole(n_ * n_);
    for (std::size_t i = 0; i < whole.size(); ++i) whole[i] = c_[place(i)];
    return checksum(whole.data(), whole.size());
  }

 private:
  std::size_t place(std::size_t i) const { return i / n_ * width_ + i % n_; }

  System& s_;
  const std::size_t n_, base_, width_ = n_ + 8;
  std::vector<double> a_, b_, c_;
};

/// Sorts numbers; `Sort` is called with the data and a buffer of the same size.
template <class Sort>
class sort_workload final : public workload {
 public:
  sort_workload(std::size_t n, Sort sort) : sort_(sort), data_(n), buffer_(n) {}
  void prepare() override {
    for (std::size_t i = 0; i < data_.size(); ++i) data_[i] = mix(i);
  }
  void run() override { sort_(data_.data(), buffer_.data(), data_.size()); }
  std::uint64_t answer() override { return checksum(data_.data(), data_.size()); }

 private:
  Sort sort_;
  std::vector<std::uint64_t> data_, buffer_;
};

template <class Sort>
std::unique_ptr<workload> sorting(std::size_t n, Sort sort) {
  return std::make_unique<sort_workload<Sort>>(n, sort);
}

template <class System>
class loop_workload final : public workload {
 public:
  loop_workload(System& s, const request& r) : s_(s), grain_(r.grain), out_(r.size) {}
  void prepare() override { std::fill(out_.begin(), out_.end(), std::uint64_t{0}); }
  void run() override {
    std::uint64_t* const out = out_.data();
    s_.loop(out_.size(), grain_, [out](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) out[i] = mix(i);
    });
  }
  std::uint64_t answer() override { return checksum(out_.data(), out_.size()); }

 private:
  System& s_;
  const std::size_t grain_;
  std::vector<std::uint64_t> out_;
};

}  // namespace wyn::bench::compare
