#include "random_edits.hpp"

#include "random_policy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace model {

namespace {

// One edit of a policy, which may make it invalid.
class editor {
public:
    editor(policy& rules, random_source& random) : rules_(rules), random_(random) {}

    void edit() {
        switch (random_.below(16)) {
            case 0:
            case 1:
            case 2: return add_right();
            case 3:
            case 4: return remove_right();
            case 5: return change_condition();
            case 6: return add_guardrail();
            case 7: return remove(rules_.never);
            case 8: return change_inheritance();
            case 9: return change_requirement();
            case 10: return change_category();
            case 11: return change_assignment();
            case 12: return add_name();
            case 13: return remove_role();
            case 14: return change_separation();
            default: return change_header();
        }
    }

private:
    template <class entries>
    std::string pick(entries const& list) {
        return random_.pick(names_of(list));
    }

    condition some_condition() {
        auto const facts = names_of(rules_.facts);
        if (facts.empty() || random_.chance(40)) {
            return {};
        }
        auto const how = random_.chance(50) ? term::need::all : term::need::any;
        return {{{.how = how, .facts = random_.some(facts, 1, 2)}}};
    }

    role& some_role() { return rules_.roles[pick(rules_.roles)]; }

    grant* some_grant() {
        role& of = some_role();
        return of.may.empty() ? nullptr : &of.may[random_.below(of.may.size())];
    }

    void add_right() {
        role& of = some_role();
        auto const on = pick(rules_.categories);
        bool const below = random_.chance(30);
        auto const found = std::find_if(of.may.begin(), of.may.end(), [&](grant const& g) {
            return g.category == on && g.below == below;
        });
        grant& to = found != of.may.end()
                        ? *found
                        : of.may.emplace_back(grant{.category = on, .below = below, .rights = {}});
        to.rights[random_.chance(10) ? "all" : random_.pick(all_actions(rules_))] =
            some_condition();
    }

    void remove_right() {
        role& of = some_role();
        if (of.may.empty()) {
            return;
        }
        auto const at = of.may.begin() + static_cast<std::ptrdiff_t>(random_.below(of.may.size()));
        at->rights.erase(pick(at->rights));
        if (at->rights.empty()) {
            of.may.erase(at);
        }
        of.about = "Whoever is left";
    }

    void change_condition() {
        if (grant* const at = some_grant()) {
            at->rights[pick(at->rights)] = some_condition();
        }
    }

    void add_guardrail() {
        guardrail made{.roles = random_.some(names_of(rules_.roles), 0, 1),
                       .categories = random_.some(names_of(rules_.categories), 0, 1),
                       .actions = random_.some(all_actions(rules_), 0, 1),
                       .when = {},
                       .because = ""};
        if (made.roles.empty() && made.categories.empty() && made.actions.empty()) {
            made.actions = {"delete"};
        }
        auto const when = some_condition();
        if (!when.any_of.empty()) {
            made.when = when.any_of.front();
        }
        rules_.never[fresh_name(names_of(rules_.never), random_)] = std::move(made);
    }

    template <class entries>
    void remove(entries& from) {
        if (!from.empty()) {
            from.erase(pick(from));
        }
    }

    void change_inheritance() {
        role& of = some_role();
        of.about = "Whoever is left";
        if (!of.inherits.empty() && random_.chance(50)) {
            of.inherits.pop_back();
        } else if (auto const junior = pick(rules_.roles);
                   std::find(of.inherits.begin(), of.inherits.end(), junior) == of.inherits.end()) {
            of.inherits.push_back(junior);
        }
    }

    void change_requirement() {
        category& of = rules_.categories[pick(rules_.categories)];
        auto const when = some_condition();
        if (!of.required.empty() && random_.chance(60)) {
            of.required.erase(of.required.begin());
        } else if (!when.any_of.empty()) {
            of.required[random_.chance(40) ? "any" : random_.pick(all_actions(rules_))] = when;
        }
    }

    void change_category() {
        category& of = rules_.categories[pick(rules_.categories)];
        if (random_.chance(60)) {
            of.named_only = !of.named_only;
        } else {
            of.level = rules_.levels.empty() ? "restricted" : random_.pick(rules_.levels);
        }
    }

