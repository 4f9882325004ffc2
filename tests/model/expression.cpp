#include "expression.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace model {

namespace {

using kind = expression::kind;

// One function for each level of binding, from loose to tight.
class parser {
public:
    explicit parser(std::string const& text) : text_(text) { advance(); }

    expression whole() {
        auto made = several(kind::disjunction);
        if (!word_.empty()) {
            throw std::runtime_error("`" + word_ + "` after the end of: " + text_);
        }
        return made;
    }

private:
    // A word, a parenthesis, or nothing at the end. Words are parted by exactly one space.
    void advance() {
        word_.clear();
        if (at_ < text_.size() && text_[at_] == ' ' && at_ > 0 && text_[at_ - 1] != '(' &&
            at_ + 1 < text_.size() && text_[at_ + 1] != ')' && text_[at_ + 1] != ' ') {
            ++at_;
        }
        while (at_ < text_.size() && text_[at_] != ' ') {
            bool const bracket = text_[at_] == '(' || text_[at_] == ')';
            if (bracket && !word_.empty()) {
                return;
            }
            word_ += text_[at_++];
            if (bracket) {
                return;
            }
        }
        if (word_.empty() && at_ < text_.size()) {
            throw std::runtime_error("a space too many in: " + text_);
        }
    }

    expression several(kind how) {
        bool const any = how == kind::disjunction;
        std::vector<expression> parts{any ? several(kind::conjunction) : one()};
        while (word_ == (any ? "or" : "and")) {
            advance();
            parts.push_back(any ? several(kind::conjunction) : one());
        }
        return parts.size() == 1 ? std::move(parts.front())
                                 : expression{.is = how, .fact = "", .parts = std::move(parts)};
    }

    expression one() {
        auto const word = word_;
        if (word.empty() || word == ")" || word == "and" || word == "or") {
            throw std::runtime_error("a fact is missing before `" + word + "` in: " + text_);
        }
        advance();
        if (word == "not") {
            return {.is = kind::negation, .fact = "", .parts = {one()}};
        }
        if (word != "(") {
            return {.is = kind::fact, .fact = word, .parts = {}};
        }
        auto made = several(kind::disjunction);
        if (word_ != ")") {
            throw std::runtime_error("`)` is missing in: " + text_);
        }
        advance();
        return made;
    }

    std::string const& text_;
    std::size_t at_ = 0;
    std::string word_;
};

bool has_negation(expression const& made) {
    return made.is == kind::negation ||
           std::any_of(made.parts.begin(), made.parts.end(), has_negation);
}

bool is_guardrail(expression const& made) {
    return made.is == kind::negation && !has_negation(made.parts.front());
}

}  // namespace

expression parse_expression(std::string const& text) { return parser(text).whole(); }

truth value(expression const& made, std::map<std::string, truth> const& facts) {
    if (made.is == kind::fact) {
        auto const known = facts.find(made.fact);
        return known == facts.end() ? truth::unknown : known->second;
    }
    auto result = value(made.parts.front(), facts);
    if (made.is == kind::negation) {
        return result == truth::yes ? truth::no : result == truth::no ? truth::yes : result;
    }
    for (auto const& part : made.parts) {
        result = made.is == kind::conjunction ? std::min(result, value(part, facts))
                                              : std::max(result, value(part, facts));
    }
    return result;
}

std::string text(expression const& made) {
    if (made.is == kind::fact) {
        return made.fact;
    }
    std::string line = made.is == kind::negation ? "not " : "";
    for (auto const& part : made.parts) {
        if (&part != &made.parts.front()) {
            line += made.is == kind::conjunction ? " and " : " or ";
        }
        bool const looser = (part.is == kind::disjunction && made.is != kind::disjunction) ||
                            (part.is == kind::conjunction && made.is == kind::negation);
        line += looser ? "(" + text(part) + ")" : text(part);
    }
    return line;
}

void add_facts(expression const& made, name_set& found) {
    if (made.is == kind::fact) {
        found.insert(made.fact);
    }
    for (auto const& part : made.parts) {
        add_facts(part, found);
    }
}

bool is_permission(expression const& made) {
    if (made.is != kind::conjunction) {
        return !has_negation(made) || is_guardrail(made);
    }
    auto const first = std::find_if(made.parts.begin(), made.parts.end(), has_negation);
    return std::all_of(first, made.parts.end(), is_guardrail);
}

}  // namespace model
