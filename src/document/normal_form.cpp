#include "document/normal_form.hpp"

#include <rolecall/detail/compile/name_rules.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

constexpr std::array<std::string_view, 4> four{"view", "modify", "store", "delete"};

void sort_and_dedupe(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

// A bit for each fact, modulo 64: where one alternative has a bit that another has not, it is
// no part of the other, and most pairs need no further look.
std::uint64_t signature(std::vector<std::string> const& facts) {
    std::uint64_t bits = 0;
    for (std::string const& fact : facts)
        bits |= std::uint64_t{1} << (std::hash<std::string>{}(fact) % 64);
    return bits;
}

// Short alternatives first, so that what makes one superfluous has been kept before it.
void make_shortest(normal_condition& alternatives) {
    std::sort(alternatives.begin(), alternatives.end(), [](auto const& a, auto const& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    alternatives.erase(std::unique(alternatives.begin(), alternatives.end()), alternatives.end());
    normal_condition kept;
    std::vector<std::uint64_t> signatures;
    for (auto& facts : alternatives) {
        std::uint64_t const bits = signature(facts);
        bool superfluous = false;
        for (std::size_t i = 0; i < kept.size() && !superfluous; ++i)
            superfluous = (signatures[i] & ~bits) == 0 &&
                          std::includes(facts.begin(), facts.end(), kept[i].begin(), kept[i].end());
        if (superfluous) continue;
        signatures.push_back(bits);
        kept.push_back(std::move(facts));
    }
    alternatives = std::move(kept);
}

void unite(normal_condition& into, normal_condition const& with) {
    into.insert(into.end(), with.begin(), with.end());
    make_shortest(into);
}

struct in_action_order {
    bool operator()(std::string const& a, std::string const& b) const noexcept {
        return action_before(a, b);
    }
};

using rights_of_line = std::map<std::string, normal_condition, in_action_order>;

std::vector<normal_right> spelled(rights_of_line rights) {
    auto const same = [&](std::string_view action) {
        auto const found = rights.find(std::string(action));
        auto const view = rights.find("view");
        return found != rights.end() && view != rights.end() && found->second == view->second;
    };
    if (std::all_of(four.begin(), four.end(), same)) {
        rights.emplace("all", rights.at("view"));
        for (std::string_view const action : four) rights.erase(std::string(action));
    }
    std::vector<normal_right> result;
    for (auto& [action, when] : rights) result.push_back({action, when});
    return result;
}

// Parts of which any makes the whole hold: `if-any` of the single facts, and each `if-all`.
std::vector<written_condition> simple_parts(normal_condition const& when) {
    written_condition single;
    std::vector<written_condition> result;
    for (auto const& facts : when) {
        std::vector<written_name> names;
        names.reserve(facts.size());
        for (std::string const& fact : facts) names.push_back({fact, {}});
        if (names.size() == 1)
            single.any_of.push_back(std::move(names));
        else
            result.push_back({{std::move(names)}, {}});
    }
    if (!single.always()) result.insert(result.begin(), std::move(single));
    return result;
}

}  // namespace

bool always(normal_condition const& when) noexcept {
    return when.size() == 1 && when.front().empty();
}

normal_condition normal(written_condition const& when) {
    if (when.always()) return {{}};
    normal_condition result;
    result.reserve(when.any_of.size());
    for (auto const& together : when.any_of) result.push_back(sorted_names(together));
    make_shortest(result);
    return result;
}

std::vector<normal_grant> normal(std::vector<written_grant> const& may) {
    std::map<std::string, rights_of_line, in_tree_order> lines;
    for (written_grant const& grant : may) {
        auto& rights = lines[grant.category.text + (grant.below ? ".*" : "")];
        for (written_right const& right : grant.rights) {
            normal_condition const when = normal(right.when);
            if (right.action.text != "all") {
                unite(rights[right.action.text], when);
                continue;
            }
            for (std::string_view const action : four) unite(rights[std::string(action)], when);
        }
    }
    std::vector<normal_grant> result;
    result.reserve(lines.size());
    for (auto& [category, rights] : lines) result.push_back({category, spelled(std::move(rights))});
    return result;
}

std::vector<normal_assignment> normal(std::vector<written_assignment> const& assignments) {
    auto const last = date::from_days(0x7FFFFFFF);  // stands for no end
    std::map<std::string, date> latest;
    for (written_assignment const& assigned : assignments)
        for (written_name const& role : assigned.roles) {
            date const until = assigned.until.value_or(last);
            auto const [known, fresh] = latest.try_emplace(role.text, until);
            if (!fresh) known->second = std::max(known->second, until);
        }
    std::map<date, std::vector<std::string>> by_day;
    for (auto const& [role, until] : latest) by_day[until].push_back(role);

    std::vector<normal_assignment> result;
    if (auto const forever = by_day.find(last); forever != by_day.end()) {
        result.push_back({std::move(forever->second), std::nullopt});
        by_day.erase(forever);
    }
    for (auto& [until, roles] : by_day) result.push_back({std::move(roles), until});
    return result;
}

std::vector<written_guardrail> with_simple_conditions(
    std::vector<written_guardrail> const& guardrails) {
    std::set<std::string> taken;
    for (written_guardrail const& rail : guardrails) taken.insert(detail::look_of(rail.name.text));

    std::vector<written_guardrail> result;
    for (written_guardrail const& rail : guardrails) {
        normal_condition const when = normal(rail.when);
        bool const simple = when.size() == 1 || when.back().size() == 1;
        if (simple) {
            result.push_back(rail);
            continue;
        }
        written_guardrail part = rail;
        int number = 1;
        for (written_condition& one : simple_parts(when)) {
            part.when = std::move(one);
            result.push_back(part);
            do {
                part.name.text = rail.name.text + '-' + std::to_string(++number);
            } while (!taken.insert(detail::look_of(part.name.text)).second);
        }
    }
    return result;
}

std::vector<std::string> sorted_names(std::vector<written_name> const& names) {
    std::vector<std::string> result;
    result.reserve(names.size());
    for (written_name const& name : names) result.push_back(name.text);
    sort_and_dedupe(result);
    return result;
}

std::vector<std::string> sorted_actions(std::vector<written_name> const& names) {
    auto result = sorted_names(names);
    std::sort(result.begin(), result.end(), action_before);
    return result;
}

bool action_before(std::string_view a, std::string_view b) noexcept {
    auto const rank = [](std::string_view action) {
        constexpr std::array<std::string_view, 6> first{"any",    "all",   "view",
                                                        "modify", "store", "delete"};
        return std::find(first.begin(), first.end(), action) - first.begin();
    };
    return std::tuple(rank(a), a) < std::tuple(rank(b), b);
}

}  // namespace rolecall::inline v0_1::yaml
