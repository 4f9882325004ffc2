// The ways to change a condition: it is left out, or an alternative of it, or a fact.
#ifndef ROLECALL_SRC_MUTATION_CONDITIONS_HPP
#define ROLECALL_SRC_MUTATION_CONDITIONS_HPP

#include <rolecall/document.hpp>

#include <cstddef>
#include <vector>

namespace rolecall::inline v0_1::mutating {

template <class Entry>
[[nodiscard]] std::vector<Entry> without(std::vector<Entry> list, std::size_t at) {
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return list;
}

struct changed_condition {
    written_condition when;
    place at;  ///< of what is left out
};

/// Each alternative left out, where there are several; and of each with several facts each fact.
[[nodiscard]] inline std::vector<changed_condition> changed_conditions(
    written_condition const& when) {
    std::vector<changed_condition> found;
    for (std::size_t i = 0; i < when.any_of.size(); ++i) {
        std::vector<written_name> const& together = when.any_of[i];
        if (when.any_of.size() > 1)
            found.push_back({{without(when.any_of, i), when.at}, together.front().at});
        for (std::size_t k = 0; together.size() > 1 && k < together.size(); ++k) {
            written_condition made = when;
            made.any_of[i] = without(together, k);
            found.push_back({std::move(made), together[k].at});
        }
    }
    return found;
}

}  // namespace rolecall::inline v0_1::mutating

#endif
