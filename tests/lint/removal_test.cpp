// What lint would leave out changes no decision.

#include "found.hpp"
#include "model/library_policy.hpp"
#include "model/policy_text.hpp"
#include "model/trial.hpp"
#include "oracle.hpp"
#include "wasteful_policy.hpp"
#include <rolecall/digest.hpp>
#include <rolecall/document_part.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace model;

namespace {

date const today{2026, 12, 1};
std::vector<date> const days{today, {2026, 12, 2}, {2027, 1, 1}, {2030, 6, 15}};

std::vector<rolecall::lint_finding> linted(rolecall::policy_result const& of) {
    rolecall::lint_options options;
    options.today = as_date(today);
    return rolecall::lint(of, options).findings;
}

std::vector<rolecall::lint_finding> removable(std::vector<rolecall::lint_finding> findings) {
    std::erase_if(findings, [](auto const& one) { return !one.removal; });
    return findings;
}

std::vector<rolecall::document_part> parts_of(std::vector<rolecall::lint_finding> const& findings) {
    std::vector<rolecall::document_part> parts;
    for (auto const& one : findings) {
        parts.push_back(*one.removal);
    }
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    return parts;
}

// Leaves out of the model what a finding is about.
void leave_out(policy& rules, told const& one) {
    if (one.code == "inheritance-redundant") {
        std::erase(rules.roles.at(one.about.at(0)).inherits, one.about.at(1));
    } else if (one.code == "assignment-passed") {
        auto& list = rules.users.at(one.about.at(0));
        auto const at = std::find_if(list.begin(), list.end(), [&](assignment const& given) {
            return given.until && *given.until < today &&
                   std::equal(given.roles.begin(), given.roles.end(), one.about.begin() + 1,
                              one.about.end());
        });
        list.erase(at);
        if (list.empty()) {
            rules.users.erase(one.about.at(0));
        }
    } else {
        auto& may = rules.roles.at(one.about.at(0)).may;
        for (auto& line : may) {
            if (line_name(line) == one.about.at(1)) {
                line.rights.erase(one.about.at(2));
            }
        }
        std::erase_if(may, [](grant const& line) { return line.rights.empty(); });
    }
}

// All that anybody may do: every allowed set of roles, whichever are active.
bool same_rights(policy const& before, policy const& after) {
    decision_table const a(before);
    decision_table const b(after);
    for (role_mask held = 1; held < 1U << a.roles.size(); ++held) {
        auto const every = a.with_inherited(held);
        if (a.may_hold(held) != b.may_hold(held) || every != b.with_inherited(held)) {
            return false;
        }
        if (!a.may_hold(held)) {
            continue;
        }
        for (role_mask active = 1; active <= every; ++active) {
            if ((active & ~every) != 0) {
                continue;
            }
            if (a.may_be_active(active) != b.may_be_active(active)) {
                return false;
            }
            for (cell c = 0; c < a.cell_count(); ++c) {
                if (a.allowed(held, active, c) != b.allowed(held, active, c)) {
                    return false;
                }
            }
        }
    }
    return true;
}

// Asks as users of the policy, and as somebody for whose roles the application vouches.
void ask_as_people(trial& one, policy const& after) {
    decision_table const table(one.rules);
    std::vector<std::string> ids{"somebody"};
    for (auto const& [id, assignments] : one.rules.users) {
        ids.push_back(id);
    }
    for (std::size_t left = 60; left > 0; --left) {
        auto const c = one.random.below(table.cell_count());
        question asked{.user = one.random.pick(ids),
                       .roles = std::nullopt,
                       .action = table.action_of(c),
                       .category = table.category_of(c),
                       .facts = table.state(one.random.below(table.state_count())),
                       .on = one.random.pick(days)};
        if (one.random.chance(60)) {
            asked.roles = one.random.some(table.roles, 0, 2);
        }
        one.require(decide(one.rules, asked).allow == decide(after, asked).allow, one.rules, asked,
                    "decided otherwise after\n" + to_yaml(after));
    }
}

}  // namespace

TEST_CASE("what lint would take out changes no decision, taken out together or in part") {
    std::map<std::string, std::size_t> taken;
    with_random_policies(3000, [&](trial& one) {
        one.rules = wasteful_policy(one.random);
        auto const loaded = rolecall::yaml::load_text(to_yaml(one.rules));
        auto chosen = removable(linted(loaded));
        if (one.random.chance(30)) {
            chosen = one.random.some(chosen, 0, chosen.size());
        }
        auto after = one.rules;
        std::map<rolecall::document_part, told> once;
        for (auto const& finding : chosen) {
            once[*finding.removal] = {std::string(to_string(finding.what.code)), finding.about};
        }
        for (auto const& [part, finding] : once) {
            leave_out(after, finding);
            ++taken[finding.code];
        }
        if (!same_rights(one.rules, after)) {
            one.fail("somebody may do something else after\n" + to_yaml(after), to_yaml(one.rules));
        }
        ask_as_people(one, after);

        // The document without these parts says the same as the model without them.
        auto const made =
            rolecall::yaml::compile(rolecall::without(loaded->source(), parts_of(chosen)));
        auto const expected = build_policy(after);
        if (!made || !expected) {
            one.fail("what is left was refused: " + (made ? expected : made).findings()[0].text,
                     to_yaml(one.rules));
        }
        if (rolecall::digest(*made) != rolecall::digest(*expected)) {
            one.fail("the document without its parts says something else:\n" +
                         rolecall::yaml::write(*made) + "expected:\n" + to_yaml(after),
                     to_yaml(one.rules));
        }
    });
    if (wanted_questions() >= 100000) {
        for (auto const& rule : rolecall::lint_rules()) {
            std::string const code(to_string(rule.code));
            CAPTURE(code);
            CHECK((taken[code] > 10) == rule.fixable);
        }
    }
}

TEST_CASE("where everything that can be was taken out, lint finds nothing more to take out") {
    with_random_policies(6000, [&](trial& one) {
        one.rules = wasteful_policy(one.random);
        auto const loaded = rolecall::yaml::load_text(to_yaml(one.rules));
        auto const parts = parts_of(removable(linted(loaded)));
        auto const left = rolecall::yaml::compile(rolecall::without(loaded->source(), parts));
        if (!left) {
            one.fail("what is left was refused: " + left.findings()[0].text, to_yaml(one.rules));
        }
        auto const again = removable(linted(left));
        if (!again.empty()) {
            one.fail(
                "more to take out: " + again[0].what.text + " of\n" + rolecall::yaml::write(*left),
                to_yaml(one.rules));
        }
    });
}
