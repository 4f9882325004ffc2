#include "rbac/rbac_state.hpp"
#include "rbac/role_closure.hpp"
#include <rolecall/detail/compile/check_code_made.hpp>
#include <rolecall/detail/compile/compile.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using rbac_functions::failure;
using rbac_functions::kept_session;
using rbac_functions::person;
using rbac_functions::role_closure;
using rbac_functions::success;

namespace {

rbac_error error_of(separation_scope per) noexcept {
    return per == separation_scope::person ? rbac_error::static_separation
                                           : rbac_error::dynamic_separation;
}

std::string text_of(std::vector<separation_violation> const& violations) {
    return violations.empty() ? std::string() : violations.front().sentence;
}

// Rules of the document that one role breaks alone, the first by name: no policy has such a role,
// so that it can't be asked for its violations.
std::optional<rbac_result> broken_by_a_role(document const& next, separation_scope per) {
    role_closure const closure(next);
    std::optional<rbac_result> first;
    for (written_role const& role : next.roles) {
        if (first && first->whose <= role.name.text) continue;
        auto const reached = closure.of(role.name.text);
        std::vector<separation_violation> broken;
        for (written_separation const& rule : next.separations) {
            if (rule.per != per) continue;
            separation_violation found;
            for (written_name const& member : rule.roles)
                if (reached.contains(member.text))
                    found.members.push_back({member.text, role.name.text});
            if (found.members.size() <= rule.at_most) continue;
            found.rule = rule.name.text;
            found.per = per;
            found.at_most = rule.at_most;
            found.because = rule.because;
            found.roles = {role.name.text};
            found.sentence = "separation `" + rule.name.text + "`: role `" + role.name.text +
                             "` would break it by itself, with all that it inherits";
            broken.push_back(std::move(found));
        }
        if (broken.empty()) continue;
        std::sort(broken.begin(), broken.end(),
                  [](auto const& a, auto const& b) { return a.rule < b.rule; });
        std::string text = text_of(broken);
        first = failure(error_of(per), std::move(text), role.name.text, std::move(broken));
    }
    return first;
}

// The rules that these roles would break together, by the document of a next policy.
std::vector<std::string> broken_rules(document const& next, role_closure const& closure,
                                      separation_scope per, std::vector<std::string> const& roles) {
    std::vector<std::string> result;
    auto const reached = closure.of_all(roles);
    for (written_separation const& rule : next.separations) {
        if (rule.per != per) continue;
        auto const members = std::count_if(
            rule.roles.begin(), rule.roles.end(),
            [&](written_name const& member) { return reached.contains(member.text); });
        if (static_cast<std::size_t>(members) > rule.at_most) result.push_back(rule.name.text);
    }
    return result;
}

policy_result compiled(document const& from, authorizer const& pdp) {
    detail::findings found;
    detail::check_code_made(from, found);
    detail::compile_options options;
    options.today = pdp.today();
    options.compute_digest = detail::data_of(pdp.current()).compute_digest;
    options.promises = detail::data_of(pdp.current()).promises;
    return detail::compile(from, std::move(found), options);
}

// How roles break rules of a next policy: told by one that has these rules and no others, and lists
// nobody, so that nothing else stands against it.
rbac_result broken(document next, authorizer const& pdp, separation_scope per,
                   std::vector<std::string> const& rules, std::string_view whose,
                   std::vector<std::string> const& roles) {
    next.users.clear();  // who is listed may be who breaks them
    std::erase_if(next.separations, [&](written_separation const& s) {
        return s.per != per || std::find(rules.begin(), rules.end(), s.name.text) == rules.end();
    });
    policy_result const made = compiled(next, pdp);
    std::vector<separation_violation> violations;
    if (made)
        violations = per == separation_scope::person ? person_violations(*made, roles)
                                                     : session_violations(*made, roles);
    std::string text = text_of(violations);
    return failure(error_of(per), std::move(text), whose, std::move(violations));
}

// Who would break something by the next policy: of the users the first by name, or a session.
std::optional<rbac_result> broken_by_people(detail::rbac_state const& state, policy const& now,
                                            document const& next) {
    bool const any =
        std::any_of(next.separations.begin(), next.separations.end(),
                    [](written_separation const& s) { return s.per == separation_scope::person; });
    if (!any) return std::nullopt;
    role_closure const closure(next);
    std::set<std::vector<std::string>> fine;  // sets of roles, of which many users have the same
    std::optional<std::string> first;
    std::vector<std::string> rules;
    std::vector<std::string> roles;
    bool const listed = state.for_each_person(now, [&](std::string_view id, person const& who) {
        if ((first && *first <= id) || fine.contains(who.roles)) return;
        auto found = broken_rules(next, closure, separation_scope::person, who.roles);
        if (found.empty()) {
            fine.insert(who.roles);
            return;
        }
        first = id;
        rules = std::move(found);
        roles = who.roles;
    });
    if (!listed) return failure(rbac_error::unavailable);
    if (!first) return std::nullopt;
    return broken(next, state.pdp, separation_scope::person, rules, *first, roles);
}

std::optional<rbac_result> broken_by_sessions(detail::rbac_state const& state,
                                              document const& next) {
    role_closure const closure(next);
    for (auto const& [id, session] : state.sessions) {
        std::vector<std::string> active;
        for (role_ref const role : session.live.snapshot().active_roles())
            active.emplace_back(session.live.snapshot().of().name(role));
        auto const rules = broken_rules(next, closure, separation_scope::session, active);
        if (!rules.empty())
            return broken(next, state.pdp, separation_scope::session, rules, id, active);
    }
    return std::nullopt;
}

}  // namespace

// Static before dynamic separation, and what else would be no policy after both.
rbac_result detail::rbac_state::replace(document const& next, std::vector<user_edit> const& edits) {
    settle_sessions();
    policy const now = pdp.current();
    if (auto stands = broken_by_a_role(next, separation_scope::person)) return std::move(*stands);
    if (auto stands = broken_by_people(*this, now, next)) return std::move(*stands);
    if (auto stands = broken_by_a_role(next, separation_scope::session)) return std::move(*stands);
    if (auto stands = broken_by_sessions(*this, next)) return std::move(*stands);
    policy_result const made = compiled(next, pdp);
    if (!made) return failure(rbac_error::invalid_policy, made.findings().front().text, {}, {});

    rbac_result result = success();
    if (!edits.empty() && !apply(edits, result)) return result;
    result.policy_version = pdp.replace(*made).version;
    settle_sessions();
    return result;
}

kept_session* detail::rbac_state::find_session(std::string_view id) {
    auto const found = sessions.find(id);
    if (found == sessions.end()) return nullptr;
    live_session& live = found->second.live;
    if (!live.stale()) return &found->second;
    reason const why = live.refresh();
    if (why == reason::granted || why == reason::unavailable) return &found->second;
    sessions.erase(found);
    return nullptr;
}

void detail::rbac_state::settle_sessions() {
    for (auto at = sessions.begin(); at != sessions.end();) {
        auto const here = at++;
        if (here->second.live.stale()) find_session(here->first);
    }
}

rbac_result detail::rbac_state::check_session(policy const& by, std::string_view user,
                                              std::string_view session) {
    person const who = find_person(by, user);
    if (who.unavailable) return failure(rbac_error::unavailable);
    if (!who.known()) return failure(rbac_error::unknown_user, user);
    kept_session const* const found = find_session(session);
    if (found == nullptr) return failure(rbac_error::unknown_session, session);
    if (found->user != user) return failure(rbac_error::not_owner, session);
    return success();
}

}  // namespace rolecall::inline v0_1
