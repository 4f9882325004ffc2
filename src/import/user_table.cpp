#include "import/user_table.hpp"

#include "import/columns.hpp"
#include "import/csv_reader.hpp"
#include "import/formula_guard.hpp"
#include "import/rights_table.hpp"
#include "import/text_check.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/user_edits.hpp>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

constexpr std::string_view between_roles = " \t\r\n,;";

class user_reader {
public:
    user_reader(csv_reader& rows, user_table& table, problems& found)
        : rows_(rows), table_(table), found_(found) {}

    void run() {
        if (!find_columns()) return;
        csv_row row;
        while (rows_.next(row)) read(row);
    }

private:
    bool find_columns() {
        column_search search(rows_.header(), found_);
        user_ = search.find("user");
        bool const plural = search.has("roles") && !search.has("role");
        role_ = search.find(plural ? "roles" : "role");
        if (search.has("until")) until_ = search.find("until");
        return search.finish(
            "a table of users has the columns `user`, `role` and, for the last "
            "day, `until`");
    }

    void read(csv_row const& row) {
        csv_cell const& cell = row[user_];
        std::string_view const id = unguarded(cell.text);
        bool ok = check_original(cell, "user", found_) && check_id(id, cell.at);
        std::optional<date> until;
        ok = read_until(row, until) && ok;
        if (ok) add_roles(std::string(id), row, until);
    }

    bool check_id(std::string_view id, place at) {
        if (valid_user_id(id)) return true;
        found_.add(diagnostic_code::invalid_user_id, at,
                   in_backticks(id) +
                       " can't be the id of a user: it has 1 to 256 bytes of UTF-8, and no "
                       "characters that nobody sees");
        return false;
    }

    bool read_until(csv_row const& row, std::optional<date>& until) {
        if (!until_) return true;
        csv_cell const& cell = row[*until_];
        std::string_view const text = trimmed(cell.text);
        if (text.empty()) return true;
        until = date::parse(text);
        if (!until)
            found_.add(diagnostic_code::invalid_date, cell.at,
                       in_backticks(text) +
                           " is no day; write the last day as 2027-03-31, and nothing for no end");
        else if (trimmed(row[role_].text).empty())
            found_.add(diagnostic_code::csv_value, cell.at,
                       "this row has a last day, and no role that ends on it");
        else
            return true;
        return false;
    }

    void add_roles(std::string id, csv_row const& row, std::optional<date> until) {
        place const at = row[user_].at;
        csv_cell const& cell = row[role_];
        std::string_view rest = cell.text;
        bool any = false;
        for (;;) {
            rest.remove_prefix(std::min(rest.find_first_not_of(between_roles), rest.size()));
            if (rest.empty()) break;
            std::string_view const name = rest.substr(0, rest.find_first_of(between_roles));
            rest.remove_prefix(name.size());
            table_.rows.push_back({id, number_of(name, cell.at), until, at.line, at.column});
            any = true;
        }
        if (!any)
            table_.rows.push_back(
                {std::move(id), user_row::no_role, std::nullopt, at.line, at.column});
    }

    std::uint32_t number_of(std::string_view name, place at) {
        auto const next = static_cast<std::uint32_t>(table_.roles.size());
        auto const [found, is_new] = numbers_.try_emplace(std::string(name), next);
        if (is_new) table_.roles.push_back({std::string(name), at, 0});
        ++table_.roles[found->second].count;
        return found->second;
    }

    csv_reader& rows_;
    user_table& table_;
    problems& found_;
    std::size_t user_ = 0, role_ = 0;
    std::optional<std::size_t> until_;
    std::unordered_map<std::string, std::uint32_t> numbers_;  // of roles
};

// ---- The table in order ------------------------------------------------------------------

// The place of each role in the order of the names; that of no role is the last.
std::vector<std::uint32_t> ranks_of(std::vector<named_role> const& roles) {
    std::vector<std::uint32_t> order(roles.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return roles[a].name < roles[b].name; });
    std::vector<std::uint32_t> ranks(roles.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
    return ranks;
}

void sort_rows(user_table& table) {
    std::vector<std::uint32_t> const ranks = ranks_of(table.roles);
    auto const rank = [&](user_row const& row) {
        return row.role == user_row::no_role ? user_row::no_role : ranks[row.role];
    };
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [&](user_row const& a, user_row const& b) {
                         int const order = a.id.compare(b.id);
                         return order != 0 ? order < 0 : rank(a) < rank(b);
                     });
}

std::string end_text(std::optional<date> until) {
    return until ? "until " + until->to_string() : "without an end";
}

// Of rows of one user: leaves out those that say what another says.
void merge_rows(user_table& table, problems& found) {
    std::vector<user_row>& rows = table.rows;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        user_row& row = rows[i];
        bool const same_user = kept > 0 && rows[kept - 1].id == row.id;
        if (same_user && row.role == user_row::no_role) continue;
        bool const again = same_user && rows[kept - 1].role == row.role;
        if (again && rows[kept - 1].until != row.until)
            found.add(diagnostic_code::csv_value, {0, row.line, row.column, 1},
                      in_backticks(row.id) + " has " + in_backticks(table.roles[row.role].name) +
                          ' ' + end_text(row.until) + " here, and " +
                          end_text(rows[kept - 1].until) + " before; keep one of them",
                      {{{0, rows[kept - 1].line, rows[kept - 1].column, 1}, "here"}});
        if (again) continue;
        if (kept != i) rows[kept] = std::move(row);
        ++kept;
    }
    rows.resize(kept);
}

}  // namespace

user_table read_users(source_file const& file, problems& found) {
    user_table table;
    if (!check_text(file, 0, found)) return table;
    csv_reader rows(file, 0, found, csv_reader::quoted_blanks::kept);
    if (rows.header().empty()) return table;
    user_reader(rows, table, found).run();
    sort_rows(table);
    merge_rows(table, found);
    return table;
}

}  // namespace rolecall::inline v0_1::csv
