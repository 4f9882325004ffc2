// Lint beside its oracle, on random policies.

#include "found.hpp"
#include "model/library_policy.hpp"
#include "model/policy_text.hpp"
#include "model/trial.hpp"
#include "oracle.hpp"
#include "wasteful_policy.hpp"
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace model;

namespace {

std::vector<date> const days{{2026, 11, 22}, {2026, 11, 30}, {2026, 12, 1},
                             {2026, 12, 31}, {2027, 1, 1},   {2027, 1, 2}};

// One policy as an application comes by it.
struct source {
    std::string text;
    bool in_order = true;  // lists stand in it as the model has them
    rolecall::policy_result loaded;
};

source made_in_code(trial const& one) {
    return {.text = to_yaml(one.rules), .in_order = true, .loaded = build_policy(one.rules)};
}

source read_plain(trial const& one) {
    auto const written = to_yaml(one.rules);
    return {
        .text = written, .in_order = true, .loaded = rolecall::yaml::load_text(written, "p.yaml")};
}

source read_in_some_style(trial& one) {
    auto const files = to_yaml_files(one.rules, one.random);
    std::vector<rolecall::yaml::source_text> texts;
    for (auto const& file : files) {
        texts.push_back({file.path, file.text});
    }
    return {.text = text(files),
            .in_order = false,
            .loaded = rolecall::yaml::load_texts(std::move(texts))};
}

// The roles of an assignment in an order of their own.
void sort_lists(std::vector<told>& findings) {
    for (auto& one : findings) {
        if (one.code == "vendor-without-end" || one.code == "assignment-passed") {
            std::sort(one.about.begin() + 1, one.about.end());
        }
    }
    std::sort(findings.begin(), findings.end());
}

void compare(trial const& one, source const& from, oracle_settings const& settings,
             std::vector<told> expected) {
    if (!from.loaded) {
        one.fail("the policy was refused: " + from.loaded.findings()[0].text, from.text);
    }
    rolecall::lint_options options;
    options.today = as_date(settings.today);
    options.settings.vendor_words = settings.vendor_words;
    auto const result = rolecall::lint(from.loaded, options);
    auto got = as_told(result.findings);
    if (!from.in_order) {
        sort_lists(got);
        sort_lists(expected);
    }
    auto const differs = difference(got, expected);
    if (!differs.empty()) {
        one.fail("on " + text(settings.today) + "\n" + differs, from.text);
    }
    bool const by_place =
        std::is_sorted(result.findings.begin(), result.findings.end(),
                       [](auto const& a, auto const& b) { return a.what < b.what; });
    if (!by_place || !result.switched_off.empty()) {
        one.fail("findings out of order, or switched off by nobody", from.text);
    }
}

}  // namespace

TEST_CASE("lint finds exactly what its oracle finds") {
    std::map<std::string, std::size_t> policies_with;
    std::size_t count = 0;
    with_random_policies(12000, [&](trial& one) {
        one.rules = wasteful_policy(one.random);
        oracle_settings settings{.today = one.random.pick(days)};
        if (one.random.chance(15)) {
            settings.vendor_words = {"staff", "helper"};
        }
        auto const expected = expected_findings(one.rules, settings);
        compare(one, made_in_code(one), settings, expected);
        compare(one, read_plain(one), settings, expected);
        compare(one, read_in_some_style(one), settings, expected);

        ++count;
        name_set codes;
        for (auto const& finding : expected) {
            codes.insert(finding.code);
        }
        for (auto const& code : codes) {
            ++policies_with[code];
        }
    });

    // The policies are worth looking at only as long as each rule speaks often, and is often
    // silent.
    if (wanted_questions() >= 100000) {
        for (auto const& rule : rolecall::lint_rules()) {
            // The record of exercises is no part of a policy, and has tests of its own.
            if (rule.code == rolecall::diagnostic_code::exercise_overdue) continue;
            std::string const code(to_string(rule.code));
            CAPTURE(code);
            CHECK(policies_with[code] > count / 50);
            CHECK(policies_with[code] < count - count / 10);
        }
    }
}

TEST_CASE("the oracle's decisions are those of the reference model") {
    std::size_t allowed = 0;
    with_random_policies(1000, [&](trial& one) {
        one.rules = wasteful_policy(one.random);
        auto const wrong = problems(one.rules);
        if (!wrong.empty()) {
            one.fail(wrong.front(), to_yaml(one.rules));
        }
        // A person with any roles whom the policy doesn't list.
        one.rules.users.clear();
        decision_table const table(one.rules);
        for (std::size_t left = 300; left > 0; --left) {
            auto const held = static_cast<role_mask>(
                one.random.between(1, (std::size_t{1} << table.roles.size()) - 1));
            // Active are some of those, or of what they inherit; and the model, which knows no
            // such person, is told by a user of the policy.
            auto active =
                static_cast<role_mask>(one.random.below(std::size_t{1} << table.roles.size()));
            active &= table.with_inherited(held);
            auto const state = one.random.below(table.state_count());
            auto const c = one.random.below(table.cell_count());
            one.rules.users["somebody"] = {{.roles = table.names_of(held), .until = {}}};
            question const asked{.user = "somebody",
                                 .roles = table.names_of(active),
                                 .action = table.action_of(c),
                                 .category = table.category_of(c),
                                 .facts = table.state(state),
                                 .on = {2026, 11, 22}};
            bool const expected = decide(one.rules, asked).allow;
            bool const got = table.may_hold(held) && table.may_be_active(active) &&
                             table.allowed(held, active, c)[state];
            if (expected) {
                ++allowed;
            }
            one.require(got == expected, one.rules, asked, "the table says otherwise");
        }
    });
    if (wanted_questions() >= 100000) {
        CHECK(allowed > 1000);
    }
}
