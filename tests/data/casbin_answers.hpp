// What a policy of ours says to the questions of casbin's tests.
//
// A check is asked by names, and by references in a session. A query is answered from the
// rules as written, and once more from what the compiled policy decides; the two share
// nothing but the policy.
#ifndef ROLECALL_TESTS_DATA_CASBIN_ANSWERS_HPP
#define ROLECALL_TESTS_DATA_CASBIN_ANSWERS_HPP

#include "data/casbin_policy.hpp"
#include <rolecall/session.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing::casbin {

inline bool begins_with(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

// ---- Checks -------------------------------------------------------------------------------

inline response by_names(state const& s, policy const& p, question const& q) {
    std::string const category = category_name(s, q.words.at(1), q.domain);
    std::string const action = action_name(q.words.at(2));
    return p.evaluate(request{subject::user(q.words.at(0)), action, category});
}

inline bool in_session(state const& s, policy const& p, question const& q) {
    activation const made = p.activate_user(q.words.at(0));
    category_ref const category = p.category(category_name(s, q.words.at(1), q.domain)).value();
    action const what = p.action(action_name(q.words.at(2))).value();
    return made && made->allows(what, category);
}

// ---- Queries ------------------------------------------------------------------------------

/// What casbin expects, in our names.
inline std::set<row> expected(state const& s, question const& q) {
    auto const in_our_names = [&](row const& one) -> row {
        if (q.name == "GetImplicitPermissionsForUser")
            return {role_of(s, one.at(0), q.domain), category_name(s, one.at(1), q.domain),
                    action_name(one.at(2))};
        if (begins_with(q.name, "GetImplicitUsersForResource"))
            return {one.at(0), category_name(s, one.at(1), q.domain), action_name(one.at(2))};
        if (begins_with(q.name, "GetUsers") || begins_with(q.name, "GetImplicitUsers"))
            return {one.at(0)};
        return {role_name(one.at(0), q.domain)};
    };
    std::set<row> rows;
    for (row const& one : q.rows) rows.insert(in_our_names(one));
    return rows;
}

/// Answers from the rules as written: assignments, inheritance and grants, followed by hand.
class written_answers {
public:
    written_answers(state const& s, policy const& p) : s_(s), document_(p.source()) {}

    [[nodiscard]] std::set<row> to(question const& q) const {
        std::string const& first = q.words.at(0);
        if (q.name == "GetRoles" || q.name == "GetRolesInDomain")
            return rows_of(direct_roles(first, q.domain));
        if (q.name == "GetImplicitRoles" || q.name == "GetImplicitRolesInDomain")
            return rows_of(closed(direct_roles(first, q.domain)));
        if (q.name == "GetUsers" || q.name == "GetUsersInDomain") {
            std::set<row> users;
            for (written_user const& user : document_.users)
                if (direct_roles(user.id.text, q.domain).count(role_name(first, q.domain)) != 0)
                    users.insert({user.id.text});
            return users;
        }
        if (q.name == "GetImplicitPermissionsForUser") return permissions(first, q.domain);

        std::set<row> answer;
        std::string const category = category_name(s_, first, q.domain);
        for (written_user const& user : document_.users)
            for (row const& granted : permissions(user.id.text, q.domain)) {
                if (granted[1] != category) continue;
                if (begins_with(q.name, "GetImplicitUsersForResource"))
                    answer.insert({user.id.text, category, granted[2]});
                else if (granted[2] == action_name(q.words.at(1)))
                    answer.insert({user.id.text});
            }
        return answer;
    }

private:
    using names = std::set<std::string>;

    // A user's roles are assigned, a role's are inherited; a user's own role is not casbin's.
    [[nodiscard]] names direct_roles(std::string const& subject, std::string const& domain) const {
        names found;
        for (written_user const& user : document_.users)
            if (user.id.text == subject)
                for (written_assignment const& one : user.assignments)
                    for (written_name const& role : one.roles)
                        if (begins_with(role.text, before_roles(domain))) found.insert(role.text);
        for (written_role const& role : document_.roles)
            if (role.name.text == role_name(subject, domain))
                for (written_name const& junior : role.inherits) found.insert(junior.text);
        return found;
    }

    [[nodiscard]] names closed(names roles) const {
        for (std::size_t before = 0; before != roles.size();) {
            before = roles.size();
            for (written_role const& role : document_.roles)
                if (roles.count(role.name.text) != 0)
                    for (written_name const& junior : role.inherits) roles.insert(junior.text);
        }
        return roles;
    }

    // Which of the subject's roles says it, category, action.
    [[nodiscard]] std::set<row> permissions(std::string const& subject,
                                            std::string const& domain) const {
        names roles = closed(direct_roles(subject, domain));
        roles.insert(role_of(s_, subject, domain));
        std::set<row> rows;
        for (written_role const& role : document_.roles) {
            if (roles.count(role.name.text) == 0) continue;
            for (written_grant const& line : role.may)
                for (written_right const& right : line.rights)
                    rows.insert({role.name.text, line.category.text + (line.below ? ".*" : ""),
                                 right.action.text});
        }
        return rows;
    }

    static std::set<row> rows_of(names const& texts) {
        std::set<row> rows;
        for (std::string const& text : texts) rows.insert({text});
        return rows;
    }

    state const& s_;
    document const& document_;
};

/// Answers from what the policy decides: who can be active as what, and what sessions allow.
class decided_answers {
public:
    decided_answers(state const& s, policy const& p) : s_(s), policy_(p) {}

    [[nodiscard]] std::set<row> to(question const& q) const {
        std::string const& first = q.words.at(0);
        std::set<row> answer;
        if (q.name == "GetRoles" || q.name == "GetRolesInDomain") {
            activation const made = policy_.activate_user(first);
            if (made) add_roles(*made, q.domain, answer);
        } else if (q.name == "GetImplicitRoles" || q.name == "GetImplicitRolesInDomain") {
            // A user may choose any role that they hold, directly or by inheritance.
            for (written_role const& role : policy_.source().roles)
                if (begins_with(role.name.text, before_roles(q.domain)) &&
                    policy_.activate_user(first, {role.name.text}))
                    answer.insert({role.name.text});
        } else if (q.name == "GetImplicitPermissionsForUser") {
            activation const made = policy_.activate_user(first);
            if (made) add_rights(*made, q.domain, answer);
        } else {
            for (written_user const& user : policy_.source().users)
                add_user(user.id.text, q, answer);
        }
        return answer;
    }

private:
    void add_roles(session const& of, std::string const& domain, std::set<row>& answer) const {
        for (role_ref const role : of.held_roles())
            if (begins_with(policy_.name(role), before_roles(domain)))
                answer.insert({std::string(policy_.name(role))});
    }

    void add_rights(session const& of, std::string const& domain, std::set<row>& answer) const {
        for (category_ref const on : all_categories())
            if (begins_with(policy_.name(on), before_categories(domain)))
                for (action const what : of.allowed_actions(on))
                    answer.insert({std::string(policy_.name(on)), std::string(policy_.name(what))});
    }

    void add_user(std::string const& id, question const& q, std::set<row>& answer) const {
        activation const made = policy_.activate_user(id);
        if (!made) return;
        std::string const& first = q.words.at(0);
        if (q.name == "GetUsers" || q.name == "GetUsersInDomain") {
            std::set<row> roles;
            add_roles(*made, q.domain, roles);
            if (roles.count({role_name(first, q.domain)}) != 0) answer.insert({id});
            return;
        }
        auto const on = policy_.category(category_name(s_, first, q.domain));
        if (!on) return;
        for (action const what : made->allowed_actions(*on)) {
            std::string const name(policy_.name(what));
            if (begins_with(q.name, "GetImplicitUsersForResource"))
                answer.insert({id, std::string(policy_.name(*on)), name});
            else if (name == action_name(q.words.at(1)))
                answer.insert({id});
        }
    }

    [[nodiscard]] std::vector<category_ref> all_categories() const {
        std::vector<category_ref> all;
        for (written_category const& category : policy_.source().categories)
            all.push_back(policy_.category(category.name.text).value());
        return all;
    }

    state const& s_;
    policy const& policy_;
};

/// Decisions don't tell which of a user's roles says a thing: rows without the first word.
inline std::set<row> without_role(question const& q, std::set<row> const& rows) {
    if (q.name != "GetImplicitPermissionsForUser") return rows;
    std::set<row> shorter;
    for (row const& one : rows) shorter.emplace(one.begin() + 1, one.end());
    return shorter;
}

}  // namespace rolecall::testing::casbin

#endif
