#include "naive.hpp"

#include <rolecall/request.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <utility>

namespace exercised {

using rolecall::document;
using rolecall::written_exercise;
using rolecall::written_expectation;

names texts(std::vector<rolecall::written_name> const& list) {
    names found;
    for (rolecall::written_name const& one : list) found.push_back(one.text);
    return found;
}

std::vector<rolecall::written_name> written(names const& list) {
    std::vector<rolecall::written_name> made;
    for (std::string const& one : list) made.push_back({one, {}});
    return made;
}

names actions_of(document const& of) {
    names found{"view", "modify", "store", "delete"};
    for (rolecall::written_action const& one : of.actions) found.push_back(one.name.text);
    return found;
}

names facts_of(document const& of) {
    names found;
    for (rolecall::written_fact const& one : of.facts) found.push_back(one.name.text);
    return found;
}

bool lies_below(std::string_view category, std::string_view other) {
    return category.size() > other.size() && category.substr(0, other.size()) == other &&
           category[other.size()] == '.';
}

bool covers(document const& of, rolecall::written_grant const& line, std::string const& category) {
    std::string const& on = line.category.text;
    if (!line.below) return category == on;
    if (!lies_below(category, on)) return false;
    return std::none_of(of.categories.begin(), of.categories.end(), [&](auto const& one) {
        std::string const& name = one.name.text;
        return one.named_only && lies_below(name, on) &&
               (name == category || lies_below(category, name));
    });
}

bool covers(std::string_view wanted, std::string_view action) {
    bool const of_the_four =
        action == "view" || action == "modify" || action == "store" || action == "delete";
    return wanted == action || (wanted == "all" && of_the_four);
}

name_set with_inherited(document const& of, names const& roles) {
    name_set found;
    for (std::string const& name : roles) {
        found.insert(name);
        for (rolecall::written_role const& role : of.roles)
            if (role.name.text == name) found.merge(with_inherited(of, texts(role.inherits)));
    }
    return found;
}

bool breaks(document const& of, rolecall::written_separation const& rule, names const& roles) {
    name_set const all = with_inherited(of, roles);
    return std::count_if(rule.roles.begin(), rule.roles.end(),
                         [&](auto const& one) { return all.count(one.text) != 0; }) > rule.at_most;
}

std::optional<bool> value(rolecall::written_condition const& when, state const& facts) {
    bool possible = when.always();
    for (auto const& together : when.any_of) {
        bool known = true;
        bool excluded = false;
        for (rolecall::written_name const& fact : together) {
            auto const at = facts.find(fact.text);
            bool const unknown = at == facts.end() || !at->second;
            known = known && !unknown && *at->second;
            excluded = excluded || (!unknown && !*at->second);
        }
        if (known) return true;
        possible = possible || !excluded;
    }
    if (when.always()) return true;
    return possible ? std::nullopt : std::optional<bool>(false);
}

std::vector<state> every_state(names const& facts) {
    std::vector<state> found{{}};
    for (std::string const& fact : facts) {
        std::vector<state> more;
        for (state const& one : found)
            for (std::optional<bool> const is : {std::optional<bool>{}, {true}, {false}}) {
                state next = one;
                next[fact] = is;
                more.push_back(std::move(next));
            }
        found = std::move(more);
    }
    return found;
}

namespace {

bool contains(names const& list, std::string const& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

// The document without the assignments of these roles to this user.
document without_assignments(document of, std::string const& id, names const& lost) {
    for (rolecall::written_user& user : of.users) {
        if (user.id.text != id) continue;
        for (rolecall::written_assignment& assigned : user.assignments)
            std::erase_if(assigned.roles, [&](auto const& r) { return contains(lost, r.text); });
        std::erase_if(user.assignments, [](auto const& a) { return a.roles.empty(); });
    }
    std::erase_if(of.users, [](auto const& user) { return user.assignments.empty(); });
    return of;
}

// Decisions alone.
document rules_of(document of) {
    of.exercises.clear();
    of.guarantees.clear();
    return of;
}

constexpr char const* somebody = "somebody";
constexpr char const* no_role = "no-role-at-all";

}  // namespace

asker who_asks(document const& of, written_exercise const& exercise, rolecall::date today) {
    rolecall::date const on = exercise.on.value_or(today);
    names const lost = texts(exercise.lost);
    names given = texts(exercise.roles);
    asker who;
    auto const user = std::find_if(of.users.begin(), of.users.end(), [&](auto const& one) {
        return exercise.user && one.id.text == exercise.user->text;
    });
    who.listed = user != of.users.end();
    if (!who.listed) {
        bool const others = of.users.empty() || (of.header && of.header->other_users);
        std::erase_if(given, [&](auto const& role) { return contains(lost, role); });
        who.held = who.active = given;
        who.without_roles = given.empty();
        // Vouched for without roles: nobody whom the policy knows.
        if (exercise.user && (!others || given.empty())) who.refused = "unknown-name";
        if (!who.refused.empty()) who.held = who.active = {};
        return who;
    }
    bool any = false;
    for (rolecall::written_assignment const& assigned : user->assignments)
        for (std::string const& role : texts(assigned.roles)) {
            if (contains(lost, role)) continue;
            any = true;
            if (!assigned.until || on <= *assigned.until) who.held.push_back(role);
        }
    who.without_roles = !any;
    if (any && who.held.empty()) who.refused = "expired";
    name_set const available = with_inherited(of, who.held);
    for (std::string const& role : given)
        if (who.refused.empty() && available.count(role) == 0) who.refused = "not-assigned";
    if (who.refused.empty()) who.active = given.empty() ? who.held : given;
    return who;
}

std::vector<state> states_of(document const& of, written_exercise const& exercise) {
    state given;
    for (auto const& fact : exercise.facts) given[fact.fact.text] = fact.value;
    if (!exercise.compromised) return {given};
    names open;
    for (std::string const& fact : facts_of(of))
        if (given.count(fact) == 0) open.push_back(fact);
    std::vector<state> found = every_state(open);
    for (state& one : found) one.insert(given.begin(), given.end());
    return found;
}

table::table(document const& of, written_exercise const& exercise, rolecall::date today)
    : who_(who_asks(of, exercise, today)),
      exercise_(&exercise),
      on_(exercise.on.value_or(today)),
      states_(states_of(of, exercise)) {
    if (!who_.refused.empty()) return;
    document rules = rules_of(of);
    if (who_.without_roles) {  // as somebody with a role of which no rule speaks
        rules.roles.push_back({{no_role, {}}, "", "Nothing", {}, {}, {}});
        who_.held = who_.active = {no_role};
        who_.listed = false;
    }
    if (exercise.compromised) {
        rules.users.push_back({{somebody, {}}, {{written(who_.held), std::nullopt}}});
    } else if (who_.listed) {
        rules = without_assignments(std::move(rules), exercise.user->text, texts(exercise.lost));
    }
    auto const made = rolecall::yaml::compile(std::move(rules));
    if (!made) return;  // somebody's roles break a separation per person
    policy_ = made.value();
    if (!exercise.compromised) return;
    for (std::string const& role : with_inherited(of, who_.held))
        if (auto opened = policy_->activate_user(somebody, {role}, on_))
            one_role_each_.push_back(std::move(opened).value());
}

answer table::ask_attacker(std::string const& action, std::string const& category) const {
    auto const what = policy_->action(action).value();
    auto const on = policy_->category(category).value();
    for (state const& one : states_) {
        rolecall::facts known;
        for (auto const& [fact, is] : one) known.add(policy_->fact(fact).value(), is);
        for (rolecall::session const& session : one_role_each_)
            if (session.allows(what, on, known)) return {true, "granted"};
    }
    return {};
}

answer table::ask(std::string const& action, std::string const& category) const {
    if (!who_.refused.empty()) return {false, exercise_->compromised ? "" : who_.refused};
    if (!policy_) return {};
    if (exercise_->compromised) return ask_attacker(action, category);
    std::vector<std::string_view> const active(who_.active.begin(), who_.active.end());
    using rolecall::subject;
    bool const all = who_.listed && exercise_->roles.empty();
    rolecall::request request{who_.without_roles || !exercise_->user ? subject::roles(active)
                              : all ? subject::user(exercise_->user->text)
                                    : subject::user(exercise_->user->text, active),
                              action,
                              category,
                              {},
                              on_};
    for (auto const& [fact, is] : states_.front()) request.facts.emplace_back(fact, is);
    auto const given = policy_->evaluate(request);
    return {bool{given}, std::string(to_string(given.reason))};
}

std::vector<expectation> expectations_of(document const& of, written_exercise const& exercise) {
    std::map<std::pair<std::string, std::string>, expectation> found;
    auto const gather = [&](std::vector<written_expectation> const& lines, bool allowed) {
        for (written_expectation const& line : lines)
            for (auto const& category : of.categories)
                for (std::string const& action : actions_of(of))
                    for (auto const& item : line.actions) {
                        std::string const& on = line.category.text;
                        std::string const& name = category.name.text;
                        if (line.below ? !lies_below(name, on) : name != on) continue;
                        if (item.action.text != "any" && !covers(item.action.text, action))
                            continue;
                        auto& cell = found[{name, action}];
                        std::string const reason = item.reason ? item.reason->text : cell.reason;
                        cell = {name, action, allowed, reason};
                    }
    };
    if (exercise.says_exactly())
        for (auto const& category : of.categories)
            for (std::string const& action : actions_of(of))
                found[{category.name.text, action}] = {category.name.text, action, false, ""};
    gather(exercise.can, true);
    gather(exercise.exactly, true);
    gather(exercise.cannot, false);
    std::vector<expectation> list;
    for (auto const& [cell, expected] : found) list.push_back(expected);
    return list;
}

bool passes(document const& of, written_exercise const& exercise, rolecall::date today) {
    table const asked(of, exercise, today);
    auto const expected = expectations_of(of, exercise);
    return std::all_of(expected.begin(), expected.end(), [&](expectation const& one) {
        answer const is = asked.ask(one.action, one.category);
        return is.allowed == one.allowed && (one.reason.empty() || is.reason == one.reason);
    });
}

}  // namespace exercised
