// The page to be read in a browser, or printed and signed. It holds no script, and asks nothing of
// any host: what an id or a text of the policy says can't do anything in it.
#include "cli/html.hpp"

#include "cli/blast_radius/style.hpp"
#include "cli/exercise_report/report.hpp"
#include "cli/exercise_report/style.hpp"
#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr int empty_rows = 5;

std::string listed_names(std::vector<std::string> const& texts) {
    std::string result;
    for (std::string const& one : texts) result += (result.empty() ? "" : ", ") + html_name(one);
    return result;
}

std::string with_class(std::string_view tag, std::string_view kind, std::string const& inside) {
    return '<' + std::string(tag) + " class=\"" + std::string(kind) + "\">" + inside + "</" +
           std::string(tag) + '>';
}

std::string verdict(exercise_outcome const& of) {
    return of.passed() ? with_class("span", "label passed", "passed")
                       : with_class("span", "label failed", "failed");
}

class html_writer {
public:
    explicit html_writer(exercise_report const& report) : report_(report) {}

    std::string write() {
        write_head();
        if (report_.scenarios.size() > 1) write_overview();
        for (scenario const& one : report_.scenarios) write(one);
        write_open_points();
        write_room();
        line("</main>\n</body>\n</html>");
        return std::move(text_);
    }

private:
    void line(std::string_view text) {
        text_ += text;
        text_ += '\n';
    }

    void write_head() {
        std::string const title = html_text(detail::printable(one_line(report_.title())));
        text_ =
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>After-action report: ";
        text_ += title + ", " + report_.on.to_string() + "</title>\n<style>";
        text_ += blast_radius_style;
        text_ += exercise_report_style;
        text_ +=
            "</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">After-action "
            "report</p>\n<h1>" +
            html_name(one_line(report_.title())) + "</h1>\n<dl>\n";
        fact("Held on", report_.on.to_string() + " (UTC)");
        fact("Took part", listed_names(report_.who));
        fact("Policy owner", report_.owner.empty() ? "" : html_name(one_line(report_.owner)));
        fact("Policy", html_name(report_.policy_path) + "<br>" +
                           with_class("span", "mono", "SHA-256 " + html_text(report_.digest)));
        line("</dl>");
        line(with_class("p", report_.failed == 0 ? "summary" : "summary alarm",
                        result_text(report_) + '.'));
        line("</header>\n<main>");
    }

    void fact(std::string_view name, std::string const& value) {
        if (!value.empty()) line("<dt>" + html_text(name) + "</dt><dd>" + value + "</dd>");
    }

    void heading(std::string const& inside) { line("<h2>" + inside + "</h2>"); }

    // Columns in `numbers` stand to the right.
    void open_table(std::vector<std::string> const& columns, std::string_view kind = {},
                    std::size_t first_number = 0, std::size_t numbers = 0) {
        std::string head = R"(<div class="wide"><table)";
        if (!kind.empty()) head += " class=\"" + std::string(kind) + '"';
        head += "><thead><tr>";
        for (std::size_t i = 0; i < columns.size(); ++i)
            head += (i >= first_number && i < first_number + numbers ? "<th class=\"number\">"
                                                                     : "<th>") +
                    html_text(columns[i]) + "</th>";
        line(head + "</tr></thead><tbody>");
    }
    void close_table() { line("</tbody></table></div>"); }

    static std::string cell(std::string const& inside, std::string_view kind = {}) {
        return kind.empty() ? "<td>" + inside + "</td>" : with_class("td", kind, inside);
    }

    void write_overview() {
        heading("Scenarios");
        open_table({"Exercise", "Who asks", "Result", "Open"});
        for (scenario const& one : report_.scenarios)
            line("<tr>" + cell(html_name(one_line(one.heading())), "name") +
                 cell(html_name(one.outcome.who)) + cell(verdict(one.outcome)) +
                 cell(exposure_text(one)) + "</tr>");
        close_table();
    }

