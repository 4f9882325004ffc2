#include "guarantee_agreement.hpp"

#include "library_policy.hpp"
#include "policy_text.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace model {

namespace rc = rolecall;

namespace {

using kind = guarantee::kind;

bool covers(policy const& rules, granting const& by, std::string const& active,
            std::string const& action, std::string const& category) {
    return with_inherited(rules, {active}).contains(by.role) && covers(rules, by.line, category) &&
           (by.right == action || (by.right == "all" && is_built_in(action)));
}

bool grants(policy const& rules, granting const& by, std::string const& active,
            std::string const& action, std::string const& category, state const& facts) {
    return covers(rules, by, active, action, category) && value(by.needed, facts) == truth::yes;
}

std::string text(breach_size const& size) {
    return std::to_string(size.roles) + " roles and " + std::to_string(size.facts) + " facts";
}

std::string all_sentences(rc::guarantee_answer const& of) {
    std::string made;
    for (auto const& breach : of.breaches) {
        made.append("\n  ").append(breach.sentence);
        for (auto const& act : breach.acts) {
            made.append("; ").append(act.line_sentence);
        }
    }
    return made;
}

}  // namespace

std::map<where, granting> rights_at(policy const& rules, rc::policy const& loaded) {
    std::map<where, granting> made;
    for (auto const& role : loaded.source().roles) {
        auto const& may = rules.roles.at(role.name.text).may;
        for (auto const& line : role.may) {
            auto const& same = *std::find_if(may.begin(), may.end(), [&](grant const& g) {
                return g.category == line.category.text && g.below == line.below;
            });
            for (auto const& right : line.rights) {
                made[{right.action.at.line, right.action.at.column}] = {
                    role.name.text, same, right.action.text, same.rights.at(right.action.text)};
            }
        }
    }
    return made;
}

guarantee_agreement::guarantee_agreement(trial const& by, policy const& of,
                                         rc::policy const& loaded)
    : one(by), rules(of), judge(of), document(loaded.source()), places(rights_at(of, loaded)) {}

void guarantee_agreement::require(bool holds, std::string const& otherwise) const {
    if (!holds) {
        one.fail(otherwise, to_yaml(rules));
    }
}

void guarantee_agreement::check(guarantee const& given, rc::guarantee_answer const& found) {
    auto const least = judge.smallest_breach(given);
    auto const about = found.name + ": ";
    require(found.is != rc::guarantee_answer::verdict::undecided, about + "undecided");
    require(bool{found} == !least, about + (least ? "broken" : "kept") + ", it is said not");
    require(found.breaches.empty() == !least, about + "the number of breaches");
    require(found.breaches.size() <= rc::most_breaches, about + "more than the most");
    breach_size before{};
    for (auto const& breach : found.breaches) {
        auto const size = check(given, breach, about + breach.sentence + ": ");
        if (&breach == &found.breaches.front()) {
            require(size == *least, about + breach.sentence + ": " + text(size) +
                                        ", but the smallest is " + text(*least));
        }
        require(std::tie(before.roles, before.facts) <= std::tie(size.roles, size.facts),
                about + "the order");
        before = size;
    }
    if (!found.more && least) {
        require_every_line(given, found, about);
    }
}

breach_size guarantee_agreement::check(guarantee const& given, rc::guarantee_breach const& breach,
                                       std::string const& about) {
    auto const people = judge.who(given);
    auto const sorted = [](names list) {
        std::sort(list.begin(), list.end());
        return list;
    };
    require(std::any_of(people.begin(), people.end(),
                        [&](names const& set) { return sorted(set) == sorted(breach.held); }),
            about + "nobody whom it speaks of holds these");
    if (!breach.user.empty()) {
        require(rules.users.contains(breach.user), about + "who is that?");
        name_set all;
        for (auto const& assigned : rules.users.at(breach.user)) {
            all.insert(assigned.roles.begin(), assigned.roles.end());
        }
        require(all == name_set(breach.held.begin(), breach.held.end()),
                about + "what the user holds");
    }
    bool const both = given.what == kind::never_both;
    require(breach.acts.size() == (both ? 2 : 1), about + "how many acts");
    breach_size size{breach.held.size(), 0};
    for (auto const& act : breach.acts) {
        auto known = judge.states().front();
        for (auto const& fact : act.is_true) {
            known[fact] = truth::yes;
        }
        for (auto const& fact : act.is_false) {
            known[fact] = truth::no;
        }
        size.facts += known_facts(known);
        require(known_facts(known) == act.is_true.size() + act.is_false.size(),
                about + "a fact twice");
        auto const wrong = judge.wrong(given, breach.held, &act != &breach.acts.front());
        require(std::any_of(wrong.begin(), wrong.end(),
                            [&](deed const& d) {
                                return (d.role == act.active || given.what == kind::keeps) &&
                                       d.action == act.action && d.category == act.category &&
                                       *d.facts == known;
                            }),
                about + "the guarantee has nothing against it");
        require(act.allowed == (given.what != kind::keeps), about + "allowed");
        replay(breach, act, known, about);
        check_line(breach, act, known, about);
    }
    return size;
}

