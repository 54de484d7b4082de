#include "models/litmus/corpus.h"

#include <zlib.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace wyn::litmus {

namespace {

using json = nlohmann::json;

std::string read_file(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    throw std::runtime_error(path + ": is a folder: name its files");
  }
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error(path + ": cannot be opened");
  std::string text;
  char block[65536];
  int n;
  while ((n = gzread(file, block, sizeof block)) > 0)
    text.append(block, static_cast<std::size_t>(n));
  if (gzclose(file) != Z_OK || n < 0) throw std::runtime_error(path + ": is damaged");
  return text;
}

order parse_order(const std::string& name) {
  static const std::map<std::string, order> orders = {
      {"rlx", order::relaxed}, {"acq", order::acquire}, {"rel", order::release},
      {"ar", order::acq_rel},  {"sc", order::seq_cst},  {"na", order::none}};
  const auto found = orders.find(name);
  if (found == orders.end()) throw std::runtime_error("unknown order " + name);
  return found->second;
}

// Names of locations and of one thread's registers, numbered.
class names {
 public:
  int at(const std::string& name) {
    return numbers_.emplace(name, static_cast<int>(numbers_.size())).first->second;
  }
  int count() const { return static_cast<int>(numbers_.size()); }

 private:
  std::map<std::string, int> numbers_;
};

class parser {
 public:
  explicit parser(const json& j) {
    for (const auto& name : j.at("locs")) locations_.at(name.get<std::string>());
    row_.program.id = j.at("id").get<std::string>();
    row_.program.locations = locations_.count();
    row_.program.plain.assign(static_cast<std::size_t>(locations_.count()), false);
    const json& threads = j.at("threads");
    registers_.resize(threads.size());
    number_registers(j.at("obs"));
    for (std::size_t t = 0; t < threads.size(); ++t) {
      std::vector<op> ops;
      for (const auto& o : threads[t]) ops.push_back(parse_op(o, registers_[t]));
      row_.program.threads.push_back(std::move(ops));
      row_.program.registers.push_back(registers_[t].count());
    }
    read_answers(j);
  }

  row take() { return std::move(row_); }

 private:
  // The columns of a state give the order of the registers.
  void number_registers(const json& columns) {
    for (const auto& column : columns) {
      const std::string name = column.get<std::string>();
      const std::size_t colon = name.find(':');
      if (colon == std::string::npos) continue;
      const std::size_t thread = std::stoul(name.substr(0, colon));
      if (thread >= registers_.size()) throw std::runtime_error("no thread for column " + name);
      registers_[thread].at(name.substr(colon + 1));
    }
  }

  static value parse_value(const json& j, names& registers) {
    value v;
    if (j.is_string()) v.reg = registers.at(j.get<std::string>());
    else v.literal = j.get<int>();
    return v;
  }

  int location_named(const std::string& name) {
    const int l = locations_.at(name);
    if (l >= row_.program.locations) throw std::runtime_error("unknown location " + name);
    return l;
  }

  op parse_op(const json& j, names& registers) {
    const std::string kind = j.at(0).get<std::string>();
    op o;
    if (kind == "G") {
      o = parse_op(j.at(4), registers);
      guard g;
      g.reg = registers.at(j.at(1).get<std::string>());
      const std::string comparison = j.at(2).get<std::string>();
      if (comparison != "==" && comparison != "!=") {
        throw std::runtime_error("unknown comparison " + comparison);
      }
      g.equal = comparison == "==";
      g.literal = j.at(3).get<int>();
      o.guards.push_back(g);
      return o;
    }
    if (kind == "F") {
      o.kind = op_kind::fence;
      o.success = parse_order(j.at(1).get<std::string>());
      return o;
    }
    o.location = location_named(j.at(1).get<std::string>());
    o.success = o.failure = parse_order(j.at(2).get<std::string>());
    o.plain = o.success == order::none;
    if (o.plain) row_.program.plain.at(static_cast<std::size_t>(o.location)) = true;
    if (kind == "R") {
      o.reg = registers.at(j.at(3).get<std::string>());
    } else if (kind == "W") {
      o.kind = op_kind::store;
      o.operand = parse_value(j.at(3), registers);
    } else if (kind == "A" || kind == "X") {
      o.kind = kind == "A" ? op_kind::fetch_add : op_kind::exchange;
      o.operand = parse_value(j.at(3), registers);
      o.reg = registers.at(j.at(4).get<std::string>());
    } else if (kind == "C") {
      o.kind = op_kind::compare_exchange;
      o.failure = parse_order(j.at(3).get<std::string>());
      o.expected = parse_value(j.at(4), registers);
      o.operand = parse_value(j.at(5), registers);
      o.reg = registers.at(j.at(6).get<std::string>());
    } else {
      throw std::runtime_error("unknown operation " + kind);
    }
    return o;
  }

