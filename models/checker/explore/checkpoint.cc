#include "models/checker/explore/checkpoint.h"

#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

#include "models/checker/trust/symmetry.h"

namespace wyn::model {

namespace {

// FNV-1a.
std::uint64_t hash_of_executable() {
  std::uint64_t h = 0xcbf29ce484222325u;
  std::ifstream file("/proc/self/exe", std::ios::binary);
  char buffer[1 << 16];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    for (std::streamsize i = 0; i < file.gcount(); ++i) {
      h = (h ^ static_cast<unsigned char>(buffer[i])) * 0x100000001b3u;
    }
  }
  return h;
}

// Code is named by its place in the executable or the library that it is in.
std::ptrdiff_t place_of(const void* code) {
  Dl_info in{};
  if (code == nullptr || dladdr(code, &in) == 0) return 0;
  return static_cast<const char*>(code) - static_cast<const char*>(in.dli_fbase);
}

// What shapes the tree.
std::string shape(const program& p, const options& o) {
  std::ostringstream s;
  s << "threads " << p.threads << " object " << p.bytes << "/" << p.alignment << " code "
    << place_of(reinterpret_cast<const void*>(p.thread)) << " model "
    << to_string(o.model) << " events " << o.max_events << " steps " << o.max_steps << " stack "
    << o.stack_bytes << " arena " << o.arena_bytes << " preemptions " << o.max_preemptions
    << " leaks " << o.check_leaks
    << " spurious " << o.spurious_failures << o.spurious_wakeups << " timeouts " << o.max_timeouts
    << " symmetry " << (why_no_symmetry(p, o).empty() ? p.symmetric_groups : 0) << " reuse "
    << o.reuse_addresses << " wakes " << o.limited_wakes << " shard "
    << o.shard.index << "/" << o.shard.count;
  for (const order_override& r : o.overrides) {
    s << " [" << r.site << " " << static_cast<int>(r.replacement) << "]";
  }
  return s.str();
}

}  // namespace

checkpoint_file::checkpoint_file(std::string path, const program& p, const options& o)
    : path_(std::move(path)), program_(shape(p, o)) {}

bool checkpoint_file::exists() const { return std::ifstream(path_).good(); }

std::string checkpoint_file::head() const {
  static const std::uint64_t build = hash_of_executable();
  std::ostringstream s;
  s << "wyn checkpoint 3\nbuild " << std::hex << build << std::dec << "\n" << program_ << "\n";
  return s.str();
}

std::string checkpoint_file::load(task_list& tasks, run_summary& seen,
                                  std::size_t granules) const {
  std::ifstream file(path_);
  const std::string wanted = head();
  std::string found(wanted.size(), '\0');
  file.read(found.data(), static_cast<std::streamsize>(found.size()));
  if (!file || found != wanted) {
    return "the checkpoint " + path_ +
           " was written by another program, build or choice of options; remove it to begin anew";
  }
  const std::string damaged = "the checkpoint " + path_ + " is damaged; remove it to begin anew";
  std::string word;
  while (file >> word) {
    if (word == "explored") {
      tally c;
      if (!(file >> c.executions >> c.blocked >> c.runs >> c.no_machine_run >> c.beyond >>
            c.cut_off)) {
        return damaged;
      }
      tasks.append_explored(c);
    } else if (word == "left") {
      portable_graph g;
      if (!(file >> word) || !from_text(word, granules, g)) return damaged;
      tasks.append(std::move(g));
    } else if (word == "end") {
      return {};
    } else if (!seen.load(word, file)) {
      return damaged;
    }
  }
  return damaged;
}

std::string checkpoint_file::save(const std::list<task>& tasks,
                                  const run_summary& seen) const {
  const std::string fresh = path_ + ".new";
  std::ofstream file(fresh, std::ios::trunc);
  file << head();
  seen.save(file);
  for (const task& t : tasks) {
    if (t.now != task::state::waiting) {
      file << "explored " << t.counts.executions << " " << t.counts.blocked << " "
           << t.counts.runs << " " << t.counts.no_machine_run << " " << t.counts.beyond << " "
           << t.counts.cut_off << "\n";
    } else {
      file << "left " << to_text(t.root) << "\n";
    }
    for (const portable_graph& g : t.pending) file << "left " << to_text(g) << "\n";
  }
  file << "end\n";
  file.close();
  if (!file || std::rename(fresh.c_str(), path_.c_str()) != 0) {
    return "the checkpoint " + path_ + " cannot be written";
  }
  return {};
}

void checkpoint_file::remove() const { std::remove(path_.c_str()); }

}  // namespace wyn::model
