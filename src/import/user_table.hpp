// Users and their roles, read from a table: a row for each role, or several roles in one cell.
#ifndef ROLECALL_IMPORT_USER_TABLE_HPP
#define ROLECALL_IMPORT_USER_TABLE_HPP

#include "import/problems.hpp"
#include <rolecall/date.hpp>
#include <rolecall/document.hpp>
#include <rolecall/source_file.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::csv {

/// A file of users may be larger than a table that becomes a policy.
inline constexpr std::size_t max_user_table_bytes = std::size_t{256} << 20U;

/// A user, with one role or without one.
struct user_row {
    static constexpr std::uint32_t no_role = 0xFFFFFFFF;

    std::string id;
    std::uint32_t role = no_role;  ///< a number in `user_table::roles`
    std::optional<date> until;
    std::uint32_t line = 0, column = 0;  ///< of the id
};

/// A role as the table names it; whether there is such a role, it does not know.
struct named_role {
    std::string name;
    place first;            ///< where the table has it first
    std::size_t count = 0;  ///< how many rows have it
};

struct user_table {
    /// By id, and for each by the role's name. No role of a user is there twice, and whoever has
    /// a row with a role has none without.
    std::vector<user_row> rows;
    std::vector<named_role> roles;  ///< in the order of the table
};

/// Reads a file, the byte order mark removed, whose number in the problems' places is 0. What is
/// wrong is reported, and its row left out:
///
/// - The columns are `user`, `role` (or `roles`) and, where there are ends, `until`; others are
///   not looked at.
/// - In a cell, roles are parted by blanks, commas or semicolons. An empty one: no role.
/// - A day is written as 2027-03-31. An empty one: no end.
/// - An id is what `unguarded` makes of its cell. Blanks around it belong to it in quotes only.
[[nodiscard]] user_table read_users(source_file const& file, problems& found);

}  // namespace rolecall::inline v0_1::csv

#endif