    void change_assignment() {
        if (rules_.users.empty() || random_.chance(25)) {
            rules_.users["new@example.org"] = {
                {.roles = {pick(rules_.roles)}, .until = date{2026, 8, 1}}};
            return;
        }
        auto const id = pick(rules_.users);
        if (random_.chance(25)) {
            rules_.users.erase(id);
        } else {
            // One assignment alone: of two, each might come to say what the other says.
            rules_.users[id].resize(1);
            assignment& of = rules_.users[id].front();
            of.until = random_.chance(50) ? std::optional(date{2026, 6, 1}) : std::nullopt;
            if (random_.chance(50)) {
                of.roles = {pick(rules_.roles)};
            }
        }
    }

    void add_name() {
        switch (random_.below(4)) {
            case 0: {
                role made{.about = "New", .title = "", .inherits = {}, .may = {}};
                if (random_.chance(50)) {
                    made.inherits = {pick(rules_.roles)};
                }
                rules_.roles[fresh_name(names_of(rules_.roles), random_)] = std::move(made);
                break;
            }
            case 1: {
                auto const parent = pick(rules_.categories);
                rules_.categories[parent + ".new"] = {.about = "New",
                                                      .title = "",
                                                      .level = "",
                                                      .laws = {},
                                                      .named_only = random_.chance(30),
                                                      .required = {}};
                break;
            }
            case 2:
                rules_.facts[fresh_name(names_of(rules_.facts), random_)] = {.about = "New",
                                                                             .title = ""};
                break;
            default: {
                auto taken = all_actions(rules_);
                rules_.actions[fresh_name(taken, random_)] = {.about = "New", .title = ""};
            }
        }
    }

    // With all that names it; a rule for it alone goes with it.
    void remove_role() {
        if (rules_.roles.size() < 2) {
            return;
        }
        auto const gone = pick(rules_.roles);
        rules_.roles.erase(gone);
        for (auto& [name, of] : rules_.roles) {
            std::erase(of.inherits, gone);
            of.about = "Whoever is left";
        }
        // A guardrail of nobody is one of everyone.
        erase_each(rules_.never, [&](guardrail& rail) {
            return std::erase(rail.roles, gone) != 0 && rail.roles.empty();
        });
        erase_each(rules_.separations, [&](separation& rule) {
            return std::count(rule.roles.begin(), rule.roles.end(), gone) != 0;
        });
        erase_each(rules_.users, [&](std::vector<assignment>& given) {
            // Whole assignments: of two, one might come to say what the other says.
            std::erase_if(given, [&](assignment const& a) {
                return std::count(a.roles.begin(), a.roles.end(), gone) != 0;
            });
            return given.empty();
        });
    }

    template <class entries, class predicate>
    static void erase_each(entries& from, predicate const& wanted) {
        for (auto at = from.begin(); at != from.end();) {
            at = wanted(at->second) ? from.erase(at) : std::next(at);
        }
    }

    void change_separation() {
        if (!rules_.separations.empty() && random_.chance(50)) {
            return remove(rules_.separations);
        }
        if (rules_.roles.size() >= 2) {
            rules_.separations[fresh_name(names_of(rules_.separations), random_)] = {
                .roles = random_.some(names_of(rules_.roles), 2, 2),
                .at_most = 1,
                .per_person = random_.chance(50),
                .because = ""};
        }
    }

    void change_header() {
        rules_.name = "Customer data";
        rules_.owner = random_.chance(50) ? "privacy@example.org" : "owner@example.org";
        rules_.other_users = random_.chance(50);
    }

    policy& rules_;
    random_source& random_;
};

}  // namespace

policy edited(policy rules, std::size_t edits, random_source& random) {
    for (int patience = 1000; edits > 0 && patience > 0; --patience) {
        policy attempt = rules;
        editor(attempt, random).edit();
        if (!problems(attempt).empty()) {
            continue;
        }
        rules = std::move(attempt);
        --edits;
    }
    return rules;
}

}  // namespace model
