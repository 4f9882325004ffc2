// Which column of a table holds what.
#ifndef ROLECALL_IMPORT_COLUMNS_HPP
#define ROLECALL_IMPORT_COLUMNS_HPP

#include "import/csv_reader.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// An action, and the title of the column that says who may.
struct action_column {
    std::string action;
    std::string title;
};

/// Whether every policy has this action.
bool is_built_in(std::string_view action) noexcept;

/// The titles of the columns to read. Left alone: `role`, `category`, and the four actions
/// under their own names.
struct column_choice {
    std::string role = "role";
    std::string category = "category";
    std::vector<action_column> actions = {
        {"view", "view"}, {"modify", "modify"}, {"store", "store"}, {"delete", "delete"}};

    /// How many of the actions, the first ones, every policy has.
    [[nodiscard]] std::size_t built_in() const noexcept;
};

/// Reads `role=Role,view=Read,share=Share` into a choice, one or more of such lists. Each
/// that is not mentioned keeps its column; `store=` says that the table has none for it. Any
/// other name than the six is an action of the policy's own. Gives what is wrong, if anything.
std::optional<std::string> read_choice(std::vector<std::string> const& lists,
                                       column_choice& choice);

/// Looks for columns by their titles, in any case, and reports those that are not there, all
/// in one problem (csv-column) that lists the columns.
class column_search {
public:
    /// The table and the problems must outlive this.
    column_search(csv_row const& header, problems& found) : header_(header), found_(found) {}

    /// The number of the column that has the title; 0 if none or several have it.
    std::size_t find(std::string_view title);

    /// Whether a column has the title.
    [[nodiscard]] bool has(std::string_view title) const;

    /// Whether every column was found. `advice` is what to do where not.
    bool finish(std::string_view advice);

private:
    void miss(std::string_view title);

    csv_row const& header_;
    problems& found_;
    std::string missing_;
    bool twice_ = false;
};

}  // namespace rolecall::inline v0_1::csv

#endif
