// The memory models that the checker knows.
#pragma once

#include <cstdint>

namespace wyn::model {

/// Which executions there are. Under each of them data races, lifetimes and uninitialised reads are
/// judged by the happens-before of C++ alone: a program is not free of races because a model is
/// strong.
enum class memory_model : std::uint8_t {
  rc11_20,  ///< RC11 with the release sequences of C++20: the head, then read-modify-writes only
  rc11,     ///< RC11 as published: later writes of the head's own thread continue the sequence too
  sc,       ///< interleavings: the orders and fences of the program order nothing
  tso,      ///< x86, with seq_cst stores as xchg and seq_cst fences as mfence; total_order.h
};

/// Whether the orders of the program count, by either form of RC11.
constexpr bool is_rc11(memory_model model) {
  return model == memory_model::rc11_20 || model == memory_model::rc11;
}

/// "rc11_20", "rc11", "sc" or "tso".
const char* to_string(memory_model model);

}  // namespace wyn::model
