// The pages of the order book are those of the book; that the book says what the matrix finds,
// each table's matrix test shows (expect_truth.h).
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/orders/out_of_date.h"
#include "models/orders/html.h"
#include "models/orders/json.h"
#include "models/orders/markdown.h"
#include "models/orders/read_json.h"
#include "models/tables.h"

namespace wyn::models {
namespace {

// What it says of each table is compared with what the matrix finds by the table's own test.
const order_book& the_book() {
  static const order_book book = read_book(read_source("docs/orders.json"), all_tables());
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

TEST(OrderBook, PagesAreWhatTheBookSays) {
  const order_book& book = the_book();
  for (const auto& [path, text] : {std::pair{"docs/orders.md", markdown_of(book)},
                                   std::pair{"docs/orders.json", json_of(book)},
                                   std::pair{"docs/orders.html", html_of(book)}}) {
    const std::string is = read_source(path);
    if (is == text) continue;
    ADD_FAILURE() << out_of_date(path, is, text);
  }
}

// Why a book of these tables is refused; empty if it is not.
std::string refusal(const std::string& json, const std::vector<checked_table>& tables) {
  try {
    read_book(json, tables);
    return "";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

std::string with(std::string text, const std::string& old, const std::string& other) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? text : text.replace(at, old.size(), other);
}

TEST(OrderBook, OfOtherTablesRowsOrWeakeningsIsRefused) {
  const std::string json = read_source("docs/orders.json");
  std::vector<checked_table> fewer = all_tables();
  fewer.pop_back();
  EXPECT_EQ(refusal(json, all_tables()), "");
  for (const std::string& why :
       {refusal(json, fewer), refusal(with(json, "\"DF2 ", "\"DF99 "), all_tables()),
        refusal(with(json, "\"name\": \"biased_orders\"", "\"name\": \"b\""), all_tables()),
        refusal(with(json, "\"to\": \"relaxed\"", "\"to\": \"lax\""), all_tables())}) {
    EXPECT_NE(why.find("write_book"), std::string::npos) << why;
  }
}

TEST(OrderBook, EachTableHasItsPart) {
  const std::string json = read_source("docs/orders.json");
  for (const book_table& table : the_book().tables) {
    EXPECT_EQ(part_of_book(json, table.about.name), json_part_of(table)) << table.about.name;
  }
  EXPECT_EQ(part_of_book(json, "no_such_orders"), "");
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
