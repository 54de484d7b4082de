// The words of a litmus test in herd's C format.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace wyn::litmus {

/// A place in the text of a test.
struct position {
  int line = 1;
  int column = 1;
};

/// What is wrong with a test, with its place in the text.
class syntax_error : public std::runtime_error {
 public:
  syntax_error(const position& at, const std::string& what)
      : std::runtime_error("line " + std::to_string(at.line) + ", column " +
                           std::to_string(at.column) + ": " + what) {}
};

struct token {
  enum class type : unsigned char { word, number, text, symbol, end };
  type kind = type::end;
  std::string text;
  position at;
};

/// Splits `text` into words, numbers, strings and symbols; comments are dropped. Throws
/// syntax_error.
std::vector<token> split(const std::string& text);

/// A place in a list of tokens.
class token_stream {
 public:
  explicit token_stream(std::vector<token> tokens) : tokens_(std::move(tokens)) {}

  const token& peek(std::size_t ahead = 0) const;
  position at() const { return peek().at; }
  token next();
  bool is(const char* text) const { return peek().text == text; }
  /// Takes the token if it is `text`.
  bool take(const char* text);
  /// Takes the token, which has to be `text`.
  void expect(const char* text);
  std::string expect_word(const char* what);
  /// A number with an optional sign.
  int expect_number();
  /// The next token as messages name it.
  std::string found() const;
  /// "expected ..., found ...": throws syntax_error at the next token.
  [[noreturn]] void fail_expecting(const std::string& what) const;
  [[noreturn]] void fail(const std::string& what) const;

  /// A place to go back to.
  std::size_t mark() const { return at_; }
  void rewind(std::size_t mark) { at_ = mark; }

  /// Lives as long as a construct is read that may have others of its kind within it. Throws
  /// syntax_error where there are too many: each level takes stack.
  class nested {
   public:
    explicit nested(token_stream& in) : in_(in) {
      if (in_.levels_ == most_levels) in_.fail("more than 200 levels within each other");
      ++in_.levels_;
    }
    ~nested() { --in_.levels_; }
    nested(const nested&) = delete;
    nested& operator=(const nested&) = delete;

   private:
    static constexpr int most_levels = 200;
    token_stream& in_;
  };

 private:
  std::vector<token> tokens_;
  std::size_t at_ = 0;
  int levels_ = 0;
};

}  // namespace wyn::litmus
