// Guarantees and exercises that take long to look through, and documents that nobody checked.
#include "document/read_document.hpp"
#include "promise/breaches.hpp"
#include "promise/checker.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/guarantees.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

using namespace rolecall;

namespace {

document document_with(std::string const& lines) {
    std::string text = "rolecall: 1\nguarantees:\n  g: " + lines + '\n';
    yaml::document_reading read =
        yaml::read_document({{"g.yaml", "g.yaml", std::move(text), {}}}, false);
    REQUIRE(read.found.empty());
    return std::move(read.document);
}

std::string one_of(int first, int count) {
    std::string list;
    for (int i = first; i < first + count; ++i)
        list += (list.empty() ? "f" : ", f") + std::to_string(i);
    return "{if-any: [" + list + "]}";
}

// A right with as many ways to hold as the numbers of alternatives make together.
std::string right_with(std::initializer_list<int> alternatives) {
    std::string facts;
    std::string categories;
    std::string name;
    std::string grant;
    int next = 0;
    for (int const count : alternatives) {
        for (int i = next; i < next + count; ++i) facts += "  f" + std::to_string(i) + ": A fact\n";
        name += name.empty() ? "c" : ".c";
        if (grant.empty()) grant = one_of(next, count);
        categories +=
            "  " + name + ": {about: Data, requires: {view: " + one_of(next, count) + "}}\n";
        next += count;
    }
    return "rolecall: 1\nfacts:\n" + facts + "categories:\n" + categories +
           "roles: {desk: {may: {" + name + ": {view: " + grant + "}}}}\n";
}

std::uint64_t looks_at(policy const& of, document const& promised) {
    promising::policy_rights const rights(detail::data_of(of));
    promising::checker const by(rights, promised);
    std::uint64_t left = promising::enough_looks;
    auto const go_on = [](promising::found_way const&) { return true; };
    static_cast<void>(by.look(by.guarantees().front(), go_on, left));
    return promising::enough_looks - left;
}

}  // namespace

TEST_CASE("levels that the policy does not have throw, as other unknown names do") {
    policy const of = yaml::load_text(
                          "rolecall: 1\n"
                          "categories: {notes: {about: Notes, level: restricted}}\n"
                          "roles: {desk: {may: {notes: view}}}\n")
                          .value();
    document promised = document_with("{roles: desk, never: view, level: restricted}");
    CHECK_FALSE(check_guarantees(of, promised).front());
    promised.guarantees.front().first.levels.front().text = "restrictd";
    CHECK_THROWS_AS(static_cast<void>(check_guarantees(of, promised)), std::invalid_argument);
}

TEST_CASE("a right with many ways to hold costs more than one with few") {
    document const promised = document_with("{may: view, categories: c, only-if: f0}");
    std::uint64_t const few = looks_at(yaml::load_text(right_with({2, 2})).value(), promised);
    CHECK(few < 1'000);
    // 4,096 ways, of which each is compared with the others.
    std::uint64_t const many =
        looks_at(yaml::load_text(right_with({8, 8, 8, 8})).value(), promised);
    CHECK(many > 300'000);
    // Too many ways: no guarantee about them can be kept, and it is not long looked at.
    std::uint64_t const too_many =
        looks_at(yaml::load_text(right_with({16, 16, 16, 16})).value(), promised);
    CHECK(too_many > 300'000);
    CHECK(too_many < promising::enough_looks / 20);
}

// Alone, the line of junior holds in 4,608 ways; beside that of desk, in 1,024.
TEST_CASE("a line with too many ways to hold still breaks a guarantee") {
    std::string text = "rolecall: 1\nfacts:\n";
    for (int i = 0; i < 34; ++i) text += "  f" + std::to_string(i) + ": A fact\n";
    text += "categories:\n";
    std::string name;
    for (int first = 10; first < 34; first += 8) {
        name += name.empty() ? "c" : ".c";
        text += "  " + name + ": {about: Data, requires: {view: " + one_of(first, 8) + "}}\n";
    }
    std::string junior = "{if: f1}";
    for (int i = 2; i < 10; ++i) junior += ", {if-all: [f0, f" + std::to_string(i) + "]}";
    text += "roles:\n  junior: {may: {" + name + ": {view: {any-of: [" + junior + "]}}}}\n";
    text += "  desk: {inherits: junior, may: {" + name + ": {view: {if: f0}}}}\n";
    document const promised =
        document_with("{roles: desk, alone: yes, may: view, categories: c, only-if: f0}");
    guarantee_answer const told = check_guarantees(yaml::load_text(text).value(), promised).front();
    CHECK(told.is == guarantee_answer::verdict::broken);
    REQUIRE(told.breaches.size() == 1);
    witnessed_act const& act = told.breaches.front().acts.front();
    CHECK(act.line_sentence.substr(0, 22) == "junior may view c.c.c ");
    CHECK(act.is_true.front() == "f1");
    CHECK(act.is_true.size() == 4);
}

// Looking for each of these among all that is held, once for each role, would take minutes.
TEST_CASE("many roles that are lost in vain are told, and not for long looked for") {
    constexpr int count = 4'000;
    std::string roles = "  base: Base\n";
    std::string held;
    std::string lost;
    for (int i = 0; i < count; ++i) {
        std::string const number = std::to_string(i);
        roles += "  idle" + number + ": Idle\n  held" + number + ": {inherits: base}\n";
        held += (i == 0 ? "held" : ", held") + number;
        lost += ", idle" + number;
    }
    auto const loaded =
        yaml::load_text("rolecall: 1\ncategories: {c: Data}\nroles:\n" + roles + "users:\n  u: [" +
                        held + "]\nexercises: {e: {as: {user: u}, given: {lost: [base" + lost +
                        "]}, cannot: {c: view}}}\n");
    REQUIRE(loaded.findings().size() == count + 1);
    CHECK(loaded.findings().front().text ==
          "`u` is not assigned `base`, and so can't lose it; `held0`, which inherits it, could be "
          "lost");
    CHECK(loaded.findings().back().code == diagnostic_code::role_not_held);
}

TEST_CASE("lines that break a guarantee cost as well, since each is told with its words") {
    std::string text = "rolecall: 1\ncategories: {c: Data}\nroles:\n";
    std::string inherits;
    for (int i = 0; i < 100; ++i) {
        std::string const name = "r" + std::to_string(i);
        text += "  " + name + ": {may: {c: view}}\n";
        inherits += (i == 0 ? "" : ", ") + name;
    }
    text += "  top: {inherits: [" + inherits + "]}\n";
    policy const of = yaml::load_text(text).value();
    document const promised = document_with("{roles: top, never: view, categories: c}");
    detail::policy_data const& p = detail::data_of(of);
    promising::policy_rights const rights(p);
    promising::checker const by(rights, promised);

    std::uint64_t left = promising::enough_looks;
    auto told = promising::answer(by, p, by.guarantees().front(), left).answer;
    CHECK(told.is == guarantee_answer::verdict::broken);
    CHECK(told.breaches.size() == most_breaches);
    CHECK(promising::enough_looks - left > 100 * 1'000);
    // It is broken as soon as one line is found, however little is left for the others.
    left = 1'000;
    told = promising::answer(by, p, by.guarantees().front(), left).answer;
    CHECK(left == 0);
    CHECK(told.is == guarantee_answer::verdict::broken);
    CHECK(told.more);
}
