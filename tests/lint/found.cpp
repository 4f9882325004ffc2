#include "found.hpp"

#include <algorithm>
#include <iterator>

namespace model {

std::vector<told> as_told(std::vector<rolecall::lint_finding> const& findings) {
    std::vector<told> found;
    for (auto const& one : findings) {
        found.push_back({std::string(to_string(one.what.code)), one.about});
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string difference(std::vector<told> const& got, std::vector<told> const& expected) {
    std::vector<told> more;
    std::vector<told> missing;
    std::set_difference(got.begin(), got.end(), expected.begin(), expected.end(),
                        std::back_inserter(more));
    std::set_difference(expected.begin(), expected.end(), got.begin(), got.end(),
                        std::back_inserter(missing));
    std::string made;
    for (auto const& one : more) {
        made += "told for nothing: " + text(one) + "\n";
    }
    for (auto const& one : missing) {
        made += "not told: " + text(one) + "\n";
    }
    return made;
}

}  // namespace model
