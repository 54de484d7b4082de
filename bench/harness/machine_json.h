// The machine in the files of results.
#pragma once

#include <nlohmann/json.hpp>

#include "bench/harness/machine.h"
#include "bench/harness/statistics.h"

namespace wyn::bench {

nlohmann::ordered_json json_of(const machine_facts& m);
nlohmann::ordered_json json_of(const spread& s);

/// The inverse; throws nlohmann::json::exception if a member is missing.
machine_facts machine_from(const nlohmann::json& j);
spread spread_from(const nlohmann::json& j);

}  // namespace wyn::bench
