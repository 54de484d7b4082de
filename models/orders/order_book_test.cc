// The pages of the order book are what the matrix says.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "models/orders/html.h"
#include "models/orders/json.h"
#include "models/orders/markdown.h"
#include "models/tables.h"

namespace wyn::models {
namespace {

// The first line in which they differ: the pages are long.
std::string difference(const std::string& is, const std::string& should_be) {
  std::size_t at = 0;
  while (at < is.size() && at < should_be.size() && is[at] == should_be[at]) ++at;
  const auto line = [at](const std::string& text) {
    const std::size_t start = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t first = start == std::string::npos ? 0 : start + 1;
    return text.substr(first, text.find('\n', at) - first);
  };
  return "\n  is:        " + line(is) + "\n  should be: " + line(should_be);
}

const order_book& the_book() {
  static const order_book book = gather(all_tables());
  return book;
}

TEST(OrderBook, EachRowIsReachedByAThreadOfAModel) {
  std::set<std::string> unreached;
  for (const book_table& table : the_book().tables) {
    for (const matrix_row& row : table.result.rows) {
      if (row.reached_by.empty()) unreached.insert(row.row.site.id);
    }
  }
  EXPECT_EQ(unreached, std::set<std::string>{});
}

TEST(OrderBook, PagesAreWhatTheMatrixSays) {
  const order_book& book = the_book();
  for (const auto& [path, text] : {std::pair{"docs/orders.md", markdown_of(book)},
                                   std::pair{"docs/orders.json", json_of(book)},
                                   std::pair{"docs/orders.html", html_of(book)}}) {
    const std::string is = read_source(path);
    if (is == text) continue;
    ADD_FAILURE() << path << " is out of date: run `bazel run -c opt //models/orders:write_book`"
                  << difference(is, text);
  }
}

TEST(OrderBook, ATableThatClaimsWhatIsNotSoHasNoBook) {
  std::vector<checked_table> tables = all_tables();
  tables.resize(1);
  tables[0].models.erase("growth");
  try {
    gather(tables);
    FAIL() << "rows name a model that is gone";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("deque_fence_orders: row \"DF13 steal.load_buffer\""),
              std::string::npos)
        << e.what();
  }
}

}  // namespace
}  // namespace wyn::models
