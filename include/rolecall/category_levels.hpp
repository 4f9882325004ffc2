// How sensitive a policy says that its categories are.
#ifndef ROLECALL_CATEGORY_LEVELS_HPP
#define ROLECALL_CATEGORY_LEVELS_HPP

#include <rolecall/detail/export.hpp>
#include <rolecall/document.hpp>

#include <map>
#include <string>
#include <vector>

namespace rolecall::inline v0_1 {

/// The levels of a policy, mildest first: its own, or the default four.
[[nodiscard]] ROLECALL_API std::vector<std::string> level_names(document const& of);

/// The level of each category, by its name: its own, or that of the nearest category above it
/// which has one. Categories without either are left out.
[[nodiscard]] ROLECALL_API std::map<std::string, std::string> category_levels(document const& of);

}  // namespace rolecall::inline v0_1

#endif
