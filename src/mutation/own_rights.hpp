// What each role's own lines grant, right by right and cell by cell.
#ifndef ROLECALL_SRC_MUTATION_OWN_RIGHTS_HPP
#define ROLECALL_SRC_MUTATION_OWN_RIGHTS_HPP

#include "meaning/formula.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/policy.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::mutating {

/// A right of a line, and all cells that it covers.
struct own_right {
    review::granting_line written;
    std::uint32_t role = 0;
    std::uint32_t actions = 0;  ///< a mask
    std::vector<std::uint32_t> categories;
    review::alternatives when;  ///< empty: always
};

class own_rights {
public:
    explicit own_rights(policy const& of);

    [[nodiscard]] std::vector<own_right> const& all() const noexcept { return rights_; }

    using entry = std::pair<std::uint64_t, std::uint32_t>;

    /// The rights of the role's own lines on a category: `second` of each is their number.
    [[nodiscard]] std::span<entry const> on(std::uint32_t role, std::uint32_t category) const;

    /// The first right of the role's own lines that grants one of these actions there, with or
    /// without a condition; or nothing.
    [[nodiscard]] own_right const* first_on(std::uint32_t role, std::uint32_t category,
                                            std::uint32_t actions) const;

private:
    static std::uint64_t key(std::uint32_t role, std::uint32_t category) noexcept {
        return std::uint64_t{role} << 32U | category;
    }

    std::vector<own_right> rights_;
    std::vector<entry> by_cell_;  // sorted
};

}  // namespace rolecall::inline v0_1::mutating

#endif
