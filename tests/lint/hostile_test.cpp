// Policies made to keep lint busy: it must end, and say nothing that is wrong. A test that hangs
// is ended by CTest.

#include <rolecall/lint.hpp>
#include <rolecall/policy_builder.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace rc = rolecall;

using names = std::vector<std::string>;
using code_counts = std::map<std::string, std::size_t>;

std::string numbered(std::string const& word, std::size_t number) {
    return word + std::to_string(number);
}

names some(std::string const& word, std::size_t from, std::size_t to) {
    names made;
    for (; from < to; ++from) {
        made.push_back(numbered(word, from));
    }
    return made;
}

// Different facts of the 64, by numbers.
rc::condition all_of(std::set<std::size_t> const& facts) {
    names list;
    for (auto const number : facts) {
        list.push_back(numbered("f", number % 64));
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return rc::if_all(list);
}

void declare_facts(rc::policy_builder& in) {
    for (auto const& name : some("f", 0, 64)) {
        in.fact(name, "Is it so?");
    }
}

code_counts linted(rc::policy_builder const& of) {
    auto const made = of.build();
    REQUIRE(made);
    code_counts found;
    for (auto const& one : rc::lint(made).findings) {
        ++found[std::string(to_string(one.what.code))];
    }
    return found;
}

}  // namespace

TEST_CASE("lint of conditions of all 64 facts ends, and finds what contradicts itself") {
    auto const every = some("f", 0, 64);
    rc::policy_builder in;
    declare_facts(in);
    in.category("data", "Data").required("any", rc::if_all(every));
    in.role("reader").may("data", {"view"}, rc::if_any(every));
    in.role("writer").may("data", {"all"}, rc::if_all(every));
    in.never("stop").categories({"data"}).when(rc::if_any(every));
    CHECK(linted(in) == code_counts{{"category-unreachable", 1},
                                    {"fact-without-effect", 64},
                                    {"grant-unusable", 2}});
}

TEST_CASE("lint of requirements with 2^50 ways to hold ends, and says nothing wrong") {
    rc::policy_builder in;
    declare_facts(in);
    std::string path;
    for (std::size_t at = 0; at < 8; ++at) {
        path += (at == 0 ? "" : ".") + numbered("c", at);
        auto entry = in.category(path, "Data");
        entry.required("any", rc::if_any(some("f", 8 * at, 8 * at + 8)));
        entry.required("view", rc::if_any({numbered("f", at), numbered("f", 63 - at)}));
    }
    in.role("first").may(path, {"all"});
    in.role("second").may(path, {"all"}, rc::if_any(some("f", 0, 64)));
    in.role("third").inherits("first").may(path, {"view"}, rc::if_all({"f0"}));
    auto found = linted(in);
    CHECK(found["condition-without-effect"] == 1);
    CHECK(found["grant-unusable"] == 0);
    CHECK(found["category-unreachable"] == 0);
    CHECK(found["fact-without-effect"] == 0);
    CHECK(found["change-without-view"] == 0);
}

TEST_CASE("lint of guardrails with 2^32 ways to be stopped ends") {
    rc::policy_builder in;
    declare_facts(in);
    in.category("data", "Data");
    in.role("reader").may("data", {"all"});
    in.role("writer").may("data", {"all"});
    for (std::size_t at = 0; at < 32; ++at) {
        in.never(numbered("stop", at)).categories({"data"}).when(all_of({2 * at, 2 * at + 1}));
    }
    auto found = linted(in);
    CHECK(found["grant-unusable"] == 0);
    CHECK(found["guardrail-without-effect"] == 0);
    CHECK(found["fact-without-effect"] == 0);
}

TEST_CASE("lint of a condition of 4,000 alternatives ends, and finds its equal") {
    std::vector<rc::condition> alternatives;
    for (std::size_t at = 0; at < 4000; ++at) {
        alternatives.push_back(all_of({at, at / 64, at * 31 + 7 + at / 64}));
    }
    rc::policy_builder in;
    declare_facts(in);
    in.category("data", "Data");
    in.role("junior").may("data", {"view"}, rc::any_of(alternatives));
    std::reverse(alternatives.begin(), alternatives.end());
    in.role("senior").inherits("junior").may("data", {"view"}, rc::any_of(alternatives));
    CHECK(linted(in) == code_counts{{"grant-inherited", 1}});
}

TEST_CASE("lint of a chain of 65,000 roles ends, and finds each right that is inherited") {
    rc::policy_builder in;
    in.category("data", "Data");
    for (std::size_t at = 0; at < 65000; ++at) {
        auto entry = in.role(numbered("r", at));
        if (at > 0) {
            entry.inherits(numbered("r", at - 1));
        }
        entry.may("data", {"view"});
    }
    CHECK(linted(in) == code_counts{{"grant-inherited", 64999}});
}

// The chain above is deeper, and takes a fraction of the time under sanitizers.
TEST_CASE("lint of a chain of 20,000 roles under conditions ends" * doctest::test_suite("slow")) {
    rc::policy_builder in;
    declare_facts(in);
    in.category("data", "Data");
    for (std::size_t at = 0; at < 20000; ++at) {
        auto entry = in.role(numbered("r", at));
        if (at > 0) {
            entry.inherits(numbered("r", at - 1));
        }
        entry.may("data", {"view"}, all_of({at, at * 5 + 1 + at / 64}));
    }
    auto found = linted(in);
    CHECK(found["condition-without-effect"] == 0);
    CHECK(found["grant-covered"] == 0);
    CHECK(found["grant-inherited"] < 20000);
}

