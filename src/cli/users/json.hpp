// Users as JSON, one at a time: a store may have millions.
#ifndef ROLECALL_CLI_USERS_JSON_HPP
#define ROLECALL_CLI_USERS_JSON_HPP

#include "cli/lists/listed_users.hpp"
#include "cli/users/store.hpp"

#include <span>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {

/// `{"user":"dana","roles":[{"role":"support","until":null}]}`, for `users export`.
[[nodiscard]] std::string to_json(std::string_view id, std::span<assigned_role const> roles);

/// The same with the state of each role and what it inherits, for `users list`.
[[nodiscard]] std::string to_json(listed_user const& user);

/// The beginning of the object that holds a list, up to the first user:
/// `{"store":"staff.db","on":"2027-03-31","users":[`
[[nodiscard]] std::string json_list_head(std::string_view store, date on);

}  // namespace rolecall::inline v0_1::cli

#endif
