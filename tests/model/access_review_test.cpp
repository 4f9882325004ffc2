// A review of access against the checks of an authorizer: random policies, each with a random
// directory of users beside those whom it lists.

#include "expression.hpp"
#include "support/recording_sink.hpp"
#include "support/user_table.hpp"
#include "trial.hpp"
#include <rolecall/access_review.hpp>
#include <rolecall/authorizer.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;
using rc::testing::user_table;

namespace {

using state = std::map<std::string, truth>;

// An unknown role is rare, or nobody would have access.
user_table random_directory(policy const& rules, random_source& random) {
    user_table staff;
    auto ids = random.some(names_of(rules.users), 0, 3);
    for (std::size_t i = random.between(1, 4); i > 0; --i) {
        ids.push_back("staff-" + std::to_string(i));
    }
    for (auto const& id : ids) {
        auto& assigned = staff.users[id];
        for (auto const& role : random.some(names_of(rules.roles), 0, 3)) {
            assigned.push_back({role});
            if (random.chance(40)) {
                assigned.back().until =
                    rc::date::from_days(20'600 + static_cast<std::int32_t>(random.below(400)));
            }
        }
        if (random.chance(5)) {
            assigned.push_back({"of-no-policy"});
            if (random.chance(50)) {
                assigned.back().until = rc::date::from_days(20'000);
            }
        }
    }
    return staff;
}

rc::facts as_facts(rc::policy const& policy, state const& known) {
    rc::facts made;
    for (auto const& [name, value] : known) {
        made.add(policy.fact(name).value(),
                 value == truth::unknown ? std::optional<bool>{} : value == truth::yes);
    }
    return made;
}

// Every state of a few facts; of more, the extremes and random ones.
std::vector<state> states_of(names const& facts, random_source& random) {
    std::vector<state> made{{}};
    if (facts.size() <= 4) {
        for (auto const& name : facts) {
            std::vector<state> longer;
            for (auto const& shorter : made) {
                for (auto const value : {truth::yes, truth::no, truth::unknown}) {
                    longer.push_back(shorter);
                    longer.back()[name] = value;
                }
            }
            made = std::move(longer);
        }
        return made;
    }
    for (auto const value : {truth::yes, truth::no}) {
        made.emplace_back();
        for (auto const& name : facts) {
            made.back()[name] = value;
        }
    }
    for (int left = 30; left > 0; --left) {
        made.push_back(random_facts(facts, random));
    }
    return made;
}

bool is_met(rc::right_basis const* right, state const& known) {
    return right != nullptr &&
           (right->always() || value(parse_expression(right->condition), known) == truth::yes);
}

template <class entries>
rc::holder const* find(entries const& list, std::string const& id) {
    auto const found = std::find_if(list.begin(), list.end(), [&](rc::holder const& h) {
        return h.what == rc::holder::kind::user && h.name == id;
    });
    return found == list.end() ? nullptr : &*found;
}

bool same(rc::right_basis const& a, rc::right_basis const& b) {
    auto const same_part = [](rc::granting_role const& x, rc::granting_role const& y) {
        return x.role == y.role && x.condition == y.condition && x.facts == y.facts &&
               x.until == y.until;
    };
    return a.condition == b.condition && a.facts == b.facts && a.until == b.until &&
           a.apart == b.apart &&
           std::equal(a.through.begin(), a.through.end(), b.through.begin(), b.through.end(),
                      same_part);
}

// Every session that the user can choose with one role, and the one with all of them. What any
// choice allows, one role allows, since the guardrails are those of all roles held.
std::vector<rc::live_session> sessions_of(rc::authorizer const& pdp, names const& roles,
                                          std::string const& id) {
    std::vector<rc::live_session> made;
    auto const add = [&](rc::live_activation&& chosen) {
        if (chosen) {
            made.push_back(std::move(chosen).value());
        }
    };
    for (auto const& role : roles) {
        add(pdp.session(id, {std::string_view(role)}));
    }
    add(pdp.session(id));
    return made;
}

struct tally {
    std::size_t always = 0, conditional = 0, never = 0, refused = 0, both = 0, shared = 0;
};

void compare(trial& one, rc::policy const& policy, user_table const& staff, rc::date on,
             tally& seen) {
    auto const require = [&](bool holds, std::string const& otherwise) {
        if (!holds) {
            one.fail(otherwise, to_yaml(one.rules));
        }
    };
    rc::testing::recording_sink sink;
    rc::authorizer const pdp(policy, sink, staff, {.today = on});
    rc::access_review const review(policy, staff, {.on = on});
    require(review.complete, "not complete");
    auto const facts = names_of(one.rules.facts);
    std::vector<std::pair<state, rc::facts>> states;
    for (auto& known : states_of(facts, one.random)) {
        auto given = as_facts(policy, known);
        states.emplace_back(std::move(known), given);
    }
    std::map<std::string, std::vector<rc::live_session>> sessions;
    for (auto const& user : review.users) {
        sessions[user.id] = sessions_of(pdp, names_of(one.rules.roles), user.id);
        seen.both += user.in_policy && user.in_directory ? 1 : 0;
        auto const reason = review.held_by(user).refused;
        require(pdp.session(user.id, rc::role_list{}).why() == reason, user.id + ": other refusal");
        seen.refused += reason == rc::reason::granted ? 0U : 1U;
        require(rc::what_can_user(policy, staff, user.id, on).why == reason, user.id + ": what");
    }
    seen.shared += review.holdings.size() < review.users.size() ? 1U : 0U;
    for (auto const& category : names_of(one.rules.categories)) {
        for (auto const& action : all_actions(one.rules)) {
            auto const listed =
                std::find_if(review.access.begin(), review.access.end(), [&](auto const& access) {
                    return access.category == category && access.action == action;
                });
            auto const holders =
                listed == review.access.end() ? std::vector<rc::holder>{} : review.holders(*listed);
            auto const list = rc::who_can(policy, staff, action, category, on);
            rc::action const what = policy.action(action).value();
            rc::category_ref const of = policy.category(category).value();
            for (auto const& user : review.users) {
                auto const about = user.id + " " + action + " " + category;
                auto const* const right = find(holders, user.id);
                auto const* const by_list = find(list.holders, user.id);
                require((right == nullptr) == (by_list == nullptr), about + ": who-can differs");
                require(right == nullptr || same(*right, *by_list), about + ": not the same");
                ++(right == nullptr  ? seen.never
                   : right->always() ? seen.always
                                     : seen.conditional);
                bool ever = false;
                for (auto const& [known, given] : states) {
                    auto const& mine = sessions[user.id];
                    bool const allowed = std::any_of(mine.begin(), mine.end(),
                                                     [&, now = &given](rc::live_session const& s) {
                                                         return s.allows(what, of, *now);
                                                     });
                    ever |= allowed;
                    require(is_met(right, known) == allowed,
                            about + (allowed ? " is allowed" : " is denied") + ", listed " +
                                (right == nullptr ? "never" : "if " + right->condition));
                }
                for (std::size_t i = 0; right != nullptr && i < right->through.size(); ++i) {
                    auto const& part = right->through[i];
                    auto const alone = pdp.session(user.id, {std::string_view(part.role)});
                    rc::right_basis by_role;
                    by_role.condition = part.condition;
                    for (auto const& [known, given] : states) {
                        require(alone && is_met(&by_role, known) == alone->allows(what, of, given),
                                about + ": not so as " + part.role);
                    }
                }
                require(facts.size() > 4 || ever == (right != nullptr), about + ": never allowed");
            }
        }
    }
}

}  // namespace

TEST_CASE("a review lists whoever an authorizer allows something, and when") {
    tally seen;
    with_random_policies(500, [&](trial& one) {
        if (one.rules.roles.size() >= 10 || one.rules.categories.size() >= 12) {
            return;
        }
        auto const policy = rc::yaml::load_text(to_yaml(one.rules)).value();
        auto const staff = random_directory(one.rules, one.random);
        for (auto const day : {"2026-06-15", "2026-12-01", "2031-01-01"}) {
            compare(one, policy, staff, rc::date::parse(day).value(), seen);
        }
    });
    if (wanted_questions() >= 100000) {
        for (auto const count :
             {seen.always, seen.conditional, seen.never, seen.refused, seen.both, seen.shared}) {
            CHECK(count > 100);
        }
    }
}

TEST_CASE("a review and who has agree on roles, and every way leads down from an assignment") {
    with_random_policies(300, [&](trial& one) {
        auto const require = [&](bool holds, std::string const& otherwise) {
            if (!holds) {
                one.fail(otherwise, to_yaml(one.rules));
            }
        };
        if (one.rules.roles.size() >= 10) {
            return;
        }
        auto const policy = rc::yaml::load_text(to_yaml(one.rules)).value();
        auto const staff = random_directory(one.rules, one.random);
        auto const on = rc::date::parse("2026-12-01").value();
        rc::access_review const review(policy, staff, {.on = on});
        std::map<std::string, names> holders;
        for (auto const& user : review.users) {
            names assigned;
            names held;
            for (auto const& role : review.held_by(user).roles) {
                holders[role.role].push_back(user.id);
                held.push_back(role.role);
                if (role.assigned) {
                    assigned.push_back(role.role);
                }
                require(role.through.back() == role.role, "the way leads elsewhere");
                require(role.assigned == (role.through.size() == 1), "a way to what is assigned");
                for (std::size_t i = 1; i < role.through.size(); ++i) {
                    auto const& juniors = one.rules.roles.at(role.through[i - 1]).inherits;
                    require(
                        std::find(juniors.begin(), juniors.end(), role.through[i]) != juniors.end(),
                        "a step that is no inheritance");
                }
                auto const& first = role.through.front();
                require(std::any_of(review.held_by(user).roles.begin(),
                                    review.held_by(user).roles.end(),
                                    [&](rc::reviewed_role const& other) {
                                        return other.role == first && other.assigned;
                                    }),
                        "a way from what is not assigned");
                require(!role.until || *role.until >= on, "held after its end");
            }
            auto const wanted = with_inherited(one.rules, assigned);
            require(held == names(wanted.begin(), wanted.end()), user.id + " holds other roles");
        }
        for (auto const& role : names_of(one.rules.roles)) {
            names found;
            for (auto const& holder : rc::who_has(policy, staff, role, on)) {
                found.push_back(holder.id);
            }
            require(found == holders[role], "who has " + role);
            bool const none =
                std::find(review.roles_without_users.begin(), review.roles_without_users.end(),
                          role) != review.roles_without_users.end();
            require(none == holders[role].empty(), role + " is without users, or not");
        }
    });
}
