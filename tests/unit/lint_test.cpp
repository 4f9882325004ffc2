// What lint tells, where, and what settings make of it. That every rule is exact is shown in
// tests/lint; each message has its golden case.
#include <rolecall/lint.hpp>
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace rolecall;

namespace {

constexpr std::string_view shop = R"(rolecall: 1
policy: {name: Shop, owner: owner@shop.example}
categories:
  feedback: {about: Survey answers, level: internal}
  payment: {about: Card data, level: restricted, laws: [PCI DSS]}
roles:
  employee:
    may: {feedback: view}
  support:
    inherits: employee
    may:
      feedback: [view, modify]
      payment: view
users:
  dana: support
)";

date const today = date::parse("2027-01-01").value();

lint_result look_at(std::string_view text, lint_settings settings = {}) {
    return lint(yaml::load_text(text, "policy.yaml", {.today = today}),
                {.today = today, .settings = std::move(settings)});
}

std::vector<std::string> codes(std::vector<lint_finding> const& findings) {
    std::vector<std::string> result;
    for (lint_finding const& f : findings) result.emplace_back(to_string(f.what.code));
    return result;
}

}  // namespace

TEST_CASE("a finding says where, what it is about, and what to leave out") {
    auto const told = look_at(shop);
    REQUIRE(codes(told.findings) == std::vector<std::string>{"grant-inherited"});
    lint_finding const& f = told.findings.front();
    CHECK(f.what.where.line == 12);
    CHECK(f.what.where.column == 18);
    CHECK(f.what.where.length == 4);
    CHECK(f.what.text ==
          "`support` inherits `view` on `feedback` from `employee`; leave it out here");
    REQUIRE(f.what.related.size() == 1);
    CHECK(f.what.related.front().where.line == 8);
    CHECK(f.about == std::vector<std::string>{"support", "feedback", "view"});
    CHECK(f.removal == document_part{document_part::kind::right, 1, 0, 0});
    CHECK(f.what.level() == severity::warning);
}

TEST_CASE("a policy that is refused has its errors and nothing else") {
    auto const told = look_at("rolecall: 1\nroles: {a: {inherits: b}}\n");
    CHECK(codes(told.findings) == std::vector<std::string>{"unknown-role"});
}

TEST_CASE("warnings of loading go along, and settings are for them too") {
    std::string const text =
        std::string(shop).insert(shop.find("owner:"), "review-by: 2026-01-01, ");
    auto const told = look_at(text);
    CHECK(codes(told.findings) == std::vector<std::string>{"review-overdue", "grant-inherited"});
    lint_settings const off{
        .rules = {{diagnostic_code::review_overdue, std::nullopt, "later", {}}}};
    auto const fewer = look_at(text, off);
    CHECK(codes(fewer.findings) == std::vector<std::string>{"grant-inherited"});
    REQUIRE(codes(fewer.switched_off) == std::vector<std::string>{"review-overdue"});
    CHECK(fewer.switched_off.front().off_because == "later");
}

TEST_CASE("settings change a severity, and say so only where it is another") {
    lint_settings settings;
    settings.rules = {{diagnostic_code::grant_inherited, severity::error, {}, {}}};
    auto const told = look_at(shop, settings);
    CHECK(told.findings.front().what.level() == severity::error);
    CHECK(told.findings.front().what.changed_to == severity::error);
    settings.rules = {{diagnostic_code::grant_inherited, severity::warning, {}, {}}};
    CHECK_FALSE(look_at(shop, settings).findings.front().what.changed_to.has_value());
}

TEST_CASE("settings never change an error") {
    lint_settings const settings{.rules = {{diagnostic_code::unknown_role, std::nullopt, "x", {}}}};
    auto const told = look_at("rolecall: 1\nroles: {a: {inherits: b}}\n", settings);
    CHECK(codes(told.findings) == std::vector<std::string>{"unknown-role"});
    CHECK(told.switched_off.empty());
}

