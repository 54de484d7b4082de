// The body of one thread of a litmus test in C: see c_litmus.h for what is understood.
#pragma once

#include "models/litmus/c_builder.h"
#include "models/litmus/c_lexer.h"
#include "models/litmus/c_memory.h"

namespace wyn::litmus {

/// Parses "(parameters) { body }". A loop becomes `unroll` iterations, and executions that would go
/// on are dropped (op_kind::cut). Throws syntax_error.
c_thread parse_c_thread(token_stream& in, c_memory& memory, int unroll);

}  // namespace wyn::litmus
