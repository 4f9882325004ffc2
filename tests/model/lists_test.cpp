// The lists of who can and what can are the check asked the other way round. Here each list of a
// random policy is held against the answers to every question that it answers.

#include "expression.hpp"
#include "trial.hpp"
#include <rolecall/document.hpp>
#include <rolecall/rolecall.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;

namespace {

using state = std::map<std::string, truth>;

// What some facts are, as the model and as the library say it.
struct circumstances {
    state known;
    rc::facts given;
};

rc::facts as_facts(rc::policy const& policy, state const& known) {
    rc::facts made;
    for (auto const& [name, value] : known) {
        made.add(policy.fact(name).value(),
                 value == truth::unknown ? std::optional<bool>{} : value == truth::yes);
    }
    return made;
}

constexpr std::size_t most_facts = 5;

// Every state of the facts; of more than a few, the extremes and random ones.
std::vector<state> states_of(names const& facts, random_source& random) {
    std::vector<state> made{{}};
    if (facts.size() <= most_facts) {
        for (auto const& name : facts) {
            std::vector<state> longer;
            for (auto const& shorter : made) {
                for (auto const known : {truth::yes, truth::no, truth::unknown}) {
                    longer.push_back(shorter);
                    longer.back()[name] = known;
                }
            }
            made = std::move(longer);
        }
        return made;
    }
    for (auto const known : {truth::yes, truth::no}) {
        made.emplace_back();
        for (auto const& name : facts) {
            made.back()[name] = known;
        }
    }
    for (int left = 40; left > 0; --left) {
        made.push_back(random_facts(facts, random));
    }
    return made;
}

std::vector<circumstances> circumstances_of(rc::policy const& policy, names const& facts,
                                            random_source& random) {
    std::vector<circumstances> made;
    for (auto const& known : states_of(facts, random)) {
        made.push_back({known, as_facts(policy, known)});
    }
    return made;
}

// One policy, with what every test of it needs.
class listed {
public:
    listed(trial& by, rc::policy made)
        : one(by),
          rules(by.rules),
          policy(std::move(made)),
          actions(all_actions(rules)),
          categories(names_of(rules.categories)),
          roles(names_of(rules.roles)),
          users(names_of(rules.users)),
          circumstances_(circumstances_of(policy, names_of(rules.facts), one.random)) {}

    trial& one;
    model::policy const& rules;
    rc::policy policy;
    names actions, categories, roles, users;

    std::vector<circumstances> const& every_state() const { return circumstances_; }

    // Whether `every_state` leaves none out.
    bool complete() const { return rules.facts.size() <= most_facts; }

    void require(bool holds, std::string const& otherwise) const {
        if (!holds) {
            one.fail(otherwise, to_yaml(rules));
        }
    }

    // When somebody can, by a list. Without an entry: never.
    std::optional<expression> condition(rc::right_basis const* entry,
                                        std::string const& about) const {
        return entry == nullptr ? std::nullopt : read(entry->condition, entry->facts, about);
    }

