#include "directory/id_table.hpp"
#include "directory/row_pool.hpp"
#include "directory/writer_first_lock.hpp"
#include <rolecall/assignments.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

using directory::assigned;
using directory::assigned_row;
using directory::id_table;
using directory::row_pool;

namespace detail {

class assignment_table {
public:
    directory::writer_first_lock mutable lock;
    id_table ids;
    row_pool rows;

    std::mutex listeners_lock;
    std::vector<users_changed> listeners;
};

}  // namespace detail

namespace {

// What edits make of users, before any of it is true: so that a check may refuse it, and so that
// memory runs out while nothing has changed.
class draft {
public:
    explicit draft(detail::assignment_table& table) : table_(table) {}
    draft(draft const&) = delete;
    draft& operator=(draft const&) = delete;
    ~draft() {
        for (drafted const& user : users_) table_.rows.release(user.new_row);
    }

    edit_outcome apply(user_edit const& edit) {
        using enum user_edit::kind;
        bool const of_role = edit.what == assign || edit.what == deassign;
        if (!valid_user_id(edit.id) || (of_role && !valid_role_name(edit.role)))
            return edit_outcome::invalid;
        drafted& user = drafted_user(edit.id);
        if (edit.what == add_user) {
            if (user.there) return edit_outcome::unchanged;
            user.there = true;
            return edit_outcome::done;
        }
        if (!user.there) return edit_outcome::unknown_user;
        if (edit.what == remove_user) {
            user.there = false;
            user.gains = false;
            user.roles.clear();
            return edit_outcome::done;
        }
        std::uint32_t const role = table_.rows.role(edit.role);
        if (edit.what == deassign)
            return row_pool::deassign(user.roles, role) ? edit_outcome::done
                                                        : edit_outcome::unchanged;
        std::int32_t const until = edit.until ? edit.until->days() : assigned::no_end;
        if (!table_.rows.assign(user.roles, role, until)) return edit_outcome::unchanged;
        user.gains = true;
        return edit_outcome::done;
    }

    // Shows everyone who gains something, whatever the check says of others.
    [[nodiscard]] bool accepted(edit_options const& options) const {
        if (!options.checks()) return true;
        bool all = true;
        std::vector<user_role> shown;
        for (drafted const& user : users_) {
            if (!user.gains) continue;
            shown.clear();
            for (assigned const& a : user.roles) shown.push_back(table_.rows.shown(a));
            all = options.accepts(user.id, shown) && all;
        }
        return all;
    }

    // From here on it is true. Whether anything is other than it was.
    bool commit() {
        std::size_t added = 0;
        std::size_t bytes = 0;
        for (drafted& user : users_) {
            if (user.there) user.new_row = table_.rows.use(user.roles);
            if (!user.there || user.was_there) continue;
            ++added;
            bytes += user.id.size();
        }
        table_.ids.reserve(added, bytes);

        bool changed = false;  // nothing throws from here on
        for (drafted& user : users_) {
            changed |= user.there != user.was_there || user.new_row != user.old_row;
            if (user.there && user.was_there) {
                table_.ids.set(user.id, user.new_row);
            } else if (user.there) {
                table_.ids.add(user.id, user.new_row);
            } else if (user.was_there) {
                table_.ids.remove(user.id);
            }
            user.new_row = std::exchange(user.old_row, row_pool::empty_row);  // to be released
        }
        return changed;
    }

private:
    struct drafted {
        std::string_view id;
        bool was_there = false;
        bool there = false;
        bool gains = false;
        std::uint32_t old_row = row_pool::empty_row;
        std::uint32_t new_row = row_pool::empty_row;
        assigned_row roles;
    };

    drafted& drafted_user(std::string_view id) {
        auto const [at, fresh] = by_id_.try_emplace(id, users_.size());
        if (!fresh) return users_[at->second];
        drafted& user = users_.emplace_back();
        user.id = id;
        std::uint32_t const row = table_.ids.find(id);
        user.was_there = user.there = row != id_table::none;
        if (user.there) {
            user.old_row = row;
            user.roles = table_.rows.row(row);
        }
        return user;
    }

    detail::assignment_table& table_;
    std::vector<drafted> users_;
    std::unordered_map<std::string_view, std::size_t> by_id_;
};

}  // namespace

assignments::assignments() : table_(new detail::assignment_table) {}

assignments::~assignments() { delete table_; }

edit_report assignments::apply(std::span<user_edit const> edits, edit_options const& options) {
    edit_report report;
    report.outcomes.reserve(edits.size());
    bool changed = false;
    {
        std::unique_lock const hold(table_->lock);
        draft all(*table_);
        constexpr std::size_t often = 4096;
        for (user_edit const& edit : edits) {
            report.outcomes.push_back(all.apply(edit));
            if (report.outcomes.size() % often == 0)
                options.tell(report.outcomes.size(), edits.size());
        }
        options.tell(edits.size(), edits.size());
        report.accepted = all.accepted(options);
        if (report.accepted && !options.trial) {
            changed = all.commit();
            report.committed = true;
        }
    }
    if (!changed) return report;
    std::scoped_lock const hold(table_->listeners_lock);
    for (users_changed const& tell : table_->listeners) tell();
    return report;
}

user_lookup assignments::roles_of(std::string_view id, role_taker& take) const {
    std::shared_lock const hold(table_->lock);
    std::uint32_t const row = table_->ids.find(id);
    if (row == id_table::none) return user_lookup::unknown;
    for (assigned const& a : table_->rows.row(row)) {
        user_role const role = table_->rows.shown(a);
        take(role.role, role.until);
    }
    return user_lookup::known;
}

bool assignments::each_user(user_visitor& visit) const {
    std::shared_lock const hold(table_->lock);
    std::vector<user_role> shown;
    table_->ids.for_each([&](std::string_view id, std::uint32_t row) {
        shown.clear();
        for (assigned const& a : table_->rows.row(row)) shown.push_back(table_->rows.shown(a));
        return visit(id, shown);
    });
    return true;
}

void assignments::notify(users_changed const& tell) {
    std::scoped_lock const hold(table_->listeners_lock);
    std::erase_if(table_->listeners, [](users_changed const& old) { return old.expired(); });
    table_->listeners.push_back(tell);
}

bool assignments::contains(std::string_view id) const {
    std::shared_lock const hold(table_->lock);
    return table_->ids.find(id) != id_table::none;
}

std::size_t assignments::size() const {
    std::shared_lock const hold(table_->lock);
    return table_->ids.size();
}

std::size_t assignments::rows() const {
    std::shared_lock const hold(table_->lock);
    return table_->rows.size();
}

std::size_t assignments::memory_bytes() const {
    std::shared_lock const hold(table_->lock);
    return sizeof(detail::assignment_table) + table_->ids.memory_bytes() +
           table_->rows.memory_bytes();
}

std::size_t assignments::id_bytes() const {
    std::shared_lock const hold(table_->lock);
    return table_->ids.id_bytes();
}

}  // namespace rolecall::inline v0_1
