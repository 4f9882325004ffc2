#include "random_policy.hpp"

#include <chrono>
#include <set>

namespace model {

namespace {

date moved(date from, int days) {
    namespace when = std::chrono;
    auto const start = when::year{from.year} / from.month / from.day;
    when::year_month_day const end{when::sys_days{start} + when::days{days}};
    return {static_cast<int>(end.year()), static_cast<int>(static_cast<unsigned>(end.month())),
            static_cast<int>(static_cast<unsigned>(end.day()))};
}

// Mostly the last day of some assignment, the day before or the day after.
date random_day(policy const& rules, random_source& random) {
    std::vector<date> ends{{2026, 6, 15}};
    for (auto const& [user, assignments] : rules.users) {
        for (auto const& one : assignments) {
            if (one.until) {
                ends.push_back(*one.until);
            }
        }
    }
    auto const end = random.pick(ends);
    return moved(end, static_cast<int>(random.below(3)) - 1);
}

// What no policy declares, or not as this kind of name.
std::string strange_name(policy const& rules, random_source& random) {
    static names const strange{"",        "all",     "any",  "always", "everyone", "*",
                               "delete_", "nothing", "VIEW", "view ",  "a..b",     ".*"};
    auto const some_category = random.pick(names_of(rules.categories));
    switch (random.below(5)) {
        case 0: return some_category + ".*";
        case 1: return some_category + ".deeper";
        case 2:
            return some_category.substr(0, some_category.rfind('.'));  // declared, or only a prefix
        case 3: return random.pick(names_of(rules.roles)) + "x";
        default: return random.pick(strange);
    }
}

names random_roles(names const& from, random_source& random) {
    auto const kind = random.below(100);
    auto chosen = random.some(from, 1, kind < 50 ? 1 : kind < 85 ? 2 : 4);
    if (kind == 99) {
        chosen.push_back(chosen.front());  // a name said twice counts once
    }
    return chosen;
}

// Sets who asks. What the listed user holds is taken from all assignments, so that some chosen
// roles have passed.
void choose_asker(policy const& rules, random_source& random, question& made) {
    auto const declared = names_of(rules.roles);
    auto const kind = random.below(100);
    if (kind < 45) {
        made.roles = random_roles(declared, random);
        return;
    }
    if (!rules.users.empty() && kind < 90) {
        auto const& [user, assignments] = *std::next(
            rules.users.begin(), static_cast<std::ptrdiff_t>(random.below(rules.users.size())));
        made.user = user;
        names every;
        for (auto const& one : assignments) {
            every.insert(every.end(), one.roles.begin(), one.roles.end());
        }
        auto const held = with_inherited(rules, every);
        if (random.chance(60)) {
            made.roles = random_roles(
                random.chance(85) ? names{held.begin(), held.end()} : declared, random);
        } else if (random.chance(12)) {
            made.roles = names{};
        }
        return;
    }
    static names const strangers{"somebody", "DANA", "dana  ", "no one", "bo "};
    made.user = random.pick(strangers);
    if (random.chance(92)) {
        made.roles = random_roles(declared, random);
    } else if (random.chance(50)) {
        made.roles = names{};
    }
}

// The roles whose grants the answer will mostly depend on.
name_set asking_roles(policy const& rules, question const& asked) {
    if (asked.roles) {
        return with_inherited(rules, *asked.roles);
    }
    names every;
    if (auto const listed = rules.users.find(asked.user.value_or(""));
        listed != rules.users.end()) {
        for (auto const& one : listed->second) {
            every.insert(every.end(), one.roles.begin(), one.roles.end());
        }
    }
    return with_inherited(rules, every);
}

// Sets a permission that one of the asking roles was granted, as far as there is one.
void choose_granted(policy const& rules, random_source& random, question& made) {
    std::vector<grant> offers;
    for (auto const& role : asking_roles(rules, made)) {
        auto const& may = rules.roles.at(role).may;
        offers.insert(offers.end(), may.begin(), may.end());
    }
    if (offers.empty()) {
        return;
    }
    auto const& offer = random.pick(offers);
    names near;
    for (auto const& [category, entry] : rules.categories) {
        if (at_or_below(category, offer.category)) {
            near.push_back(category);
        }
    }
    made.category = random.pick(near);
    made.action = random.pick(names_of(offer.rights));
    if (made.action == "all") {
        made.action = random.pick(names{"view", "modify", "store", "delete"});
    }
}

}  // namespace

std::map<std::string, truth> random_facts(names const& declared, random_source& random) {
    std::map<std::string, truth> made;
    auto const left_out = random.chance(30) ? 100 : random.below(60);
    auto const known_true = random.chance(25) ? 100 : random.below(100);
    for (auto const& name : declared) {
        if (random.chance(left_out)) {
            if (random.chance(25)) {
                made[name] = truth::unknown;
            }
        } else {
            made[name] = random.chance(known_true) ? truth::yes : truth::no;
        }
    }
    return made;
}

std::string add_master(policy& rules, random_source& random) {
    auto const name = fresh_name(names_of(rules.roles), random);
    auto& master = rules.roles[name];
    for (auto const& [category, entry] : rules.categories) {
        grant all{.category = category, .below = false, .rights = {{"all", {}}}};
        for (auto const& [action, text] : rules.actions) {
            all.rights[action] = {};
        }
        master.may.push_back(std::move(all));
    }
    return name;
}

question aimed_at(guardrail const& rail, policy const& rules, random_source& random) {
    auto const top = rail.categories.empty() ? std::string() : random.pick(rail.categories);
    names below;
    for (auto const& [category, entry] : rules.categories) {
        if (top.empty() || at_or_below(category, top)) {
            below.push_back(category);
        }
    }
    question made;
    made.action = random.pick(rail.actions.empty() ? all_actions(rules) : rail.actions);
    made.category = random.pick(below);
    made.facts = random_facts(names_of(rules.facts), random);
    made.on = {2026, 6, 15};
    for (auto const& fact : rail.when ? rail.when->facts : names{}) {
        made.facts[fact] = random.chance(50) ? truth::yes : truth::unknown;
    }
    return made;
}

question random_question(policy const& rules, random_source& random) {
    question made;
    choose_asker(rules, random, made);
    made.action = random.pick(all_actions(rules));
    made.category = random.pick(names_of(rules.categories));
    if (random.chance(70)) {
        choose_granted(rules, random, made);
    }
    made.facts = random_facts(names_of(rules.facts), random);
    made.on = random_day(rules, random);

    auto const strange = random.below(100);  // sometimes one thing is wrong
    if (strange == 0) {
        made.action = strange_name(rules, random);
    } else if (strange == 1) {
        made.category = strange_name(rules, random);
    } else if (strange == 2) {
        made.facts[strange_name(rules, random)] =
            std::vector{truth::no, truth::unknown, truth::yes}[random.below(3)];
    } else if (strange == 3 && made.roles) {
        made.roles->push_back(strange_name(rules, random));
        random.shuffle(*made.roles);
    }
    return made;
}

}  // namespace model