    // An expression without parts stands for `always`.
    std::optional<expression> read(std::string const& when, names const& facts,
                                   std::string const& about) const {
        if (when.empty()) {
            require(facts.empty(), about + ": always, and yet depends on facts");
            return expression{};
        }
        auto made = parse_expression(when);
        name_set used;
        add_facts(made, used);
        require(text(made) == when && is_permission(made), about + ": not spelled so: " + when);
        require(names(used.begin(), used.end()) == facts, about + ": other facts: " + when);
        return made;
    }

private:
    std::vector<circumstances> circumstances_;
};

bool is_met(std::optional<expression> const& when, state const& known) {
    if (!when) {
        return false;
    }
    bool const always = when->parts.empty() && when->fact.empty();
    return always || value(*when, known) == truth::yes;
}

// Tries a law of lists with small policies.
template <class law>
void with_listed_policies(std::size_t normally, law const& holds) {
    with_random_policies(normally, [&](trial& one) {
        if (one.rules.roles.size() < 10 && one.rules.categories.size() < 12) {
            holds(listed(one, rc::yaml::load_text(to_yaml(one.rules)).value()));
        }
    });
}

template <class entries, class wanted>
auto find_entry(entries const& list, wanted const& is) -> decltype(list.data()) {
    auto const found = std::find_if(list.begin(), list.end(), is);
    return found == list.end() ? nullptr : &*found;
}

rc::holder const* find(rc::who_can_result const& list, rc::holder::kind what,
                       std::string const& name) {
    return find_entry(list.holders,
                      [&](rc::holder const& h) { return h.what == what && h.name == name; });
}

rc::held_right const* find(rc::what_can_result const& list, std::string const& action,
                           std::string const& category) {
    return find_entry(list.rights, [&](rc::held_right const& r) {
        return r.action == action && r.category == category;
    });
}

bool same(rc::right_basis const* one, rc::right_basis const* other) {
    if (one == nullptr || other == nullptr) {
        return one == other;
    }
    return one->condition == other->condition && one->facts == other->facts;
}

std::string about(std::string const& who, std::string const& action, std::string const& category) {
    return who + " " + action + " " + category;
}

// Calls `each(action, category, their references)` for every permission.
template <class function>
void for_each_permission(listed const& it, function const& each) {
    for (auto const& category : it.categories) {
        for (auto const& action : it.actions) {
            each(action, category, it.policy.action(action).value(),
                 it.policy.category(category).value());
        }
    }
}

// How often the lists said what: tests of them are worth something only if they say everything.
struct tally {
    std::size_t never = 0, always = 0, conditional = 0, guarded = 0, several_roles = 0;

    void add(rc::right_basis const* entry) {
        if (entry == nullptr) {
            ++never;
            return;
        }
        ++(entry->always() ? always : conditional);
        if (entry->condition.find("not ") != std::string::npos) {
            ++guarded;
        }
        if (entry->through.size() > 1) {
            ++several_roles;
        }
    }

    void require_each_often() const {
        if (wanted_questions() >= 100000) {
            for (auto const count : {never, always, conditional, guarded, several_roles}) {
                CHECK(count > 1000);
            }
        }
    }
};

// The entry of a list, or none, says of every state of the facts what `allows` says.
template <class function>
void require_agreement(listed const& it, rc::right_basis const* entry, std::string const& who,
                       function const& allows) {
    auto const when = it.condition(entry, who);
    bool ever = false;
    for (auto const& now : it.every_state()) {
        bool const allowed = allows(now.given);
        ever |= allowed;
        it.require(is_met(when, now.known) == allowed,
                   who + (allowed ? " is allowed" : " is denied") + ", but listed " +
                       (entry == nullptr ? "never" : "if " + entry->condition));
    }
    it.require(!it.complete() || ever == (entry != nullptr), who + " is listed, and never allowed");
}

rc::date day(char const* text) { return rc::date::parse(text).value(); }

std::vector<rc::date> days() {
    return {day("2026-06-15"), day("2026-12-01"), day("2027-01-02"), day("2031-01-01")};
}

// The roles of the assignments that have not passed.
names held_by(listed const& it, std::string const& user, rc::date on) {
    name_set held;
    for (auto const& given : it.rules.users.at(user)) {
        auto const until =
            given.until ? rc::date::parse(text(*given.until)).value() : day("9999-12-31");
        if (on <= until) {
            held.insert(given.roles.begin(), given.roles.end());
        }
    }
    return {held.begin(), held.end()};
}

// Every session that the user can choose: each role held or inherited alone, and, of what is
// held, every choice or, of many, some.
std::vector<rc::session> sessions_of(listed const& it, std::string const& user, rc::date on,
                                     names const& held) {
    std::vector<rc::session> made;
    auto const add = [&](rc::activation&& chosen) {
        it.require(bool{chosen} || chosen.why() == rc::reason::separation, "a choice is refused");
        if (chosen) {
            made.push_back(std::move(chosen).value());
        }
    };
    for (auto const& role : with_inherited(it.rules, held)) {
        add(it.policy.activate_user(user, {std::string_view(role)}, on));
    }
    for (std::size_t choice = 0; choice < std::size_t{1} << std::min<std::size_t>(held.size(), 4);
         ++choice) {
        names chosen;
        for (std::size_t role = 0; role < held.size(); ++role) {
            if ((choice >> role & 1U) != 0) {
                chosen.push_back(held[role]);
            }
        }
        add(it.policy.activate_user(user, chosen, on));
    }
    add(it.policy.activate_user(user, held, on));
    add(it.policy.activate_user(user, on));
    return made;
}

}  // namespace

