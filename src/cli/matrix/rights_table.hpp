// A policy's effective rights with every name of the policy, for printing.
#ifndef ROLECALL_CLI_MATRIX_RIGHTS_TABLE_HPP
#define ROLECALL_CLI_MATRIX_RIGHTS_TABLE_HPP

#include <rolecall/matrix.hpp>
#include <rolecall/policy.hpp>

#include <span>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// INVARIANT: `rights` are sorted by role, category and action; names are sorted, but for the
/// actions: view, modify, store, delete, and then the policy's own.
struct rights_table {
    std::string title;  ///< the policy's name, or empty
    std::vector<std::string> roles, categories, actions;
    std::vector<effective_right> rights;
};

[[nodiscard]] rights_table make_rights_table(policy const& of);

/// View, modify, store and delete, and then the policy's own, by name.
[[nodiscard]] std::vector<std::string> actions_in_order(policy const& of);

/// The rights of one role on one category: a part of the table.
using rights_of_cell = std::span<effective_right const>;

/// Splits the table into its cells, in order; cells without a right are left out.
[[nodiscard]] std::vector<rights_of_cell> cells_of(rights_table const& table);

/// The rights of a cell that share a condition, by the order of the table's actions.
struct rights_in_words {
    std::string actions;    ///< `view, modify`
    std::string condition;  ///< empty: always
};

/// What a cell says in words: what is allowed always first.
[[nodiscard]] std::vector<rights_in_words> in_words(rights_of_cell cell,
                                                    std::vector<std::string> const& actions);

}  // namespace rolecall::inline v0_1::cli

#endif
