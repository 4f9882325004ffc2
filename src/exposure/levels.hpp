// The levels and laws of a policy's categories, as they count for exposure: from above, too.
#ifndef ROLECALL_SRC_EXPOSURE_LEVELS_HPP
#define ROLECALL_SRC_EXPOSURE_LEVELS_HPP

#include <rolecall/document.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::exposure {

class level_table {
public:
    explicit level_table(policy const& of);

    /// The names, strictest first. One that is empty is last, where a category has no level.
    [[nodiscard]] std::vector<std::string> const& names() const noexcept { return names_; }
    /// How many categories each has.
    [[nodiscard]] std::vector<std::size_t> const& sizes() const noexcept { return sizes_; }

    /// Which level a category has, by its number in the policy.
    [[nodiscard]] std::size_t of(std::uint32_t category) const { return level_of_[category]; }

    /// The laws that the category, or one above it, names: sorted.
    [[nodiscard]] std::vector<std::string> laws(std::string_view category) const;
    [[nodiscard]] std::string const& about(std::string_view category) const;

private:
    /// The category as written, and the nearest above it.
    [[nodiscard]] written_category const* written(std::string_view category) const;
    [[nodiscard]] written_category const* above(std::string_view category) const;

    std::vector<std::string> names_;
    std::vector<std::size_t> sizes_;
    std::vector<std::size_t> level_of_;
    std::map<std::string_view, written_category const*> written_;
};

}  // namespace rolecall::inline v0_1::exposure

#endif
