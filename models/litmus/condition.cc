#include "models/litmus/condition.h"

#include <utility>

namespace wyn::litmus {

namespace {

using kind = proposition::kind;

proposition parse_disjunction(token_stream& in);

proposition parse_atom(token_stream& in) {
  const token_stream::nested level(in);
  proposition p;
  p.at = in.at();
  if (in.take("(")) {
    p = parse_disjunction(in);
    in.expect(")");
    return p;
  }
  if (in.take("~") || in.take("not") || in.take("!")) {
    p.what = kind::negation;
    p.parts.push_back(parse_atom(in));
    return p;
  }
  if (in.take("true")) return p;
  p.what = kind::atom;
  p.left = parse_observable(in);
  const bool differs = in.is("!=") || in.is("<>");
  if (!differs && !in.is("=") && !in.is("==")) in.fail_expecting("'=' or '!='");
  in.next();
  const bool address = in.take("&");
  if (address || in.peek().kind == token::type::word) {
    p.right_location = in.expect_word("a location");
  } else {
    p.right = in.expect_number();
  }
  if (!differs) return p;
  proposition other;
  other.what = kind::negation;
  other.at = p.at;
  other.parts.push_back(std::move(p));
  return other;
}

template <class Next>
proposition parse_list(token_stream& in, const char* symbol, const char* in_c, kind what,
                       Next next) {
  proposition first = next(in);
  if (!in.is(symbol) && !in.is(in_c)) return first;
  proposition p;
  p.what = what;
  p.parts.push_back(std::move(first));
  while (in.take(symbol) || in.take(in_c)) p.parts.push_back(next(in));
  return p;
}

// /\ binds more tightly than \/.
proposition parse_conjunction(token_stream& in) {
  return parse_list(in, "/\\", "&&", kind::conjunction, parse_atom);
}
proposition parse_disjunction(token_stream& in) {
  return parse_list(in, "\\/", "||", kind::disjunction, parse_conjunction);
}

std::string text_of(const proposition& p) {
  switch (p.what) {
    case kind::truth: return "true";
    case kind::atom:
      return p.left.text() + "=" +
             (p.right_location.empty() ? std::to_string(p.right) : p.right_location);
    case kind::negation: return "not (" + text_of(p.parts.front()) + ")";
    case kind::conjunction:
    case kind::disjunction: break;
  }
  std::string text;
  for (const proposition& part : p.parts) {
    if (!text.empty()) text += p.what == kind::conjunction ? " /\\ " : " \\/ ";
    const bool inner = part.what == kind::disjunction || part.what == kind::conjunction;
    text += inner ? "(" + text_of(part) + ")" : text_of(part);
  }
  return text;
}

}  // namespace

std::string observable::text() const {
  return thread < 0 ? "[" + name + "]" : std::to_string(thread) + ":" + name;
}

observable parse_observable(token_stream& in) {
  observable o;
  if (in.take("[")) {
    o.name = in.expect_word("a location");
    in.expect("]");
  } else if (in.peek().kind == token::type::number) {
    o.thread = in.expect_number();
    in.expect(":");
    o.name = in.expect_word("a register");
  } else {
    o.name = in.expect_word("a register as in 0:r0, or a location");
  }
  return o;
}

condition parse_condition(token_stream& in) {
  condition c;
  if (in.take("filter")) c.filter = parse_disjunction(in);
  if (in.take("forall")) {
    c.over = quantifier::forall;
  } else {
    const bool negated = in.take("~") || in.take("not");
    if (negated) c.over = quantifier::not_exists;
    if (!in.take("exists")) {
      in.fail_expecting(negated ? "'exists'" : "'exists', '~exists' or 'forall'");
    }
  }
  c.body = parse_disjunction(in);
  if (in.peek().kind != token::type::end) in.fail_expecting("the end of the file");
  return c;
}

std::string to_string(const condition& c) {
  static constexpr const char* words[] = {"exists", "~exists", "forall"};
  return std::string(words[static_cast<int>(c.over)]) + " (" + text_of(c.body) + ")";
}

}  // namespace wyn::litmus
