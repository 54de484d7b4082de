// Names of a recording's objects and values in C.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "models/export/recording.h"

namespace wyn::model_export {

class symbols {
 public:
  /// `r` must outlive it.
  explicit symbols(const recording& r);

  /// The variable of an object, which is declared from then on. An address at which there are, at
  /// different times, an atomic object and plain data has a variable for each.
  std::string variable(std::uintptr_t object, bool plain);
  /// A value as a C expression; one that is an address is a constant of a name of its own.
  std::string value(std::uint64_t v);
  bool is_address(std::uint64_t v) const;

  /// The declarations of all that was asked for.
  std::string declarations() const;

 private:
  std::string base_name(std::uintptr_t object) const;
  std::string place(std::uint64_t address) const;

  const recording& recording_;
  std::map<std::string, int> uses_;  ///< objects of a name
  std::map<std::pair<std::uintptr_t, bool>, std::string> variables_;
  std::map<std::uint64_t, std::string> addresses_;
};

}  // namespace wyn::model_export
