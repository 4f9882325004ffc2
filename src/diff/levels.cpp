#include "diff/levels.hpp"

#include <rolecall/category_levels.hpp>

#include <algorithm>

namespace rolecall::inline v0_1::diff {

levels::levels(document const& before, document const& after, vocabulary const& names)
    : all_(level_names(after)), ranks_(names.categories.size()) {
    std::string const* milder = nullptr;
    auto const old = level_names(before);
    for (std::string const& level : old) {
        if (std::find(all_.begin(), all_.end(), level) == all_.end()) {
            auto const at =
                milder == nullptr ? all_.begin() : std::find(all_.begin(), all_.end(), *milder) + 1;
            all_.insert(at, level);
        }
        milder = &level;
    }

    for (side const s : sides) {
        document const& doc = s == side::before ? before : after;
        for (auto const& [category, level] : category_levels(doc)) {
            auto const at = std::find(all_.begin(), all_.end(), level) - all_.begin();
            std::size_t& rank = ranks_[names.categories.find(s, category)];
            rank = std::max(rank, static_cast<std::size_t>(at) + 1);
        }
    }
}

}  // namespace rolecall::inline v0_1::diff
