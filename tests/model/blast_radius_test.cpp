// What is exposed, against the reference model: every choice of active roles, every state of
// facts, everybody.

#include "expression.hpp"
#include "library_policy.hpp"
#include "support/user_table.hpp"
#include "trial.hpp"
#include <rolecall/blast_radius.hpp>
#include <rolecall/yaml.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace model;
namespace rc = rolecall;
using rc::testing::user_table;

namespace {

using state = std::map<std::string, truth>;
using right = std::pair<std::string, std::string>;  // category, action

// Rights that are open for certain, and all that are possible.
struct exposure {
    std::set<right> certain;
    std::set<right> possible;
};

// A subject: how it can ask. `roles` are held, or ask each by itself.
struct somebody {
    std::string name;
    bool is_user = false;
    bool refused = false;  // a user whose every check is denied whatever they choose
    names roles;
    exposure exposed;
};

constexpr std::size_t most_facts = 6;

std::vector<state> all_states(names const& facts, state const& known) {
    std::vector<state> made{known};
    for (auto const& name : facts) {
        auto const stated = known.find(name);
        if (stated != known.end() && stated->second != truth::unknown) {
            continue;
        }
        std::vector<state> longer;
        for (auto const& shorter : made) {
            // What is not known may be: knowing more takes nothing away, so unknown need not be
            // tried beside true and false.
            for (auto const value : {truth::yes, truth::no}) {
                longer.push_back(shorter);
                longer.back()[name] = value;
            }
        }
        made = std::move(longer);
    }
    return made;
}

std::vector<names> subsets(names const& of) {
    std::vector<names> made{{}};
    for (auto const& name : of) {
        auto const count = made.size();
        for (std::size_t i = 0; i < count; ++i) {
            made.push_back(made[i]);
            made.back().push_back(name);
        }
    }
    return made;
}

// Every session that somebody can open: of a user, with any of the roles held or inherited; roles
// ask as any of them.
std::vector<question> sessions(policy const& rules, somebody const& who, date on) {
    std::vector<question> made;
    name_set const reached = who.is_user ? with_inherited(rules, who.roles)
                                         : name_set(who.roles.begin(), who.roles.end());
    names roles(reached.begin(), reached.end());
    for (auto const& chosen : subsets(roles)) {
        question one;
        if (who.is_user) {
            one.user = who.name;
        } else if (chosen.empty()) {
            continue;
        }
        one.roles = chosen;
        one.on = on;
        made.push_back(std::move(one));
    }
    return made;
}

void add_session(policy const& rules, question asked, state const& known,
                 std::vector<state> const& states, exposure& to) {
    for (auto const& category : names_of(rules.categories)) {
        for (auto const& action : all_actions(rules)) {
            asked.category = category;
            asked.action = action;
            asked.facts = known;
            if (decide(rules, asked).allow) {
                to.certain.insert({category, action});
            }
            bool const open = to.possible.count({category, action}) > 0 ||
                              std::any_of(states.begin(), states.end(), [&](state const& now) {
                                  asked.facts = now;
                                  return decide(rules, asked).allow;
                              });
            if (open) {
                to.possible.insert({category, action});
            }
        }
    }
}

// Sessions of roles that ask are the same for whoever asks as them: each is tried once.
using remembered = std::map<names, exposure>;

exposure exposed_by(policy const& rules, somebody const& who, state const& known, date on,
                    remembered& before) {
    exposure found;
    if (who.refused) {
        return found;
    }
    auto const states = all_states(names_of(rules.facts), known);
    for (auto const& asked : sessions(rules, who, on)) {
        if (who.is_user) {
            add_session(rules, asked, known, states, found);
            continue;
        }
        auto const [at, added] = before.try_emplace(*asked.roles);
        if (added) {
            add_session(rules, asked, known, states, at->second);
        }
        found.certain.insert(at->second.certain.begin(), at->second.certain.end());
        found.possible.insert(at->second.possible.begin(), at->second.possible.end());
    }
    return found;
}

// Users of a directory become users of the model's policy, which then knows them all.
policy with_staff(policy rules, user_table const& staff) {
    for (auto const& [id, assigned] : staff.users) {
        auto& listed = rules.users[id];
        for (auto const& one : assigned) {
            assignment added{{one.role}, {}};
            if (one.until) {
                auto const text = one.until->to_string();
                added.until = date{std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
                                   std::stoi(text.substr(8, 2))};
            }
            listed.push_back(added);
        }
    }
    return rules;
}

names held_on(policy const& rules, std::string const& id, date on) {
    name_set held;
    for (auto const& one : rules.users.at(id)) {
        if (!one.until || on <= *one.until) {
            held.insert(one.roles.begin(), one.roles.end());
        }
    }
    return {held.begin(), held.end()};
}

// Whether every check of a user is refused before any right is looked at.
bool is_refused(policy const& rules, std::string const& id, date on) {
    if (rules.users.at(id).empty()) {  // of a directory: a policy lists nobody without a role
        return false;
    }
    question asked;
    asked.user = id;
    asked.roles = names{};
    asked.action = "view";
    asked.category = rules.categories.begin()->first;
    asked.on = on;
    auto const reason = decide(rules, asked).reason;
    return reason == "expired" || reason == "separation" || reason == "unknown-name";
}

std::vector<somebody> all_roles(policy const& rules, state const& known, date on,
                                remembered& before) {
    std::vector<somebody> made;
    for (auto const& name : names_of(rules.roles)) {
        made.push_back({name, false, false, {name}, {}});
        made.back().exposed = exposed_by(rules, made.back(), known, on, before);
    }
    return made;
}

std::vector<somebody> all_users(policy const& rules, state const& known, date on,
                                remembered& before) {
    std::vector<somebody> made;
    for (auto const& id : names_of(rules.users)) {
        made.push_back({id, true, is_refused(rules, id, on), held_on(rules, id, on), {}});
        made.back().exposed = exposed_by(rules, made.back(), known, on, before);
    }
    return made;
}

// ---- Counts, the slow way ------------------------------------------------------------------

std::string level_of(policy const& rules, std::string const& category) {
    std::string nearest;
    std::size_t longest = 0;
    for (auto const& [name, written] : rules.categories) {
        if (!written.level.empty() && at_or_below(category, name) && name.size() >= longest) {
            longest = name.size();
            nearest = written.level;
        }
    }
    return nearest;
}

// Of a level, or of all without one; of an action, or of categories without one.
std::size_t count(policy const& rules, std::set<right> const& rights,
                  std::optional<std::string> const& level, std::optional<std::string> const& action,
                  bool of_categories) {
    std::set<std::string> categories;
    std::size_t found = 0;
    for (auto const& [category, what] : rights) {
        if ((level && level_of(rules, category) != *level) || (action && what != *action)) {
            continue;
        }
        ++found;
        categories.insert(category);
    }
    return of_categories ? categories.size() : found;
}

names levels_of(policy const& rules) {
    names made = rules.levels.empty() ? names{"public", "internal", "confidential", "restricted"}
                                      : rules.levels;
    std::reverse(made.begin(), made.end());
    for (auto const& category : names_of(rules.categories)) {
        if (level_of(rules, category).empty()) {
            made.emplace_back();
            break;
        }
    }
    return made;
}

std::string text(rc::compared_count const& of) {
    std::string made;
    for (auto const number :
         {of.mine, of.least, of.median, of.most, of.fewer, of.as_many, of.most_by_count}) {
        made += std::to_string(number) + " ";
    }
    for (auto const& name : of.most_by) {
        made += name + " ";
    }
    return made;
}

// By the strictest level first, as numbers that compare.
std::vector<std::size_t> standing(policy const& rules, exposure const& of) {
    std::vector<std::size_t> made;
    for (auto const& level : levels_of(rules)) {
        made.push_back(count(rules, of.possible, level, std::nullopt, false));
        made.push_back(count(rules, of.certain, level, std::nullopt, false));
    }
    return made;
}

class comparer {
public:
    comparer(trial& one, policy const& rules, rc::policy const& made, user_table const& staff,
             rc::exposure_options const& options, state const& known, date on)
        : one_(one),
          rules_(rules),
          policy_(made),
          staff_(staff),
          options_(options),
          roles_(all_roles(rules, known, on, before_)),
          users_(all_users(rules, known, on, before_)),
          known_(known),
          on_(on) {}

