// Random litmus programs, for comparisons of one answer with another.
#pragma once

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

#include "models/litmus/litmus.h"

namespace wyn::litmus {

struct program_shape {
  int most_threads = 3;          ///< 2 or 3
  bool asymmetric = false;       ///< fences are light, heavy or seq_cst instead of symmetric
  bool seq_cst_accesses = true;  ///< some accesses are seq_cst
  bool light_between = false;    ///< a light fence after every access
  int longer_by = 0;             ///< more operations in each thread
  int locations = 2;
};

/// 2 or 3 threads with 2 locations and up to 4 operations each, unless the shape says otherwise.
class random_programs {
 public:
  random_programs(unsigned seed, const program_shape& shape) : random_(seed), shape_(shape) {}

  program next() {
    program p;
    p.id = "random";
    p.locations = shape_.locations;
    p.plain.assign(static_cast<std::size_t>(shape_.locations), false);
    const int threads = 2 + pick(shape_.most_threads - 1);
    for (int t = 0; t < threads; ++t) {
      int registers = 0;
      std::vector<op> ops;
      const int length = shape_.longer_by + (threads == 2 ? 2 + pick(3) : 1 + pick(2));
      for (int i = 0; i < length; ++i) {
        ops.push_back(operation(registers));
        if (shape_.light_between) ops.push_back(fence(order::light));
      }
      p.threads.push_back(std::move(ops));
      p.registers.push_back(registers);
    }
    return p;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  template <std::size_t N>
  order pick(const order (&from)[N]) {
    return from[pick(static_cast<int>(N))];
  }
  // The last of the orders is seq_cst.
  template <std::size_t N>
  order pick_access(const order (&from)[N]) {
    return from[pick(static_cast<int>(shape_.seq_cst_accesses ? N : N - 1))];
  }

  static op fence(order o) {
    op f;
    f.kind = op_kind::fence;
    f.success = o;
    return f;
  }

  op operation(int& registers) {
    using enum order;
    op o;
    o.location = pick(shape_.locations);
    o.operand.literal = 1 + pick(2);
    switch (pick(8)) {
      case 0:
      case 1: o.success = pick_access({relaxed, acquire, seq_cst}); break;
      case 2:
      case 3:
        o.kind = op_kind::store;
        o.success = pick_access({relaxed, release, seq_cst});
        return o;
      case 4: o.kind = op_kind::fetch_add; break;
      case 5: o.kind = op_kind::exchange; break;
      case 6:
        o.kind = op_kind::compare_exchange;
        o.failure = pick_access({relaxed, acquire, seq_cst});
        o.expected.literal = pick(2);
        break;
      default:
        return fence(shape_.asymmetric ? pick({light, heavy, light, heavy, seq_cst})
                                       : pick({acquire, release, acq_rel, seq_cst, seq_cst}));
    }
    if (o.kind != op_kind::load) {
      o.success = pick_access({relaxed, acquire, release, acq_rel, seq_cst});
    }
    o.reg = registers++;
    return o;
  }

  std::mt19937 random_;
  program_shape shape_;
};

}  // namespace wyn::litmus
