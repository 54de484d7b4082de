// A workload: what is done, again and again, by each of the systems that are compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wyn::bench::compare {

/// What one process measures.
struct request {
  std::string workload;   ///< a name of catalogue.h
  std::size_t size = 0;   ///< its meaning depends on the workload
  std::size_t grain = 0;  ///< likewise
  int workers = 1;        ///< threads that run tasks at once
};

/// One workload of one size, ready to be repeated.
class workload {
 public:
  virtual ~workload() = default;

  /// Before each repetition, outside of the timed region.
  virtual void prepare() {}
  /// The timed region.
  virtual void run() = 0;
  /// After each repetition, outside of the timed region: a number that is the same for every
  /// correct system and changes when work was lost, doubled or done wrongly.
  virtual std::uint64_t answer() = 0;
  /// What run() measured itself, where wall time is not the point.
  virtual std::optional<double> value() const { return std::nullopt; }
};

/// A workload that a system offers.
struct offer {
  std::string name;
  std::function<std::unique_ptr<workload>(const request&)> make;
};

}  // namespace wyn::bench::compare
