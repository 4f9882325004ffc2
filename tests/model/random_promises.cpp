#include "random_promises.hpp"

#include "random_policy.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace model {

namespace {

using kind = guarantee::kind;

condition random_condition(names const& facts, random_source& random) {
    condition made;
    std::set<std::pair<name_set, bool>> seen;  // two equal terms would be one too many
    for (auto left = random.chance(75) ? 1 : random.between(2, 3); left > 0; --left) {
        term one{.how = random.chance(50) ? term::need::all : term::need::any,
                 .facts = random.some(facts, 1, random.chance(60) ? 1 : 3)};
        bool const any = one.facts.size() > 1 && one.how == term::need::any;
        if (seen.emplace(name_set{one.facts.begin(), one.facts.end()}, any).second) {
            made.any_of.push_back(std::move(one));
        }
    }
    return made;
}

// Of up to three terms with up to four facts each.
condition involved_condition(names const& facts, random_source& random) {
    condition made;
    std::set<std::pair<name_set, bool>> seen;
    for (auto left = random.between(1, 3); left > 0; --left) {
        bool const any = random.chance(50);
        term one{.how = any ? term::need::any : term::need::all, .facts = random.some(facts, 2, 4)};
        if (seen.emplace(name_set{one.facts.begin(), one.facts.end()}, any).second) {
            made.any_of.push_back(std::move(one));
        }
    }
    return made;
}

// Another one much like it: weaker, stronger, or neither.
condition changed(condition from, random_source& random) {
    auto& one = from.any_of[random.below(from.any_of.size())];
    switch (random.below(3)) {
        case 0:
            if (from.any_of.size() > 1) {
                std::swap(one, from.any_of.back());
                from.any_of.pop_back();
            }
            break;
        case 1:
            if (one.facts.size() > 2) {
                one.facts.erase(one.facts.begin() +
                                static_cast<std::ptrdiff_t>(random.below(one.facts.size())));
            }
            break;
        default: break;
    }
    return from;
}

// A line of some role, and one of its rights.
struct granted {
    std::string role;
    grant line;
    std::string right;  // an action, or `all`
    condition needed;
};

std::vector<granted> every_right(policy const& rules) {
    std::vector<granted> found;
    for (auto const& [role, entry] : rules.roles) {
        for (auto const& line : entry.may) {
            for (auto const& [right, needed] : line.rights) {
                found.push_back({role, line, right, needed});
            }
        }
    }
    return found;
}

std::string action_of(std::string const& right, random_source& random) {
    return right == "all" ? random.pick(names{"view", "modify", "store", "delete"}) : right;
}

// A category that the line covers, where there is one.
std::string category_of(policy const& rules, grant const& line, random_source& random) {
    names covered;
    for (auto const& [name, entry] : rules.categories) {
        if (covers(rules, line, name)) {
            covered.push_back(name);
        }
    }
    return covered.empty() ? line.category : random.pick(covered);
}

class promise_maker {
public:
    promise_maker(policy const& rules, random_source& random)
        : rules_(rules),
          random_(random),
          roles_(names_of(rules.roles)),
          facts_(names_of(rules.facts)),
          rights_(every_right(rules)) {}

    guarantee make(kind what) {
        guarantee made;
        made.what = what;
        made.because = random_.chance(30) ? "Nobody is to: \"do\" that # ever" : "";
        switch (what) {
            case kind::never: make_never(made); break;
            case kind::may: make_may(made); break;
            case kind::never_both:
                made.first = narrow();
                made.second = narrow();
                break;
            case kind::keeps: make_keeps(made); break;
        }
        return made;
    }

private:
    scope random_scope(std::size_t narrow_percent) {
        if (random_.chance(narrow_percent)) {
            return narrow();
        }
        scope made;
        if (random_.chance(70)) {
            made.actions = random_.some(all_actions(rules_), 1, 2);
        }
        if (random_.chance(70)) {
            made.categories = random_.some(names_of(rules_.categories), 1, 2);
        }
        add_levels(made, 30);
        return made;
    }

