// A policy state of casbin's as a policy of ours.
//
//     alice, data1, read           a role of her own, which may view `object.o-data1`
//     g, alice, data2_admin        user `alice` has `role-data2x5fadmin`
//     g, admin, data1_admin        `role-admin` inherits `role-data1x5fadmin`
//     g2, data1, data_group        `object.o-datax5fgroup.o-data1`: it lies below its group
//     ..., domain1, ...            in every name: `role-domain1-admin`, `object.d-domain1.o-data1`
//     alice, data2, write, deny    a guardrail for whoever has that role of hers
//     r.sub == "root"              a role of root's own, which may do all below `object`
//     read, write                  view, modify
//
// A rule on a group is one on the group and on what lies below it. A subject that something
// is a member of is a role, every other one a user: casbin's own definition.
#ifndef ROLECALL_TESTS_DATA_CASBIN_POLICY_HPP
#define ROLECALL_TESTS_DATA_CASBIN_POLICY_HPP

#include "data/casbin_data.hpp"
#include <rolecall/policy_builder.hpp>
#include <rolecall/yaml.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing::casbin {

// ---- Names --------------------------------------------------------------------------------

/// Digits and lower-case letters but `x` stay; every other byte becomes `x` and two digits. So
/// different names stay different, also when hyphens and dots join several into one.
inline std::string escaped(std::string_view name) {
    constexpr char const* digits = "0123456789abcdef";
    std::string text;
    for (char const c : name) {
        bool const stays = (c >= 'a' && c <= 'z' && c != 'x') || (c >= '0' && c <= '9');
        auto const byte = static_cast<unsigned char>(c);
        if (stays)
            text += c;
        else
            text += {'x', digits[byte >> 4U], digits[byte & 15U]};
    }
    return text;
}

/// What the names of a domain's roles begin with.
inline std::string before_roles(std::string const& domain) {
    return domain.empty() ? "role-" : "role-" + escaped(domain) + '-';
}
inline std::string role_name(std::string const& role, std::string const& domain) {
    return before_roles(domain) + escaped(role);
}

/// The role that has the rules of one user.
inline std::string own_role(std::string const& user, std::string const& domain) {
    return "own-" + role_name(user, domain);
}

inline std::string action_name(std::string const& action) {
    if (action == "read") return "view";
    if (action == "write") return "modify";
    return "do-" + escaped(action);
}

/// What the names of a domain's categories begin with.
inline std::string before_categories(std::string const& domain) {
    return domain.empty() ? "object." : "object.d-" + escaped(domain) + '.';
}
inline std::string category_name(state const& s, std::string const& object,
                                 std::string const& domain) {
    for (link const& l : s.links)
        if (l.type == "g2" && l.member == object)
            return category_name(s, l.group, domain) + ".o-" + escaped(object);
    return before_categories(domain) + "o-" + escaped(object);
}

/// The role that the rules of a subject are about: itself, or a user's own.
inline std::string role_of(state const& s, std::string const& subject, std::string const& domain) {
    return s.is_role(subject) ? role_name(subject, domain) : own_role(subject, domain);
}

// ---- Rules --------------------------------------------------------------------------------

/// Why a state can't be a policy of ours; empty where it is one.
inline std::string why_not(state const& s) {
    std::set<std::string> effects, grouped;
    for (rule const& r : s.rules) effects.insert(r.effect);
    for (link const& l : s.links)
        if (l.type == "g2" && !grouped.insert(l.member).second)
            return "an object lies in two groups, which is no tree";
    if (s.effect == "default-allow-unless-deny") return "what no rule denies is allowed";
    if (s.effect == "first-match-priority" && effects.count("allow") + effects.count("deny") == 2)
        return "of an allowing and a denying rule the first decides";

    std::set<std::string> const kinds{
        "acl",          "acl+root",  "rbac",         "rbac+resource_roles",
        "rbac+domains", "rbac+deny", "rbac+priority"};
    return kinds.count(s.kind) != 0 ? "" : "an unknown kind: " + s.kind;
}

/// What a state says, in our names, each thing once.
struct translated {
    struct role {
        std::set<std::string> inherits;
        std::set<std::pair<std::string, std::string>> may;  ///< category or category.*, action
    };
    std::map<std::string, role> roles;
    std::map<std::string, std::set<std::string>> users;
    std::set<std::string> categories{"object"};
    std::set<std::string> actions{"view", "modify", "store", "delete"};
    std::set<std::vector<std::string>> denials;  ///< role, category, action
};

// Every object in every domain is declared, also one that is only asked about.
inline void add_names(state const& s, translated& t) {
    std::set<std::string> objects, domains;
    for (rule const& r : s.rules) {
        objects.insert(r.object);
        domains.insert(r.domain);
        t.actions.insert(action_name(r.action));
    }
    for (link const& l : s.links) {
        domains.insert(l.domain);
        if (l.type == "g2") objects.insert({l.member, l.group});
    }
    for (question const& q : s.questions) {
        domains.insert(q.domain);
        if (!q.is_check()) continue;
        objects.insert(q.words.at(1));
        t.actions.insert(action_name(q.words.at(2)));
    }
    for (std::string const& domain : domains)
        for (std::string const& object : objects)
            t.categories.insert(category_name(s, object, domain));
}

inline void add_rules(state const& s, translated& t) {
    for (rule const& r : s.rules) {
        std::string const role = role_of(s, r.subject, r.domain);
        std::string const category = category_name(s, r.object, r.domain);
        std::string const action = action_name(r.action);
        auto& grants = t.roles[role].may;
        if (!s.is_role(r.subject)) t.users[r.subject].insert(role);
        if (r.effect == "deny") t.denials.insert({role, category, action});
        if (!r.effect.empty() && r.effect != "allow") continue;
        grants.emplace(category, action);
        for (link const& l : s.links)
            if (l.type == "g2" && l.group == r.object) grants.emplace(category + ".*", action);
    }
    for (link const& l : s.links) {
        if (l.type != "g") continue;
        std::string const group = role_name(l.group, l.domain);
        t.roles[group];
        if (s.is_role(l.member))
            t.roles[role_name(l.member, l.domain)].inherits.insert(group);
        else
            t.users[l.member].insert(group);
    }
    if (s.kind == "acl+root") {
        std::string const role = own_role("root", {});
        t.users["root"].insert(role);
        for (std::string const& action : t.actions) t.roles[role].may.emplace("object.*", action);
    }
}

/// The policy, by way of its YAML text. What `why_not` objects to is left aside: priority
/// becomes "a denial wins", and nothing is allowed by default.
inline policy make_policy(state const& s) {
    translated t;
    add_names(s, t);
    add_rules(s, t);

    policy_builder made;
    for (std::string const& action : t.actions)
        if (action.rfind("do-", 0) == 0) made.action(action, "An action of casbin's");
    for (std::string const& category : t.categories) made.category(category, "An object");
    for (auto const& [name, role] : t.roles) {
        auto entry = made.role(name, "A subject");
        for (std::string const& junior : role.inherits) entry.inherits(junior);
        for (auto const& [category, action] : role.may) entry.may(category, {action});
    }
    for (auto const& [id, roles] : t.users) made.user(id).assign({roles.begin(), roles.end()});
    int number = 0;
    for (auto const& denial : t.denials)
        made.never("denial-" + std::to_string(++number))
            .roles({denial[0]})
            .categories({denial[1]})
            .actions({denial[2]});
    return yaml::load_text(yaml::write(made.build().value())).value();
}

}  // namespace rolecall::testing::casbin

#endif
