#include "promise_meaning.hpp"

#include "exercises.hpp"
#include "policy_text.hpp"

#include <algorithm>
#include <set>

namespace model {

namespace {

template <class list>
std::string joined(list const& of) {
    std::string made = "[";
    for (auto const& one : of) {
        made += one + ",";
    }
    return made + "]";
}

std::string sorted(names const& list) { return joined(name_set(list.begin(), list.end())); }

// Its alternatives, without those that say no more than a shorter one.
std::string meaning(condition const& of) {
    std::set<name_set> ways;
    for (auto const& one : of.any_of) {
        if (one.how == term::need::all) {
            ways.emplace(one.facts.begin(), one.facts.end());
            continue;
        }
        for (auto const& fact : one.facts) {
            ways.insert(name_set{fact});
        }
    }
    std::string made = "if ";
    for (auto const& way : ways) {
        if (std::none_of(ways.begin(), ways.end(), [&](name_set const& other) {
                return other != way &&
                       std::includes(way.begin(), way.end(), other.begin(), other.end());
            })) {
            made += joined(way);
        }
    }
    return made + "\n";
}

std::string meaning(scope const& of) {
    return sorted(of.actions) + sorted(of.categories) + sorted(of.levels) + "\n";
}

}  // namespace

std::string meaning(guarantee const& of) {
    std::string made = "kind " + std::to_string(static_cast<int>(of.what)) + "\n";
    made += "roles " + sorted(of.roles) + (of.alone ? " alone" : "") + "\n";
    auto const first = meaning(of.first);
    auto const second = meaning(of.second);
    made += std::min(first, second) + std::max(first, second);  // nobody is first of the two
    made += "only " + sorted(of.only) + "\n" + meaning(of.only_if);
    made += "unless " + sorted(of.unless) + "\n";
    name_set lines;
    for (auto const& line : of.kept) {
        for (auto const& [right, needed] : line.rights) {
            lines.insert(line.category + (line.below ? ".* " : " ") + right + " " +
                         meaning(needed));
        }
    }
    return made + joined(lines) + of.because;
}

std::string meaning(policy const& rules, exercise const& of) {
    std::string made = of.title + "\n" + of.about + "\n" + of.note + "\n" +
                       (of.user ? "user " + *of.user : "") + sorted(of.roles) + "\n";
    for (auto const& [fact, known] : of.facts) {
        made += fact + std::to_string(static_cast<int>(known)) + " ";
    }
    made += (of.on ? text(*of.on) : "") + (of.compromised ? " compromised" : "") + sorted(of.lost) +
            "\n";
    auto const expected = expectations(rules, of);
    if (!expected) {
        return made + "a clash";
    }
    for (auto const& [at, one] : *expected) {
        made += at.first + " " + at.second + (one.allowed ? " yes " : " no ") + one.reason + "\n";
    }
    return made;
}

}  // namespace model
