#include "rbac/comparison.hpp"

#include <rolecall/policy_builder.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>

namespace standard {

using rolecall::audit_kind;
using rolecall::audit_record;

rolecall::policy policy_of(rbac_model const& state) {
    rolecall::policy_builder made;
    made.header("Sequences of the standard").limited_hierarchy = state.limited_hierarchy;
    for (name const& operation : state.operations)
        if (!names{"view", "modify", "store", "delete"}.contains(operation))
            made.action(operation, "An action of the policy's own");
    for (name const& object : state.objects) made.category(object, "Data of some kind");
    for (name const& role : state.roles) {
        auto entry = made.role(role);
        if (auto const below = state.inherits.find(role); below != state.inherits.end())
            for (name const& junior : below->second) entry.inherits(junior);
        auto const own = state.granted.find(role);
        if (own == state.granted.end()) continue;
        for (name const& object : state.objects) {
            // As somebody would write it: `all`, and the others by name.
            names actions;
            for (auto const& [operation, on] : own->second)
                if (on == object) actions.insert(operation);
            names const four{"delete", "modify", "store", "view"};
            if (std::includes(actions.begin(), actions.end(), four.begin(), four.end())) {
                for (name const& one : four) actions.erase(one);
                actions.insert("all");
            }
            if (!actions.empty()) entry.may(object, {actions.begin(), actions.end()});
        }
    }
    auto const add_sets = [&](separated_sets const& sets, rolecall::separation_scope per) {
        for (auto const& [set, rule] : sets)
            made.separation(set, {rule.roles.begin(), rule.roles.end()},
                            static_cast<std::uint32_t>(rule.cardinality - 1), per);
    };
    add_sets(state.ssd, rolecall::separation_scope::person);
    add_sets(state.dsd, rolecall::separation_scope::session);
    return made.build().value();
}

std::vector<rolecall::user_edit> users_of(rbac_model const& state) {
    std::vector<rolecall::user_edit> edits;
    for (auto const& [user, held] : state.assigned) {
        edits.push_back(rolecall::user_edit::add_user(user));
        for (name const& role : held) {
            auto const last = state.last_day.find({user, role});
            edits.push_back(rolecall::user_edit::assign(
                user, role,
                last == state.last_day.end() ? std::nullopt : std::optional(day(last->second))));
        }
    }
    for (auto const& [user, role] : state.passed)
        edits.push_back(rolecall::user_edit::assign(user, role, day(state.today - 1)));
    return edits;
}

rbac_model nothing_yet(bool limited_hierarchy) {
    rbac_model state;
    state.operations = {"view", "modify", "store", "delete", "share"};
    state.objects = {"account", "payment", "payment.card"};
    state.limited_hierarchy = limited_hierarchy;
    return state;
}

namespace {

rolecall::users_view filled(rolecall::editable_users_view const& directory,
                            rbac_model const& start) {
    auto const edits = users_of(start);
    if (!edits.empty() && !directory.apply(edits).committed)
        throw std::runtime_error("the directory took no users");
    return static_cast<rolecall::users_view const&>(directory);
}

std::string listed(names const& some) {
    std::string result = "{";
    for (name const& one : some) result += (result.size() > 1 ? ", " : "") + one;
    return result + '}';
}

std::string error_text(rbac_error error) { return std::string(rolecall::to_string(error)); }

// Whether these roles break the rule, and none of them can be left out; and no fewer could.
bool is_smallest(rbac_model const& state, name const& set, bool is_ssd, names const& collide,
                 names const& held) {
    separated_sets const rule{*(is_ssd ? state.ssd : state.dsd).find(set)};
    if (state.broken(rule, collide).empty()) return false;
    std::vector<name> const all(held.begin(), held.end());
    for (std::size_t chosen = 0; chosen < std::size_t{1} << all.size(); ++chosen) {
        names some;
        for (std::size_t i = 0; i < all.size(); ++i)
            if ((chosen >> i & 1U) != 0) some.insert(all[i]);
        if (some.size() < collide.size() && !state.broken(rule, some).empty()) return false;
    }
    return std::includes(held.begin(), held.end(), collide.begin(), collide.end());
}

}  // namespace

comparison::comparison(rbac_model const& start, rolecall::editable_users_view directory)
    : model_(start),
      pdp_(policy_of(start), sink_, filled(directory, start), {.today = day(start.today)}),
      library_(pdp_, directory) {}

std::string comparison::take(step const& one, thoroughness how) {
    rbac_model const before = model_;
    std::uint32_t const version_before = pdp_.version();
    sink_.records.clear();
    answer const expected = carry_out(one, model_);
    outcome const got = carry_out(one, library_, pdp_, model_.today);
    last_error_ = expected.error;
    ++steps_;

    std::string differs = result_differs(one, before, expected, got, version_before);
    if (differs.empty()) differs = told_differs(one, before, expected, got);
    constexpr std::size_t parts = 4;
    for (std::size_t part = 0; part < parts && differs.empty(); ++part)
        if (how == thoroughness::all || steps_ % 8 == 0 || part == steps_ % parts)
            differs = part_differs(part);
    if (differs.empty()) differs = model_.impossible();
    return differs;
}

std::string comparison::result_differs(step const& one, rbac_model const& before,
                                       answer const& expected, outcome const& got,
                                       std::uint32_t version_before) {
    rolecall::rbac_result const& said = got.result;
    if (said.error != expected.error)
        return "the library says " + error_text(said.error) + " (" + said.text + "), expected " +
               error_text(expected.error);
    if ((said.error == rbac_error::none) != said.text.empty())
        return "the text of " + error_text(said.error) + " is \"" + said.text + '"';
    bool const new_version = said.error == rbac_error::none && model_.changed_policy;
    if (pdp_.version() != version_before + (new_version ? 1U : 0U))
        return "the policy's version went from " + std::to_string(version_before) + " to " +
               std::to_string(pdp_.version());
    if (said.policy_version != (new_version ? pdp_.version() : 0U))
        return "the result says version " + std::to_string(said.policy_version) + " of " +
               std::to_string(pdp_.version());
    if (one.what == call::check_access && said.error == rbac_error::none) {
        if (!got.response) return "there is no response";
        rolecall::response const& answered = *got.response;
        if (static_cast<bool>(answered) != expected.allowed)
            return std::string("the library answers ") +
                   rolecall::to_string(answered.reason).data();
        auto const why =
            expected.allowed ? rolecall::reason::granted : rolecall::reason::not_granted;
        if (answered.reason != why)
            return std::string("the reason is ") + rolecall::to_string(answered.reason).data();
        name granting;
        for (name const& role : before.sessions.at(one.session).active)
            if (granting.empty() &&
                before.permissions_of({role}).contains({one.operation, one.object}))
                granting = role;
        if (pdp_.pinned()->name(answered.granting_role) != granting)
            return "the granting role is not " + granting;
    }
    return violations_differ(said);
}

std::string comparison::violations_differ(rolecall::rbac_result const& said) const {
    bool const separated =
        said.error == rbac_error::static_separation || said.error == rbac_error::dynamic_separation;
    if (!separated)
        return said.violations.empty() && said.whose.empty() ? "" : "violations without a reason";
    auto const found = std::find_if(model_.breaches.begin(), model_.breaches.end(),
                                    [&](breach const& b) { return b.whose == said.whose; });
    if (found == model_.breaches.end()) return "nothing is broken by " + said.whose;

    bool const is_ssd = said.error == rbac_error::static_separation;
    names sets;
    for (rolecall::separation_violation const& one : said.violations) {
        sets.insert(one.rule);
        if ((one.per == rolecall::separation_scope::person) != is_ssd)
            return one.rule + " is of the other kind";
        names const collide(one.roles.begin(), one.roles.end());
        if (!model_.refused) return "the model kept no refused state";
        if (!is_smallest(*model_.refused, one.rule, is_ssd, collide, found->roles))
            return listed(collide) + " are not the fewest of " + listed(found->roles) +
                   " that break " + one.rule;
    }
    if (sets != found->sets || sets.size() != said.violations.size())
        return said.whose + " breaks " + listed(found->sets) + ", not " + listed(sets);
    return {};
}

std::string comparison::told_differs(step const& one, rbac_model const& before,
                                     answer const& expected, outcome const& got) {
    std::size_t decisions = 0;
    std::size_t activations = 0;
    for (audit_record const& told : sink_.taken()) {
        activations += told.kind == audit_kind::policy_activated ? 1U : 0U;
        if (told.kind != audit_kind::decision) continue;
        ++decisions;
        auto const found = before.sessions.find(one.session);
        bool const same =
            one.what == call::check_access && found != before.sessions.end() &&
            told.user == found->second.user && told.action == one.operation &&
            told.category == one.object &&
            (told.decision == rolecall::decision::allow) == expected.allowed &&
            names(told.active_roles.begin(), told.active_roles.end()) == found->second.active;
        if (!same)
            return "the sink was told of " + told.user + ' ' + told.action + ' ' + told.category;
    }
    bool const decided = one.what == call::check_access && expected.error == rbac_error::none;
    if (decisions != (decided ? 1U : 0U))
        return "the sink was told " + std::to_string(decisions) + " decisions";
    if (activations != (got.result.policy_version != 0 ? 1U : 0U))
        return "the sink was told " + std::to_string(activations) + " new policies";
    return {};
}

std::string comparison::part_differs(std::size_t part) {
    switch (part) {
        case 0: return users_differ();
        case 1: return roles_differ();
        case 2: return sessions_differ();
        default: return sets_differ();
    }
}

}  // namespace standard