TEST_CASE("who can, and what can, agree with check for every role and state of the facts") {
    tally seen;
    with_listed_policies(800, [&](listed const& it) {
        for_each_permission(it, [&](auto const& action, auto const& category, rc::action what,
                                    rc::category_ref on) {
            auto const list = rc::who_can(it.policy, action, category);
            it.require(bool{list}, "no list");
            for (auto const& role : it.roles) {
                auto const who = about(role, action, category);
                auto const* const entry = find(list, rc::holder::kind::role, role);
                seen.add(entry);
                rc::role_ref const asking = it.policy.role(role).value();
                require_agreement(it, entry, who, [&](rc::facts const& given) {
                    return bool{it.policy.evaluate(asking, what, on, given)};
                });
                auto const rights = rc::what_can(it.policy, {std::string_view(role)});
                it.require(same(entry, find(rights, action, category)),
                           who + ": the two lists differ");
            }
        });
    });
    seen.require_each_often();
}

TEST_CASE("a role has a right through roles that it is or inherits, any of which is enough") {
    with_listed_policies(400, [](listed const& it) {
        for_each_permission(it, [&](auto const& action, auto const& category, auto, auto) {
            for (auto const& entry : rc::who_can(it.policy, action, category).holders) {
                if (entry.what != rc::holder::kind::role) {
                    continue;
                }
                auto const who = about(entry.name, action, category);
                auto const inherited = with_inherited(it.rules, {entry.name});
                std::vector<std::optional<expression>> parts;
                for (auto const& part : entry.through) {
                    auto const& may = it.rules.roles.at(part.role).may;
                    bool const grants = std::any_of(may.begin(), may.end(), [&](auto const& g) {
                        return covers(it.rules, g, category) &&
                               (g.rights.count(action) != 0 ||
                                (is_built_in(action) && g.rights.count("all") != 0));
                    });
                    it.require(grants && inherited.count(part.role) != 0 && !part.until,
                               who + ": not through " + part.role);
                    parts.push_back(it.read(part.condition, part.facts, who));
                }
                auto const whole = it.condition(&entry, who);
                for (auto const& now : it.every_state()) {
                    bool const any = std::any_of(parts.begin(), parts.end(), [&](auto const& part) {
                        return is_met(part, now.known);
                    });
                    it.require(any == is_met(whole, now.known), who + ": its parts say otherwise");
                }
            }
        });
    });
}

TEST_CASE("who can, and what can, agree with check for every user, choice of roles and state") {
    tally seen;
    with_listed_policies(800, [&](listed const& it) {
        for (auto const on : days()) {
            for (auto const& user : it.users) {
                auto const held = held_by(it, user, on);
                auto const rights = rc::what_can_user(it.policy, user, on);
                it.require(rights.why == (held.empty() ? rc::reason::expired : rc::reason::granted),
                           user + ": " + std::string(to_string(rights.why)));
                auto const sessions =
                    held.empty() ? std::vector<rc::session>{} : sessions_of(it, user, on, held);
                rc::activation const all = it.policy.activate_user(user, on);
                it.require(rights.apart == (!held.empty() && !all), user + ": may not meet");
                for_each_permission(it, [&](auto const& action, auto const& category,
                                            rc::action what, rc::category_ref of) {
                    auto const who = about(user, action, category);
                    auto const* const right = find(rights, action, category);
                    seen.add(right);
                    require_agreement(it, right, who, [&](rc::facts const& given) {
                        bool const can = std::any_of(
                            sessions.begin(), sessions.end(),
                            [&](rc::session const& s) { return s.allows(what, of, given); });
                        it.require(!all || all->allows(what, of, given) == can,
                                   who + ": a choice opens more than all roles");
                        return can;
                    });
                    auto const list = rc::who_can(it.policy, action, category, on);
                    auto const* const entry = find(list, rc::holder::kind::user, user);
                    it.require(same(entry, right), who + ": the two lists differ");
                });
            }
        }
    });
    seen.require_each_often();
}