    void compare_everything() {
        for (auto const& user : users_) {
            compare_user(user);
        }
        for (auto const& chosen : subsets(names_of(rules_.roles))) {
            if (!chosen.empty()) {
                compare_roles(chosen);
            }
        }
        compare_ranking(std::nullopt);
        for (auto const& level : levels_of(rules_)) {
            if (!level.empty()) {
                compare_ranking(level);
            }
        }
        for (auto const& category : names_of(rules_.categories)) {
            compare_reach(category, false);
            compare_reach(category, true);
        }
    }

    std::size_t certain = 0, possible = 0, only = 0, refused = 0, reached = 0, together = 0;

private:
    void require(bool holds, std::string const& otherwise) const {
        if (!holds) {
            one_.fail(otherwise, to_yaml(rules_));
        }
    }

    void compare_user(somebody const& user) {
        auto const found = rc::blast_radius_of_user(policy_, staff_, user.name, options_);
        require(bool(found) != user.refused, user.name + ": refused otherwise");
        refused += user.refused ? 1U : 0U;
        if (user.refused) {
            return;
        }
        require(found.roles == user.roles, user.name + ": other roles");
        std::vector<somebody const*> others;
        for (auto const& other : users_) {
            if (!other.refused && other.name != user.name) {
                others.push_back(&other);
            }
        }
        compare_radius(user, others, found);
    }

