#include "library_promises.hpp"

#include "library_policy.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace model {

namespace {

namespace rc = rolecall;

using kind = guarantee::kind;

constexpr std::pair<kind, rc::written_guarantee::kind> kinds[] = {
    {kind::never, rc::written_guarantee::kind::never},
    {kind::may, rc::written_guarantee::kind::may},
    {kind::never_both, rc::written_guarantee::kind::never_both},
    {kind::keeps, rc::written_guarantee::kind::keeps}};

rc::written_name written(std::string const& text) { return {text, {}}; }

std::vector<rc::written_name> written(names const& list) {
    std::vector<rc::written_name> made;
    for (auto const& text : list) {
        made.push_back(written(text));
    }
    return made;
}

rc::written_condition written(condition const& c) {
    rc::written_condition made;
    for (auto const& one : c.any_of) {
        if (one.how == term::need::all) {
            made.any_of.push_back(written(one.facts));
            continue;
        }
        for (auto const& fact : one.facts) {
            made.any_of.push_back({written(fact)});
        }
    }
    return made;
}

rc::written_scope written(scope const& s) {
    return {written(s.actions), written(s.categories), written(s.levels)};
}

rc::written_grant written(grant const& g) {
    rc::written_grant made{written(g.category), g.below, {}};
    for (auto const& [action, when] : g.rights) {
        made.rights.push_back({written(action), written(when)});
    }
    return made;
}

rc::written_guarantee written(std::string const& name, guarantee const& g) {
    rc::written_guarantee made;
    made.name = written(name);
    made.what = std::find_if(std::begin(kinds), std::end(kinds), [&](auto const& k) {
                    return k.first == g.what;
                })->second;
    made.roles = written(g.roles);
    made.alone = g.alone;
    made.first = written(g.first);
    made.second = written(g.second);
    made.only = written(g.only);
    made.only_if = written(g.only_if);
    made.unless = written(g.unless);
    made.because = g.because;
    for (auto const& line : g.kept) {
        made.kept.push_back(written(line));
    }
    return made;
}

std::vector<rc::written_expectation> written(std::vector<expectation> const& lines) {
    std::vector<rc::written_expectation> made;
    for (auto const& line : lines) {
        made.push_back({written(line.category), line.below, {}});
        for (auto const& [action, reason] : line.actions) {
            made.back().actions.push_back(
                {written(action), reason.empty() ? std::nullopt : std::optional(written(reason))});
        }
    }
    return made;
}

rc::written_exercise written(std::string const& name, exercise const& e) {
    rc::written_exercise made;
    made.name = written(name);
    made.title = e.title;
    made.about = e.about;
    made.note = e.note;
    if (e.user) {
        made.user = written(*e.user);
    }
    made.roles = written(e.roles);
    for (auto const& [fact, known] : e.facts) {
        made.facts.push_back({written(fact), known == truth::unknown
                                                 ? std::nullopt
                                                 : std::optional(known == truth::yes)});
    }
    if (e.on) {
        made.on = as_date(*e.on);
    }
    made.compromised = e.compromised;
    made.lost = written(e.lost);
    made.can = written(e.can);
    made.cannot = written(e.cannot);
    made.exactly = written(e.exactly);
    made.exactly_nothing = e.exactly_nothing;
    return made;
}

names read(std::vector<rc::written_name> const& list) {
    names made;
    for (auto const& one : list) {
        made.push_back(one.text);
    }
    return made;
}

condition read(rc::written_condition const& c) {
    condition made;
    for (auto const& facts : c.any_of) {
        made.any_of.push_back({.how = term::need::all, .facts = read(facts)});
    }
    return made;
}

scope read(rc::written_scope const& s) {
    return {read(s.actions), read(s.categories), read(s.levels)};
}

grant read(rc::written_grant const& g) {
    grant made{.category = g.category.text, .below = g.below, .rights = {}};
    for (auto const& right : g.rights) {
        made.rights[right.action.text] = read(right.when);
    }
    return made;
}

guarantee read(rc::written_guarantee const& g) {
    guarantee made;
    made.what = std::find_if(std::begin(kinds), std::end(kinds), [&](auto const& k) {
                    return k.second == g.what;
                })->first;
    made.roles = read(g.roles);
    made.alone = g.alone;
    made.first = read(g.first);
    made.second = read(g.second);
    made.only = read(g.only);
    made.only_if = read(g.only_if);
    made.unless = read(g.unless);
    made.because = g.because;
    for (auto const& line : g.kept) {
        made.kept.push_back(read(line));
    }
    return made;
}

std::vector<expectation> read(std::vector<rc::written_expectation> const& lines) {
    std::vector<expectation> made;
    for (auto const& line : lines) {
        made.push_back({line.category.text, line.below, {}});
        for (auto const& item : line.actions) {
            made.back().actions[item.action.text] = item.reason ? item.reason->text : "";
        }
    }
    return made;
}

date read(rc::date on) {
    auto const text = on.to_string();
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
            std::stoi(text.substr(8, 2))};
}

exercise read(rc::written_exercise const& e) {
    exercise made;
    made.title = e.title;
    made.about = e.about;
    made.note = e.note;
    if (e.user) {
        made.user = e.user->text;
    }
    made.roles = read(e.roles);
    for (auto const& fact : e.facts) {
        made.facts[fact.fact.text] = !fact.value   ? truth::unknown
                                     : *fact.value ? truth::yes
                                                   : truth::no;
    }
    if (e.on) {
        made.on = read(*e.on);
    }
    made.compromised = e.compromised;
    made.lost = read(e.lost);
    made.can = read(e.can);
    made.cannot = read(e.cannot);
    made.exactly = read(e.exactly);
    made.exactly_nothing = e.exactly_nothing;
    return made;
}

}  // namespace

rc::document as_document(policy const& rules) {
    rc::document made;
    for (auto const& [name, one] : rules.guarantees) {
        made.guarantees.push_back(written(name, one));
    }
    for (auto const& [name, one] : rules.exercises) {
        made.exercises.push_back(written(name, one));
    }
    return made;
}

void read_promises(rc::document const& from, policy& into) {
    into.guarantees.clear();
    into.exercises.clear();
    for (auto const& one : from.guarantees) {
        into.guarantees[one.name.text] = read(one);
    }
    for (auto const& one : from.exercises) {
        into.exercises[one.name.text] = read(one);
    }
}

}  // namespace model