    void write(scenario const& of) {
        exercise_outcome const& outcome = of.outcome;
        heading(html_name(one_line(of.heading())) + ' ' + verdict(outcome));
        if (!outcome.about.empty())
            line(with_class("p", "about", html_name(one_line(outcome.about))));
        line("<dl>");
        fact("Exercise", "<code>" + html_text(outcome.name) + "</code>");
        fact("Who asks", html_name(outcome.who));
        if (std::string const situation = situation_text(outcome); !situation.empty())
            fact("Situation", html_name(situation));
        line("</dl>");
        if (!outcome.note.empty())
            line(
                with_class("p", "talk",
                           "<small>To talk about</small><br>" + html_name(one_line(outcome.note))));
        line("<h3>Expected</h3>");
        open_table({"Must be", "Category", "Actions"});
        for (expected_line const& one : of.expected)
            line("<tr>" + cell(one.must, "must") +
                 cell(one.category.empty() ? "everything" : html_name(one.category)) +
                 cell(listed_names(one.actions)) + "</tr>");
        close_table();
        line(with_class("p", outcome.passed() ? "soft" : "alarm", result_text(outcome) + '.'));
        std::size_t const count = outcome.failures.size();
        for (std::size_t i = 0; i < std::min(count, most_failures); ++i) write(outcome.failures[i]);
        if (count > most_failures)
            line(with_class("p", "soft", "And " + with_commas(count - most_failures) + " more."));
        write_exposure(of);
    }

    void write(failed_expectation const& failed) {
        line("<div class=\"failure\"><p><strong>" + html_sentence(failure_text(failed)) +
             "</strong></p>");
        for (std::string const& why : failed.explanation)
            line("<p>" + html_text(detail::printable(why)) + "</p>");
        std::string places = "<p><small>Expected at " + place(failed.where);
        for (std::size_t i = 0; i < failed.decided_at.size(); ++i)
            places += (i == 0 ? "; decided at " : ", ") + place(failed.decided_at[i]);
        line(places + "</small></p></div>");
    }

    static std::string place(location const& where) { return html_name(detail::place_text(where)); }

    void write_exposure(scenario const& of) {
        line("<h3>What is open</h3>");
        line(with_class("p", "soft exposed", exposure_text(of) + '.'));
        if (of.categories.empty()) return;
        open_table(level_columns(report_), "levels", 1, report_.actions.size() + 1);
        for (open_level const& level : of.levels) {
            std::string row = cell(level_text(level.level), "name") + number(level.categories);
            for (exposure_count const& count : level.actions) row += number(count);
            line("<tr>" + row + cell(listed_names(level.laws)) + "</tr>");
        }
        close_table();
        bool const any_more = of.has_more();
        if (any_more)
            line(
                "<p class=\"note\">Behind a plus: further ones that are open once other facts "
                "become known.</p>");
        open_table(category_columns(of));
        for (open_category const& one : of.categories)
            line("<tr>" + cell(html_name(one.category), "name") + cell(level_text(one.level)) +
                 cell(listed_names(one.certain), "certain") +
                 (any_more ? cell(listed_names(one.possible)) : std::string()) +
                 cell(listed_names(one.laws)) + "</tr>");
        close_table();
    }

    static std::string level_text(std::string const& level) {
        return level.empty() ? "no level" : html_name(level);
    }
    static std::string number(exposure_count const& of) { return cell(count_text(of), "number"); }

    void write_open_points() {
        heading("Open points");
        if (report_.open.empty()) return line("<p class=\"soft\">None.</p>");
        line("<ul>");
        for (open_point const& point : report_.open)
            line("<li>" + (point.said ? html_name(point.text) : html_sentence(point.text)) +
                 "</li>");
        line("</ul>");
    }

    // To be filled in by hand.
    void write_room() {
        line("<div class=\"room\">");
        heading("Decisions");
        open_table({"What", "Who", "By when"}, "fill");
        for (int i = 0; i < empty_rows; ++i) line("<tr><td></td><td></td><td></td></tr>");
        close_table();
        line("</div>\n<div class=\"room\">");
        heading("Signatures");
        line("<div class=\"sign\">");
        for (std::string const& name : report_.who) signature(html_name(name));
        if (report_.who.empty()) signature("Took part");
        signature("Acknowledged by management");
        line("</div>\n</div>");
    }

    void signature(std::string const& who) {
        line("<section><h3>" + who +
             "</h3><div class=\"fields\"><p class=\"field\">Date</p><p class=\"field\">Signature"
             "</p></div></section>");
    }

    exercise_report const& report_;
    std::string text_;
};

}  // namespace

std::string exercise_report_html(exercise_report const& report) {
    return html_writer(report).write();
}

}  // namespace rolecall::inline v0_1::cli
