// What settings make of the findings, whatever the policy.

#include "found.hpp"
#include "model/library_policy.hpp"
#include "model/policy_text.hpp"
#include "model/trial.hpp"
#include "wasteful_policy.hpp"
#include <rolecall/lint.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace model;

namespace {

using rolecall::lint_finding;
using rolecall::lint_setting;
using rolecall::severity;

// Settings about some of what was found, and about some of what wasn't.
std::vector<lint_setting> some_settings(std::vector<lint_finding> const& findings,
                                        random_source& random) {
    std::vector<lint_setting> made;
    for (auto left = random.between(1, 6); left > 0; --left) {
        lint_setting one;
        auto const& rules = rolecall::lint_rules();
        one.code = rules[random.below(rules.size())].code;
        if (!findings.empty() && random.chance(80)) {
            auto const& like = random.pick(findings);
            one.code = like.what.code;
            if (!like.about.empty() && random.chance(50)) {
                one.names = random.some(like.about, 1, 2);
            }
        }
        if (random.chance(20)) {
            one.names.emplace_back("nobody-is-called-so");
        }
        if (random.chance(60)) {
            one.level = random.pick(
                std::vector<severity>{severity::error, severity::warning, severity::note});
        } else {
            one.because = "Number " + std::to_string(left);
        }
        made.push_back(std::move(one));
    }
    return made;
}

// Of several that fit one with names wins, and else the last.
std::optional<lint_setting> fitting(std::vector<lint_setting> const& settings,
                                    lint_finding const& finding) {
    std::optional<lint_setting> general;
    std::optional<lint_setting> named;
    for (auto const& one : settings) {
        if (one.code != finding.what.code) {
            continue;
        }
        if (one.names.empty()) {
            general = one;
        }
        for (auto const& name : one.names) {
            if (std::find(finding.about.begin(), finding.about.end(), name) !=
                finding.about.end()) {
                named = one;
            }
        }
    }
    return named ? named : general;
}

// A finding in a form that two lists of them can be compared in.
std::string line(lint_finding const& one) {
    return one.what.text + " [" + std::string(to_string(one.what.code)) + "] " +
           std::string(to_string(one.what.level())) + (one.removal ? " removable " : " ") +
           one.off_because + '\n';
}

std::string lines(std::vector<lint_finding> const& findings) {
    std::string made;
    for (auto const& one : findings) {
        made += line(one);
    }
    return made;
}

}  // namespace

TEST_CASE("settings change the severity of what they fit, or switch it off, and nothing else") {
    std::size_t off = 0;
    std::size_t changed = 0;
    with_random_policies(500, [&](trial& one) {
        one.rules = wasteful_policy(one.random);
        auto const made = build_policy(one.rules);
        rolecall::lint_options options;
        auto const plain = rolecall::lint(made, options);
        options.settings.rules = some_settings(plain.findings, one.random);
        std::vector<lint_finding> expected;
        std::vector<lint_finding> expected_off;
        for (auto finding : plain.findings) {
            auto const setting = fitting(options.settings.rules, finding);
            if (setting && !setting->level) {
                finding.off_because = setting->because;
                expected_off.push_back(std::move(finding));
                ++off;
                continue;
            }
            if (setting) {
                if (*setting->level != finding.what.level()) {
                    ++changed;
                }
                finding.what.changed_to = setting->level;
            }
            expected.push_back(std::move(finding));
        }
        auto const got = rolecall::lint(made, options);
        if (lines(got.findings) != lines(expected) ||
            lines(got.switched_off) != lines(expected_off)) {
            one.fail("got\n" + lines(got.findings) + "switched off\n" + lines(got.switched_off) +
                         "expected\n" + lines(expected) + "switched off\n" + lines(expected_off),
                     to_yaml(one.rules));
        }
    });
    if (wanted_questions() >= 100000) {
        CHECK(off > 300);
        CHECK(changed > 300);
    }
}

TEST_CASE("of a policy that is refused, lint tells why, and settings don't soften it") {
    auto const refused = [] {
        policy rules;
        rules.categories["payment"].about = "Cards";
        rules.roles["clerk"].inherits = {"nobody"};
        return build_policy(rules);
    }();
    REQUIRE_FALSE(refused);
    rolecall::lint_options options;
    for (auto const& one : refused.findings()) {
        options.settings.rules.push_back(
            {.code = one.code, .level = std::nullopt, .because = "No matter", .names = {}});
        options.settings.rules.push_back(
            {.code = one.code, .level = severity::note, .because = "", .names = {}});
    }
    auto const got = rolecall::lint(refused, options);
    CHECK(got.switched_off.empty());
    REQUIRE(got.findings.size() == refused.findings().size());
    for (std::size_t at = 0; at < got.findings.size(); ++at) {
        CHECK(got.findings[at].what == refused.findings()[at]);
        CHECK(got.findings[at].what.level() == severity::error);
        CHECK_FALSE(got.findings[at].removal);
    }
}
