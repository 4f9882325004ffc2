#include "exposure/levels.hpp"

#include <rolecall/category_levels.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <algorithm>

namespace rolecall::inline v0_1::exposure {

level_table::level_table(policy const& of) {
    document const& doc = of.source();
    for (written_category const& category : doc.categories)
        written_[category.name.text] = &category;
    names_ = level_names(doc);
    std::reverse(names_.begin(), names_.end());
    auto const levels = category_levels(doc);
    std::size_t const none = names_.size();
    sizes_.resize(none + 1);

    detail::policy_data const& p = detail::data_of(of);
    level_of_.assign(p.categories.size(), none);
    for (std::uint32_t number = 0; number < p.categories.size(); ++number) {
        if (!p.categories.declared(number)) continue;
        if (auto const level = levels.find(std::string(p.categories.name(number)));
            level != levels.end())
            level_of_[number] = static_cast<std::size_t>(
                std::find(names_.begin(), names_.end(), level->second) - names_.begin());
        ++sizes_[level_of_[number]];
    }
    if (sizes_.back() > 0)
        names_.emplace_back();
    else
        sizes_.pop_back();
}

std::vector<std::string> level_table::laws(std::string_view category) const {
    std::vector<std::string> result;
    for (auto const* at = written(category); at != nullptr; at = above(at->name.text))
        result.insert(result.end(), at->laws.begin(), at->laws.end());
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

std::string const& level_table::about(std::string_view category) const {
    return written(category)->about;
}

written_category const* level_table::written(std::string_view category) const {
    auto const found = written_.find(category);
    return found == written_.end() ? nullptr : found->second;
}

written_category const* level_table::above(std::string_view category) const {
    for (std::size_t dot = category.rfind('.'); dot != std::string_view::npos;
         dot = category.rfind('.', dot - 1)) {
        if (auto const* const found = written(category.substr(0, dot))) return found;
        if (dot == 0) break;
    }
    return nullptr;
}

}  // namespace rolecall::inline v0_1::exposure
