// What makes a policy invalid, in the order of the page: names, lists, sections, then the rules
// that look at several sections together.

#include "model.hpp"

#include <algorithm>
#include <utility>

namespace model {

namespace {

// The findings so far, and the small checks that add to them.
struct inspection {
    policy const& rules;
    names found;

    void say(bool wrong, std::string const& what) {
        if (wrong) {
            found.push_back(what);
        }
    }

    // [a-z0-9]+([-_][a-z0-9]+)*
    static bool well_formed(std::string_view name) {
        bool after_letter = false;
        for (char const c : name) {
            bool const joins = c == '-' || c == '_';
            if (joins ? !after_letter : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
                return false;
            }
            after_letter = !joins;
        }
        return after_letter && name.size() <= 128;
    }

    void name(std::string const& text) {
        say(!well_formed(text), "`" + text + "` is not a name");
        say(text == "all" || text == "any" || text == "always" || text == "everyone",
            "`" + text + "` is reserved");
    }

    void category_name(std::string const& text) {
        std::size_t parts = 1;
        std::size_t begin = 0;
        for (auto dot = text.find('.'); dot != std::string::npos; dot = text.find('.', begin)) {
            name(text.substr(begin, dot - begin));
            begin = dot + 1;
            ++parts;
        }
        name(text.substr(begin));
        say(parts > 8, "`" + text + "` has more than eight parts");
    }

    // Two of a kind must not differ only in `-` against `_`.
    template <class entries>
    void distinct(entries const& declared) {
        name_set seen;
        for (auto const& [text, entry] : declared) {
            auto folded = text;
            std::replace(folded.begin(), folded.end(), '_', '-');
            say(!seen.insert(folded).second, "`" + text + "` differs from another only in - and _");
        }
    }

    template <class declared_names>
    void list(names const& given, declared_names const& declared, std::string const& where) {
        for (auto const& text : given) {
            say(declared.count(text) == 0, where + ": `" + text + "` is not declared");
            say(std::count(given.begin(), given.end(), text) > 1, where + ": `" + text + "` twice");
        }
    }

    void one_term(term const& written, std::string const& where) {
        say(written.facts.empty(), where + ": a condition without facts");
        list(written.facts, rules.facts, where);
    }

    void needs(condition const& written, std::string const& where) {
        for (auto const& one : written.any_of) {
            one_term(one, where);
        }
    }

    void date_of(std::optional<date> const& on, std::string const& where) {
        if (!on) {
            return;
        }
        bool const leap = on->year % 4 == 0 && (on->year % 100 != 0 || on->year % 400 == 0);
        bool const short_month =
            on->month == 4 || on->month == 6 || on->month == 9 || on->month == 11;
        int const days = on->month == 2 ? (leap ? 29 : 28) : short_month ? 30 : 31;
        say(on->year < 1 || on->year > 9999 || on->month < 1 || on->month > 12 || on->day < 1 ||
                on->day > days,
            where + ": no such date");
    }

    bool reaches_itself(std::string const& role, std::string const& from, name_set& seen) {
        for (auto const& next : rules.roles.at(from).inherits) {
            if (next == role || (seen.insert(next).second && reaches_itself(role, next, seen))) {
                return true;
            }
        }
        return false;
    }

    void grant_of(grant const& given, std::string const& where) {
        say(rules.categories.count(given.category) == 0, where + ": category not declared");
        say(given.below && std::none_of(rules.categories.begin(), rules.categories.end(),
                                        [&](auto const& entry) {
                                            return lies_below(entry.first, given.category);
                                        }),
            where + ": nothing lies below");
        say(given.rights.empty(), where + ": no rights");
        for (auto const& [action, needed] : given.rights) {
            say(action != "all" && actions_of(rules).count(action) == 0,
                where + ": `" + action + "` is not an action");
            say(is_built_in(action) && given.rights.count("all") != 0,
                where + ": `all` covers `" + action + "`");
            needs(needed, where);
        }
    }

    void sections() {
        say(rules.name.empty() &&
                (rules.limited || rules.other_users || rules.review_by || !rules.owner.empty() ||
                 !rules.title.empty() || !rules.about.empty()),
            "the section `policy` has no name");
        date_of(rules.review_by, "review-by");
        say(rules.roles.empty() || rules.categories.empty(), "no roles or no categories");
        say(rules.actions.size() > 12, "more than 12 actions of its own");
        say(rules.facts.size() > 64, "more than 64 facts");
        for (auto const& level : rules.levels) {
            name(level);
            say(std::count(rules.levels.begin(), rules.levels.end(), level) > 1, level + " twice");
        }
        for (auto const& [text, entry] : rules.actions) {
            name(text);
            say(is_built_in(text), "`" + text + "` always exists");
        }
        for (auto const& [text, entry] : rules.facts) {
            name(text);
        }
        distinct(rules.actions);
        distinct(rules.facts);
        distinct(rules.categories);
        distinct(rules.roles);
        distinct(rules.never);
        distinct(rules.separations);
        distinct(rules.guarantees);
        distinct(rules.exercises);
    }

    void categories() {
        auto const known = levels();
        for (auto const& [text, entry] : rules.categories) {
            category_name(text);
            say(!entry.level.empty() && known.count(entry.level) == 0, text + ": unknown level");
            for (auto const& [action, needed] : entry.required) {
                say(action != "any" && actions_of(rules).count(action) == 0,
                    text + ": `" + action + "` is not an action");
                say(needed.any_of.empty(), text + ": `requires` without a condition");
                needs(needed, text);
            }
        }
    }

