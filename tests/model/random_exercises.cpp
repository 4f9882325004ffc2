#include "exercises.hpp"
#include "random_policy.hpp"
#include "random_promises.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace model {

namespace {

bool has_below(policy const& rules, std::string const& category) {
    return std::any_of(rules.categories.begin(), rules.categories.end(),
                       [&](auto const& entry) { return lies_below(entry.first, category); });
}

names assigned_to(policy const& rules, std::string const& user) {
    name_set every;
    for (auto const& one : rules.users.at(user)) {
        every.insert(one.roles.begin(), one.roles.end());
    }
    return {every.begin(), every.end()};
}

void choose_who(policy const& rules, random_source& random, exercise& made) {
    auto const roles = names_of(rules.roles);
    auto const chance = random.below(100);
    made.roles = random.some(roles, 1, random.chance(50) ? 1 : 3);
    auto can_lose = made.roles;
    if (chance < 50 && !rules.users.empty()) {
        made.user = random.pick(names_of(rules.users));
        can_lose = assigned_to(rules, *made.user);
        auto const inherited = with_inherited(rules, can_lose);
        bool const chosen = !made.compromised && random.chance(40);
        auto const from = random.chance(85) ? names{inherited.begin(), inherited.end()} : roles;
        made.roles = chosen ? random.some(from, 1, 2) : names{};
    } else if (chance < 65) {
        made.user = random.pick(names{"stranger", "dana  ", "yes", "null"});
        if (rules.users.contains(*made.user)) {
            made.user = "nobody's cousin";
        }
    }
    if (random.chance(20)) {
        made.lost = random.some(can_lose, 1, 2);
    }
}

// A line that says of some cells what the policy answers, or the contrary.
void add_line(policy const& rules, std::map<cell, outcome> const& is, random_source& random,
              exercise& made) {
    expectation line{
        .category = random.pick(names_of(rules.categories)), .below = false, .actions = {}};
    line.below = has_below(rules, line.category) && random.chance(25);
    auto actions = all_actions(rules);
    auto const wide = random.below(100);
    for (auto const& action : wide < 15   ? names{"any"}
                              : wide < 25 ? names{"all"}
                                          : random.some(actions, 1, 3)) {
        line.actions[action];
    }
    auto const& [first, reason] = *line.actions.begin();
    auto const at = is.find({line.category, first});
    bool truly = at == is.end() ? random.chance(20) : at->second.given.allow;
    truly = random.chance(15) ? !truly : truly;
    if (!truly && !made.compromised && random.chance(50)) {
        static names const reasons{"unknown-name", "expired",     "not-assigned", "separation",
                                   "forbidden",    "not-granted", "undecided",    "unmet"};
        for (auto& [action, why] : line.actions) {
            auto const cell_at = is.find({line.category, action});
            bool const known = cell_at != is.end() && !cell_at->second.given.allow;
            why = known && random.chance(85) ? cell_at->second.given.reason : random.pick(reasons);
        }
    }
    (truly ? made.can : made.cannot).push_back(std::move(line));
}

bool written_twice(std::vector<expectation> const& lines) {
    std::set<std::pair<std::string, bool>> seen;
    return std::any_of(lines.begin(), lines.end(), [&](auto const& line) {
        return !seen.emplace(line.category, line.below).second;
    });
}

// All that is allowed, cell by cell, more or less.
void expect_exactly(std::map<cell, outcome> const& is, random_source& random, exercise& made) {
    std::map<std::string, expectation> lines;
    std::size_t const wrong = random.chance(70) ? 0 : 8;
    for (auto const& [at, one] : is) {
        if (one.given.allow != random.chance(wrong)) {
            lines[at.first].category = at.first;
            lines[at.first].actions[at.second];
        }
    }
    made.can.clear();
    made.exactly.clear();
    for (auto& [category, line] : lines) {
        made.exactly.push_back(std::move(line));
    }
    made.exactly_nothing = lines.empty();
}

}  // namespace

exercise random_exercise(policy const& rules, date const& today, random_source& random) {
    exercise made;
    made.title = random.chance(20) ? "A day like: any other" : "";
    made.about = random.chance(30) ? "It rings # twice" : "";
    made.note = random.chance(20) ? "yes" : "";
    made.compromised = random.chance(30);
    choose_who(rules, random, made);
    made.facts = random_facts(names_of(rules.facts), random);
    if (random.chance(40)) {
        made.on = random_question(rules, random).on;
    }
    auto const is = outcomes(rules, made, today);
    auto const agrees = [&](exercise const& one) {
        return !written_twice(one.can) && !written_twice(one.cannot) &&
               expectations(rules, one).has_value();
    };
    if (random.chance(30)) {
        expect_exactly(is, random, made);
    }
    bool const exactly = made.exactly_nothing || !made.exactly.empty();
    for (std::size_t left = random.between(exactly ? 0 : 1, 4), tries = 0;
         left > 0 && (tries < 20 || (!exactly && made.can.empty() && made.cannot.empty()));
         ++tries) {
        auto longer = made;
        add_line(rules, is, random, longer);
        if (agrees(longer) && (!exactly || longer.can.empty())) {
            made = std::move(longer);
            --left;
        }
    }
    return made;
}

}  // namespace model
