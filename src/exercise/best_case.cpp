#include "exercise/best_case.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace rolecall::inline v0_1::exercising {

namespace {

using names = std::set<std::string>;

void add_facts(names& to, written_condition const& when) {
    for (auto const& together : when.any_of)
        for (written_name const& fact : together) to.insert(fact.text);
}

}  // namespace

best_case best_case_of(std::string const& role, document const& in) {
    names all{role};
    names needed;
    std::vector<std::string> left{role};
    while (!left.empty()) {
        std::string const name = left.back();
        left.pop_back();
        auto const at = std::find_if(in.roles.begin(), in.roles.end(),
                                     [&](auto const& one) { return one.name.text == name; });
        if (at == in.roles.end()) continue;
        for (written_name const& junior : at->inherits)
            if (all.insert(junior.text).second) left.push_back(junior.text);
        for (written_grant const& line : at->may)
            for (written_right const& right : line.rights) add_facts(needed, right.when);
    }
    for (written_category const& category : in.categories)
        for (written_requirement const& one : category.required) add_facts(needed, one.when);

    names feared;
    for (written_guardrail const& rail : in.guardrails)
        if (rail.roles.empty() ||
            std::any_of(rail.roles.begin(), rail.roles.end(),
                        [&](auto const& one) { return all.count(one.text) != 0; }))
            add_facts(feared, rail.when);
    best_case made{{needed.begin(), needed.end()}, {}};
    std::set_difference(feared.begin(), feared.end(), needed.begin(), needed.end(),
                        std::back_inserter(made.is_false));
    return made;
}

}  // namespace rolecall::inline v0_1::exercising
