// A page for a pull request or a wiki.
#include "cli/blast_radius/page.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

std::string shown(std::string_view text) { return markdown_text(detail::printable(text)); }

// Our own sentence: what stands between backticks is code there, too.
std::string sentence(std::string const& text) { return text + '.'; }

std::string markdown_of(page_cell const& cell) {
    if (cell.share && cell.share->of > 0)
        return std::to_string(cell.share->possible * 100 / cell.share->of) + " %";
    std::string text;
    for (std::string const& item : cell.items) text += (text.empty() ? "" : ", ") + shown(item);
    return text;
}

bool is_empty(page_table const& table, std::size_t column) {
    return std::all_of(table.rows.begin(), table.rows.end(),
                       [&](auto const& row) { return markdown_of(row[column]).empty(); });
}

void write(page_table const& table, output& to) {
    std::string head = "|";
    std::string rule = "|";
    std::vector<bool> used(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        used[i] = !is_empty(table, i);
        if (!used[i]) continue;
        head += ' ' + shown(table.columns[i]) + " |";
        bool const number = std::any_of(table.rows.begin(), table.rows.end(),
                                        [&](auto const& row) { return row[i].number; });
        rule += number ? " ---: |" : " --- |";
    }
    to.line(head);
    to.line(rule);
    for (auto const& row : table.rows) {
        std::string line = "|";
        for (std::size_t i = 0; i < row.size(); ++i)
            if (used[i]) line += ' ' + markdown_of(row[i]) + " |";
        to.line(line);
    }
}

}  // namespace

void write_page_markdown(page const& of, output& to) {
    to.line("## " + shown(of.title));
    to.write("\n");
    for (auto const& [name, value] : of.facts) to.line("- " + name + ": " + markdown_of(value));
    to.write("\n");
    std::string summary;
    for (std::string const& one : of.summary)
        summary += (summary.empty() ? "" : " ") + sentence(one);
    to.line(summary);
    for (page_section const& section : of.sections) {
        std::string heading = "\n### " + shown(section.heading);
        for (std::size_t i = 0; i < section.labels.size(); ++i)
            heading += (i == 0 ? " (" : ", ") + shown(section.labels[i]);
        to.line(section.labels.empty() ? heading : heading + ')');
        to.write("\n");
        for (std::string const& one : section.sentences) to.line(sentence(one) + '\n');
        write(section.table, to);
        for (std::string const& note : section.notes) to.line('\n' + sentence(note));
    }
}

}  // namespace rolecall::inline v0_1::cli
