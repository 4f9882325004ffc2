// A page to be read in a browser, or printed. It holds no script, and asks nothing of any host:
// what an id or a text of the policy says can't do anything in it.
#include "cli/html.hpp"

#include "cli/blast_radius/page.hpp"
#include "cli/blast_radius/style.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

std::string_view class_of(tone how) {
    switch (how) {
        case tone::name: return "name";
        case tone::certain: return "certain";
        case tone::condition: return "condition";
        case tone::alarm: return "alarm";
        case tone::soft: return "soft";
        default: return {};
    }
}

std::string part(std::string_view kind, std::size_t many, std::size_t of) {
    if (many == 0) return {};
    return "<span class=\"" + std::string(kind) +
           "\" style=\"width:" + std::to_string(many * 1000 / of / 10) + "." +
           std::to_string(many * 1000 / of % 10) + "%\"></span>";
}

std::string bar_element(page_share const& share) {
    if (share.of == 0) return {};
    return R"(<span class="bar" role="img" aria-label=")" + std::to_string(share.certain) +
           " for certain, " + std::to_string(share.possible) + " possible, of " +
           std::to_string(share.of) + "\">" + part("sure", share.certain, share.of) +
           part("maybe", share.possible - share.certain, share.of) + "</span>";
}

std::string html_of(page_cell const& cell) {
    if (cell.share) return bar_element(*cell.share);
    std::string text;
    for (std::string const& item : cell.items)
        if (!item.empty()) text += (text.empty() ? "" : ", ") + html_name(item);
    return text;
}

class html_writer {
public:
    html_writer(page const& of, output& to) : of_(of), to_(to) {}

    void write() {
        write_head();
        for (page_section const& section : of_.sections) write(section);
        to_.write("</main>\n</body>\n</html>\n");
    }

private:
    void write_head() {
        to_.write(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
        to_.write(html_text(detail::printable(of_.title)) + "</title>\n<style>");
        to_.write(blast_radius_style);
        to_.write("</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Exposure</p>\n<h1>" +
                  html_name(of_.title) + "</h1>\n<dl>\n");
        for (auto const& [name, value] : of_.facts)
            to_.line("<dt>" + html_text(name) + "</dt><dd>" + html_of(value) + "</dd>");
        to_.write("</dl>\n");
        for (std::string const& sentence : of_.summary)
            to_.line("<p class=\"summary\">" + html_sentence(sentence) + "</p>");
        to_.write("</header>\n<main>\n");
    }

    void write(page_section const& section) {
        std::string heading = "<h2>" + html_name(section.heading);
        for (std::string const& label : section.labels)
            heading += " <span class=\"label\">" + html_name(label) + "</span>";
        to_.line(heading + "</h2>");
        for (std::string const& sentence : section.sentences)
            to_.line("<p class=\"soft\">" + html_sentence(sentence) + "</p>");
        write(section.table);
        for (std::string const& note : section.notes)
            to_.line("<p class=\"note\">" + html_sentence(note) + "</p>");
    }

    void write(page_table const& table) {
        std::vector<bool> used(table.columns.size());
        std::vector<bool> numbers(table.columns.size());
        bool has_bars = false;
        for (std::size_t i = 0; i < used.size(); ++i)
            for (auto const& row : table.rows) {
                used[i] = used[i] || !html_of(row[i]).empty();
                numbers[i] = numbers[i] || row[i].number;
                has_bars = has_bars || row[i].share;
            }
        std::string head = "<div class=\"wide\"><table><thead><tr>";
        for (std::size_t i = 0; i < used.size(); ++i)
            if (used[i])
                head += std::string(numbers[i] ? "<th class=\"number\">" : "<th>") +
                        html_text(table.columns[i]) + "</th>";
        to_.line(head + "</tr></thead><tbody>");
        for (auto const& row : table.rows) {
            std::string line = "<tr>";
            for (std::size_t i = 0; i < row.size(); ++i)
                if (used[i]) line += cell(row[i]);
            to_.line(line + "</tr>");
        }
        to_.line("</tbody></table></div>");
        if (has_bars)
            to_.line(
                "<p class=\"note legend\"><span class=\"bar\"><span class=\"sure\"></span></span> "
                "for "
                "certain <span class=\"bar\"><span class=\"maybe\"></span></span> only under some "
                "facts</p>");
    }

    static std::string cell(page_cell const& of) {
        std::string_view const kind = of.number ? "number" : class_of(of.how);
        return (kind.empty() ? "<td>" : "<td class=\"" + std::string(kind) + "\">") + html_of(of) +
               "</td>";
    }

    page const& of_;
    output& to_;
};

}  // namespace

void write_page_html(page const& of, output& to) { html_writer(of, to).write(); }

}  // namespace rolecall::inline v0_1::cli
