#include "cli/users/changes.hpp"

#include "cli/users/store.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

std::string with_text(std::vector<assigned_role> const& roles) {
    std::string text;
    for (std::size_t i = 0; i < roles.size(); ++i)
        text += (i == 0 ? "with " : i + 1 < roles.size() ? ", " : " and ") + roles[i].role;
    return text;
}

struct line_parts {
    char sign;
    std::string_view colour;
    std::string text;
};

std::string end_text(std::optional<date> const& until, bool was_other) {
    if (until) return " until " + until->to_string();
    return was_other ? " without an end" : "";
}

line_parts change_line(user_edit const& edit, bool other_end, std::string const& before,
                       colours const& colour) {
    using enum user_edit::kind;
    std::string const id = detail::printable(edit.id);
    switch (edit.what) {
        case add_user: return {'+', colour.allow, id};
        case remove_user: return {'-', colour.deny, before.empty() ? id : id + ", " + before};
        case deassign: return {'-', colour.deny, id + ' ' + edit.role};
        case assign: break;
    }
    return {other_end ? '~' : '+', other_end ? colour.condition : colour.allow,
            id + ' ' + edit.role + end_text(edit.until, other_end) +
                (before.empty() ? "" : " (" + before + ')')};
}

// What was so already. An assignment that is taken away twice is no news.
line_parts same_line(user_edit const& edit, colours const& colour) {
    using enum user_edit::kind;
    std::string const id = detail::printable(edit.id);
    if (edit.what == add_user) return {'=', colour.faint, id + " is there already"};
    return {'=', colour.faint,
            id + ' ' + edit.role + end_text(edit.until, false) +
                (edit.what == assign ? " is assigned already" : " is not assigned")};
}

void add_part(std::string& to, std::size_t count, std::string_view one, std::string_view many,
              std::string_view what) {
    if (count == 0) return;
    to += (to.empty() ? "" : ", ") + count_text(count, one, many) + ' ' + std::string(what);
}

}  // namespace

state_before::state_before(users_view directory, std::span<user_edit const> edits)
    : other_end_(edits.size()) {
    constexpr std::size_t most_texts = 100;
    std::vector<assigned_role> roles;
    bool known = false;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        user_edit const& edit = edits[i];
        if (i == 0 || edit.id != edits[i - 1].id) known = read_roles(directory, edit.id, roles);
        if (!known || edit.what == user_edit::kind::add_user) continue;
        std::string text;
        if (edit.what == user_edit::kind::remove_user) {
            text = with_text(roles);
        } else if (edit.what == user_edit::kind::assign) {
            auto const had =
                std::find_if(roles.begin(), roles.end(),
                             [&](assigned_role const& role) { return role.role == edit.role; });
            if (had == roles.end() || had->until == edit.until) continue;
            other_end_[i] = true;
            text = had->until ? "was until " + had->until->to_string() : "had no end";
        }
        if (!text.empty() && texts_.size() < most_texts) texts_.emplace(i, std::move(text));
    }
}

change_counts count_changes(std::span<user_edit const> edits, edit_report const& report,
                            state_before const& before) {
    using enum user_edit::kind;
    change_counts counts;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        if (report.outcomes[i] != edit_outcome::done) {
            ++counts.unchanged;
            continue;
        }
        switch (edits[i].what) {
            case add_user: ++counts.added; break;
            case remove_user: ++counts.removed; break;
            case deassign: ++counts.deassigned; break;
            case assign: ++(before.changes_end(i) ? counts.ends_changed : counts.assigned); break;
        }
    }
    return counts;
}

std::string counts_text(change_counts const& counts) {
    std::string text;
    add_part(text, counts.added, "user", "users", "added");
    add_part(text, counts.assigned, "role", "roles", "assigned");
    add_part(text, counts.ends_changed, "end", "ends", "changed");
    add_part(text, counts.deassigned, "role", "roles", "taken away");
    add_part(text, counts.removed, "user", "users", "removed");
    return text.empty() ? "nothing to change" : text;
}

void write_changes(std::span<user_edit const> edits, edit_report const& report,
                   state_before const& before, unchanged_lines unchanged, output& to) {
    for (std::size_t i = 0; i < edits.size(); ++i) {
        bool const done = report.outcomes[i] == edit_outcome::done;
        if (!done && unchanged == unchanged_lines::hidden) continue;
        line_parts const line =
            done ? change_line(edits[i], before.changes_end(i), before.text(i), to.colour())
                 : same_line(edits[i], to.colour());
        to.line(std::string(line.colour) + line.sign + ' ' + line.text +
                std::string(line.colour.empty() ? line.colour : to.colour().reset));
    }
}

}  // namespace rolecall::inline v0_1::cli
