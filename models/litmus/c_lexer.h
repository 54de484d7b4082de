// The words of a litmus test in herd's C format.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace wyn::litmus {

/// What is wrong with a test, with the line in its text.
class syntax_error : public std::runtime_error {
 public:
  syntax_error(int line, const std::string& what)
      : std::runtime_error("line " + std::to_string(line) + ": " + what) {}
};

struct token {
  enum class type : unsigned char { word, number, symbol, end };
  type kind = type::end;
  std::string text;
  int line = 0;
};

/// Splits `text` into words, numbers and symbols; comments are dropped. The first line is numbered
/// `line`. Throws syntax_error.
std::vector<token> split(const std::string& text, int line);

/// A place in a list of tokens.
class token_stream {
 public:
  explicit token_stream(std::vector<token> tokens) : tokens_(std::move(tokens)) {}

  const token& peek(std::size_t ahead = 0) const;
  token next();
  bool is(const char* text) const { return peek().text == text; }
  /// Takes the token if it is `text`.
  bool take(const char* text);
  /// Takes the token, which has to be `text`.
  void expect(const char* text);
  std::string expect_word(const char* what);
  /// A number with an optional sign.
  int expect_number();
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::vector<token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace wyn::litmus
