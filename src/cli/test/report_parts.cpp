#include "cli/test/report_parts.hpp"

#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cstddef>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_shown = 20;  // lines of a kind

std::string right_aligned(std::string const& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

}  // namespace

std::string heading_text(std::string_view of, colours const& with) {
    return std::string(with.heading) + std::string(of) + std::string(with.reset) + '\n';
}

std::string count_table(std::vector<std::vector<std::string>> const& rows, colours const& with) {
    std::vector<std::size_t> widths(rows.front().size());
    for (auto const& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    std::string text;
    for (auto const& row : rows) {
        std::string line = "  " + row[0] + std::string(widths[0] - row[0].size(), ' ');
        for (std::size_t i = 1; i < row.size(); ++i)
            line += "  " + right_aligned(row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        bool const is_heading = &row == &rows.front();
        text += is_heading ? std::string(with.faint) + line + std::string(with.reset) : line;
        text += '\n';
    }
    return text;
}

std::string lines_text(std::string_view kind, std::vector<shown_line> const& lines, bool all,
                       colours const& with) {
    std::string text = "  " + std::string(kind) + '\n';
    std::size_t const shown = all ? lines.size() : std::min(lines.size(), most_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        std::string const place = detail::place_text(*lines[i].where);
        text += "    " + std::string(with.faint) + place + (place.empty() ? "" : ": ") +
                std::string(with.reset) + lines[i].text + '\n';
    }
    if (shown < lines.size())
        text += "    … and " + with_commas(lines.size() - shown) + " more; --all shows them\n";
    return text;
}

}  // namespace rolecall::inline v0_1::cli
