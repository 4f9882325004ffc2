#include "wasteful_policy.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace model {

namespace {

// Some of these look alike; none two of a kind differ in - and _ alone.
names const role_names{"clerk",  "c1erk", "vendor-desk", "helper", "admin",
                       "adrnin", "a",     "a-b",         "ab",     "support"};
names const top_names{"com", "corn", "a", "a-b", "ab", "w", "vv", "payment", "z0", "zo"};
names const sub_names{"card", "b", "c", "h1", "hl"};
names const fact_names{"ok", "0k", "consent", "on-hold", "onhold", "open", "paid", "x"};
names const own_actions{"share", "export", "m0dify", "st0re", "vievv"};
names const rule_names{"one", "0ne", "two", "tw0", "three"};
names const level_names{"low", "l0w", "mid", "high"};
names const user_ids{"dana", "Dana", "bo", "BO", "eve", "e-ve", "Zoë", "zoë"};
names const sentences{"Who helps",          "A VENDOR of ours", "Vendorship", "For vendors, mostly",
                      "the (vendor) staff", "pre-vendor",       "Others"};

template <class entries>
names names_in(entries const& declared) {
    names list;
    for (auto const& [name, entry] : declared) {
        list.push_back(name);
    }
    return list;
}

class maker {
public:
    explicit maker(random_source& random) : random_(random) {}

    policy make() {
        header();
        actions_ = {"view", "modify", "store", "delete"};
        for (auto const& name : random_.some(own_actions, 0, random_.chance(60) ? 0 : 2)) {
            made_.actions[name] = {.about = "Something else", .title = ""};
            actions_.push_back(name);
        }
        facts_ = random_.some(fact_names, 0, random_.chance(85) ? 3 : 6);
        for (auto const& name : facts_) {
            made_.facts[name] = {.about = "Is it so?", .title = ""};
        }
        categories();
        roles();
        if (random_.chance(60)) {
            separations();
        }
        if (random_.chance(60)) {
            users();
        }
        if (random_.chance(60)) {
            guardrails();
        }
        return std::move(made_);
    }

private:
    void header() {
        if (random_.chance(70)) {
            made_.name = "Wasteful";
            made_.owner = random_.chance(50) ? "privacy@shop.example" : "";
            made_.limited = random_.chance(10);
            made_.other_users = random_.chance(25);
            if (random_.chance(20)) {
                made_.review_by = date{random_.chance(50) ? 2001 : 2099, 12, 31};
            }
        }
        if (random_.chance(35)) {
            made_.levels = random_.some(level_names, 1, 3);
        }
    }

    term one_term() {
        auto const how = random_.chance(50) ? term::need::all : term::need::any;
        return {.how = how, .facts = random_.some(facts_, 1, random_.chance(60) ? 1 : 3)};
    }

    // `always` if there are no facts.
    condition some_condition() {
        condition made;
        std::set<std::pair<name_set, bool>> seen;  // two equal terms would be one too many
        auto left = facts_.empty() ? 0 : random_.chance(75) ? 1 : random_.between(2, 3);
        for (; left > 0; --left) {
            auto one = one_term();
            bool const any = one.facts.size() > 1 && one.how == term::need::any;
            if (seen.emplace(name_set{one.facts.begin(), one.facts.end()}, any).second) {
                made.any_of.push_back(std::move(one));
            }
        }
        return made;
    }

    condition maybe_condition(std::size_t percent) {
        return random_.chance(percent) ? some_condition() : condition{};
    }

    std::string some_level() {
        static names const usual{"public", "internal", "confidential", "restricted"};
        auto const& levels = made_.levels.empty() ? usual : made_.levels;
        return random_.chance(30) ? levels.back() : random_.pick(levels);
    }

    void categories() {
        auto const levels = random_.chance(85) ? random_.between(30, 100) : 0;
        auto const least = random_.between(2, 6);
        names tops = random_.some(top_names, 1, 3);
        if (random_.chance(60)) {  // so that something lies below
            made_.categories[tops.front()] = some_category(levels);
        }
        while (made_.categories.size() < least) {
            std::string path = random_.pick(tops);
            if (random_.chance(65)) {
                path += "." + random_.pick(sub_names);
            }
            if (random_.chance(15)) {
                path += "." + random_.pick(sub_names);
            }
            made_.categories[path] = some_category(levels);
        }
    }

    category some_category(std::size_t levels) {
        category one{.about = "Some data",
                     .title = "",
                     .level = random_.chance(levels) ? some_level() : "",
                     .laws = random_.chance(15) ? names{"HIPAA"} : names{},
                     .named_only = random_.chance(20),
                     .required = {}};
        if (!facts_.empty() && random_.chance(25)) {
            auto choices = actions_;
            choices.insert(choices.end(), {"any", "view", "view"});
            for (auto const& action : random_.some(choices, 1, 2)) {
                one.required[action] = some_condition();
            }
        }
        return one;
    }

