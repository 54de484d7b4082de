#include "models/litmus/c_lexer.h"

#include <cctype>

namespace wyn::litmus {

namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class lexer {
 public:
  explicit lexer(const std::string& text) : text_(text) {}

  std::vector<token> run() {
    for (;;) {
      skip();
      if (at_ == text_.size()) break;
      tokens_.push_back(one());
    }
    tokens_.push_back({token::type::end, "the end of the file", here_});
    return std::move(tokens_);
  }

 private:
  bool ahead(const std::string& s) const { return text_.compare(at_, s.size(), s) == 0; }

  void advance(std::size_t n) {
    for (; n > 0; --n) {
      const bool line_ends = text_[at_++] == '\n';
      here_ = line_ends ? position{here_.line + 1, 1} : position{here_.line, here_.column + 1};
    }
  }

  void skip() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        advance(1);
      } else if (ahead("//")) {
        while (at_ < text_.size() && text_[at_] != '\n') advance(1);
      } else if (ahead("/*")) {
        skip_to("*/");
      } else if (ahead("(*") && !is_dereference()) {
        skip_to("*)");
      } else {
        return;
      }
    }
  }

  // "(*x == 1)" and "(**p)" open a parenthesis, "(* text" a comment.
  bool is_dereference() const {
    return at_ + 2 < text_.size() && (is_letter(text_[at_ + 2]) || ahead("(**"));
  }

  void skip_to(const std::string& end) {
    const std::size_t found = text_.find(end, at_ + 2);
    if (found == std::string::npos) throw syntax_error(here_, "a comment that does not end");
    advance(found + end.size() - at_);
  }

  token take(token::type kind, std::size_t length) {
    token t{kind, text_.substr(at_, length), here_};
    advance(length);
    return t;
  }

  template <class Predicate>
  std::size_t length_of(Predicate p) const {
    std::size_t n = 0;
    while (at_ + n < text_.size() && p(text_[at_ + n])) ++n;
    return n;
  }

  token one() {
    if (is_letter(text_[at_])) {
      return take(token::type::word,
                  length_of([](char c) { return is_letter(c) || is_digit(c); }));
    }
    if (is_digit(text_[at_])) return number();
    if (text_[at_] == '"') return string();
    for (const char* pair : {"/\\", "\\/", "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=",
                             "-=", "<>"}) {
      if (ahead(pair)) return take(token::type::symbol, 2);
    }
    if (std::string("{}()[];,:=*&~-+!<>|^").find(text_[at_]) == std::string::npos) {
      throw syntax_error(here_, std::string("the character '") + text_[at_] + "' has no meaning");
    }
    return take(token::type::symbol, 1);
  }

  token number() {
    const std::size_t n = length_of(is_digit);
    if (at_ + n < text_.size() && is_letter(text_[at_ + n])) {
      throw syntax_error(here_, "numbers are decimal");
    }
    if (n > 6) throw syntax_error(here_, "a number of more than 6 digits");
    return take(token::type::number, n);
  }

  token string() {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string::npos) throw syntax_error(here_, "a string that does not end");
    return take(token::type::text, end + 1 - at_);
  }

  const std::string& text_;
  std::size_t at_ = 0;
  position here_;
  std::vector<token> tokens_;
};

}  // namespace

std::vector<token> split(const std::string& text) { return lexer(text).run(); }

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
  if (!take(text)) fail_expecting(std::string("'") + text + "'");
}

std::string token_stream::expect_word(const char* what) {
  if (peek().kind != token::type::word) fail_expecting(what);
  return next().text;
}

int token_stream::expect_number() {
  const bool negative = take("-");
  if (peek().kind != token::type::number) fail_expecting("a number");
  const int n = std::stoi(next().text);
  return negative ? -n : n;
}

std::string token_stream::found() const {
  return peek().kind == token::type::end ? peek().text : "'" + peek().text + "'";
}

void token_stream::fail_expecting(const std::string& what) const {
  fail("expected " + what + ", found " + found());
}

void token_stream::fail(const std::string& what) const { throw syntax_error(peek().at, what); }

}  // namespace wyn::litmus
