#include <rolecall/category_levels.hpp>

#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

namespace rolecall::inline v0_1 {

std::vector<std::string> level_names(document const& of) {
    if (of.levels.empty()) return {std::begin(default_levels), std::end(default_levels)};
    std::vector<std::string> names;
    names.reserve(of.levels.size());
    for (written_name const& level : of.levels) names.push_back(level.text);
    return names;
}

std::map<std::string, std::string> category_levels(document const& of) {
    std::map<std::string_view, std::string_view> own;
    for (written_category const& category : of.categories)
        if (category.level) own.emplace(category.name.text, category.level->text);
    std::map<std::string, std::string> result;
    for (written_category const& category : of.categories) {
        std::string_view name = category.name.text;
        auto found = own.find(name);
        for (std::size_t dot = name.rfind('.'); found == own.end() && dot != std::string_view::npos;
             dot = name.rfind('.')) {
            name = name.substr(0, dot);
            found = own.find(name);
        }
        if (found != own.end()) result.emplace(category.name.text, found->second);
    }
    return result;
}

}  // namespace rolecall::inline v0_1