  void read_answers(const json& j) {
    for (const model::memory_model m : memory_models) {
      const json& found = j.at(to_string(m));
      answer& a = row_.answers[m];
      if (found.is_number()) {
        a.executions = found.get<std::uint64_t>();
        continue;
      }
      a.executions = found.at("execs").get<std::uint64_t>();
      for (const auto& s : found.at("states")) a.states.insert(s.get<state>());
    }
    row_.race_rc11 = j.value("race", false);
    row_.race_rc11_20 = j.value("race_rc11_20", row_.race_rc11);
  }

  names locations_;
  std::vector<names> registers_;
  row row_;
};

std::string show(const std::set<state>& states) {
  std::string text;
  for (const state& s : states) {
    text += "(";
    for (std::size_t i = 0; i < s.size(); ++i) text += (i == 0 ? "" : ",") + std::to_string(s[i]);
    text += ")";
  }
  return text.substr(0, 2000);
}

program with_atomics_alone(program p) {
  p.plain.assign(p.plain.size(), false);
  for (std::vector<op>& thread : p.threads) {
    for (op& o : thread) {
      if (!o.plain) continue;
      o.plain = false;
      o.success = o.failure = order::relaxed;
    }
  }
  return p;
}

}  // namespace

bool has_race(const row& r, model::memory_model m) {
  return m == model::memory_model::rc11 ? r.race_rc11 : r.race_rc11_20;
}

outcome explore(const row& r, model::memory_model m) {
  model::options o;
  o.model = m;
  o.count_duplicates = true;
  const bool machine = !model::is_rc11(m) && has_race(r, m);
  return machine ? explore(with_atomics_alone(r.program), o) : explore(r.program, o);
}

std::string difference(const row& r, model::memory_model m, const outcome& got) {
  const model::verdict& v = got.verdict;
  if (model::is_rc11(m) && has_race(r, m)) {
    return v.failure == model::failure::data_race ? "" : "a race is missed: " + v.report;
  }
  if (v.kind != model::verdict_kind::pass) return v.report;
  std::string text;
  if (v.duplicates != 0) text += std::to_string(v.duplicates) + " executions explored twice; ";
  if (v.runs != v.executions + v.blocked) {
    text += std::to_string(v.runs - v.executions - v.blocked) + " runs wasted; ";
  }
  const answer& wanted = r.answers.at(m);
  if (v.executions != wanted.executions) {
    text += "expected " + std::to_string(wanted.executions) + " executions, got " +
            std::to_string(v.executions) + "; ";
  }
  if (!wanted.states.empty() && got.states != wanted.states) {
    text += "expected states " + show(wanted.states) + ", got " + show(got.states);
  }
  return text;
}

std::vector<row> read_corpus(const std::string& path) {
  std::vector<row> rows;
  const std::string text = read_file(path);
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    ++number;
    if (end > at) {
      try {
        rows.push_back(parser(json::parse(text.substr(at, end - at))).take());
      } catch (const std::exception& e) {
        throw std::runtime_error(path + ":" + std::to_string(number) + ": " + e.what());
      }
    }
    at = end + 1;
  }
  if (rows.empty()) throw std::runtime_error(path + ": holds no row");
  return rows;
}

}  // namespace wyn::litmus
