#include "models/checker/run/side_log.h"

#include <cstring>

namespace wyn::model {

namespace {

std::uint64_t value_at(const side_step& s) {
  std::uint64_t value = 0;
  std::memcpy(&value, s.address, s.bytes);
  return value;
}

}  // namespace

void side_log::add(side_step s) {
  settle();
  if (s.kind == side_step_kind::plain_read) s.value = value_at(s);
  value_is_pending = s.kind == side_step_kind::plain_write && s.bytes != 0;
  steps.push_back(s);
}

void side_log::settle() {
  if (value_is_pending) steps.back().value = value_at(steps.back());
  value_is_pending = false;
}

void side_log::refuse() {
  if (value_is_pending) steps.back().bytes = 0;
  value_is_pending = false;
}

void side_log::call(const void* address, const char* name, std::int64_t index) {
  std::string text = name;
  if (index >= 0) text += "[" + std::to_string(index) + "]";
  names.push_back({address, std::move(text)});
}

}  // namespace wyn::model