TEST_CASE("a user has a right through each role held that gives it alone, until that has passed") {
    with_listed_policies(500, [](listed const& it) {
        rc::date const on = days()[it.one.random.below(days().size())];
        for_each_permission(it, [&](auto const& action, auto const& category, rc::action what,
                                    rc::category_ref of) {
            for (auto const& entry : rc::who_can(it.policy, action, category, on).holders) {
                if (entry.what != rc::holder::kind::user) {
                    continue;
                }
                auto const who = about(entry.name, action, category);
                names giving;
                for (auto const& role : held_by(it, entry.name, on)) {
                    auto const* const part = find_entry(
                        entry.through, [&](auto const& given) { return given.role == role; });
                    rc::right_basis alone;
                    if (part != nullptr) {
                        giving.push_back(role);
                        alone.condition = part->condition;
                        alone.facts = part->facts;
                        auto const last = part->until.value_or(day("9999-12-31"));
                        auto const then = held_by(it, entry.name, last);
                        auto const after =
                            held_by(it, entry.name, rc::date::from_days(last.days() + 1));
                        it.require(
                            std::count(then.begin(), then.end(), role) == 1 &&
                                (!part->until || std::count(after.begin(), after.end(), role) == 0),
                            who + ": not until then as " + role);
                    }
                    auto const chosen =
                        it.policy.activate_user(entry.name, {std::string_view(role)}, on);
                    require_agreement(
                        it, part == nullptr ? nullptr : &alone, who + " as " + role,
                        [&](rc::facts const& given) { return chosen->allows(what, of, given); });
                }
                it.require(giving.size() == entry.through.size(), who + ": through another role");
                auto const& parts = entry.through;
                bool const endless = std::any_of(parts.begin(), parts.end(),
                                                 [](auto const& part) { return !part.until; });
                it.require(endless != entry.until.has_value(), who + ": has an end or has none");
                for (auto const& part : parts) {
                    it.require(endless || *part.until <= *entry.until, who + ": ends later");
                }
                it.require(entry.apart != bool{it.policy.activate_user(entry.name, giving, on)},
                           who + ": may not meet");
            }
        });
    });
}

TEST_CASE("what roles can together agrees with check, and is refused as check is") {
    with_listed_policies(500, [](listed const& it) {
        for (int left = 8; left > 0; --left) {
            auto const asking = it.one.random.some(it.roles, 0, 4);
            auto const rights = rc::what_can(it.policy, asking);
            rc::activation const together = it.policy.activate(asking);
            it.require(rights.why == together.why(), "refused otherwise");
            if (!together) {
                it.require(rights.rights.empty(), "refused, and yet there are rights");
                continue;
            }
            auto const of_session = rc::what_can(*together);
            it.require(of_session.rights.size() == rights.rights.size(), "the session has others");
            for_each_permission(it, [&](auto const& action, auto const& category, rc::action what,
                                        rc::category_ref on) {
                auto const who = about("together", action, category);
                auto const* const right = find(rights, action, category);
                require_agreement(it, right, who, [&](rc::facts const& given) {
                    return bool{together->evaluate(what, on, given)};
                });
                it.require(same(right, find(of_session, action, category)),
                           who + ": the session says otherwise");
            });
        }
    });
}

TEST_CASE("given what is known, a list says what must be known besides") {
    with_listed_policies(400, [](listed const& it) {
        auto const known = random_facts(names_of(it.rules.facts), it.one.random);
        auto const given = as_facts(it.policy, known);
        auto const asking = it.one.random.pick(it.roles);
        auto const rights = rc::what_can(it.policy, {std::string_view(asking)}, given);
        rc::role_ref const role = it.policy.role(asking).value();
        for_each_permission(it, [&](auto const& action, auto const& category, rc::action what,
                                    rc::category_ref on) {
            auto const who = about(asking, action, category);
            auto const* const right = find(rights, action, category);
            auto const list = rc::who_can(it.policy, action, category, days()[0], given);
            it.require(same(right, find(list, rc::holder::kind::role, asking)),
                       who + ": the two lists differ");
            it.require(bool{it.policy.evaluate(role, what, on, given)} ==
                           (right != nullptr && right->always()),
                       who + ": not certain");
            auto const when = it.condition(right, who);
            for (auto const& now : it.every_state()) {
                // What is known stays known; what it says of the rest may come to be.
                auto later = now.known;
                for (auto const& [fact, value] : known) {
                    if (value != truth::unknown) {
                        later[fact] = value;
                    }
                }
                it.require(is_met(when, later) ==
                               bool{it.policy.evaluate(role, what, on, as_facts(it.policy, later))},
                           who + ": later it is otherwise");
            }
        });
    });
}