    void compare_roles(names const& chosen) {
        somebody who{chosen.front(), false, false, chosen, {}};
        who.exposed = exposed_by(rules_, who, known_, on_, before_);
        std::vector<somebody const*> others;
        for (auto const& other : roles_) {
            if (std::find(chosen.begin(), chosen.end(), other.name) == chosen.end()) {
                others.push_back(&other);
            }
        }
        auto const views = as_views(chosen);
        auto const found = rc::blast_radius_of_roles(policy_, views, options_);
        require(bool(found) && found.roles == chosen, "the roles are others");
        compare_radius(who, others, found);
        compare_conditions(chosen, found);
        together += chosen.size() > 1 ? 1U : 0U;
        require(found.each.size() == (chosen.size() > 1 ? chosen.size() : 0), "each of them");
        for (auto const& part : found.each) {
            auto const alone = std::find_if(roles_.begin(), roles_.end(), [&](somebody const& r) {
                return r.name == part.names.front();
            });
            compare_counts(alone->exposed, std::nullopt, part.total);
        }
    }

    // A right holds under its condition, and only then, in every state of the facts.
    void compare_conditions(names const& chosen, rc::blast_radius const& found) const {
        auto const states = all_states(names_of(rules_.facts), known_);
        for (auto const& level : found.levels) {
            for (auto const& category : level.categories) {
                for (auto const& held : category.rights) {
                    for (auto const& now : states) {
                        bool const told = held.always() || value(parse_expression(held.condition),
                                                                 now) == truth::yes;
                        bool const allowed =
                            std::any_of(chosen.begin(), chosen.end(), [&](std::string const& role) {
                                return decide(rules_, {std::nullopt, names{role}, held.action,
                                                       category.category, now, on_})
                                    .allow;
                            });
                        require(told == allowed, held.action + " " + category.category +
                                                     ": not if " + held.condition);
                    }
                    name_set named;
                    if (!held.always()) {
                        add_facts(parse_expression(held.condition), named);
                    }
                    require(names(named.begin(), named.end()) == held.facts,
                            held.condition + ": other facts");
                }
            }
        }
    }

    void compare_radius(somebody const& who, std::vector<somebody const*> const& others,
                        rc::blast_radius const& found) {
        exposure listed;
        auto const levels = levels_of(rules_);
        require(found.levels.size() == levels.size(), "other levels");
        for (std::size_t i = 0; i < levels.size(); ++i) {
            auto const& level = found.levels[i];
            require(level.level == levels[i], "a level in another place");
            compare_counts(who.exposed, levels[i], level.count);
            compare_others(who.exposed, others, levels[i], level.others);
            for (auto const& category : level.categories) {
                require(level_of(rules_, category.category) == levels[i], "of another level");
                for (auto const& held : category.rights) {
                    listed.possible.insert({category.category, held.action});
                    if (held.always()) {
                        listed.certain.insert({category.category, held.action});
                    }
                    bool const alone =
                        std::none_of(others.begin(), others.end(), [&](somebody const* other) {
                            return other->exposed.possible.count({category.category, held.action}) >
                                   0;
                        });
                    only += alone ? 1U : 0U;
                    require(held.only == alone,
                            who.name + ": only " + held.action + " " + category.category);
                    require(!held.through.empty(), who.name + ": through nobody");
                }
            }
        }
        require(listed.certain == who.exposed.certain, who.name + ": other certain rights");
        require(listed.possible == who.exposed.possible, who.name + ": other possible rights");
        certain += listed.certain.size();
        possible += listed.possible.size() - listed.certain.size();
        compare_counts(who.exposed, std::nullopt, found.total);
        compare_others(who.exposed, others, std::nullopt, found.others);
        std::size_t less = 0;
        std::size_t as_much = 0;
        auto const mine = standing(rules_, who.exposed);
        for (auto const* other : others) {
            auto const theirs = standing(rules_, other->exposed);
            less += theirs < mine ? 1U : 0U;
            as_much += theirs == mine ? 1U : 0U;
        }
        require(
            found.compared_with == others.size() && found.less == less && found.as_much == as_much,
            who.name + ": another place among the others");
    }

