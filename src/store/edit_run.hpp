// Edits made in the tables of a file, within the caller's transaction.
#ifndef ROLECALL_SRC_STORE_EDIT_RUN_HPP
#define ROLECALL_SRC_STORE_EDIT_RUN_HPP

#include "store/user_tables.hpp"
#include <rolecall/user_edits.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::user_file {

/// Makes edits, shows the check what came of them, and remembers who was changed. Edits of
/// different users do not touch each other, so they are made user by user, in the order of the
/// ids: then a million of them walks through the file once.
class edit_run {
public:
    edit_run(user_tables& tables, std::span<user_edit const> edits, edit_options const& options);

    /// All of it. `committed` is left for the caller.
    [[nodiscard]] edit_report run();

    /// Whether any edit has changed anything.
    [[nodiscard]] bool changed() const noexcept { return changed_; }
    /// Whether more users were changed than the log has room for.
    [[nodiscard]] bool too_many() const noexcept { return too_many_; }
    /// Who was changed, each once; nobody, where they are too many. Views into the edits.
    [[nodiscard]] std::span<std::string_view const> users() const noexcept { return users_; }

private:
    /// The user whose edits are being made.
    struct current {
        std::string_view id;
        bool there = false;
        bool changed = false;
        bool gains = false;
    };

    /// Edits that follow each other and are of one user.
    struct stretch {
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    [[nodiscard]] std::vector<stretch> stretches_by_id() const;
    [[nodiscard]] edit_outcome apply(user_edit const& edit, current& user);
    [[nodiscard]] edit_outcome apply_role(user_edit const& edit, current& user);
    void finish(current const& user, edit_report& report);

    user_tables& tables_;
    std::span<user_edit const> edits_;
    edit_options const& options_;
    std::vector<std::string_view> users_;
    bool changed_ = false;
    bool too_many_ = false;
};

}  // namespace rolecall::inline v0_1::user_file

#endif
