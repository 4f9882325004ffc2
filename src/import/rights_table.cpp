#include "import/rights_table.hpp"

#include "import/text_check.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace rolecall::inline v0_1::csv {

namespace {

using detail::in_backticks;

// The numbers of the columns to read.
struct column_numbers {
    std::size_t role = 0, category = 0;
    std::vector<std::size_t> actions;
};

class rights_reader {
public:
    rights_reader(csv_reader& rows, rights_table& table, problems& found)
        : rows_(rows), table_(table), found_(found) {}

    // False where the columns are not there.
    bool run(column_choice const& choice) {
        if (!find_columns(choice)) return false;
        csv_row row;
        bool any = false;
        for (; rows_.next(row); any = true) read(row);
        if (!any && !rows_.left_out_any())
            found_.add(diagnostic_code::csv_syntax, rows_.header().front().at,
                       "no row follows the header; there is nothing to import");
        return true;
    }

private:
    bool find_columns(column_choice const& choice) {
        column_search search(rows_.header(), found_);
        columns_.role = search.find(choice.role);
        columns_.category = search.find(choice.category);
        for (action_column const& column : choice.actions) {
            columns_.actions.push_back(search.find(column.title));
            table_.actions.push_back(
                {column.action, in_one_line(rows_.header()[columns_.actions.back()].text)});
        }
        return search.finish(
                   "say which to read with `--columns role=…,category=…,view=…`, where `store=` "
                   "says that there is none") &&
               check_uses() && check_titles();
    }

    // A column of names can't be anything else. Several actions may share a column.
    bool check_uses() {
        bool const shared = columns_.role == columns_.category;
        auto const is_name = [&](std::size_t c) {
            return c == columns_.role || c == columns_.category;
        };
        auto const action = std::find_if(columns_.actions.begin(), columns_.actions.end(), is_name);
        if (!shared && action == columns_.actions.end()) return true;
        csv_cell const& cell = rows_.header()[shared ? columns_.role : *action];
        found_.add(diagnostic_code::csv_column, cell.at,
                   "column " + in_backticks(cell.text) +
                       " has names and can't be used twice; give the "
                       "role, the category and the actions columns of their own");
        return false;
    }

    // The title of an action's column becomes a text of the policy.
    bool check_titles() {
        for (std::size_t const column : columns_.actions)
            if (!check_original(rows_.header()[column], "title", found_)) return false;
        return true;
    }

    void read(csv_row const& row) {
        csv_cell const& role = row[columns_.role];
        csv_cell const& category = row[columns_.category];
        bool const named = check_original(role, "role", found_);
        if (!check_original(category, "category", found_) || !named) {
            table_.whole = false;
            return;
        }
        auto& rights = pair(table_.roles.add(role), table_.categories.add(category), category.at);
        for (std::size_t i = 0; i < columns_.actions.size(); ++i)
            if (says_yes(row, columns_.actions[i]))
                rights.actions = static_cast<std::uint16_t>(rights.actions | (1U << i));
    }

    pair_rights& pair(std::uint32_t role, std::uint32_t category, place at) {
        std::uint64_t const key = (std::uint64_t{role} << 32U) | category;
        auto const [entry, is_new] = pairs_.try_emplace(key, table_.rights.size());
        if (is_new) table_.rights.push_back({role, category, 0, at});
        return table_.rights[entry->second];
    }

    bool says_yes(csv_row const& row, std::size_t column) {
        csv_cell const& cell = row[column];
        auto const answer = yes_or_no(cell.text);
        if (!answer)
            found_.add(diagnostic_code::csv_value, cell.at,
                       in_backticks(cell.text) + " in column " +
                           in_backticks(rows_.header()[column].text) +
                           " is neither yes nor no; write 1, yes, y, true or x, or else 0, no, "
                           "n, false or nothing");
        return answer.value_or(false);
    }

    csv_reader& rows_;
    rights_table& table_;
    problems& found_;
    column_numbers columns_;
    std::unordered_map<std::uint64_t, std::size_t> pairs_;  // role and category → rights
};

}  // namespace

std::optional<bool> yes_or_no(std::string_view cell) noexcept {
    struct spelling {
        std::string_view text;
        bool yes;
    };
    constexpr std::array<spelling, 10> spellings{{{"1", true},
                                                  {"0", false},
                                                  {"", false},
                                                  {"yes", true},
                                                  {"no", false},
                                                  {"x", true},
                                                  {"true", true},
                                                  {"false", false},
                                                  {"y", true},
                                                  {"n", false}}};
    for (spelling const& known : spellings)
        if (std::equal(cell.begin(), cell.end(), known.text.begin(), known.text.end(),
                       [](char c, char small) { return detail::ascii_lower(c) == small; }))
            return known.yes;
    return std::nullopt;
}

bool check_original(csv_cell const& cell, std::string_view what, problems& found) {
    if (cell.text.empty()) {
        found.add(diagnostic_code::csv_value, cell.at,
                  "this row has no " + std::string(what) +
                      "; every row needs one, so write again what stands above where cells "
                      "were merged");
        return false;
    }
    if (auto const hidden = hidden_character(cell.text)) {
        found.add(diagnostic_code::csv_value, cell.at,
                  std::string(what) + ' ' + in_backticks(cell.text) + " has the character " +
                      detail::code_point_name(*hidden) + ", which nobody sees; remove it");
        return false;
    }
    return true;
}

void read_rights(source_file const& file, std::uint32_t number, column_choice const& choice,
                 rights_table& table, problems& found) {
    csv_reader rows(file, number, found);
    bool const read = !rows.header().empty() && rights_reader(rows, table, found).run(choice);
    table.whole = table.whole && read && !rows.left_out_any();
}

void read_hierarchy(source_file const& file, std::uint32_t number, rights_table& table,
                    problems& found) {
    csv_reader rows(file, number, found);
    column_search search(rows.header(), found);
    std::size_t const senior = search.find("senior");
    std::size_t const junior = search.find("junior");
    if (rows.header().empty() ||
        !search.finish("a hierarchy has the columns `senior` and `junior`")) {
        table.whole = false;
        return;
    }
    csv_row row;
    while (rows.next(row)) {
        bool const has_senior = check_original(row[senior], "senior", found);
        if (!check_original(row[junior], "junior", found) || !has_senior) continue;
        table.hierarchy.push_back(
            {table.roles.add(row[senior]), table.roles.add(row[junior]), row[junior].at});
    }
    table.whole = table.whole && !rows.left_out_any();
}

}  // namespace rolecall::inline v0_1::csv
