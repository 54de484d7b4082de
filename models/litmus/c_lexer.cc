#include "models/litmus/c_lexer.h"

#include <cctype>

namespace wyn::litmus {

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class lexer {
 public:
  lexer(const std::string& text, int line) : text_(text), line_(line) {}

  std::vector<token> run() {
    for (;;) {
      skip();
      if (at_ == text_.size()) break;
      tokens_.push_back(one());
    }
    tokens_.push_back({token::type::end, "the end of the file", line_});
    return std::move(tokens_);
  }

 private:
  bool ahead(const std::string& s) const { return text_.compare(at_, s.size(), s) == 0; }

  void skip() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        line_ += text_[at_++] == '\n' ? 1 : 0;
      } else if (ahead("//")) {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (ahead("/*")) {
        skip_to("*/");
      } else if (ahead("(*") && !is_dereference()) {
        skip_to("*)");
      } else {
        return;
      }
    }
  }

  // "(*x == 1)" opens a parenthesis, "(* text" a comment.
  bool is_dereference() const { return at_ + 2 < text_.size() && is_letter(text_[at_ + 2]); }

  void skip_to(const std::string& end) {
    const int opened = line_;
    const std::size_t found = text_.find(end, at_ + 2);
    if (found == std::string::npos) throw syntax_error(opened, "a comment that does not end");
    for (; at_ < found; ++at_) line_ += text_[at_] == '\n' ? 1 : 0;
    at_ += end.size();
  }

  token one() {
    const std::size_t begin = at_;
    if (is_letter(text_[at_])) {
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
      return {token::type::word, text_.substr(begin, at_ - begin), line_};
    }
    if (is_digit(text_[at_])) {
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
      if (at_ < text_.size() && is_letter(text_[at_])) {
        throw syntax_error(line_, "numbers are decimal");
      }
      if (at_ - begin > 9) throw syntax_error(line_, "a number of more than 9 digits");
      return {token::type::number, text_.substr(begin, at_ - begin), line_};
    }
    for (const char* pair : {"/\\", "\\/", "==", "!="}) {
      if (!ahead(pair)) continue;
      at_ += 2;
      return {token::type::symbol, pair, line_};
    }
    if (std::string("{}()[];,:=*&~-+").find(text_[at_]) == std::string::npos) {
      throw syntax_error(line_, std::string("the character '") + text_[at_] + "'");
    }
    return {token::type::symbol, std::string(1, text_[at_++]), line_};
  }

  const std::string& text_;
  std::size_t at_ = 0;
  int line_;
  std::vector<token> tokens_;
};

}  // namespace

std::vector<token> split(const std::string& text, int line) { return lexer(text, line).run(); }

const token& token_stream::peek(std::size_t ahead) const {
  const std::size_t last = tokens_.size() - 1;
  return tokens_[at_ + ahead < last ? at_ + ahead : last];
}

token token_stream::next() {
  token t = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return t;
}

bool token_stream::take(const char* text) {
  if (!is(text)) return false;
  next();
  return true;
}

void token_stream::expect(const char* text) {
  if (!take(text)) fail(std::string("expected '") + text + "', found '" + peek().text + "'");
}

std::string token_stream::expect_word(const char* what) {
  if (peek().kind != token::type::word) {
    fail(std::string("expected ") + what + ", found '" + peek().text + "'");
  }
  return next().text;
}

int token_stream::expect_number() {
  const bool negative = take("-");
  if (peek().kind != token::type::number) fail("expected a number, found '" + peek().text + "'");
  const int n = std::stoi(next().text);
  return negative ? -n : n;
}

void token_stream::fail(const std::string& what) const { throw syntax_error(peek().line, what); }

}  // namespace wyn::litmus
