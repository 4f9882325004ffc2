// What edits of users did, or would do, in lines and in numbers.
#ifndef ROLECALL_CLI_USERS_CHANGES_HPP
#define ROLECALL_CLI_USERS_CHANGES_HPP

#include "cli/streams.hpp"
#include <rolecall/user_edits.hpp>

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// How edits found the users, as far as it is worth a word afterwards.
class state_before {
public:
    /// Looks at users that edits are about. Those of one user stand together.
    state_before(users_view directory, std::span<user_edit const> edits);

    /// Whether an edit sets another end of a role that was assigned already.
    [[nodiscard]] bool changes_end(std::size_t edit) const { return other_end_[edit]; }

    /// `was until 2026-12-31`, `with billing and support`: of the first edits that there is
    /// something to say of; else empty.
    [[nodiscard]] std::string text(std::size_t edit) const {
        auto const found = texts_.find(edit);
        return found == texts_.end() ? std::string() : found->second;
    }

private:
    std::vector<bool> other_end_;
    std::map<std::size_t, std::string> texts_;
};

/// What edits came to.
struct change_counts {
    std::size_t added = 0, removed = 0;  // users
    std::size_t assigned = 0, ends_changed = 0, deassigned = 0;
    std::size_t unchanged = 0;

    [[nodiscard]] std::size_t changes() const noexcept {
        return added + removed + assigned + ends_changed + deassigned;
    }
};

[[nodiscard]] change_counts count_changes(std::span<user_edit const> edits,
                                          edit_report const& report, state_before const& before);

/// `1 user added, 2 roles assigned, 1 end changed`; or `nothing to change`.
[[nodiscard]] std::string counts_text(change_counts const& counts);

/// Whether lines say what was so already.
enum class unchanged_lines : std::uint8_t { hidden, shown };

/// A line for each change: `+ dana support until 2027-03-31`.
void write_changes(std::span<user_edit const> edits, edit_report const& report,
                   state_before const& before, unchanged_lines unchanged, output& to);

}  // namespace rolecall::inline v0_1::cli

#endif
