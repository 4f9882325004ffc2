// A page for a terminal: what it says first, and tables whose columns stand under each other.
#include "cli/blast_radius/page.hpp"
#include "cli/lists/list_reports.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t bar_width = 10;
constexpr std::size_t widest = 48;        // a longer cell moves only its own row
constexpr std::size_t least_column = 16;  // what a last column that is broken needs at least

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (; times > 0; --times) result += text;
    return result;
}

// The places of a bar that a part fills: something is never nothing, and not all is never all.
std::size_t filled(std::size_t part, std::size_t of) {
    if (of == 0 || part == 0) return 0;
    if (part >= of) return bar_width;
    return std::clamp<std::size_t>(part * bar_width / of, 1, bar_width - 1);
}

std::string bar(page_share const& share) {
    std::size_t const certain = filled(share.certain, share.of);
    std::size_t const possible = std::max(certain, filled(share.possible, share.of));
    return repeated("█", certain) + repeated("▒", possible - certain) +
           repeated("·", bar_width - possible);
}

std::string text_of(page_cell const& cell) {
    if (cell.share) return bar(*cell.share);
    std::string text;
    for (std::string const& item : cell.items)
        text += (text.empty() ? "" : ", ") + detail::printable(item);
    return text;
}

class text_writer {
public:
    text_writer(page const& of, std::size_t width, output& to)
        : of_(of), width_(std::max<std::size_t>(width, 40)), to_(to) {}

    void write() {
        write_heading(detail::printable(of_.title), to_);
        std::size_t longest = 0;
        for (auto const& [name, value] : of_.facts) longest = std::max(longest, name.size());
        for (auto const& [name, value] : of_.facts)
            paragraph(std::string(to_.colour().faint) + name + std::string(to_.colour().reset) +
                          std::string(longest - name.size() + 2, ' '),
                      longest + 2, text_of(value));
        to_.write("\n");
        for (std::string const& sentence : of_.summary) paragraph("", 0, sentence + '.');
        for (page_section const& section : of_.sections) write(section);
    }

private:
    void write(page_section const& section) {
        to_.write("\n");
        std::string heading = section.heading;
        for (std::size_t i = 0; i < section.labels.size(); ++i)
            heading += (i == 0 ? " (" : ", ") + detail::printable(section.labels[i]);
        write_heading(section.labels.empty() ? heading : heading + ')', to_);
        for (std::string const& sentence : section.sentences) paragraph("  ", 2, sentence + '.');
        write(section.table);
        for (std::string const& note : section.notes)
            paragraph("  " + std::string(to_.colour().faint), 2, note + '.', to_.colour().reset);
    }

    void write(page_table const& table) {
        std::vector<std::size_t> widths = widths_of(table);
        std::string head;
        std::size_t pending = 2;
        bool any = false;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (widths[i] == 0) continue;
            std::size_t const used = detail::display_width(table.columns[i]);
            std::size_t const room = std::max(widths[i], used) - used;
            bool const right = is_number(table, i);
            any = any || used > 0;
            if (used > 0) {
                head += std::string(pending + (right ? room : 0), ' ') + table.columns[i];
                pending = 0;
            }
            pending += (used > 0 && right ? 0 : room) + 2;
        }
        if (any) to_.line(std::string(to_.colour().faint) + head + std::string(to_.colour().reset));
        for (auto const& row : table.rows) write(row, widths);
        if (has_bars(table))
            paragraph("  " + std::string(to_.colour().faint), 2,
                      "█ for certain, ▒ only under some facts.", to_.colour().reset);
    }

    void write(std::vector<page_cell> const& row, std::vector<std::size_t> const& widths) {
        std::string line;
        std::size_t at = 0;
        std::size_t pending = 2;
        std::size_t last = row.size();
        while (last > 0 && text_of(row[last - 1]).empty()) --last;
        for (std::size_t i = 0; i < last; ++i) {
            if (widths[i] == 0) continue;
            std::string const text = text_of(row[i]);
            std::size_t const used = detail::display_width(text);
            std::size_t const room = std::max(widths[i], used) - used;
            if (row[i].number) pending += room;
            bool const breaks = i + 1 == last && used > 0 && at + pending + used > width_;
            if (breaks && at + pending + least_column <= width_) {
                std::size_t const indent = at + pending;
                paragraph(line + std::string(pending, ' ') + std::string(colour(row[i])), indent,
                          text, reset(row[i]));
                return;
            }
            if (used > 0) {
                line += std::string(pending, ' ') + std::string(colour(row[i])) + text +
                        std::string(reset(row[i]));
                at += pending + used;
                pending = 0;
            }
            pending += (row[i].number ? 0 : room) + 2;
        }
        to_.line(line);
    }

    // The first line stands behind `start`, whose width is that of the indent of the others.
    void paragraph(std::string start, std::size_t indent, std::string_view text,
                   std::string_view end = {}) {
        std::size_t used = indent;
        bool empty = true;
        while (!text.empty()) {
            std::size_t const size = std::min(text.find(' '), text.size());
            std::string_view const word = text.substr(0, size);
            text.remove_prefix(std::min(size + 1, text.size()));
            std::size_t const needed = detail::display_width(word) + (empty ? 0 : 1);
            if (!empty && used + needed > width_) {
                to_.line(start);
                start.assign(indent, ' ');
                used = indent;
                empty = true;
            }
            start += (empty ? "" : " ") + std::string(word);
            used += detail::display_width(word) + (empty ? 0 : 1);
            empty = false;
        }
        to_.line(start + std::string(end));
    }

    [[nodiscard]] static std::vector<std::size_t> widths_of(page_table const& table) {
        std::vector<std::size_t> widths(table.columns.size());
        for (auto const& row : table.rows)
            for (std::size_t i = 0; i < row.size(); ++i) {
                std::size_t const needed = detail::display_width(text_of(row[i]));
                if (needed <= widest || widths[i] == 0)
                    widths[i] = std::max(widths[i], std::min(needed, widest));
            }
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (widths[i] > 0)
                widths[i] = std::max(widths[i], detail::display_width(table.columns[i]));
        return widths;
    }

    static bool has_bars(page_table const& table) {
        return std::any_of(table.rows.begin(), table.rows.end(), [](auto const& row) {
            return std::any_of(row.begin(), row.end(), [](page_cell const& cell) {
                return cell.share && cell.share->possible > 0;
            });
        });
    }

    static bool is_number(page_table const& table, std::size_t column) {
        return std::any_of(table.rows.begin(), table.rows.end(), [&](auto const& row) {
            return column < row.size() && row[column].number;
        });
    }

    [[nodiscard]] std::string_view colour(page_cell const& cell) const {
        switch (cell.how) {
            case tone::certain: return to_.colour().allow;
            case tone::condition: return to_.colour().condition;
            case tone::alarm: return to_.colour().deny;
            case tone::soft: return to_.colour().faint;
            default: return {};
        }
    }
    [[nodiscard]] std::string_view reset(page_cell const& cell) const {
        return colour(cell).empty() ? std::string_view{} : to_.colour().reset;
    }

    page const& of_;
    std::size_t width_;
    output& to_;
};

}  // namespace

void write_page_text(page const& of, std::size_t width, output& to) {
    text_writer(of, width, to).write();
}

}  // namespace rolecall::inline v0_1::cli