TEST_CASE("allowed categories and allowed actions are those that allows says yes to") {
    with_listed_policies(500, [](listed const& it) {
        auto const try_all = [&](rc::session const& who) {
            for (auto const& now : it.every_state()) {
                for (auto const& action : it.actions) {
                    rc::action const what = it.policy.action(action).value();
                    std::vector<rc::category_ref> allowed;
                    for (auto const& category : it.categories) {
                        rc::category_ref const on = it.policy.category(category).value();
                        if (who.allows(what, on, now.given)) {
                            allowed.push_back(on);
                        }
                    }
                    it.require(who.allowed_categories(what, now.given) == allowed, action);
                }
                for (auto const& category : it.categories) {
                    rc::category_ref const on = it.policy.category(category).value();
                    std::vector<rc::action> allowed;
                    for (auto const& action : it.actions) {  // sorted, as names are
                        rc::action const what = it.policy.action(action).value();
                        if (who.allows(what, on, now.given)) {
                            allowed.push_back(what);
                        }
                    }
                    it.require(who.allowed_actions(on, now.given) == allowed, category);
                }
            }
        };
        auto const asking = it.one.random.some(it.roles, 0, 3);
        if (auto together = it.policy.activate(asking)) {
            try_all(*together);
        }
        for (auto const& user : it.users) {
            if (auto session = it.policy.activate_user(user, days()[0])) {
                try_all(*session);
            }
        }
    });
}

namespace {

template <class entries>
names texts_of(entries const& written) {
    names found;
    for (auto const& entry : written) {
        found.push_back(entry.name.text);
    }
    return found;
}

bool is_met(rc::right_basis const* entry, state const& known) {
    return entry != nullptr &&
           (entry->always() || value(parse_expression(entry->condition), known) == truth::yes);
}

}  // namespace

TEST_CASE("in the sample policies, who can agrees with check for everyone and every permission") {
    random_source random(1);
    rc::date const on = day("2027-01-15");
    std::size_t compared = 0;
    for (auto const& sample :
         std::filesystem::directory_iterator(ROLECALL_SOURCE_DIR "/policies")) {
        if (!sample.is_directory()) {
            continue;
        }
        CAPTURE(sample.path().string());
        auto const policy = rc::yaml::load(sample.path().string()).value();
        rc::document const& source = policy.source();
        auto actions = texts_of(source.actions);
        actions.insert(actions.end(), {"view", "modify", "store", "delete"});
        auto const roles = texts_of(source.roles);
        auto const all = circumstances_of(policy, texts_of(source.facts), random);
        for (auto const& category : texts_of(source.categories)) {
            for (auto const& action : actions) {
                rc::action const what = policy.action(action).value();
                rc::category_ref const of = policy.category(category).value();
                auto const list = rc::who_can(policy, action, category, on);
                REQUIRE(list);
                auto const compare = [&](rc::holder::kind kind, std::string const& name,
                                         auto const& allows) {
                    auto const* const entry = find(list, kind, name);
                    for (auto const& now : all) {
                        ++compared;
                        if (is_met(entry, now.known) != allows(now.given)) {
                            FAIL(about(name, action, category));
                        }
                    }
                };
                for (auto const& role : roles) {
                    compare(rc::holder::kind::role, role, [&](rc::facts const& given) {
                        return bool{policy.evaluate(policy.role(role).value(), what, of, given)};
                    });
                }
                for (rc::written_user const& user : source.users) {
                    std::vector<rc::session> sessions;
                    for (auto const& role : roles) {
                        auto chosen =
                            policy.activate_user(user.id.text, {std::string_view(role)}, on);
                        if (chosen) {
                            sessions.push_back(std::move(chosen).value());
                        }
                    }
                    compare(rc::holder::kind::user, user.id.text, [&](rc::facts const& given) {
                        return std::any_of(sessions.begin(), sessions.end(),
                                           [&](rc::session const& session) {
                                               return bool{session.evaluate(what, of, given)};
                                           });
                    });
                }
            }
        }
    }
    CHECK(compared > 50'000);
}
