// Users and their roles in memory: compact for a million of them, found in one probe.
#ifndef ROLECALL_ASSIGNMENTS_HPP
#define ROLECALL_ASSIGNMENTS_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/user_directory.hpp>
#include <rolecall/user_edits.hpp>
#include <rolecall/users_changed.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace rolecall::inline v0_1 {

namespace detail {
class assignment_table;
}

/// A directory of users in memory. Roles are names: it knows no policy, and outlives them.
///
/// Users who have the same roles until the same days share one row. A user takes at most 24
/// bytes beyond the bytes of the id.
///
/// All members may be called from any number of threads at once, but for the destructor. Readers
/// wait for a change that is being made or waits to be, not for each other. After a change, each
/// authorizer that it was given to hears of it before the call returns. A child process must not
/// use one that another thread was changing when it was forked.
class assignments {
public:
    ROLECALL_API assignments();
    assignments(assignments const&) = delete;
    assignments& operator=(assignments const&) = delete;
    ROLECALL_API ~assignments();

    /// Makes edits in order, together; see `user_edit` and `edit_options`. Throws
    /// std::bad_alloc, and what a check or progress throws; then nothing has changed. To other
    /// threads all edits become visible at once.
    ROLECALL_API edit_report apply(std::span<user_edit const> edits,
                                   edit_options const& options = {});

    /// One edit. They return whether something has changed: false where it was so already, for
    /// an unknown user, and for what is no user id or name of a role.
    bool add_user(std::string_view id) { return edit(user_edit::add_user(id)); }
    bool remove_user(std::string_view id) { return edit(user_edit::remove_user(id)); }
    bool assign(std::string_view id, std::string_view role,
                std::optional<date> until = std::nullopt) {
        return edit(user_edit::assign(id, role, until));
    }
    bool deassign(std::string_view id, std::string_view role) {
        return edit(user_edit::deassign(id, role));
    }

    /// Gives each role of a user, in the order of the names, and whether there is such a user.
    ROLECALL_API user_lookup roles_of(std::string_view id, role_taker& take) const;

    /// Shows every user, in no order that means anything. The visitor must not use the directory;
    /// changes of others wait.
    ROLECALL_API bool each_user(user_visitor& visit) const;

    /// Takes what is called after each change; an authorizer hands it over by itself.
    ROLECALL_API void notify(users_changed const& tell);

    /// Whether there is such a user, with roles or without.
    [[nodiscard]] ROLECALL_API bool contains(std::string_view id) const;
    /// How many users there are.
    [[nodiscard]] ROLECALL_API std::size_t size() const;
    /// How many different sets of roles and ends they have.
    [[nodiscard]] ROLECALL_API std::size_t rows() const;
    /// Bytes allocated for all of it: ids, tables and rows.
    [[nodiscard]] ROLECALL_API std::size_t memory_bytes() const;
    /// Bytes of all ids, of those included in `memory_bytes`.
    [[nodiscard]] ROLECALL_API std::size_t id_bytes() const;

private:
    bool edit(user_edit const& one) { return apply({&one, 1}).count(edit_outcome::done) == 1; }

    detail::assignment_table* table_;  // never null
};

}  // namespace rolecall::inline v0_1

#endif
