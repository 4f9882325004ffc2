#include "cli/matrix/rights_table.hpp"

#include <rolecall/document.hpp>

#include <algorithm>
#include <cstddef>

namespace rolecall::inline v0_1::cli {
namespace {

template <class Entries>
std::vector<std::string> sorted_names(Entries const& entries) {
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (auto const& entry : entries) names.push_back(entry.name.text);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

rights_table make_rights_table(policy const& of) {
    document const& source = of.source();
    rights_table table;
    if (source.header) table.title = source.header->name;
    table.roles = sorted_names(source.roles);
    table.categories = sorted_names(source.categories);
    table.actions = actions_in_order(of);
    table.rights = effective_rights(of);
    return table;
}

std::vector<std::string> actions_in_order(policy const& of) {
    std::vector<std::string> actions{"view", "modify", "store", "delete"};
    for (std::string const& own : sorted_names(of.source().actions)) actions.push_back(own);
    return actions;
}

std::vector<rights_of_cell> cells_of(rights_table const& table) {
    std::vector<rights_of_cell> cells;
    auto const& rights = table.rights;
    for (std::size_t i = 0; i < rights.size();) {
        std::size_t const first = i;
        while (i < rights.size() && rights[i].role == rights[first].role &&
               rights[i].category == rights[first].category)
            ++i;
        cells.push_back(rights_of_cell(rights).subspan(first, i - first));
    }
    return cells;
}

std::vector<rights_in_words> in_words(rights_of_cell cell,
                                      std::vector<std::string> const& actions) {
    std::vector<rights_in_words> words;
    auto const add = [&](effective_right const& right) {
        auto const same = std::find_if(words.begin(), words.end(), [&](rights_in_words const& w) {
            return w.condition == right.condition;
        });
        if (same == words.end())
            words.push_back({right.action, right.condition});
        else
            same->actions += ", " + right.action;
    };
    for (bool const always : {true, false})
        for (std::string const& action : actions)
            for (effective_right const& right : cell)
                if (right.action == action && right.condition.empty() == always) add(right);
    return words;
}

}  // namespace rolecall::inline v0_1::cli
