#include "store/user_tables.hpp"

#include <algorithm>
#include <utility>

namespace rolecall::inline v0_1::user_file {

namespace {

constexpr date first_day = *date::parse("0001-01-01");
constexpr date last_day = *date::parse("9999-12-31");

std::optional<std::int64_t> days_of(std::optional<date> until) noexcept {
    if (!until) return std::nullopt;
    return until->days();
}

/// The rows of a table in the order of its key.
class ordered_rows {
public:
    explicit ordered_rows(sqlite::statement& of) : rows_(of) {}

    /// Goes to the next row, and says whether there is one.
    bool next() { return there_ = rows_.next(); }
    [[nodiscard]] bool there() const noexcept { return there_; }
    [[nodiscard]] sqlite::rows const* operator->() const noexcept { return &rows_; }

private:
    sqlite::rows rows_;
    bool there_ = false;
};

}  // namespace

user_tables::user_tables(sqlite::database& file)
    : file_(file),
      all_users_(file, "SELECT id FROM users ORDER BY id"),
      all_assignments_(file, "SELECT user, role, until FROM assignments ORDER BY user, role"),
      find_user_(file, "SELECT 1 FROM users WHERE id = ?"),
      find_roles_(file, "SELECT role, until FROM assignments WHERE user = ? ORDER BY role"),
      add_user_(file, "INSERT INTO users (id) VALUES (?) ON CONFLICT DO NOTHING"),
      remove_user_(file, "DELETE FROM users WHERE id = ?"),
      assign_(
          file,
          "INSERT INTO assignments (user, role, until) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
      set_end_(file,
               "UPDATE assignments SET until = ? WHERE user = ? AND role = ? AND until IS NOT ?"),
      deassign_(file, "DELETE FROM assignments WHERE user = ? AND role = ?") {}

// Both tables are read once, side by side, in the order of the ids.
void user_tables::load(assignments& into) {
    constexpr std::size_t at_once = 4'096;
    std::vector<user_edit> edits;
    auto const give = [&] {
        if (into.apply(edits).count(edit_outcome::done) != edits.size())
            file_.fail_as_corrupt("an id is none");
        edits.clear();
    };
    ordered_rows users(all_users_);
    ordered_rows roles(all_assignments_);
    roles.next();
    std::string before;
    while (users.next()) {
        std::string_view const id = users->text(0);
        if (id <= before) file_.fail_as_corrupt("its users are not in order");
        before = id;
        edits.push_back(user_edit::add_user(id));
        for (; roles.there() && roles->text(0) == id; roles.next())
            edits.push_back(
                user_edit::assign(id, role_in(roles->text(1)), end_in(roles->number_or_null(2))));
        if (roles.there() && roles->text(0) < id) break;
        if (edits.size() >= at_once) give();
    }
    if (roles.there()) file_.fail_as_corrupt("a role belongs to nobody");
    give();
}

bool user_tables::contains(std::string_view id) {
    sqlite::rows found(find_user_.with(id));
    return found.next();
}

std::span<user_role const> user_tables::roles_of(std::string_view id) {
    found_.clear();
    sqlite::rows found(find_roles_.with(id));
    while (found.next())
        found_.push_back({role_in(found.text(0)), end_in(found.number_or_null(1))});
    return found_;
}

bool user_tables::add_user(std::string_view id) {
    add_user_.with(id).run();
    return file_.rows_changed() != 0;
}

bool user_tables::remove_user(std::string_view id) {
    remove_user_.with(id).run();
    return file_.rows_changed() != 0;
}

bool user_tables::assign(std::string_view id, std::string_view role, std::optional<date> until) {
    auto const days = days_of(until);
    assign_.with(id, role, days).run();
    if (file_.rows_changed() != 0) return true;
    set_end_.with(days, id, role, days).run();
    return file_.rows_changed() != 0;
}

bool user_tables::deassign(std::string_view id, std::string_view role) {
    deassign_.with(id, role).run();
    return file_.rows_changed() != 0;
}

std::string_view user_tables::role_in(std::string_view text) {
    if (auto const known = role_names_.find(text); known != role_names_.end()) return *known;
    if (!valid_role_name(text)) file_.fail_as_corrupt("the name of a role is none");
    return *role_names_.emplace(text).first;
}

std::optional<date> user_tables::end_in(std::optional<std::int64_t> days) const {
    if (!days) return std::nullopt;
    if (*days < first_day.days() || *days > last_day.days())
        file_.fail_as_corrupt("a last day is none");
    return date::from_days(static_cast<std::int32_t>(*days));
}

// ---- The log -----------------------------------------------------------------------------

change_log::change_log(sqlite::database& file)
    : file_(file),
      state_(file, "SELECT transactions, last, complete_after FROM change_state"),
      set_state_(file, "UPDATE change_state SET transactions = ?, last = ?, complete_after = ?"),
      users_after_(file, "SELECT user FROM changes WHERE number > ?"),
      add_(file, "INSERT INTO changes (number, user) VALUES (?, ?)"),
      trim_(file, "DELETE FROM changes WHERE number <= ?") {}

change_state change_log::state() {
    sqlite::rows found(state_);
    if (!found.next()) file_.fail_as_corrupt("its log of changes has no state");
    change_state const state{found.number(0), found.number(1), found.number(2)};
    if (state.transactions < 0 || state.complete_after < 0 || state.last < state.complete_after)
        file_.fail_as_corrupt("its log of changes makes no sense");
    return state;
}

std::vector<std::string> change_log::users_after(std::int64_t number) {
    std::vector<std::string> users;
    {
        sqlite::rows found(users_after_.with(number));
        while (found.next()) {
            users.emplace_back(found.text(0));
            if (!valid_user_id(users.back())) file_.fail_as_corrupt("an id in its log is none");
        }
    }
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
}

void change_log::add(std::span<std::string_view const> users, bool too_many) {
    change_state state = this->state();
    ++state.transactions;
    if (too_many) {
        state.complete_after = ++state.last;
    } else {
        for (std::string_view const id : users) add_.with(++state.last, id).run();
        state.complete_after = std::max(state.complete_after, state.last - kept);
    }
    trim_.with(state.complete_after).run();
    set_state_.with(state.transactions, state.last, state.complete_after).run();
}

}  // namespace rolecall::inline v0_1::user_file
