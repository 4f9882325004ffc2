// Users as CSV, which spreadsheets open and `users import` reads.
#ifndef ROLECALL_CLI_USERS_CSV_HPP
#define ROLECALL_CLI_USERS_CSV_HPP

#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// An id as a field that is no formula, and that keeps the blanks around it.
[[nodiscard]] std::string csv_id(std::string_view id);

}  // namespace rolecall::inline v0_1::cli

#endif