    void compare_counts(exposure const& of, std::optional<std::string> const& level,
                        rc::level_count const& found) const {
        auto const same = [&](std::optional<std::string> const& action, bool categories,
                              rc::exposure_count const& number) {
            require(count(rules_, of.certain, level, action, categories) == number.certain &&
                        count(rules_, of.possible, level, action, categories) == number.possible,
                    "another count of " + level.value_or("all") + " " + action.value_or("any"));
        };
        same(std::nullopt, true, found.categories);
        same(std::nullopt, false, found.rights);
        auto const actions = in_order();
        require(found.actions.size() == actions.size(), "other actions");
        for (std::size_t i = 0; i < actions.size(); ++i) {
            same(actions[i], false, found.actions[i]);
        }
    }

    void compare_others(exposure const& mine, std::vector<somebody const*> const& others,
                        std::optional<std::string> const& level,
                        rc::level_comparison const& found) const {
        auto const same = [&](std::optional<std::string> const& action, bool categories,
                              rc::comparison const& numbers) {
            for (bool const sure : {true, false}) {
                auto const number = [&](exposure const& of) {
                    return count(rules_, sure ? of.certain : of.possible, level, action,
                                 categories);
                };
                auto const& told = sure ? numbers.certain : numbers.possible;
                std::vector<std::size_t> theirs;
                names most_by;
                for (auto const* other : others) {
                    theirs.push_back(number(other->exposed));
                }
                std::sort(theirs.begin(), theirs.end());
                auto const own = number(mine);
                rc::compared_count wanted;
                wanted.mine = own;
                if (!theirs.empty()) {
                    wanted.least = theirs.front();
                    wanted.most = theirs.back();
                    wanted.median = theirs[(theirs.size() - 1) / 2];
                    for (auto const value : theirs) {
                        wanted.fewer += value < own ? 1U : 0U;
                        wanted.as_many += value == own ? 1U : 0U;
                    }
                    for (auto const* other : others) {
                        if (wanted.most > 0 && number(other->exposed) == wanted.most) {
                            most_by.push_back(other->name);
                        }
                    }
                    wanted.most_by_count = most_by.size();
                    std::sort(most_by.begin(), most_by.end());
                    most_by.resize(std::min<std::size_t>(most_by.size(), 3));
                    wanted.most_by = most_by;
                }
                require(told == wanted, "compared otherwise: " + level.value_or("all") + ", " +
                                            text(told) + ", not " + text(wanted));
            }
        };
        same(std::nullopt, true, found.categories);
        same(std::nullopt, false, found.rights);
        auto const actions = in_order();
        for (std::size_t i = 0; i < actions.size(); ++i) {
            same(actions[i], false, found.actions[i]);
        }
    }

    void compare_ranking(std::optional<std::string> const& level) const {
        auto const found =
            level ? rc::rank_exposure(policy_, staff_, options_, std::string_view(*level))
                  : rc::rank_exposure(policy_, staff_, options_);
        require(bool(found), "no ranking");
        for (auto const& [everybody, list] :
             {std::pair(&roles_, &found.roles), std::pair(&users_, &found.users)}) {
            name_set ranked;
            std::vector<std::size_t> last;
            for (auto const& entry : *list) {
                for (auto const& name : entry.names) {
                    require(ranked.insert(name).second, name + ": ranked twice");
                    auto const who =
                        std::find_if(everybody->begin(), everybody->end(),
                                     [&](somebody const& one) { return one.name == name; });
                    require(who != everybody->end() && !who->refused, name + ": who is that?");
                    compare_counts(who->exposed, level, entry.total);
                    auto at = standing(rules_, who->exposed);
                    if (level) {
                        at = {count(rules_, who->exposed.possible, level, std::nullopt, false),
                              count(rules_, who->exposed.certain, level, std::nullopt, false)};
                    }
                    require(last.empty() || at <= last, name + ": ranked too low");
                    last = at;
                }
            }
            for (auto const& one : *everybody) {
                bool const anything =
                    count(rules_, one.exposed.possible, level, std::nullopt, false) > 0;
                require(anything == (ranked.count(one.name) > 0), one.name + ": ranked or not");
            }
        }
    }

