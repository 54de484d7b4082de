#include "proofs/link/deque_slots.h"

#include <string>
#include <utility>

namespace wyn::link {

std::string differs(const std::string& what, std::uint64_t code, number machine) {
  return what + " is " + std::to_string(code) + " in the code and " + std::to_string(machine) +
         " in the machine";
}

template <class Machine>
deque_slots<Machine>::deque_slots(stepper& m, number capacity, number words)
    : m_(m), capacity_(capacity), words_(words) {}

template <class Machine>
void deque_slots<Machine>::reset() {
  items_.clear();
  cells_.clear();
  locations_.clear();
  copies_.clear();
  copied_to_.clear();
}

template <class Machine>
std::string deque_slots<Machine>::add_word(number of_item, std::uint64_t value, number item) {
  if (items_.try_emplace({of_item, value}, item).second) return {};
  return "two items have the value " + std::to_string(value);
}

template <class Machine>
number deque_slots<Machine>::item_of(number of_item, std::uint64_t value) const {
  const auto item = items_.find({of_item, value});
  return item == items_.end() ? 0 : item->second;
}

template <class Machine>
std::string deque_slots<Machine>::is_cell(int location, number buffer, number index,
                                          number of_item) {
  const cell_name name{buffer, word(m_.state, m_.parameters, buffer, index, of_item)};
  const auto of_location = cells_.try_emplace(location, name).first;
  const auto of_cell = locations_.try_emplace(name, location).first;
  if (of_location->second == name && of_cell->second == location) return {};
  return "it accesses another cell than that of word " + std::to_string(of_item) + " of index " +
         std::to_string(index) + " in buffer " + std::to_string(buffer);
}

template <class Machine>
std::string deque_slots<Machine>::holds(int location, number index, number of_item,
                                        std::uint64_t value) {
  const number buffer = m_.state.cur;
  std::string problem = is_cell(location, buffer, index, of_item);
  if (!problem.empty()) return problem;
  const number place = word(m_.state, m_.parameters, buffer, index, of_item);
  const number item = select(select(m_.state.buf, buffer), place);
  const number read = item_of(of_item, value);
  return read == item ? "" : differs("the cell's item", static_cast<std::uint64_t>(read), item);
}

// All words of an index are read, then written.
template <class Machine>
std::string deque_slots<Machine>::copy(const model::trace_step& s, bool reads) {
  const auto read = static_cast<number>(copies_.size());
  const auto written = static_cast<number>(copied_to_.size());
  const number done = reads ? read : written;
  const number index = m_.state.ot + done / words_;
  if (!m_.is_enabled(stepper::named("push.refuse"))) return "the machine does not grow here";
  if (index >= m_.state.ob) return "more cells are copied than are live";
  const bool in_turn =
      reads ? read / words_ == written / words_ : read % words_ == 0 && written < read;
  if (!in_turn) return "slots are read and written in turn";
  if (reads) {
    copies_.push_back(s.read);
    return holds(s.location, index, done % words_, s.read);
  }
  copied_to_.push_back(s.location);
  const std::uint64_t copied = copies_[static_cast<std::size_t>(written)];
  return s.written == copied ? "" : "the copy of a cell is not what was read";
}

template <class Machine>
std::string deque_slots<Machine>::prepare_growth() {
  auto& p = m_.parameters;
  const number now = select(m_.state.cap, m_.state.cur);
  p.ncap = now == 0 ? capacity_ : 2 * now;
  p.nw = constant_table(m_.state.n + 1);
  if (static_cast<number>(copied_to_.size()) != (m_.state.ob - m_.state.ot) * words_) {
    return "not every live cell was copied";
  }
  number done = 0;
  for (const std::uint64_t value : copies_) {
    const number v = done % words_;
    const number cell = word(m_.state, p, m_.state.cur + 1, m_.state.ot + done++ / words_, v);
    p.nb.elements[static_cast<std::size_t>(cell)] = item_of(v, value);
  }
  return {};
}

template <class Machine>
std::string deque_slots<Machine>::end_growth() {
  copies_.clear();
  number done = 0;
  for (const int location : std::exchange(copied_to_, {})) {
    const std::string problem =
        is_cell(location, m_.state.cur, m_.state.ot + done / words_, done % words_);
    if (!problem.empty()) return problem;
    ++done;
  }
  return {};
}

template class deque_slots<deque_fence::machine>;
template class deque_slots<deque_seq_cst::machine>;
template class deque_slots<deque_biased::machine>;

}  // namespace wyn::link
