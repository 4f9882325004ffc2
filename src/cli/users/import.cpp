// `rolecall users import`: users and roles from a table, all or none.
#include "cli/commands.hpp"
#include "cli/load_policy.hpp"
#include "cli/progress.hpp"
#include "cli/users/changes.hpp"
#include "cli/users/rules.hpp"
#include "cli/users/store.hpp"
#include "import/files.hpp"
#include "import/text_check.hpp"
#include "import/user_table.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/user_edits.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// ---- The table ---------------------------------------------------------------------------

void report_unknown_roles(csv::user_table const& table, role_rules const& rules,
                          csv::problems& found) {
    for (csv::named_role const& role : table.roles) {
        if (rules.declares(role.name)) continue;
        std::string text = rules.not_declared(role.name);
        if (role.count > 1)
            text += " (" + count_text(role.count - 1, "more row has it", "more rows have it") + ')';
        found.add(diagnostic_code::unknown_role, role.first, std::move(text));
    }
}

void show_problems(std::vector<diagnostic> const& problems, std::size_t left_out,
                   std::string const& file, streams& to) {
    for (diagnostic const& problem : problems)
        to.err.line(to_text(problem, to.err.colour().diagnostics));
    if (left_out > 0) to.err.line("and " + count_text(left_out, "more problem"));
    to.complain(detail::printable(file) + " is refused: " +
                count_text(problems.size() + left_out, "problem") + "; nothing was changed");
}

std::optional<source_file> read_or_complain(std::string const& path, streams& to) {
    source_file file{path == "-" ? "standard input" : path, {}};
    if (auto const wrong = csv::read_table_file(path, file.text, csv::max_user_table_bytes)) {
        to.complain(*wrong);
        return std::nullopt;
    }
    file.text.erase(0, file.text.size() - csv::without_byte_order_mark(file.text).size());
    return file;
}

// ---- The edits ---------------------------------------------------------------------------

// What makes a store of a table. The edits of the table's users come last, by id.
struct planned_edits {
    std::vector<user_edit> edits;
    std::size_t first_of_table = 0;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;  // line and column, of those

    [[nodiscard]] place place_of(std::string_view id) const {
        auto const found = std::lower_bound(
            edits.begin() + static_cast<std::ptrdiff_t>(first_of_table), edits.end(), id,
            [](user_edit const& edit, std::string_view wanted) { return edit.id < wanted; });
        if (found == edits.end() || found->id != id) return {};
        auto const number = static_cast<std::size_t>(found - edits.begin()) - first_of_table;
        return {0, places[number].first, places[number].second,
                static_cast<std::uint32_t>(detail::count_code_points(id))};
    }
};

// Takes away what the table does not have.
class replacement {
public:
    replacement(csv::user_table const& table, std::vector<user_edit>& edits)
        : table_(table), edits_(edits) {}

    void add_all(users_view directory) {
        std::vector<assigned_role> roles;
        auto const& rows = table_.rows;
        std::size_t row = 0;
        for (std::string const& id : sorted_ids(directory)) {
            read_roles(directory, id, roles);
            assignments_ += roles.size();
            ++users_;
            while (row < rows.size() && rows[row].id < id) ++row;
            if (row == rows.size() || rows[row].id != id) {
                edits_.push_back(user_edit::remove_user(id));
                continue;
            }
            for (assigned_role const& role : roles)
                if (!has(row, role.role)) edits_.push_back(user_edit::deassign(id, role.role));
        }
    }

    [[nodiscard]] std::string before() const {
        return count_text(users_, "user") + " with " + count_text(assignments_, "role");
    }

private:
    [[nodiscard]] bool has(std::size_t row, std::string const& role) const {
        for (std::size_t i = row; i < table_.rows.size(); ++i) {
            csv::user_row const& each = table_.rows[i];
            if (each.id != table_.rows[row].id) break;
            if (each.role != csv::user_row::no_role && table_.roles[each.role].name == role)
                return true;
        }
        return false;
    }

    csv::user_table const& table_;
    std::vector<user_edit>& edits_;
    std::size_t users_ = 0, assignments_ = 0;
};

