// The matrix for people: a grid of letters, or for large policies a list.
//
//                account  leads  payment  payment.history
//     marketing  ·        VMSD   ·        ·
//     support    VM··     ·      vm··     V···
//
//     V view  M modify  S store  D delete  · no  small letters under a condition
//
//     Under conditions
//       support  payment  view    if open-ticket
//       support  payment  modify  if consent and open-ticket
#ifndef ROLECALL_CLI_MATRIX_MATRIX_TEXT_HPP
#define ROLECALL_CLI_MATRIX_MATRIX_TEXT_HPP

#include "cli/matrix/rights_table.hpp"
#include "cli/streams.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// Writes the table into that many columns: roles down and categories across, or the other
/// way round where that needs fewer blocks; cut into blocks where it is too wide; or as a list
/// of what each role may do, where that takes fewer lines than the blocks. Conditions are not
/// cut.
void write_matrix_text(rights_table const& table, std::size_t width, output& out);

/// A capital letter for each action: V, M, S, D, and for the others a letter of their name
/// that is still free, or any that is. All differ.
[[nodiscard]] std::string action_letters(std::vector<std::string> const& actions);

}  // namespace rolecall::inline v0_1::cli

#endif