    grant some_line() {
        auto const categories = names_in(made_.categories);
        grant made{.category = random_.pick(categories), .below = false, .rights = {}};
        bool const parent =
            std::any_of(categories.begin(), categories.end(),
                        [&](auto const& name) { return lies_below(name, made.category); });
        made.below = parent && random_.chance(70);
        auto words = actions_;
        if (random_.chance(25)) {
            made.rights["all"] = maybe_condition(40);
            words.erase(words.begin(), words.begin() + 4);
        }
        for (auto const& word : random_.some(words, made.rights.empty() ? 1 : 0, 3)) {
            made.rights[word] = maybe_condition(50);
        }
        return made;
    }

    // What was said before, by any role, maybe under another condition or with less.
    grant line_again() {
        auto made = random_.pick(said_);
        for (auto& [word, when] : made.rights) {
            if (random_.chance(30)) {
                when = maybe_condition(60);
            }
        }
        if (made.rights.size() > 1 && random_.chance(30)) {
            made.rights.erase(made.rights.begin());
        }
        return made;
    }

    void roles() {
        names earlier;
        auto const count = random_.between(1, 5);
        for (auto const& name : random_.some(role_names, count, count)) {
            role made;
            made.about = random_.chance(40) ? random_.pick(sentences) : "";
            made.title = random_.chance(20) ? random_.pick(sentences) : "";
            if (random_.chance(50)) {
                made.inherits = random_.some(earlier, 1, made_.limited ? 1 : 3);
            }
            std::set<std::pair<std::string, bool>> lines;
            for (auto left = random_.chance(15) ? 0 : random_.between(0, 5); left > 0; --left) {
                auto line = !said_.empty() && random_.chance(50) ? line_again() : some_line();
                if (lines.emplace(line.category, line.below).second) {
                    said_.push_back(line);
                    made.may.push_back(std::move(line));
                }
            }
            if (made.may.empty() && made.inherits.empty() && made.about.empty()) {
                made.about = "Nobody yet";
            }
            made_.roles[name] = std::move(made);
            earlier.push_back(name);
        }
    }

    // One that a role breaks by itself is left out.
    void separations() {
        if (made_.roles.size() < 2) {
            return;
        }
        for (auto const& name : random_.some(rule_names, 1, 4)) {
            separation made{.roles = random_.some(names_in(made_.roles), 2, 4),
                            .at_most = 1,
                            .per_person = random_.chance(50),
                            .because = ""};
            if (made.roles.size() > 2 && random_.chance(40)) {
                made.at_most = 2;
            }
            bool const broken =
                std::any_of(made_.roles.begin(), made_.roles.end(),
                            [&](auto const& entry) { return breaks(made_, made, {entry.first}); });
            if (!broken) {
                made_.separations[name] = std::move(made);
            }
        }
    }

    bool breaks_one_per_person(names const& roles) {
        return std::any_of(made_.separations.begin(), made_.separations.end(),
                           [&](auto const& entry) {
                               return entry.second.per_person && breaks(made_, entry.second, roles);
                           });
    }

    void users() {
        static std::vector<date> const ends{
            {2026, 11, 30}, {2026, 12, 31}, {2027, 1, 1}, {2024, 2, 29}};
        for (auto const& id : random_.some(user_ids, 1, 3)) {
            names every;
            bool had_alone = false;
            for (auto left = random_.between(1, 3); left > 0; --left) {
                assignment one{.roles = random_.some(names_in(made_.roles), 1,
                                                     random_.chance(70) ? std::size_t{1} : 2),
                               .until = std::nullopt};
                if (random_.chance(50)) {
                    one.until = random_.pick(ends);
                }
                auto together = every;
                together.insert(together.end(), one.roles.begin(), one.roles.end());
                // Roles that stand alone in a user's list are one assignment.
                bool const alone = !one.until && one.roles.size() == 1;
                bool const again = alone && std::exchange(had_alone, true);
                if (!again && !breaks_one_per_person(together)) {
                    every = std::move(together);
                    made_.users[id].push_back(std::move(one));
                }
            }
        }
    }

    void guardrails() {
        for (auto const& name : random_.some(rule_names, 1, 3)) {
            guardrail made;
            auto const parts = random_.between(1, 7);  // which are there
            if ((parts & 1U) != 0) {
                made.roles = random_.some(names_in(made_.roles), 1, 2);
            }
            if ((parts & 2U) != 0) {
                made.categories = random_.some(names_in(made_.categories), 1, 2);
            }
            if ((parts & 4U) != 0) {
                made.actions = random_.some(actions_, 1, 2);
            }
            if (!facts_.empty() && random_.chance(60)) {
                made.when = one_term();
            }
            made_.never[name] = std::move(made);
        }
    }

    random_source& random_;
    policy made_;
    names facts_;
    names actions_;
    std::vector<grant> said_;
};

}  // namespace

policy wasteful_policy(random_source& random) { return maker(random).make(); }

}  // namespace model
