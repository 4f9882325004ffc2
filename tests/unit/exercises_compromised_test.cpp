// What whoever has a compromised account can do: docs/exercises.md, sentence by sentence.
#include "support/exercised_shop.hpp"
#include <rolecall/exercises.hpp>
#include <rolecall/session.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;
using namespace rolecall::tests;

namespace {

TEST_CASE("whoever has a compromised account waits for facts, and chooses its roles") {
    CHECK(
        passes("{as: {user: dana}, given: {compromised: yes}, exactly: "
               "{account: [view, modify, delete], payment: [view, store], "
               "payment.history: view}}"));
    CHECK(
        passes("{as: [support, billing], given: {compromised: yes}, "
               "can: {account: [modify, delete]}}"));
}

TEST_CASE("facts that are given stay as they are, the unknown ones as well") {
    for (char const* value : {"no", "unknown"})
        CHECK(passes("{as: support, given: {compromised: yes, facts: {open-ticket: " +
                     std::string(value) + "}}, cannot: {payment: view}, can: {payment: store}}"));
    for (char const* value : {"yes", "unknown"})
        CHECK(passes("{as: billing, given: {compromised: yes, facts: {legal-hold: " +
                     std::string(value) + "}}, cannot: {account: delete}}"));
    CHECK(
        passes("{as: billing, given: {compromised: yes, facts: {legal-hold: no}}, "
               "can: {account: delete}}"));
}

TEST_CASE("guardrails of all roles of a compromised account stay") {
    CHECK(
        passes("{as: {user: mia}, given: {compromised: yes}, "
               "exactly: {account: [view, modify]}}"));
}

TEST_CASE("an account that could not ask can do nothing, compromised or not") {
    CHECK(
        passes("{as: {user: bo}, given: {compromised: yes, date: 2027-01-01}, exactly: nothing}"));
    CHECK(passes("{as: [billing, refunds], given: {compromised: yes}, exactly: nothing}"));
    CHECK(passes("{as: {user: zoe, roles: support}, given: {compromised: yes}, exactly: nothing}"));
    CHECK(
        passes("{as: {user: dana}, given: {compromised: yes, lost: [support, billing]}, "
               "exactly: nothing}"));
}

TEST_CASE("a failure tells what whoever has the account waits for") {
    exercise_outcome const one = run_one(
        "{as: {user: dana}, given: {compromised: yes}, cannot: {payment: view}, "
        "can: {payment: modify}}");
    REQUIRE(failed(one) == names{"view payment", "modify payment"});
    REQUIRE(one.failures[0].explanation.size() == 2);
    CHECK(one.failures[0].explanation[0] ==
          "dana as support may view payment: support may view "
          "payment if open-ticket (shop.yaml:18).");
    CHECK(one.failures[0].explanation[1] ==
          "Whoever has the account waits until it is known that open-ticket is true.");
    CHECK(one.failures[1].explanation.back() ==
          "Nor can whoever has the account wait for facts with which it could be done.");
}

// Every set of facts that are each true, false or unknown, asked one by one.
class states {
public:
    explicit states(std::size_t facts) : values_(facts, 0) {}

    /// 0 unknown, 1 true, 2 false
    [[nodiscard]] int operator[](std::size_t fact) const { return values_[fact]; }

    [[nodiscard]] facts as_facts(std::vector<fact_ref> const& of) const {
        facts known;
        for (std::size_t f = 0; f < of.size(); ++f)
            if (values_[f] != 0) known.add(of[f], values_[f] == 1);
        return known;
    }

    bool next() {
        for (int& value : values_) {
            if (++value < 3) return true;
            value = 0;
        }
        return false;
    }

private:
    std::vector<int> values_;
};

class random_text {
public:
    explicit random_text(unsigned seed) : random_(seed) {}

    static constexpr std::size_t facts = 5;

    std::string policy() {
        std::string text = "rolecall: 1\nfacts: {f0: A, f1: B, f2: C, f3: D, f4: E}\ncategories:\n";
        text += "  c: {about: C, requires: {view: " + condition() + "}}\n";
        text += "  c.d: {about: D, requires: {view: " + condition() + "}}\n";
        text += "roles:\n";
        for (char const* role : {"a", "b"})
            text += "  " + std::string(role) + ": {may: {c: {view: " + condition() +
                    "}, c.d: {view: " + condition() + "}}}\n";
        text += "never:\n";
        for (char const* name : {"g", "h"})
            text += "  " + std::string(name) + ": {roles: [" + (pick(2) == 0 ? "a" : "b") +
                    "], categories: c, " + guard() + "}\n";
        given_.assign(facts, -1);
        text += "users: {u: [a, b]}\nexercises: {e: {as: {user: u}, given: {compromised: yes";
        std::string known;
        for (std::size_t f = 0; f < facts; ++f) {
            if (pick(3) != 0) continue;
            given_[f] = static_cast<int>(pick(3));
            constexpr std::string_view words[] = {"unknown", "yes", "no"};
            known += (known.empty() ? "" : ", ") + fact(f) + ": " +
                     std::string(words[static_cast<std::size_t>(given_[f])]);
        }
        if (!known.empty()) text += ", facts: {" + known + '}';
        return text + "}, exactly: nothing}}\n";
    }

