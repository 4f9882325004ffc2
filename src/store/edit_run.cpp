#include "store/edit_run.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::user_file {

edit_run::edit_run(user_tables& tables, std::span<user_edit const> edits,
                   edit_options const& options)
    : tables_(tables), edits_(edits), options_(options) {}

// Edits come user by user as a rule, and often in order already.
std::vector<edit_run::stretch> edit_run::stretches_by_id() const {
    std::vector<stretch> all;
    for (std::size_t at = 0; at < edits_.size();) {
        std::size_t end = at + 1;
        while (end < edits_.size() && edits_[end].id == edits_[at].id) ++end;
        all.push_back({at, end});
        at = end;
    }
    auto const by_id = [&](stretch const& a, stretch const& b) {
        return edits_[a.begin].id < edits_[b.begin].id;
    };
    if (!std::is_sorted(all.begin(), all.end(), by_id))
        std::stable_sort(all.begin(), all.end(), by_id);
    return all;
}

edit_report edit_run::run() {
    constexpr std::size_t often = 4'096;
    edit_report report;
    report.outcomes.resize(edits_.size());
    std::size_t done = 0;
    current user;
    bool valid = false;
    for (stretch const& s : stretches_by_id()) {
        user_edit const& first = edits_[s.begin];
        if (first.id != user.id) {
            finish(user, report);
            user = {first.id};
            valid = valid_user_id(user.id);
            // Whoever is added first need not be looked for.
            user.there =
                valid && first.what != user_edit::kind::add_user && tables_.contains(user.id);
        }
        for (std::size_t at = s.begin; at < s.end; ++at) {
            report.outcomes[at] = valid ? apply(edits_[at], user) : edit_outcome::invalid;
            if (++done % often == 0) options_.tell(done, edits_.size());
        }
    }
    finish(user, report);
    options_.tell(edits_.size(), edits_.size());
    return report;
}

edit_outcome edit_run::apply(user_edit const& edit, current& user) {
    using enum user_edit::kind;
    switch (edit.what) {
        case add_user: {
            bool const added = tables_.add_user(user.id);
            user.there = true;
            user.changed |= added;
            return added ? edit_outcome::done : edit_outcome::unchanged;
        }
        case remove_user:
            if (!user.there) return edit_outcome::unknown_user;
            tables_.remove_user(user.id);
            user.there = false;
            user.gains = false;
            user.changed = true;
            return edit_outcome::done;
        case assign:
        case deassign: return apply_role(edit, user);
    }
    return edit_outcome::invalid;
}

edit_outcome edit_run::apply_role(user_edit const& edit, current& user) {
    if (!valid_role_name(edit.role)) return edit_outcome::invalid;
    if (!user.there) return edit_outcome::unknown_user;
    bool const gives = edit.what == user_edit::kind::assign;
    bool const changed = gives ? tables_.assign(user.id, edit.role, edit.until)
                               : tables_.deassign(user.id, edit.role);
    user.gains |= gives && changed;
    user.changed |= changed;
    return changed ? edit_outcome::done : edit_outcome::unchanged;
}

void edit_run::finish(current const& user, edit_report& report) {
    if (user.gains && options_.checks())
        report.accepted = options_.accepts(user.id, tables_.roles_of(user.id)) && report.accepted;
    if (!user.changed) return;
    changed_ = true;
    if (too_many_) return;
    users_.push_back(user.id);
    if (users_.size() > change_log::most) {
        too_many_ = true;
        users_ = {};
    }
}

}  // namespace rolecall::inline v0_1::user_file
