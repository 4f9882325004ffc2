// The matrix lists for each role what it is allowed, always or under facts. Here every line is
// held against the answers to the same question.

#include "expression.hpp"
#include "trial.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <stdexcept>

using namespace model;

namespace {

struct cell {
    std::string effect;
    std::string when;
};

using permission = std::array<std::string, 3>;  // role, category, action
using matrix = std::map<permission, cell>;

// Throws std::runtime_error where the text is not such a matrix.
matrix parse_matrix(std::string const& csv) {
    matrix made;
    std::string const header = "role,category,action,effect,if\n";
    if (csv.compare(0, header.size(), header) != 0) {
        throw std::runtime_error("the header is not " + header);
    }
    permission last;
    for (std::size_t at = header.size(); at < csv.size();) {
        auto const end = csv.find('\n', at);
        if (end == std::string::npos) {
            throw std::runtime_error("the last line does not end");
        }
        auto const line = csv.substr(at, end - at);
        at = end + 1;
        std::array<std::string, 5> fields;
        std::size_t field = 0;
        for (char const c : line) {
            if (c != ',') {
                fields[field] += c;
            } else if (++field == fields.size()) {
                throw std::runtime_error("too many fields: " + line);
            }
        }
        permission const key{fields[0], fields[1], fields[2]};
        if (field + 1 != fields.size() || key <= last) {
            throw std::runtime_error("too few fields, twice or not sorted: " + line);
        }
        if (fields[3] == "allow" ? !fields[4].empty() : fields[3] != "conditional") {
            throw std::runtime_error("not an effect with its condition: " + line);
        }
        last = key;
        made[key] = {fields[3], fields[4]};
    }
    return made;
}

// Every state of the facts, three to the power of how many they are; or many random ones.
std::vector<std::map<std::string, truth>> states(names const& facts, random_source& random) {
    std::vector<std::map<std::string, truth>> made{{}};
    if (facts.size() > 3) {
        for (auto const state : {truth::yes, truth::no, truth::unknown}) {
            made.emplace_back();
            for (auto const& name : facts) {
                made.back()[name] = state;
            }
        }
        for (int left = 16; left > 0; --left) {
            made.push_back(random_facts(facts, random));
        }
        return made;
    }
    for (auto const& name : facts) {
        std::vector<std::map<std::string, truth>> longer;
        for (auto const& state : made) {
            for (auto const known : {truth::yes, truth::no, truth::unknown}) {
                longer.push_back(state);
                longer.back()[name] = known;
            }
        }
        made = std::move(longer);
    }
    return made;
}

// The condition of a conditional line, which is spelled in the one right way.
expression spelled(trial const& one, policy const& rules, question const& asked,
                   std::string const& when) {
    try {
        auto made = parse_expression(when);
        one.require(text(made) == when, rules, asked, "`" + when + "` is not `" + text(made) + "`");
        one.require(is_permission(made), rules, asked, "guardrails come last: " + when);
        name_set used;
        add_facts(made, used);
        for (auto const& name : used) {
            one.require(rules.facts.count(name) != 0, rules, asked, name + " is not a fact");
        }
        return made;
    } catch (std::runtime_error const& wrong) {
        one.require(false, rules, asked, wrong.what());
        throw;
    }
}

// Without a line it is denied, with `allow` allowed, and otherwise as its condition says.
void require_agreement(trial& one, policy const& rules, engine& asked_one, question asked,
                       cell const* line) {
    auto const facts = names_of(rules.facts);
    bool const conditional = line != nullptr && line->effect == "conditional";
    auto const when = conditional ? spelled(one, rules, asked, line->when) : expression{};
    for (auto& state : states(facts, one.random)) {
        asked.facts = std::move(state);
        bool const allowed = conditional ? value(when, asked.facts) == truth::yes : line != nullptr;
        auto const given = asked_one.decide(asked);
        one.require(given.allow == allowed, rules, asked,
                    text(given) + ", but the matrix says " +
                        (line == nullptr ? "nothing" : line->effect + " " + line->when));
    }
}

void require_agreement(trial& one, policy const& rules) {
    auto const asked_one = one.built(rules);
    auto const csv = asked_one->matrix_csv();
    matrix lines;
    try {
        lines = parse_matrix(csv);
    } catch (std::runtime_error const& wrong) {
        one.fail(wrong.what(), to_yaml(rules) + "\n" + csv);
    }
    for (auto const& [role, declared_role] : rules.roles) {
        for (auto const& [category, declared_category] : rules.categories) {
            for (auto const& action : all_actions(rules)) {
                auto const line = lines.find({role, category, action});
                question const asked{.user = std::nullopt,
                                     .roles = names{role},
                                     .action = action,
                                     .category = category,
                                     .facts = {},
                                     .on = {2026, 6, 15}};
                require_agreement(one, rules, *asked_one, asked,
                                  line == lines.end() ? nullptr : &line->second);
                if (line != lines.end()) {
                    lines.erase(line);
                }
            }
        }
    }
    if (!lines.empty()) {
        one.fail("a line about nothing declared: " + lines.begin()->first[0], csv);
    }
}

}  // namespace

TEST_CASE("the matrix agrees with check") {
    with_random_policies(300, [](trial& one) {
        if (one.rules.roles.size() < 12) {
            require_agreement(one, one.rules);
        }
    });
}

TEST_CASE("the matrix agrees with check, where one role inherits every other") {
    with_random_policies(150, [](trial& one) {
        auto rules = one.rules;
        if (rules.roles.size() < 12) {
            rules.limited = false;
            rules.separations.clear();
            auto const others = names_of(rules.roles);
            rules.roles[fresh_name(others, one.random)].inherits = others;
            require_agreement(one, rules);
        }
    });
}

TEST_CASE("conditions of a matrix are read as they are meant") {
    std::map<std::string, truth> const facts{{"a", truth::yes}, {"b", truth::no}};
    auto const is = [&](char const* line) { return value(parse_expression(line), facts); };
    CHECK(is("a") == truth::yes);
    CHECK(is("c") == truth::unknown);
    CHECK(is("not c") == truth::unknown);
    CHECK(is("a or b and c") == truth::yes);
    CHECK(is("(a or b) and c") == truth::unknown);
    CHECK(is("b and c") == truth::no);
    CHECK(is("not b and not (b and c)") == truth::yes);
    CHECK(text(parse_expression("((a)) and (b and c) or (not (b))")) == "a and b and c or not b");
    CHECK(is_permission(parse_expression("(a and b or c) and d and not (a and b)")));
    CHECK_FALSE(is_permission(parse_expression("a and not b and c")));
    CHECK_FALSE(is_permission(parse_expression("a or not b")));
    for (auto const* wrong :
         {"", "a b", "a and", "(a", "a)", "not", "a  or b", "a ", " a", "( a)"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(parse_expression(wrong), std::runtime_error);
    }
}