TEST_CASE("lint of 65,000 roles that are all alike ends, and tells of each but the first") {
    rc::policy_builder in;
    in.category("data", "Data");
    for (auto const& name : some("r", 0, 65000)) {
        in.role(name).may("data", {"view"});
    }
    CHECK(linted(in) == code_counts{{"roles-alike", 64999}});
}

TEST_CASE(
    "lint of 8,000 roles that lie inside each other ends, and tells of those with four things") {
    rc::policy_builder in;
    for (auto const& name : some("c", 0, 200)) {
        in.category(name, "Data");
    }
    for (std::size_t at = 0; at < 8000; ++at) {
        auto entry = in.role(numbered("r", at));
        for (auto const& category : some("c", 0, at % 200 + 1)) {
            entry.may(category, {"view"});
        }
    }
    CHECK(linted(in) == code_counts{{"role-inside-another", 7840}, {"roles-alike", 7800}});
}

TEST_CASE("lint of 500 roles, each of which inherits all before it, ends") {
    rc::policy_builder in;
    in.category("data", "Data");
    for (std::size_t at = 0; at < 500; ++at) {
        auto entry = in.role(numbered("r", at));
        for (auto const& junior : some("r", 0, at)) {
            entry.inherits(junior);
        }
        entry.may("data", {"view"});
    }
    CHECK(linted(in) == code_counts{{"grant-inherited", 499}, {"inheritance-redundant", 124251}});
}

TEST_CASE("lint of 3,000 categories and 2,500 roles ends") {
    rc::policy_builder in;
    for (std::size_t top = 0; top < 30; ++top) {
        in.category(numbered("a", top), "Data").level("internal");
        for (std::size_t at = 0; at < 99; ++at) {
            in.category(numbered("a", top) + numbered(".b", at), "Data")
                .level(at % 7 != 0 ? "internal" : "restricted");
        }
    }
    for (std::size_t role = 0; role < 2500; ++role) {
        auto entry = in.role(numbered("r", role));
        if (role % 3 != 0) {
            entry.inherits(numbered("r", role / 3));
        }
        for (std::size_t at = 0; at < 30; ++at) {
            entry.may(
                numbered("a", (role * 7 + at * 11) % 30) + numbered(".b", (role + at * 13) % 99),
                {at % 3 != 0 ? "view" : "modify"});
        }
        entry.may(numbered("a", role % 30) + ".*", {"all"});
    }
    auto found = linted(in);
    CHECK(found["stricter-below"] == 2500);
    CHECK(found["strictest-unprotected"] == 450);
    CHECK(found["category-unreachable"] == 0);
    CHECK(found["policy-without-owner"] == 1);
}

TEST_CASE("lint of separations of which none follows from another ends") {
    // At most 100 and more of 200 and more roles, in ways that overlap.
    rc::policy_builder in;
    in.category("data", "Data");
    in.category("other", "Data");
    for (std::size_t at = 0; at < 400; ++at) {
        in.role(numbered("r", at)).may(at < 200 ? "data" : "other", {"view"});
    }
    for (std::size_t at = 0; at < 60; ++at) {
        auto roles = some("r", 0, at);
        auto const rest = some("r", 2 * at + 150, 400);
        roles.insert(roles.end(), rest.begin(), rest.end());
        in.separation(numbered("s", at), roles, static_cast<std::uint32_t>(100 + at),
                      at % 2 != 0 ? rc::separation_scope::person : rc::separation_scope::session,
                      "");
    }
    for (std::size_t at = 0; at < 300; ++at) {
        in.never(numbered("g", at))
            .roles({numbered("r", at)})
            .categories({at % 2 != 0 ? "other" : "data"});
    }
    auto found = linted(in);
    CHECK(found["roles-alike"] <= 398);
    CHECK(found["grant-unusable"] <= 300);
}

TEST_CASE("lint of separations of what roles inherit ends") {
    rc::policy_builder in;
    in.category("data", "Data");
    for (auto const& junior : some("j", 0, 60)) {
        in.role(junior).may("data", {"view"});
    }
    for (std::size_t at = 0; at < 200; ++at) {
        auto entry = in.role(numbered("r", at));
        for (std::size_t step = 0; step < 5; ++step) {
            entry.inherits(numbered("j", (at * 3 + step * 7) % 60));
        }
    }
    for (std::size_t at = 0; at < 40; ++at) {
        names roles;
        for (std::size_t step = 0; step < 30; ++step) {
            roles.push_back(numbered("j", (at + step) % 60));
        }
        in.separation(numbered("s", at), roles, static_cast<std::uint32_t>(6 + at % 20),
                      at % 2 != 0 ? rc::separation_scope::person : rc::separation_scope::session,
                      "");
    }
    for (std::size_t at = 0; at < 200; ++at) {
        in.never(numbered("g", at)).roles({numbered("r", at)}).actions({"store"});
    }
    auto found = linted(in);
    CHECK(found["guardrail-without-effect"] == 200);  // nobody has a right to store
    CHECK(found["grant-unusable"] == 0);
}