// Somebody who holds just these roles, with one of them active, in the library itself.
void guarantee_agreement::replay(rc::guarantee_breach const& breach, rc::witnessed_act const& act,
                                 state const& known, std::string const& about) const {
    auto with_somebody = rules;
    with_somebody.guarantees.clear();
    with_somebody.exercises.clear();
    with_somebody.users = {{"somebody", {{.roles = breach.held, .until = std::nullopt}}}};
    auto const built = build_policy(with_somebody);
    require(bool{built}, about + "nobody can hold these roles");
    std::set<std::string> active{act.active};
    if (!act.allowed) {
        active.insert(breach.held.begin(), breach.held.end());  // none of them may
    }
    for (auto const& role : active) {
        question const asked{.user = "somebody",
                             .roles = names{role},
                             .action = act.action,
                             .category = act.category,
                             .facts = known,
                             .on = {}};
        require(bool{built->evaluate(as_request(asked))} == act.allowed,
                about + "a check says otherwise of " + role);
    }
}

void guarantee_agreement::check_line(rc::guarantee_breach const& breach,
                                     rc::witnessed_act const& act, state const& known,
                                     std::string const& about) const {
    require(bool{act.line} == !act.line_sentence.empty(), about + "a line and its sentence");
    if (act.allowed) {
        require(act.line.has_value(), about + "no line");
        auto const at = places.find({act.line->line, act.line->column});
        require(at != places.end(), about + "no right of a role stands there");
        require(grants(rules, at->second, act.active, act.action, act.category, known),
                about + "this line does not grant it: " + act.line_sentence);
        return;
    }
    // What refuses it; or where a line grants it under a condition that does not hold, this
    // line.
    auto const word = act.line ? where{act.line->line, act.line->column} : where{};
    auto const of_held = [&](granting const& right, bool holds) {
        return std::any_of(breach.held.begin(), breach.held.end(), [&](auto const& role) {
            return covers(rules, right, role, act.action, act.category) &&
                   (value(right.needed, known) == truth::yes) == holds;
        });
    };
    auto const any = [&](bool holds) {
        return std::any_of(places.begin(), places.end(),
                           [&](auto const& entry) { return of_held(entry.second, holds); });
    };
    if (auto const at = places.find(word); at != places.end()) {
        require(!any(true),
                about + "a line grants it, and " + act.line_sentence + " is not what refuses it");
        require(of_held(at->second, false),
                about + "this line has no bearing on it: " + act.line_sentence);
        return;
    }
    if (!act.line) {
        require(!any(true) && !any(false), about + "what stops it?");
        return;
    }
    require(refuses(breach.held, act, known, word),
            about + "this does not refuse it: " + act.line_sentence);
}

// Whether a guardrail that fires, or a requirement that does not hold, stands at a place.
bool guarantee_agreement::refuses(names const& held, rc::witnessed_act const& act,
                                  state const& known, where const& at) const {
    auto const is_at = [&](rc::written_name const& name) {
        return where{name.at.line, name.at.column} == at;
    };
    for (auto const& rail : document.guardrails) {
        if (is_at(rail.name)) {
            auto lone = rules;  // where only this guardrail forbids
            lone.never = {{rail.name.text, rules.never.at(rail.name.text)}};
            lone.users = {{"somebody", {{.roles = held, .until = std::nullopt}}}};
            question const asked{.user = "somebody",
                                 .roles = names{},
                                 .action = act.action,
                                 .category = act.category,
                                 .facts = known,
                                 .on = {}};
            return decide(lone, asked).reason == "forbidden";
        }
    }
    for (auto const& category : document.categories) {
        for (auto const& required : category.required) {
            if (is_at(required.action)) {
                auto const& needed =
                    rules.categories.at(category.name.text).required.at(required.action.text);
                return at_or_below(act.category, category.name.text) &&
                       (required.action.text == "any" || required.action.text == act.action) &&
                       value(needed, known) != truth::yes;
            }
        }
    }
    return false;
}

// Each right that grants what should not be granted is shown, so that all can be mended; of
// never_both each that grants the first of the two.
void guarantee_agreement::require_every_line(guarantee const& given,
                                             rc::guarantee_answer const& found,
                                             std::string const& about) {
    if (given.what == kind::keeps) {
        return;
    }
    std::set<where> shown;
    for (auto const& breach : found.breaches) {
        auto const& line = breach.acts.front().line;
        require(shown.emplace(line->line, line->column).second, about + "a line twice");
    }
    for (auto const& held : judge.who(given)) {
        if (given.what == kind::never_both && judge.wrong(given, held, true).empty()) {
            continue;
        }
        for (auto const& bad : judge.wrong(given, held)) {
            for (auto const& [at, right] : places) {
                require(shown.contains(at) ||
                            !grants(rules, right, bad.role, bad.action, bad.category, *bad.facts),
                        about + "line " + std::to_string(at.first) + ", " + right.role + " may " +
                            right.right + " " + right.line.category + ", is not shown; shown are " +
                            all_sentences(found));
            }
        }
    }
}

}  // namespace model
