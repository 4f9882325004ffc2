// The matrix for other programs: CSV, and Markdown.
#ifndef ROLECALL_CLI_MATRIX_MATRIX_FORMATS_HPP
#define ROLECALL_CLI_MATRIX_MATRIX_FORMATS_HPP

#include "cli/matrix/rights_table.hpp"
#include "cli/streams.hpp"

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// A field of CSV: in double quotes where RFC 4180 wants it.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The columns role, category, action, effect, if; a line for each right, ended by LF.
void write_matrix_csv(rights_table const& table, output& out);

/// Text that Markdown shows as it is.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// A table with a row for each role and a column for each category; conditions are footnotes.
void write_matrix_markdown(rights_table const& table, output& out);

}  // namespace rolecall::inline v0_1::cli

#endif