    /// Of the last policy's exercise: -1 is free, else 0, 1 and 2 as in `states`.
    [[nodiscard]] bool fits(states const& state) const {
        for (std::size_t f = 0; f < facts; ++f)
            if (given_[f] >= 0 && state[f] != given_[f]) return false;
        return true;
    }

private:
    std::size_t pick(std::size_t below) { return random_() % below; }
    static std::string fact(std::size_t f) { return "f" + std::to_string(f); }

    std::string list() {
        std::string text;
        std::size_t const first = pick(facts);
        for (std::size_t i = 0; i < 1 + pick(3); ++i)
            text += (i == 0 ? "" : ", ") + fact((first + i) % facts);
        return '[' + text + ']';
    }

    std::string condition() {
        switch (pick(4)) {
            case 0: return "{if: " + fact(pick(facts)) + '}';
            case 1: return "{if-any: " + list() + '}';
            case 2: return "{if-all: " + list() + '}';
            default: return "{any-of: [{if-all: " + list() + "}, {if-all: " + list() + "}]}";
        }
    }

    std::string guard() { return (pick(2) == 0 ? "if-all: " : "if-any: ") + list(); }

    std::mt19937 random_;
    std::vector<int> given_;
};

TEST_CASE("a compromised account can do what some role of it can in some state that fits") {
    std::size_t allowed = 0;
    std::size_t denied = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        random_text random(seed);
        std::string const text = random.policy();
        CAPTURE(text);
        policy const of = yaml::load_text(text, "p.yaml").value();
        std::vector<fact_ref> facts;
        for (std::size_t f = 0; f < random_text::facts; ++f)
            facts.push_back(of.fact("f" + std::to_string(f)).value());
        auto const a = of.activate_user("u", {"a"});
        auto const b = of.activate_user("u", {"b"});
        exercise_run const run = run_exercises(of);
        for (char const* category : {"c", "c.d"}) {
            bool expected = false;
            states state(random_text::facts);
            do {
                if (!random.fits(state)) continue;
                rolecall::facts const known = state.as_facts(facts);
                expected = expected || a->allows(view, of.category(category).value(), known) ||
                           b->allows(view, of.category(category).value(), known);
            } while (state.next());
            auto const& failures = run.exercises.front().failures;
            bool const found =
                std::any_of(failures.begin(), failures.end(), [&](failed_expectation const& f) {
                    return f.category == category && f.action == "view" && f.allowed;
                });
            auto const& open = run.exercises.front().open;
            bool const listed = std::any_of(open.begin(), open.end(), [&](open_right const& right) {
                return right.category == category && right.action == "view";
            });
            CHECK(found == expected);
            CHECK(listed == expected);
            ++(expected ? allowed : denied);
        }
    }
    CHECK(allowed > 100);
    CHECK(denied > 100);
}

// Eight things that need a place each, of seven, and no place takes two: no set of facts does it,
// and it takes long to see why.
TEST_CASE("conditions made to be hard are decided, and not guessed") {
    auto const puzzle = [](int places) {
        std::string facts;
        std::string categories;
        std::string guards;
        std::string name;
        auto const fact = [](int thing, int place) {
            return "t" + std::to_string(thing) + "p" + std::to_string(place);
        };
        for (int thing = 0; thing < 8; ++thing) {
            std::string any;
            for (int place = 0; place < places; ++place) {
                facts += "  " + fact(thing, place) + ": A fact\n";
                any += (place == 0 ? "" : ", ") + fact(thing, place);
                for (int other = 0; other < thing; ++other)
                    guards += "  g" + std::to_string(thing) + std::to_string(other) +
                              std::to_string(place) + ": {categories: c, if-all: [" +
                              fact(thing, place) + ", " + fact(other, place) + "]}\n";
            }
            name += thing == 0 ? "c" : ".c";
            categories +=
                "  " + name + ": {about: Data, requires: {view: {if-any: [" + any + "]}}}\n";
        }
        return "rolecall: 1\nfacts:\n" + facts + "categories:\n" + categories + "never:\n" +
               guards + "roles: {a: {may: {" + name + ": view}}}\n" +
               "exercises: {e: {as: a, given: {compromised: yes}, exactly: nothing}}\n";
    };
    CHECK(run_exercises(yaml::load_text(puzzle(7), "p.yaml").value()).passed());
    exercise_run const eight = run_exercises(yaml::load_text(puzzle(8), "p.yaml").value());
    REQUIRE(eight.exercises.front().failures.size() == 1);
    CHECK(eight.exercises.front().failures.front().explanation.size() == 2);
}

}  // namespace
