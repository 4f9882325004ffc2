// A role, a category, a fact or an action that says by `was` how it was called is the same: what
// a difference says then is what it says without the new names.

#include "compared.hpp"
#include "random_edits.hpp"
#include "trial.hpp"
#include <rolecall/document.hpp>
#include <rolecall/policy_diff.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

std::string const mark = "zz9-";

std::string unmarked(std::string text) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        text.erase(at, mark.size());
    }
    return text;
}

names unmarked(names list) {
    for (auto& name : list) {
        name = unmarked(name);
    }
    std::sort(list.begin(), list.end());
    return list;
}

// Gives everything in a document another name, which says what it was.
class renaming {
public:
    explicit renaming(rc::document source) : doc_(std::move(source)) {}

    rc::document run() {
        for (auto const& action : doc_.actions) {
            own_actions_.insert(action.name.text);
        }
        declared(doc_.actions);
        declared(doc_.facts);
        declared(doc_.categories);
        declared(doc_.roles);
        for (auto& category : doc_.categories) {
            for (auto& required : category.required) {
                action(required.action);
                condition(required.when);
            }
        }
        for (auto& role : doc_.roles) {
            all(role.inherits);
            for (auto& grant : role.may) {
                name(grant.category);
                for (auto& right : grant.rights) {
                    action(right.action);
                    condition(right.when);
                }
            }
        }
        for (auto& user : doc_.users) {
            for (auto& assignment : user.assignments) {
                all(assignment.roles);
            }
        }
        for (auto& rail : doc_.guardrails) {
            all(rail.roles);
            all(rail.categories);
            for (auto& one : rail.actions) {
                action(one);
            }
            condition(rail.when);
        }
        for (auto& rule : doc_.separations) {
            all(rule.roles);
        }
        return std::move(doc_);
    }

private:
    template <class entries>
    static void declared(entries& list) {
        for (auto& entry : list) {
            entry.was = {entry.name};
            name(entry.name);
        }
    }

    static void name(rc::written_name& of) { of.text = mark + of.text; }

    static void all(std::vector<rc::written_name>& list) {
        for (auto& one : list) {
            name(one);
        }
    }

    void action(rc::written_name& of) const {
        if (own_actions_.count(of.text) != 0) {
            name(of);
        }
    }

    static void condition(rc::written_condition& when) {
        for (auto& together : when.any_of) {
            all(together);
        }
    }

    rc::document doc_;
    name_set own_actions_;
};

using change =
    std::tuple<std::string, std::string, std::string, rc::right_change::kind, std::string,
               std::set<std::pair<names, names>>, std::set<std::pair<names, names>>>;

std::set<std::pair<names, names>> states(std::vector<rc::fact_state> const& of) {
    std::set<std::pair<names, names>> made;
    for (auto const& state : of) {
        made.emplace(unmarked(state.is_true), unmarked(state.is_false));
    }
    return made;
}

// Every change of a right, without the marks.
std::set<change> changes(rc::policy_diff const& diff) {
    std::set<change> made;
    auto const add = [&](std::string const& who, rc::right_change const& c) {
        made.emplace(unmarked(who), unmarked(c.action), unmarked(c.category), c.what, c.level,
                     states(c.gained), states(c.lost));
    };
    for (auto const& c : diff.roles) {
        for (auto const& role : c.roles) {
            add("role " + role, c);
        }
    }
    for (auto const& group : diff.users) {
        for (auto const& user : group.users) {
            for (auto const& c : group.rights) {
                add("user " + user, c);
            }
        }
    }
    return made;
}

std::multiset<std::string> other_statements(rc::policy_diff const& diff) {
    std::multiset<std::string> made;
    for (auto const& c : diff.statements) {
        if (c.what != rc::statement_change::kind::renamed) {
            made.insert(std::to_string(static_cast<int>(c.of)) + ' ' + unmarked(c.name) + ' ' +
                        unmarked(c.property));
        }
    }
    return made;
}

}  // namespace

TEST_CASE("new names that say what they were are no gain and no loss") {
    std::size_t renamed = 0;
    with_random_policies(200, [&](trial& one) {
        auto const before = loaded(one.rules);
        auto const after = rc::yaml::compile(renaming(before.source()).run());
        if (!after) {
            return;  // a name that became too long
        }
        auto const diff = difference(before, *after);
        bool const only_names = diff.roles.empty() && diff.users.empty() &&
                                diff.without_effect.empty() && diff.words.empty() &&
                                other_statements(diff).empty();
        if (!only_names) {
            one.fail("more than names has changed", to_yaml(one.rules));
        }
        if (diff.statements.size() != one.rules.roles.size() + one.rules.categories.size() +
                                          one.rules.facts.size() + one.rules.actions.size()) {
            one.fail("not every new name is told", to_yaml(one.rules));
        }
        ++renamed;
    });
    CHECK(renamed > 0);
}

TEST_CASE("a difference is the same whether names change with it or not") {
    std::size_t changed = 0;
    with_random_policies(200, [&](trial& one) {
        auto const edited_rules = edited(one.rules, one.random.between(1, 6), one.random);
        auto const before = loaded(one.rules);
        auto const after = loaded(edited_rules);
        auto const renamed = rc::yaml::compile(renaming(after.source()).run());
        if (!renamed) {
            return;
        }
        auto const plain = difference(before, after);
        auto const with_names = difference(before, *renamed);
        if (changes(plain) != changes(with_names) ||
            other_statements(plain) != other_statements(with_names)) {
            one.fail("new names make another difference",
                     to_yaml(one.rules) + "\n----\n" + to_yaml(edited_rules));
        }
        if (!plain.roles.empty()) ++changed;
    });
    CHECK(changed > 0);
}
