// The store that a command of `users` is about, and what is read from it.
#ifndef ROLECALL_CLI_USERS_STORE_HPP
#define ROLECALL_CLI_USERS_STORE_HPP

#include "cli/streams.hpp"
#include <rolecall/date.hpp>
#include <rolecall/user_directory.hpp>
#include <rolecall/user_store.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

enum class store_access : std::uint8_t { read, write, create };

/// Opens a store for one piece of work, and gives what that returns. What stands against it, or
/// comes up in the work, is complained about, with what to do; then `exit_code::usage`.
int with_store(std::string const& path, store_access access, streams& to,
               std::function<int(user_store&)> const& work);

/// The same with its users; where there is no path, with none.
int with_users(std::optional<std::string> const& path, streams& to,
               std::function<int(users_view)> const& work);

/// A role of a user, with a text of its own.
struct assigned_role {
    std::string role;
    std::optional<date> until;

    [[nodiscard]] bool passed(date on) const noexcept { return until && *until < on; }
};

/// The roles of a user by name, in a vector that is used again; whether there is such a user.
bool read_roles(users_view directory, std::string_view id, std::vector<assigned_role>& into);

/// Every id, sorted by bytes. Throws `user_store_error` where the directory can't tell.
[[nodiscard]] std::vector<std::string> sorted_ids(users_view directory);

/// The id that was probably meant, if it is found without too long a search.
[[nodiscard]] std::optional<std::string> closest_id(users_view directory, std::string_view id);

/// Whether all are there; complains about each that is not, up to a hundred.
[[nodiscard]] bool know_or_complain(users_view directory, std::span<std::string const> ids,
                                    std::string const& store, streams& to);

}  // namespace rolecall::inline v0_1::cli

#endif
