// Users and their roles on disk: one SQLite file, for one process or several.
//
//     rolecall::user_store staff{"staff.db"};
//     staff.assign("dana", "support");                  // on disk when it returns
//     rolecall::authorizer pdp{policy, trail, staff};
//
// Needs rolecall::users, which links SQLite.
#ifndef ROLECALL_USER_STORE_HPP
#define ROLECALL_USER_STORE_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/user_directory.hpp>
#include <rolecall/user_edits.hpp>
#include <rolecall/users_changed.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1 {

struct user_store_options {
    /// Makes the file where there is none, and lets only its owner read it. A file that is there
    /// is never made anew, whatever is in it.
    bool create = false;
    /// Changes nothing: neither users nor an older schema, whose users are read as they are.
    bool read_only = false;
    /// How often changes of other processes are looked for; at least 10.
    unsigned poll_ms = 500;
    /// After so long without having been able to look, `roles_of` says `unavailable`: a role
    /// may have been taken away meanwhile. At least `poll_ms`.
    unsigned unavailable_after_ms = 10'000;
    /// How long a change waits for another process that is writing.
    unsigned busy_ms = 5'000;
    /// False: nobody looks for changes of other processes but who calls `refresh` or `apply`,
    /// and `roles_of` says `unavailable` where nobody has for `unavailable_after_ms`.
    bool start_thread = true;
};

/// What stands against opening or changing a store.
class user_store_error : public std::runtime_error {
public:
    /// What to do differs by it.
    enum class kind : std::uint8_t {
        missing,    ///< there is no such file, and it was not to be made
        not_ours,   ///< not an SQLite file, an empty one, or one of another application
        newer,      ///< made by a newer version, which this one can't read
        corrupt,    ///< damaged: restore it from a backup. Nothing was written
        busy,       ///< another process went on writing for too long
        no_space,   ///< the disk is full; nothing has changed
        read_only,  ///< the store or its file may not be written
        io,         ///< the system can't read or write it, as the text says
        forked,     ///< open when this process was forked: fork first, or start a program
        gone,       ///< deleted, moved away or replaced while it was open: open it anew
    };

    user_store_error(kind why, std::string const& text) : std::runtime_error(text), why_(why) {}

    /// What stands against it; `what()` says it in words, with the path.
    [[nodiscard]] kind why() const noexcept { return why_; }

private:
    kind why_;
};

/// How a store and its file stand.
struct user_store_status {
    std::size_t users = 0;
    std::uint64_t changes_seen = 0;   ///< of any process, since it was opened
    std::int64_t ms_since_look = -1;  ///< since the file was last looked at with success
    bool available = false;           ///< whether `roles_of` answers
    std::string problem;              ///< of the last look, if it failed; else empty
};

namespace detail {
class store_state;
}

/// A directory of users in an SQLite file, with a copy in memory (`assignments`) that answers.
///
/// A change is one transaction, written through to the disk (WAL, synchronous FULL) before it
/// is visible to anybody, and in order with those of other processes. They see it within
/// `poll_ms`, and their sessions then deny until refreshed. A file that can't be read any more
/// makes every user `unavailable`, after a while at most.
///
/// All members may be called from any number of threads at once, but for the destructor. The
/// file must lie on a local file system, as SQLite's WAL demands; the files that SQLite keeps
/// beside it (`-wal`, `-shm`) belong to it. Members throw `user_store_error`, and std::bad_alloc;
/// where they do, nothing has changed.
///
/// In a child process that was forked while a store was open, that one is `unavailable` and may
/// be destroyed, and its file can't be opened anew: SQLite's locks do not survive a fork. Fork
/// before a store is opened, or start another program.
class user_store {
public:
    /// Opens the file and reads all of it. The schema of an older version is moved to this one,
    /// in one transaction.
    ROLECALL_API explicit user_store(std::string path, user_store_options const& options = {});
    user_store(user_store const&) = delete;
    user_store& operator=(user_store const&) = delete;
    /// Not while another thread uses it, and after every authorizer that it was given to.
    ROLECALL_API ~user_store();

    /// Makes edits in order, in one transaction; see `user_edit` and `edit_options`. A check is
    /// shown what the file says, under its lock.
    ROLECALL_API edit_report apply(std::span<user_edit const> edits,
                                   edit_options const& options = {});

    /// One edit, as in `assignments`.
    bool add_user(std::string_view id) { return edit(user_edit::add_user(id)); }
    bool remove_user(std::string_view id) { return edit(user_edit::remove_user(id)); }
    bool assign(std::string_view id, std::string_view role,
                std::optional<date> until = std::nullopt) {
        return edit(user_edit::assign(id, role, until));
    }
    bool deassign(std::string_view id, std::string_view role) {
        return edit(user_edit::deassign(id, role));
    }

    /// As `assignments::roles_of`; `unavailable` where the file could not be looked at for too
    /// long. Reads memory only.
    ROLECALL_API user_lookup roles_of(std::string_view id, role_taker& take) const;

    /// As `assignments::each_user`; false where `roles_of` would say `unavailable`.
    ROLECALL_API bool each_user(user_visitor& visit) const;

    /// As `assignments::notify`.
    ROLECALL_API void notify(users_changed const& tell);

    /// Looks for changes of other processes now. Whether there were any.
    ROLECALL_API bool refresh();

    [[nodiscard]] ROLECALL_API std::size_t size() const;
    [[nodiscard]] ROLECALL_API user_store_status status() const;
    [[nodiscard]] ROLECALL_API std::string const& path() const& noexcept;

private:
    bool edit(user_edit const& one) { return apply({&one, 1}).count(edit_outcome::done) == 1; }

    detail::store_state* state_;  // never null
};

}  // namespace rolecall::inline v0_1

#endif
