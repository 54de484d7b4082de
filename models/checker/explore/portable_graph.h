// A graph in a form that any explorer of the same program can take up, in this process or in
// another one.
//
// Explorers map their worlds at addresses of their own, so a value in a graph may be an address
// that means nothing elsewhere, or a number that was computed from one (a tagged pointer). Nothing
// could translate such values. But a program is deterministic up to what it reads: where each read
// reads from, the modification orders and the choices determine every value. So values are left
// out, and the first replay fills them in (execution::run). Locations are named by their place in
// the world.
//
// Rejected: worker processes forked from one, whose worlds lie at equal addresses. Values could
// cross unchanged, but then neither a checkpoint nor a shard could be read back under address space
// randomisation, and a debugger or a sanitizer sees one of many processes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/checker/graph/graph.h"
#include "models/checker/graph/memory_model.h"
#include "models/checker/memory/objects.h"

namespace wyn::model {

struct portable_graph {
  /// By thread. An event's location is an index of `locations`; its values are 0, but for a choice.
  std::vector<std::vector<event>> rows;
  std::vector<location_key> locations;
  std::uint32_t next_stamp = 0;
};

/// `g`, whose location numbers are those of `objects`.
portable_graph export_graph(const graph& g, const object_table& objects);

/// `p` with the threads s and t, which are symmetric, exchanged: what each has done, the other
/// does.
portable_graph exchanged(const portable_graph& p, int s, int t, const world& w);

/// The graph with location numbers of `objects`, without values. `p` comes from export_graph, for
/// the same program and the same model.
graph import_graph(const portable_graph& p, object_table& objects, memory_model model);

/// One line of hexadecimal digits, for files that this build of the engine reads back.
std::string to_text(const portable_graph& p);
/// False when `text` was not made by to_text, or not for a world of so many granules.
bool from_text(std::string_view text, std::size_t granules, portable_graph& p);

}  // namespace wyn::model