    // One action on one category, which some role has or else nobody.
    scope narrow() {
        scope made{.actions = {random_.pick(all_actions(rules_))},
                   .categories = {random_.pick(names_of(rules_.categories))},
                   .levels = {}};
        if (!rights_.empty() && random_.chance(70)) {
            auto const near = random_.pick(rights_);
            made.actions = {action_of(near.right, random_)};
            made.categories = {category_of(rules_, near.line, random_)};
        }
        add_levels(made, 10);
        return made;
    }

    void add_levels(scope& made, std::size_t percent) {
        if (random_.chance(percent)) {
            auto const& own = rules_.levels;
            made.levels = random_.some(
                own.empty() ? names{"public", "internal", "confidential", "restricted"} : own, 1,
                2);
        }
    }

    void add_alone(guarantee& made, std::size_t percent) {
        made.alone = !made.roles.empty() && random_.chance(percent);
    }

    void make_never(guarantee& made) {
        if (random_.chance(80)) {
            made.roles = random_.some(roles_, 1, 2);
        }
        add_alone(made, 60);
        made.first = random_scope(70);
    }

    void make_may(guarantee& made) {
        made.first = random_scope(70);
        bool const from_grant = !rights_.empty() && random_.chance(75);
        auto const near = from_grant ? random_.pick(rights_) : granted{};
        if (from_grant) {
            made.first = {.actions = {action_of(near.right, random_)},
                          .categories = {category_of(rules_, near.line, random_)},
                          .levels = {}};
        }
        auto const which = facts_.empty() ? 0 : random_.below(100);
        if (which < 40) {
            made.only = random_.some(roles_, 1, random_.chance(50) ? 1 : roles_.size());
            if (from_grant && random_.chance(60) &&
                std::find(made.only.begin(), made.only.end(), near.role) == made.only.end()) {
                made.only.push_back(near.role);
            }
        }
        if (which >= 30 && which < 85) {
            made.only_if = from_grant && !near.needed.any_of.empty() && random_.chance(70)
                               ? near.needed
                               : random_condition(facts_, random_);
        }
        if (which >= 75) {
            made.unless = unless();
        }
        if (made.only.empty() && random_.chance(50)) {
            made.roles = random_.some(roles_, 1, 2);
            add_alone(made, 60);
        }
    }

    // Mostly the facts of a guardrail, which are those that something waits for.
    names unless() {
        for (auto const& [name, rail] : rules_.never) {
            if (rail.when && random_.chance(70)) {
                return random_.some(rail.when->facts, 1, rail.when->facts.size());
            }
        }
        return random_.some(facts_, 1, 2);
    }

    // Lines of the role itself or of what it inherits, with conditions that are changed or not.
    void make_keeps(guarantee& made) {
        made.roles = random_.some(roles_, 1, random_.chance(80) ? 1 : 2);
        std::vector<granted> own;
        auto const has = with_inherited(rules_, made.roles);
        for (auto const& one : rights_) {
            if (has.contains(one.role)) {
                own.push_back(one);
            }
        }
        for (auto left = random_.chance(75) ? 1 : 2; left > 0; --left) {
            auto const& from = random_.chance(90) ? own : rights_;
            if (from.empty()) {
                continue;
            }
            auto const near = random_.pick(from);
            grant line{.category = near.line.category, .below = near.line.below, .rights = {}};
            bool const same = random_.chance(85) || facts_.empty();
            line.rights[near.right] = same ? near.needed : random_condition(facts_, random_);
            bool const again = std::any_of(made.kept.begin(), made.kept.end(), [&](auto const& l) {
                return l.category == line.category && l.below == line.below;
            });
            if (!again) {
                made.kept.push_back(std::move(line));
            }
        }
        if (made.kept.empty()) {
            made.kept.push_back({.category = random_.pick(names_of(rules_.categories)),
                                 .below = false,
                                 .rights = {{random_.pick(all_actions(rules_)), {}}}});
        }
        add_alone(made, 45);
        if (!facts_.empty() && random_.chance(50)) {
            made.unless = unless();
        }
    }

    policy const& rules_;
    random_source& random_;
    names roles_;
    names facts_;
    std::vector<granted> rights_;
};

}  // namespace

