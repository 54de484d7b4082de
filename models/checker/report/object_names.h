// What a report calls the objects of a program: the names that the program gives them
// (calls::name), else where they lie ("main.heap+0x40").
//
// A name that several objects have is told apart by the place: "next@t0.heap+0x10". An address that
// has had several names has none.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "models/checker/memory/world.h"
#include "models/checker/run/side_log.h"

namespace wyn::model {

class object_names {
 public:
  object_names(const world& w, const std::vector<given_name>& names);

  /// "bell", or "main.heap+0x40".
  std::string object(const void* address) const;
  /// A value that may be a pointer: "&bell", "&node tag 3", "main.heap+0x40", "17".
  std::string value(std::uint64_t v) const;
  /// `text` with names in the place of addresses of named objects.
  std::string replace_in(std::string text) const;

 private:
  const world& world_;
  std::map<const void*, std::string> names_;
};

}  // namespace wyn::model
