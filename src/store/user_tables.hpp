// The tables of a file of users: rows to users and back, and the log of who was changed.
#ifndef ROLECALL_SRC_STORE_USER_TABLES_HPP
#define ROLECALL_SRC_STORE_USER_TABLES_HPP

#include "store/database.hpp"
#include <rolecall/assignments.hpp>
#include <rolecall/user_edits.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::user_file {

/// Statements on `users` and `assignments`. All that they read is looked at as if somebody else
/// had written it: what can't be ours is damage.
class user_tables {
public:
    explicit user_tables(sqlite::database& file);

    /// All users, into assignments that have none.
    void load(assignments& into);

    [[nodiscard]] bool contains(std::string_view id);
    /// The roles of a user, by their names. The views live until the next call.
    [[nodiscard]] std::span<user_role const> roles_of(std::string_view id);

    // Each says whether anything has changed.
    bool add_user(std::string_view id);
    bool remove_user(std::string_view id);
    bool assign(std::string_view id, std::string_view role, std::optional<date> until);
    bool deassign(std::string_view id, std::string_view role);

private:
    [[nodiscard]] std::string_view role_in(std::string_view text);
    [[nodiscard]] std::optional<date> end_in(std::optional<std::int64_t> days) const;

    sqlite::database& file_;
    sqlite::statement all_users_, all_assignments_, find_user_, find_roles_;
    sqlite::statement add_user_, remove_user_, assign_, set_end_, deassign_;
    std::set<std::string, std::less<>> role_names_;  // that were read and are names of roles
    std::vector<user_role> found_;
};

/// How far the log goes.
struct change_state {
    std::int64_t transactions = 0;    ///< that changed users, ever
    std::int64_t last = 0;            ///< the last number of a change
    std::int64_t complete_after = 0;  ///< every change with a higher number is in the log

    friend bool operator==(change_state const&, change_state const&) = default;
};

/// Statements on the log, which tells other connections whom to read again. It holds the newest
/// `kept` changes. A transaction that changes more than `most` users is not written down one by
/// one: whoever has not seen it yet reads everything again.
class change_log {
public:
    static constexpr std::int64_t kept = 100'000;
    static constexpr std::size_t most = 50'000;

    explicit change_log(sqlite::database& file);

    [[nodiscard]] change_state state();

    /// Who was changed after a number, each once; all of them are still in the log.
    [[nodiscard]] std::vector<std::string> users_after(std::int64_t number);

    /// Writes down a transaction that changed these users, or more than can be told.
    void add(std::span<std::string_view const> users, bool too_many);

private:
    sqlite::database& file_;
    sqlite::statement state_, set_state_, users_after_, add_, trim_;
};

}  // namespace rolecall::inline v0_1::user_file

#endif