// Moves the rows of a table into edits: there may be millions.
void add_table(csv::user_table table, planned_edits& to) {
    using enum user_edit::kind;
    std::size_t users = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        users += i == 0 || table.rows[i].id != table.rows[i - 1].id ? 1U : 0U;
    to.first_of_table = to.edits.size();
    to.edits.reserve(to.edits.size() + users + table.rows.size());
    to.places.reserve(users + table.rows.size());
    auto const add = [&](user_edit edit, csv::user_row const& row) {
        to.edits.push_back(std::move(edit));
        to.places.emplace_back(row.line, row.column);
    };
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        csv::user_row& row = table.rows[i];
        bool const first = to.places.empty() || to.edits.back().id != row.id;
        if (first) add(user_edit::add_user(row.id), row);
        if (row.role == csv::user_row::no_role) continue;
        add({assign, std::move(row.id), table.roles[row.role].name, row.until}, row);
    }
}

std::vector<diagnostic> diagnostics_of(separation_check const& check, planned_edits const& plan,
                                       source_file const& file) {
    std::vector<diagnostic> result;
    for (separation_check::refused_user const& user : check.refused())
        for (separation_violation const& violation : user.violations) {
            detail::findings const found{{diagnostic_code::separation_by_user,
                                          plan.place_of(user.id),
                                          violation_text(user.id, violation),
                                          {}}};
            std::vector<diagnostic> made = detail::to_diagnostics(found, {&file, 1});
            made.front().related.push_back({violation.where, "the rule"});
            result.push_back(std::move(made.front()));
        }
    std::sort(result.begin(), result.end());
    return result;
}

void show_result(users_import_arguments const& arguments, planned_edits const& plan,
                 edit_report const& report, state_before const& before, streams& to) {
    constexpr std::size_t most_lines = 20;
    change_counts const counts = count_changes(plan.edits, report, before);
    if (counts.changes() <= most_lines)
        write_changes(plan.edits, report, before, unchanged_lines::hidden, to.out);
    to.out.line(detail::printable(arguments.store) + ": " + counts_text(counts));
    if (arguments.dry_run) to.out.line("dry run: nothing was changed");
}

int import_into(user_store& store, csv::user_table table, source_file const& file,
                users_import_arguments const& arguments, role_rules& rules, streams& to) {
    planned_edits plan;
    if (arguments.replace) {
        replacement gone(table, plan.edits);
        gone.add_all(store);
        to.out.line(detail::printable(arguments.store) + " had " + gone.before());
    }
    add_table(std::move(table), plan);
    state_before const before(store, plan.edits);

    separation_check check(rules);
    edit_options options;
    options.trial = arguments.dry_run;
    options.check(check);
    edit_report report;
    {
        progress shown(to, "changes", progress::results::at_the_end);
        auto const tell = [&](std::size_t done, std::size_t of) { shown.at(done, of); };
        options.progress(tell);
        report = store.apply(plan.edits, options);
    }
    if (!report.accepted) {
        show_problems(diagnostics_of(check, plan, file), check.left_out(), file.path, to);
        return exit_code::no;
    }
    show_result(arguments, plan, report, before, to);
    return exit_code::fine;
}

}  // namespace

int run_users_import(users_import_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    std::optional<source_file> const file = read_or_complain(arguments.file, to);
    if (!file) return exit_code::usage;

    role_rules rules(*policy.policy, arguments.policy.path, date::today());
    csv::problems found;
    csv::user_table table = csv::read_users(*file, found);
    report_unknown_roles(table, rules, found);
    if (!found.none()) {
        show_problems(detail::to_diagnostics(found.kept(), {&*file, 1}), found.left_out(),
                      file->path, to);
        return exit_code::no;
    }
    if (arguments.replace && table.rows.empty()) {
        to.complain(
            detail::printable(file->path) +
            " has no users, and with `--replace` all would be removed; nothing was changed");
        return exit_code::no;
    }
    return with_store(arguments.store, store_access::write, to, [&](user_store& store) {
        return import_into(store, std::move(table), *file, arguments, rules, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