policy small_policy(random_source& random) {
    auto const chance = random.below(100);
    auto const facts = chance < 65 ? random.between(0, 2) : chance < 97 ? 3 : random.between(4, 6);
    auto const actions = random.below(2);
    auto const categories = random.between(3, 4);
    auto const roles = random.between(2, facts > 3 ? 3 : 5);
    vocabulary_size const size{actions, facts, categories, roles};
    return random_policy(random, random_vocabulary(random, size));
}

policy large_policy(random_source& random) {
    for (;;) {
        auto made = random_policy(random, random_vocabulary(random, {1, 6, 4, 5}));
        if (made.roles.size() == 5 && made.facts.size() == 6) {
            return made;
        }
    }
}

policy involved_policy(random_source& random) {
    policy made;
    auto const count = random.between(4, 7);
    names facts;
    for (std::size_t i = 0; i < count; ++i) {
        facts.push_back("fact-" + std::to_string(i));
        made.facts[facts.back()] = {.about = "a fact", .title = ""};
    }
    std::string path = "a";
    for (auto left = random.between(1, 3); left > 0; --left, path += ".a") {
        auto& one = made.categories[path];
        one.about = "data";
        if (random.chance(80)) {
            one.required[random.chance(50) ? "any" : "view"] = involved_condition(facts, random);
        }
    }
    path.resize(path.size() - 2);
    for (auto const* name : {"one", "other"}) {
        grant line{.category = path, .below = false, .rights = {}};
        line.rights["view"] = involved_condition(facts, random);
        made.roles[name].may.push_back(std::move(line));
    }
    for (auto left = random.below(3); left > 0; --left) {
        guardrail rail;
        rail.roles = random.chance(50) ? names{"other"} : names{};
        rail.categories = {"a"};
        rail.when = term{.how = random.chance(50) ? term::need::all : term::need::any,
                         .facts = random.some(facts, 1, 2)};
        made.never["rail-" + std::to_string(left)] = std::move(rail);
    }
    return made;
}

guarantee involved_guarantee(policy const& rules, random_source& random) {
    auto const facts = names_of(rules.facts);
    auto const& [path, last] = *rules.categories.rbegin();
    std::vector<condition> known;
    for (auto const& [name, one] : rules.categories) {
        for (auto const& [action, needed] : one.required) {
            known.push_back(needed);
        }
    }
    known.push_back(rules.roles.at("one").may.front().rights.at("view"));
    names waiting;
    for (auto const& [name, rail] : rules.never) {
        waiting.insert(waiting.end(), rail.when->facts.begin(), rail.when->facts.end());
    }
    guarantee made;
    if (random.chance(60)) {
        made.what = kind::may;
        made.first = {.actions = {"view"}, .categories = {path}, .levels = {}};
        made.only_if = changed(random.pick(known), random);
        if (random.chance(50)) {
            made.roles = {"one"};
            made.alone = random.chance(70);
        }
        if (!waiting.empty() && random.chance(30)) {
            made.unless = {random.pick(waiting)};
        }
        return made;
    }
    made.what = kind::keeps;
    made.roles = {"one"};
    made.alone = random.chance(50);
    term all{.how = term::need::all, .facts = facts};
    std::erase_if(all.facts, [&](auto const& fact) {
        return std::find(waiting.begin(), waiting.end(), fact) != waiting.end() ||
               random.chance(15);
    });
    for (auto const& fact : facts) {
        if (std::find(all.facts.begin(), all.facts.end(), fact) == all.facts.end() &&
            random.chance(70)) {
            made.unless.push_back(fact);
        }
    }
    grant line{.category = path, .below = false, .rights = {}};
    line.rights["view"] = all.facts.empty() ? condition{} : condition{.any_of = {all}};
    if (random.chance(30)) {
        auto& when = line.rights["view"];
        when.any_of.push_back({.how = term::need::all, .facts = random.some(facts, 2, 4)});
    }
    made.kept.push_back(std::move(line));
    return made;
}

guarantee random_guarantee(policy const& rules, guarantee::kind what, random_source& random) {
    return promise_maker(rules, random).make(what);
}

}  // namespace model
