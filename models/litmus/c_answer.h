// What the explorer found for a litmus test in C, in herd's form and as JSON.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "models/litmus/c_litmus.h"

namespace wyn::litmus {

struct c_answer {
  bool race = false;  ///< the test has no meaning; nothing else is known
  std::map<state, std::uint64_t> states;  ///< of what is observed, and how often
  std::uint64_t positive = 0;             ///< executions for which the proposition holds
  std::uint64_t negative = 0;
  bool valid = false;  ///< the condition, as its quantifier says
  bool cut = false;    ///< a loop was not followed to its end
};

/// Throws std::runtime_error when the explorer has no answer.
c_answer answer(const c_litmus& test, const outcome& got);

/// In herd's form: States, Ok or No, Witnesses, Condition, Observation.
std::string describe(const c_litmus& test, const outcome& got);

/// One line: an object with test, model, kind, race, states, executions, valid, positive, negative,
/// condition, observation, cut.
std::string to_json(const c_litmus& test, const outcome& got, model::memory_model m);

}  // namespace wyn::litmus
