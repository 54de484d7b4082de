#include "models/export/log.h"

#include <cstring>

#include "models/checker/calls.h"

namespace wyn::model_export {

log_writer& log_writer::current() {
  static thread_local log_writer writer;
  return writer;
}

void log_writer::forget() { *this = {}; }

void log_writer::begin(int threads) {
  log_ = {};
  log_.threads.resize(static_cast<std::size_t>(threads));
  log_.waits.resize(static_cast<std::size_t>(threads));
  phase_ = phase::before;
  objects_.clear();
  blocks_.clear();
}

std::vector<performed_step>& log_writer::steps() {
  const int thread = model::calls::current_thread();
  if (thread != main_thread) return log_.threads[static_cast<std::size_t>(thread)];
  return phase_ == phase::before ? log_.before : log_.after;
}

void log_writer::add(const step& s, std::uint64_t found) {
  if (phase_ != phase::over) steps().push_back({s, found});
}

void log_writer::attempt(const step& s) {
  const int thread = model::calls::current_thread();
  add(s);
  if (thread != main_thread) log_.waits[static_cast<std::size_t>(thread)] = true;
}

void log_writer::finish_attempt(std::uint64_t found) {
  const int thread = model::calls::current_thread();
  steps().back().found = found;
  if (thread != main_thread) log_.waits[static_cast<std::size_t>(thread)] = false;
}

void log_writer::construct(const step& s, std::size_t bytes) {
  objects_[s.object] = bytes;
  add(s);
}

void log_writer::destroy(const void* object) {
  objects_.erase(reinterpret_cast<std::uintptr_t>(object));
}

void log_writer::allocate(const void* memory, std::size_t bytes) {
  blocks_[reinterpret_cast<std::uintptr_t>(memory)] = bytes;
}

void log_writer::name(const void* object, const char* text, std::int64_t index) {
  std::string name = text;
  if (index >= 0) name += "_" + std::to_string(index);
  std::string& known = names_[reinterpret_cast<std::uintptr_t>(object)];
  // An address that has had several names has none.
  known = known.empty() || known == name ? name : "?";
}

void log_writer::end_threads(const void* model, std::size_t bytes) {
  phase_ = phase::after;
  look_at(reinterpret_cast<std::uintptr_t>(model), bytes);
  for (const auto& [address, size] : blocks_) look_at(address, size);
}

void log_writer::look_at(std::uintptr_t from, std::size_t bytes) {
  for (std::uintptr_t at = from; at < from + bytes; ++at) {
    auto object = objects_.upper_bound(at);
    if (object != objects_.begin()) {
      --object;
      if (at < object->first + object->second) continue;
    }
    unsigned char value = 0;
    std::memcpy(&value, reinterpret_cast<const void*>(at), 1);
    if (value != 0) log_.private_bytes[at] = value;
  }
}

}  // namespace wyn::model_export
