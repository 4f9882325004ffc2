#include "lint/abilities.hpp"
#include "lint/policy_index.hpp"
#include "lint/report.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/lint.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rolecall::inline v0_1 {
namespace {

using enum diagnostic_code;

constexpr std::array rules{
    lint_rule{grant_inherited, "a right that the role inherits anyway", true},
    lint_rule{grant_covered, "a right that the role has by another of its lines", true},
    lint_rule{condition_without_effect, "a condition on what is granted without one as well"},
    lint_rule{grant_unusable, "a right that nobody can use in any state of the facts"},
    lint_rule{inheritance_redundant, "a role that is inherited through another one as well", true},
    lint_rule{guardrail_without_effect, "a guardrail that stops nobody from anything"},
    lint_rule{separation_without_effect, "a separation that others contain"},
    lint_rule{fact_without_effect, "a fact on which no decision depends"},
    lint_rule{role_without_grants, "a role without any right"},
    lint_rule{role_unheld, "a role that nobody holds or inherits"},
    lint_rule{roles_alike, "two roles that can do the same"},
    lint_rule{role_inside_another, "a role of which another can do everything, and more"},
    lint_rule{change_without_view, "a role that changes what it can never see"},
    lint_rule{requirement_only_on_view, "a requirement on viewing that modifying goes around"},
    lint_rule{broad_grant, "`all` or `.*` that reaches the strictest level"},
    lint_rule{stricter_below, "`.*` that reaches something stricter than what it names"},
    lint_rule{strictest_unprotected,
              "a category of the strictest level without law or requirement"},
    lint_rule{policy_without_owner, "data of the strictest level that nobody answers for"},
    lint_rule{category_without_level, "a category without a level"},
    lint_rule{category_unreachable, "a category with which no role can do anything"},
    lint_rule{vendor_without_end, "an outsider's role that is assigned without an end"},
    lint_rule{assignment_passed, "an assignment that has ended", true},
    lint_rule{names_look_alike, "names that people take for each other"},
    lint_rule{exercise_overdue, "exercises that were not held for longer than the policy wants"},
};

// Every code of lint, in order and without a gap.
static_assert([] {
    auto next = static_cast<std::size_t>(grant_inherited);
    for (lint_rule const& rule : rules)
        if (static_cast<std::size_t>(rule.code) != next++) return false;
    return next == static_cast<std::size_t>(exercise_overdue) + 1;
}());

std::vector<linting::raw_finding> look_through(policy const& of, lint_options const& options) {
    std::vector<linting::raw_finding> found;
    linting::policy_index const index(of);
    linting::abilities able(index.data());
    linting::inspection const on{index, options, found};
    look_for_rights_in_vain(on);
    look_for_unusable_rights(on);
    look_for_redundant_inheritance(on);
    look_for_idle_guardrails(on);
    look_for_idle_separations(on);
    look_for_idle_facts(on, able);
    look_for_idle_roles(on);
    look_for_like_roles(on, able);
    look_for_blind_changes(on, able);
    look_for_one_sided_requirements(on, able);
    look_for_broad_grants(on, able);
    look_for_bare_categories(on);
    look_for_unreached_categories(on, able);
    look_at_assignments(on);
    look_for_like_names(on);
    look_for_overdue_exercises(on);
    return found;
}

bool is_about(lint_finding const& finding, lint_setting const& setting) {
    return setting.names.empty() ||
           std::any_of(finding.about.begin(), finding.about.end(), [&](std::string const& name) {
               return std::find(setting.names.begin(), setting.names.end(), name) !=
                      setting.names.end();
           });
}

lint_setting const* setting_for(lint_finding const& finding, lint_settings const& settings) {
    lint_setting const* found = nullptr;
    for (lint_setting const& one : settings.rules) {
        if (one.code != finding.what.code || !is_about(finding, one)) continue;
        if (found == nullptr || found->names.empty() || !one.names.empty()) found = &one;
    }
    return found;
}

// Puts a finding where the settings want it.
void sort_out(lint_finding finding, lint_settings const& settings, lint_result& result) {
    bool const fixed = severity_of(finding.what.code) == severity::error;
    lint_setting const* const setting = fixed ? nullptr : setting_for(finding, settings);
    if (setting == nullptr) return result.findings.push_back(std::move(finding));
    if (!setting->level) {
        finding.off_because = setting->because.empty() ? "switched off" : setting->because;
        return result.switched_off.push_back(std::move(finding));
    }
    if (*setting->level != finding.what.level()) finding.what.changed_to = setting->level;
    result.findings.push_back(std::move(finding));
}

void sort(std::vector<lint_finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(),
                     [](lint_finding const& a, lint_finding const& b) { return a.what < b.what; });
}

}  // namespace

std::span<lint_rule const> lint_rules() noexcept { return rules; }

lint_result lint(policy_result const& of, lint_options const& options) {
    lint_result result;
    for (diagnostic const& d : of.findings())
        sort_out({d, {}, std::nullopt, {}}, options.settings, result);
    if (of) {
        detail::locator places(of->source().files);
        for (linting::raw_finding& raw : look_through(*of, options))
            sort_out({places.locate(raw.what), std::move(raw.about), raw.removal, {}},
                     options.settings, result);
    }
    sort(result.findings);
    sort(result.switched_off);
    return result;
}

namespace linting {

std::string listed(std::vector<std::string_view> const& names, std::size_t most) {
    std::string text;
    std::size_t const shown = names.size() <= most + 1 ? names.size() : most;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += detail::in_backticks(names[i]);
    }
    if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " others";
    return text;
}

}  // namespace linting

}  // namespace rolecall::inline v0_1