    void roles() {
        for (auto const& [text, entry] : rules.roles) {
            name(text);
            list(entry.inherits, rules.roles, text);
            say(rules.limited && entry.inherits.size() > 1, text + ": inherits more than one");
            say(entry.about.empty() && entry.title.empty() && entry.inherits.empty() &&
                    entry.may.empty(),
                text + ": an empty role");
            std::set<std::pair<std::string, bool>> seen;
            for (auto const& given : entry.may) {
                grant_of(given, text);
                say(!seen.emplace(given.category, given.below).second, text + ": a cell twice");
            }
        }
        if (!found.empty()) {
            return;  // a cycle is looked for only among declared roles
        }
        for (auto const& [text, entry] : rules.roles) {
            name_set seen;
            say(reaches_itself(text, text, seen), text + " inherits itself");
        }
    }

    void guardrails() {
        for (auto const& [text, rail] : rules.never) {
            name(text);
            say(rail.roles.empty() && rail.categories.empty() && rail.actions.empty(),
                text + ": neither roles, categories nor actions");
            list(rail.roles, rules.roles, text);
            list(rail.categories, rules.categories, text);
            list(rail.actions, actions_of(rules), text);
            if (rail.when) {
                one_term(*rail.when, text);
            }
        }
    }

    void users_and_separations() {
        for (auto const& [user, assignments] : rules.users) {
            say(assignments.empty(), user + ": no assignment");
            for (auto const& assigned : assignments) {
                say(assigned.roles.empty(), user + ": an assignment without roles");
                list(assigned.roles, rules.roles, user);
                date_of(assigned.until, user);
            }
        }
        for (auto const& [text, rule] : rules.separations) {
            name(text);
            list(rule.roles, rules.roles, text);
            say(rule.roles.size() < 2 || rule.at_most < 1 ||
                    rule.at_most >= static_cast<int>(rule.roles.size()),
                text + ": at-most does not fit");
        }
    }

    name_set levels() const {
        if (rules.levels.empty()) {
            return {"public", "internal", "confidential", "restricted"};
        }
        return {rules.levels.begin(), rules.levels.end()};
    }

    void scope_of(scope const& given, std::string const& where) {
        list(given.actions, actions_of(rules), where);
        list(given.categories, rules.categories, where);
        list(given.levels, levels(), where);
    }

    void guarantees() {
        for (auto const& [text, one] : rules.guarantees) {
            name(text);
            bool const may = one.what == guarantee::kind::may;
            bool const keeps = one.what == guarantee::kind::keeps;
            bool const both = one.what == guarantee::kind::never_both;
            list(one.roles, rules.roles, text);
            list(one.only, rules.roles, text);
            list(one.unless, rules.facts, text);
            needs(one.only_if, text);
            scope_of(one.first, text);
            scope_of(one.second, text);
            say(one.alone && one.roles.empty(), text + ": alone, but who?");
            say(!one.roles.empty() && (both || !one.only.empty()), text + ": roles too much");
            say((!one.only.empty() || !one.only_if.any_of.empty()) && !may, text + ": only of may");
            say(!one.unless.empty() && !may && !keeps, text + ": unless too much");
            say(may && one.only.empty() && one.only_if.any_of.empty() && one.unless.empty(),
                text + ": it promises nothing");
            say(keeps == one.kept.empty() || (keeps && one.roles.empty()), text + ": what is kept");
            for (auto const& line : one.kept) {
                grant_of(line, text);
            }
        }
    }

    void exercises() {
        for (auto const& [text, one] : rules.exercises) {
            name(text);
            list(one.roles, rules.roles, text);
            list(one.lost, rules.roles, text);
            for (auto const& [fact, known] : one.facts) {
                say(rules.facts.count(fact) == 0, text + ": `" + fact + "` is not declared");
            }
            date_of(one.on, text);
            bool const listed = one.user && rules.users.count(*one.user) != 0;
            say(!listed && one.roles.empty(), text + ": nobody asks");
            say(listed && one.compromised && !one.roles.empty(), text + ": who has it chooses");
            bool const exactly = one.exactly_nothing || !one.exactly.empty();
            say(exactly ? !one.can.empty() : one.can.empty() && one.cannot.empty(),
                text + ": what is expected");
        }
    }

    // Rule 9: neither a role by itself nor a user of the policy may break a separation.
    void broken_separations() {
        for (auto const& [text, rule] : rules.separations) {
            for (auto const& [role, entry] : rules.roles) {
                say(breaks(rules, rule, {role}), role + " by itself breaks " + text);
            }
            for (auto const& [user, assignments] : rules.users) {
                names every;
                for (auto const& assigned : assignments) {
                    every.insert(every.end(), assigned.roles.begin(), assigned.roles.end());
                }
                say(rule.per_person && breaks(rules, rule, every), user + " breaks " + text);
            }
        }
    }
};

}  // namespace

names problems(policy const& rules) {
    inspection work{.rules = rules, .found = {}};
    work.sections();
    work.categories();
    work.roles();
    work.guardrails();
    work.users_and_separations();
    work.guarantees();
    work.exercises();
    if (work.found.empty()) {
        work.broken_separations();
    }
    return work.found;
}

}  // namespace model
