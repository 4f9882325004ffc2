// Which cells of a changed policy read differently.
#ifndef ROLECALL_SRC_MUTATION_ROW_CHANGES_HPP
#define ROLECALL_SRC_MUTATION_ROW_CHANGES_HPP

#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::mutating {

/// Actions on a category.
struct changed_cell {
    std::uint32_t category = 0;
    std::uint32_t actions = 0;  ///< a mask
};

using changed_cells = std::vector<changed_cell>;  // by category, each once

/// Two policies of the same names and numbers, row by row. Keeps references to both.
class row_changes {
public:
    row_changes(detail::policy_data const& p, detail::policy_data const& m);

    [[nodiscard]] changed_cells const& grants(std::uint32_t role) const {
        return *rows_[role].grants;
    }
    [[nodiscard]] changed_cells const& guards(std::uint32_t role) const {
        return *rows_[role].guards;
    }
    [[nodiscard]] changed_cells const& required() const noexcept { return *required_; }

    /// All of these together: by category, the actions about which anything differs.
    [[nodiscard]] std::vector<std::uint32_t> const& anywhere() const noexcept { return anywhere_; }

private:
    struct of_role {
        changed_cells const* grants;
        changed_cells const* guards;
    };

    changed_cells const* compare(std::uint32_t row_of_p, std::uint32_t row_of_m);

    detail::policy_data const& p_;
    detail::policy_data const& m_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, changed_cells> known_;
    std::vector<of_role> rows_;
    changed_cells const* required_;
    std::vector<std::uint32_t> anywhere_;
};

}  // namespace rolecall::inline v0_1::mutating

#endif
