// What the tables of an import say, in the words of whoever made them.
#ifndef ROLECALL_IMPORT_RIGHTS_TABLE_HPP
#define ROLECALL_IMPORT_RIGHTS_TABLE_HPP

#include "import/columns.hpp"
#include "import/problems.hpp"
#include <rolecall/document.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// Different texts, numbered in the order of their first appearance.
class originals {
public:
    /// The number of a text, which is new where it was never added.
    std::uint32_t add(csv_cell const& cell) {
        auto const [at, is_new] =
            numbers_.try_emplace(cell.text, static_cast<std::uint32_t>(cells_.size()));
        if (is_new) cells_.push_back(cell);
        return at->second;
    }

    [[nodiscard]] std::optional<std::uint32_t> find(std::string const& text) const {
        auto const at = numbers_.find(text);
        if (at == numbers_.end()) return std::nullopt;
        return at->second;
    }

    [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); }
    csv_cell const& operator[](std::size_t number) const noexcept { return cells_[number]; }

private:
    std::vector<csv_cell> cells_;  // each where it was first
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// The actions of a role on a category: bit i for the i-th of the actions.
struct pair_rights {
    std::uint32_t role = 0, category = 0;
    std::uint16_t actions = 0;
    place at;
};

/// A role that has all that another has.
struct seniority {
    std::uint32_t senior = 0, junior = 0;
    place at;  ///< of the junior
};

struct rights_table {
    originals roles, categories;
    std::vector<action_column> actions;  ///< with the titles as the table has them
    std::vector<pair_rights> rights;     ///< each pair once; perhaps without any action
    std::vector<seniority> hierarchy;
    bool whole = true;  ///< no row had to be left out
};

/// What a cell says: `1`, `yes`, `y`, `true` and `x` in any case are yes; `0`, `no`, `n`,
/// `false` and nothing are no; anything else is neither.
std::optional<bool> yes_or_no(std::string_view cell) noexcept;

/// Reads the table of rights. Several rows of one role and category unite. Reports what is
/// wrong (csv-syntax, csv-column, csv-value).
void read_rights(source_file const& file, std::uint32_t number, column_choice const& choice,
                 rights_table& table, problems& found);

/// Reads a table with the columns `senior` and `junior`, and adds the roles that only stand
/// there.
void read_hierarchy(source_file const& file, std::uint32_t number, rights_table& table,
                    problems& found);

/// Whether a cell can be the original of a name: it holds something, and nothing hidden.
/// `what` is what the row should have there.
bool check_original(csv_cell const& cell, std::string_view what, problems& found);

}  // namespace rolecall::inline v0_1::csv

#endif