    void compare_reach(std::string const& category, bool below) {
        auto const found = rc::who_reaches(policy_, staff_, category, below, options_);
        require(bool(found), category + ": no answer");
        std::set<std::pair<std::string, right>> sure[2];
        std::set<std::pair<std::string, right>> listed[2];
        for (auto const& who : found.by_role) {
            for (auto const& r : who.rights) {
                listed[0].insert({who.role, {r.category, r.action}});
                if (r.always()) {
                    sure[0].insert({who.role, {r.category, r.action}});
                }
                require(!r.through.empty(), who.role + ": through nobody");
            }
        }
        for (auto const& who : found.by_user) {
            for (auto const& user : who.users) {
                for (auto const& r : who.rights) {
                    listed[1].insert({user.id, {r.category, r.action}});
                    if (r.always()) {
                        sure[1].insert({user.id, {r.category, r.action}});
                    }
                }
            }
        }
        for (std::size_t kind = 0; kind < 2; ++kind) {
            std::set<std::pair<std::string, right>> wanted;
            std::set<std::pair<std::string, right>> wanted_sure;
            std::map<right, rc::exposure_count> counts;
            rc::exposure_count any;
            for (auto const& one : kind == 0 ? roles_ : users_) {
                rc::exposure_count mine;
                for (auto const& r : one.exposed.possible) {
                    if (r.first != category && !(below && lies_below(r.first, category))) {
                        continue;
                    }
                    bool const is_sure = one.exposed.certain.count(r) > 0;
                    wanted.insert({one.name, r});
                    counts[r].possible += 1;
                    counts[r].certain += is_sure ? 1U : 0U;
                    mine.possible = 1;
                    if (is_sure) {
                        wanted_sure.insert({one.name, r});
                        mine.certain = 1;
                    }
                }
                any.possible += mine.possible;
                any.certain += mine.certain;
            }
            require(listed[kind] == wanted && sure[kind] == wanted_sure,
                    category + ": reached by others");
            require((kind == 0 ? found.roles : found.users) == any, category + ": another count");
            for (auto const& r : found.rights) {
                require((kind == 0 ? r.roles : r.users) == counts[{r.category, r.action}],
                        category + ": another count of " + r.action);
            }
            reached += wanted.size();
        }
    }

    [[nodiscard]] names in_order() const {
        names made{"view", "modify", "store", "delete"};
        for (auto const& [name, about] : rules_.actions) {
            made.push_back(name);
        }
        return made;
    }

    trial& one_;
    policy const& rules_;
    rc::policy const& policy_;
    user_table const& staff_;
    rc::exposure_options const& options_;
    remembered before_;
    std::vector<somebody> roles_;
    std::vector<somebody> users_;
    state known_;
    date on_;
};

user_table some_staff(policy const& rules, random_source& random) {
    user_table staff;
    for (std::size_t i = random.between(0, 3); i > 0; --i) {
        auto& assigned = staff.users["staff-" + std::to_string(i)];
        for (auto const& role : random.some(names_of(rules.roles), 0, 3)) {
            assigned.push_back({role});
            if (random.chance(30)) {
                assigned.back().until =
                    rc::date::from_days(20'600 + static_cast<std::int32_t>(random.below(400)));
            }
        }
    }
    return staff;
}

}  // namespace

TEST_CASE("what is exposed, the comparison and who reaches what agree with the model exactly") {
    std::size_t tried = 0, certain = 0, possible = 0, only = 0, refused = 0, reached = 0,
                together = 0;
    with_random_policies(400, [&](trial& one) {
        if (one.rules.roles.size() > 5 || one.rules.categories.size() > 6 ||
            one.rules.facts.size() > most_facts || one.rules.actions.size() > 2) {
            return;
        }
        ++tried;
        auto const made = rc::yaml::load_text(to_yaml(one.rules)).value();
        auto const staff = some_staff(one.rules, one.random);
        policy const rules = with_staff(one.rules, staff);
        state known;
        if (one.random.chance(40)) {
            known = random_facts(names_of(rules.facts), one.random);
        }
        date const on{2026, 12, 1};
        rc::exposure_options options{as_date(on), {}};
        for (auto const& [name, value] : known) {
            options.known.add(made.fact(name).value(), as_value(value));
        }
        comparer look(one, rules, made, staff, options, known, on);
        look.compare_everything();
        certain += look.certain;
        possible += look.possible;
        only += look.only;
        refused += look.refused;
        reached += look.reached;
        together += look.together;
    });
    if (wanted_questions() >= 100000) {
        for (auto const seen : {tried, certain, possible, only, refused, reached, together}) {
            CHECK(seen > 50);
        }
    }
}
