#include "cli/matrix/matrix_formats.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// Footnotes, numbered in the order in which they are first needed.
class footnotes {
public:
    std::string mark(std::string const& condition) {
        auto const found = std::find(conditions_.begin(), conditions_.end(), condition);
        auto const index = static_cast<std::size_t>(found - conditions_.begin());
        if (found == conditions_.end()) conditions_.push_back(condition);
        return "[^" + std::to_string(index + 1) + ']';
    }

    void write(output& out) const {
        for (std::size_t i = 0; i < conditions_.size(); ++i)
            out.write("\n[^" + std::to_string(i + 1) + "]: if " + markdown_text(conditions_[i]) +
                      '\n');
    }

private:
    std::vector<std::string> conditions_;
};

// ` view, store[^1]`
std::string cell_text(rights_of_cell cell, std::vector<std::string> const& actions,
                      footnotes& notes) {
    std::string text;
    for (std::string const& action : actions)
        for (effective_right const& right : cell) {
            if (right.action != action) continue;
            text += (text.empty() ? " " : ", ") + markdown_text(action);
            if (!right.condition.empty()) text += notes.mark(right.condition);
        }
    return text;
}

}  // namespace

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string field = "\"";
    for (char const c : text) {
        if (c == '"') field += '"';
        field += c;
    }
    return field + '"';
}

void write_matrix_csv(rights_table const& table, output& out) {
    out.line("role,category,action,effect,if");
    for (effective_right const& right : table.rights)
        out.line(csv_field(right.role) + ',' + csv_field(right.category) + ',' +
                 csv_field(right.action) + ',' +
                 (right.condition.empty() ? "allow" : "conditional") + ',' +
                 csv_field(right.condition));
}

// A hyphen between letters and a dot need no escape, and names are full of them.
std::string markdown_text(std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]()#+!|<>&~";
    std::string result;
    for (char const c : text) {
        if (special.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

void write_matrix_markdown(rights_table const& table, output& out) {
    if (!table.title.empty()) out.write("## " + markdown_text(table.title) + "\n\n");
    std::string head = "| role |";
    std::string rule = "|---|";
    for (std::string const& category : table.categories) {
        head += ' ' + markdown_text(category) + " |";
        rule += "---|";
    }
    out.line(head);
    out.line(rule);

    footnotes notes;
    auto const cells = cells_of(table);
    auto cell = cells.begin();
    for (std::string const& role : table.roles) {
        std::string row = "| " + markdown_text(role) + " |";
        for (std::string const& category : table.categories) {
            bool const here = cell != cells.end() && cell->front().role == role &&
                              cell->front().category == category;
            row += (here ? cell_text(*cell, table.actions, notes) : "") + " |";
            if (here) ++cell;
        }
        out.line(row);
    }
    notes.write(out);
}

}  // namespace rolecall::inline v0_1::cli