TEST_CASE("a setting with names is for findings about one of these, and beats one without") {
    lint_settings settings;
    settings.rules = {{diagnostic_code::grant_inherited, severity::note, {}, {"support"}},
                      {diagnostic_code::grant_inherited, std::nullopt, "everywhere else", {}}};
    CHECK(look_at(shop, settings).findings.front().what.level() == severity::note);
    settings.rules.front().names = {"billing"};
    CHECK(look_at(shop, settings).findings.empty());
    settings.rules = {{diagnostic_code::grant_inherited, severity::note, {}, {}},
                      {diagnostic_code::grant_inherited, severity::error, {}, {}}};
    CHECK(look_at(shop, settings).findings.front().what.level() == severity::error);
}

TEST_CASE("the words for outsiders are a matter of settings") {
    std::string const text = std::string(shop) + "  max: {roles: [support]}\n";
    lint_settings settings;
    settings.vendor_words = {"support"};
    auto const told = codes(look_at(text, settings).findings);
    CHECK(std::count(told.begin(), told.end(), "vendor-without-end") == 2);
}

TEST_CASE("a policy made in code is looked at as well, without places") {
    policy_builder made;
    made.category("payment", "Card data");
    made.role("base").may("payment", {"view"});
    made.role("more").inherits("base").may("payment", {"view"});
    auto const told = lint(made.build());
    REQUIRE(codes(told.findings) == std::vector<std::string>{"grant-inherited"});
    CHECK(told.findings.front().what.where.line == 0);
}

TEST_CASE("of two rights that say the same, one stays") {
    auto const told = look_at(R"(rolecall: 1
categories: {a: A, a.b: B}
roles:
  r:
    may:
      a.b: view
      a.*: view
)");
    std::vector<std::string> about;
    for (lint_finding const& f : told.findings)
        if (f.what.code == diagnostic_code::grant_covered) about.push_back(f.about[1]);
    CHECK(about == std::vector<std::string>{"a.b"});
}

TEST_CASE("the last assignment of a user that counts is not to be left out") {
    std::string const text = R"(rolecall: 1
categories: {a: A}
roles: {r: {may: {a: view}}, s: {may: {a: modify}}}
users:
  dana: {roles: r, until: 2026-01-01}
  bo: [s, {roles: r, until: 2026-01-01}]
)";
    std::vector<bool> removable;
    for (lint_finding const& f : look_at(text).findings)
        if (f.what.code == diagnostic_code::assignment_passed)
            removable.push_back(f.removal.has_value());
    CHECK(removable == std::vector<bool>{false, true});
}

TEST_CASE("ids are compared as the caller says they look") {
    std::string const text = std::string(shop) + "  DANA: support\n  anad: support\n";
    auto const by_case = codes(look_at(text).findings);
    CHECK(std::count(by_case.begin(), by_case.end(), "names-look-alike") == 1);
    auto const told = lint(yaml::load_text(text), {.look = [](std::string_view id) {
                               std::string sorted(id);
                               std::sort(sorted.begin(), sorted.end());
                               return sorted;
                           }});
    auto const by_letters = codes(told.findings);
    CHECK(std::count(by_letters.begin(), by_letters.end(), "names-look-alike") == 1);
}

TEST_CASE("the rules are listed in the order of their codes, each with a summary") {
    std::size_t last = 0;
    for (lint_rule const& rule : lint_rules()) {
        CHECK(static_cast<std::size_t>(rule.code) > last);
        CHECK(severity_of(rule.code) != severity::error);
        CHECK(rule.summary.size() > 10);
        last = static_cast<std::size_t>(rule.code);
    }
    CHECK(lint_rules().size() == 24);
}

TEST_CASE("a chain of as many roles as there may be is looked at in time") {
    policy_builder made;
    made.category("a", "A");
    made.role("r0").may("a", {"view"});
    for (int i = 1; i < 20'000; ++i)
        made.role("r" + std::to_string(i)).inherits("r" + std::to_string(i - 1));
    CHECK(lint(made.build()).findings.empty());
}
