#include <rolecall/document.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using rolecall::document;
using rolecall::written_name;

// `3:5+4 text`, a line for each former-name; anything else fails the test.
std::string found(std::string_view sections) {
    auto const loaded = rolecall::yaml::load_text("rolecall: 1\n" + std::string(sections));
    std::string lines;
    for (auto const& d : loaded.findings()) {
        CHECK(d.code == rolecall::diagnostic_code::former_name);
        lines += std::to_string(d.where.line) + ':' + std::to_string(d.where.column) + '+' +
                 std::to_string(d.where.length) + ' ' + d.text;
        for (auto const& r : d.related)
            lines += " <- " + std::to_string(r.where.line) + ' ' + r.text;
        lines += '\n';
    }
    CHECK(bool{loaded} == lines.empty());
    return lines;
}

std::vector<std::string> texts(std::vector<written_name> const& names) {
    std::vector<std::string> result;
    for (written_name const& name : names) result.push_back(name.text);
    return result;
}

constexpr std::string_view renamed =
    "rolecall: 1\n"
    "actions: {share: {about: Pass it on, was: [hand-on, give]}}\n"
    "facts: {consent: {about: They agreed, was: agreed}}\n"
    "categories: {payment.card: {about: Numbers, was: [cards, money.card]}}\n"
    "roles: {support: {may: {payment.card: view}, was: help-desk}}\n";

TEST_CASE("roles, categories, facts and actions tell what they were called before") {
    auto const loaded = rolecall::yaml::load_text(renamed);
    REQUIRE(loaded);
    document const& d = loaded->source();
    CHECK(texts(d.actions.at(0).was) == std::vector<std::string>{"hand-on", "give"});
    CHECK(texts(d.facts.at(0).was) == std::vector<std::string>{"agreed"});
    CHECK(texts(d.categories.at(0).was) == std::vector<std::string>{"cards", "money.card"});
    CHECK(texts(d.roles.at(0).was) == std::vector<std::string>{"help-desk"});
    CHECK(d.roles.at(0).was.at(0).at == rolecall::place{0, 5, 51, 9});
}

TEST_CASE("former names are written, sorted, and read again as the same") {
    auto const loaded = rolecall::yaml::load_text(renamed);
    REQUIRE(loaded);
    std::string const written = rolecall::yaml::write(*loaded);
    CHECK(written.find("was: [give, hand-on]") != std::string::npos);
    auto const again = rolecall::yaml::load_text(written);
    REQUIRE(again);
    CHECK(rolecall::yaml::write(*again) == written);
    document const& d = again->source();
    CHECK(texts(d.actions.at(0).was) == std::vector<std::string>{"give", "hand-on"});
    CHECK(texts(d.facts.at(0).was) == std::vector<std::string>{"agreed"});
    CHECK(texts(d.categories.at(0).was) == std::vector<std::string>{"cards", "money.card"});
    CHECK(texts(d.roles.at(0).was) == std::vector<std::string>{"help-desk"});
}

TEST_CASE("an entry that was renamed and says nothing else is written as a mapping") {
    auto const loaded = rolecall::yaml::load_text(
        "rolecall: 1\nroles: {guest: {was: visitor}, clerk: {about: A clerk}}\n");
    REQUIRE(loaded);
    auto const again = rolecall::yaml::load_text(rolecall::yaml::write(*loaded));
    REQUIRE(again);
    bool seen = false;
    for (auto const& role : again->source().roles)
        if (role.name.text == "guest")
            seen = texts(role.was) == std::vector<std::string>{"visitor"};
    CHECK(seen);
}

TEST_CASE("what still exists is no former name, not even of itself") {
    CHECK(found("roles: {a: {about: A, was: b}, b: B}\n") ==
          "2:28+1 role `b` still exists, so nothing else was called so before\n");
    CHECK(found("roles: {a: {about: A, was: a}}\n") ==
          "2:28+1 role `a` still exists, so nothing else was called so before\n");
    CHECK(found("categories: {a.b: {about: A, was: a}, a: B}\n") ==
          "2:35+1 category `a` still exists, so nothing else was called so before\n");
    CHECK(found("facts: {a: {about: A, was: [c, b]}, b: B}\n") ==
          "2:32+1 fact `b` still exists, so nothing else was called so before\n");
    CHECK(found("actions: {share: {about: A, was: view}}\n") ==
          "2:34+4 action `view` still exists, so nothing else was called so before\n");
    CHECK(found("actions: {a: {about: A, was: b}, b: B}\n") ==
          "2:30+1 action `b` still exists, so nothing else was called so before\n");
}

TEST_CASE("one entry alone had a name before") {
    CHECK(found("roles:\n  a: {about: A, was: old}\n  b: {about: B, was: [older, old]}\n") ==
          "4:30+3 only one role can have been `old` before <- 3 first said here\n");
    CHECK(found("roles: {a: {about: A, was: [old, old]}}\n").find("only one role") !=
          std::string::npos);
}

TEST_CASE("entries of two kinds may have had one name") {
    CHECK(found("roles: {a: {about: A, was: old}}\nfacts: {a: {about: A, was: old}}\n"
                "categories: {a: {about: A, was: old}}\nactions: {a: {about: A, was: old}}\n")
              .empty());
    CHECK(found("roles: {a: {about: A, was: b}}\nfacts: {b: B}\n").empty());
}

TEST_CASE("a former name is a name") {
    CHECK(found("roles: {a: {about: A, was: Old Role}}\n") ==
          "2:28+8 no role was ever called `Old Role`: that is not a name\n");
    CHECK(found("roles: {a: {about: A, was: a.b}}\n") ==
          "2:28+3 no role was ever called `a.b`: that is not a name\n");
    CHECK(found("categories: {a: {about: A, was: b.c}}\n").empty());
    CHECK(found("categories: {a: {about: A, was: b..c}}\n") ==
          "2:33+4 no category was ever called `b..c`: that is not a name\n");
    CHECK(found("facts: {a: {about: A, was: [b, c_d, e f]}}\n") ==
          "2:37+3 no fact was ever called `e f`: that is not a name\n");
}

TEST_CASE("former names have no part in decisions, and a new digest") {
    auto const plain = rolecall::yaml::load_text(
        "rolecall: 1\ncategories: {c: C}\nroles: {a: {may: {c: view}}}\n");
    auto const named = rolecall::yaml::load_text(
        "rolecall: 1\ncategories: {c: C}\nroles: {a: {may: {c: view}, was: b}}\n");
    REQUIRE(plain);
    REQUIRE(named);
    CHECK(plain->source().roles[0].may.size() == named->source().roles[0].may.size());
    CHECK(rolecall::yaml::write(*plain) != rolecall::yaml::write(*named));
}

}  // namespace
