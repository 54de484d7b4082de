// A model checker for lock-free C++: explores every execution that RC11 with C++20 release
// sequences allows, each exactly once, by running the program itself.
//
// Papers:  Kokologiannakis, Marmanis, Gladstein, Vafeiadis, "Truly Stateless, Optimal Dynamic
//          Partial Order Reduction", POPL'22 (TruSt); Lahav, Vafeiadis, Kang, Hur, Dreyer,
//          "Repairing Sequential Consistency in C/C++11", PLDI'17 (RC11); P0982 (release
//          sequences).
// Use:     write a model over env_checker (models/env/env_checker.h), then
//
//              struct message_passing {
//                static constexpr int threads = 2;
//                void thread(int id);
//                void after();
//              };
//              wyn::model::verdict v = wyn::model::check<message_passing>();
//
//          or MODEL_TEST of models/checker/gtest.h.
// Demands: thread(id) is deterministic but for what it reads through env_checker; it uses no
//          std::thread, no malloc that outlives it, no state outside the model object. A loop that
//          waits calls Env::pause(), which promises that it ends only through what it reads.
// How it works, and what it does not cover: models/checker/README.md.
#pragma once

#include "models/checker/options.h"
#include "models/checker/program.h"
#include "models/checker/verdict.h"

namespace wyn::model {

/// Explores `p`. One check at a time on an OS thread; blocks for as long as it takes. Does not
/// throw: whatever cannot be checked is a verdict.
verdict check(const program& p, const options& o = {});

/// Explores the model type `Program`: see the head of this file.
template <class Program>
verdict check(const options& o = {}) {
  return check(program_of<Program>(), o);
}

}  // namespace wyn::model
