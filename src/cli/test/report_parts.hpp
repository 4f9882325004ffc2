// What the reports of coverage and of mutation have alike, as text.
#ifndef ROLECALL_CLI_TEST_REPORT_PARTS_HPP
#define ROLECALL_CLI_TEST_REPORT_PARTS_HPP

#include "cli/streams.hpp"
#include <rolecall/diagnostic.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// A place of the policy, and what is to be said of it.
struct shown_line {
    location const* where = nullptr;
    std::string text;
};

/// A line of its own, in the colour of headings.
[[nodiscard]] std::string heading_text(std::string_view of, colours const& with);

/// Rows of as many cells; the first row is a heading. The first column stands to the left, numbers
/// to the right.
[[nodiscard]] std::string count_table(std::vector<std::vector<std::string>> const& rows,
                                      colours const& with);

/// The lines of one kind under its name: at most 20 unless all are asked for, and then how many
/// more there are.
[[nodiscard]] std::string lines_text(std::string_view kind, std::vector<shown_line> const& lines,
                                     bool all, colours const& with);

}  // namespace rolecall::inline v0_1::cli

#endif
