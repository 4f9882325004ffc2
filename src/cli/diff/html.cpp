// A difference as one page to be read, kept and printed. It holds no script, and asks nothing of
// any host: what an id or a text of a policy says can't do anything in it.
#include "cli/html.hpp"

#include "cli/diff/page.hpp"
#include "cli/diff/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_in_row = 200;  // in one row; JSON has all

std::string with_capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

class html_writer {
public:
    html_writer(diff_report const& report, output& to)
        : report_(report), diff_(report.diff), to_(to) {}

    void write() {
        write_head();
        if (!diff_.roles.empty()) {
            heading("Roles");
            begin_table("Role");
            for (diff_row const& row : rows_of(diff_)) write_row(row, names(*row.roles));
            end_table();
        }
        write_users();
        write_statements();
        write_without_effect();
        if (std::string const words = words_text(diff_); !words.empty())
            to_.line("<p class=\"soft\">" + html_text(with_capital(words)) + ".</p>");
        to_.write("</main>\n</body>\n</html>\n");
    }

private:
    void write_head() {
        std::string const title =
            html_text(report_.title.empty() ? report_.after_path : report_.title);
        to_.write(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Policy change: ");
        to_.write(title + "</title>\n<style>");
        to_.write(diff_style);
        to_.write("</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Policy change</p>\n<h1>" +
                  title + "</h1>\n<dl>\n");
        fact("Before", html_name(report_.before_path) + digest_text(diff_.digest_before));
        fact("After", html_name(report_.after_path) + digest_text(diff_.digest_after));
        fact("Users as of", report_.on.to_string() + " (UTC)");
        to_.line("</dl>\n<p class=\"verdict\">" + html_text(with_capital(summary_text(diff_))) +
                 ".</p>\n</header>\n<main>");
    }

    static std::string digest_text(std::string const& digest) {
        return "<br><span class=\"mono\">SHA-256 " + html_text(digest) + "</span>";
    }

    void write_users() {
        if (diff_.users.empty()) return;
        heading("Users");
        begin_table("User");
        for (user_change const& group : diff_.users)
            for (diff_row const& row : rows_of(group)) write_row(row, names(group.users));
        end_table();
    }

    void write_statements() {
        if (diff_.statements.empty()) return;
        heading("Changed besides");
        to_.line("<ul>");
        for (statement_change const& change : diff_.statements)
            to_.line("<li>" + word_of(change.what) + ' ' + html_text(statement_text(change)) +
                     place(place_of(change)) + "</li>");
        to_.line("</ul>");
    }

    static std::string word_of(statement_change::kind what) {
        switch (what) {
            case statement_change::kind::added: return "<b>new</b>";
            case statement_change::kind::removed: return "<b>gone</b>";
            case statement_change::kind::renamed: return "<b>renamed</b>";
            case statement_change::kind::changed: break;
        }
        return "<b>changed</b>";
    }

    void write_without_effect() {
        if (diff_.without_effect.empty()) return;
        heading("Grants that change nothing");
        to_.line("<ul>");
        for (std::size_t const number : diff_.without_effect)
            to_.line("<li>" + line_text(diff_.lines[number]) + "</li>");
        to_.line("</ul>");
    }

    // ---- Parts of them -------------------------------------------------------------------

    void write_row(diff_row const& row, std::string const& who) {
        right_change const& change = *row.change;
        std::string_view const kind = change.what == right_change::kind::gained ? "gained"
                                      : change.what == right_change::kind::lost ? "lost"
                                                                                : "changed";
        std::string when = html_text(condition_text(change));
        for (std::string const& states : state_texts(change))
            when += "<br><small>" + html_text(states) + "</small>";
        std::string lines;
        for (std::size_t const number : row.lines)
            lines += "<li>" + line_text(diff_.lines[number]) + "</li>";
        if (!lines.empty()) lines = "<ul>" + lines + "</ul>";
        std::string const level =
            change.level.empty() ? ""
                                 : " <span class=\"label\">" + html_text(change.level) + "</span>";
        to_.line("<tr class=\"" + std::string(kind) + R"("><td class="sign">)" + sign(change.what) +
                 "</td><td>" + who + "</td><td>" + html_text(and_text(row.actions)) + " <bdi>" +
                 html_text(change.category) + "</bdi>" + level + "</td><td>" + when + "</td><td>" +
                 lines + "</td></tr>");
    }

    static std::string sign(right_change::kind what) {
        switch (what) {
            case right_change::kind::gained: return "+ gains";
            case right_change::kind::lost: return "− loses";
            case right_change::kind::changed: break;
        }
        return "± gains and loses";
    }

    static std::string line_text(changed_line const& line) {
        return std::string(line.after ? "new: " : "old: ") +
               html_text(detail::printable(line.sentence)) + place(line.where);
    }

    static std::string place(location const& where) {
        std::string const text = place_text(where);
        return text.empty() ? text : " <code class=\"soft\">" + html_text(text) + "</code>";
    }

    static std::string names(std::vector<std::string> const& all) {
        std::string text;
        std::size_t const shown = std::min(all.size(), most_in_row);
        for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + html_name(all[i]);
        if (shown < all.size())
            text += " <small>and " + with_commas(all.size() - shown) + " more</small>";
        return text;
    }

    void begin_table(std::string_view who) {
        to_.line("<table><thead><tr><th></th><th>" + std::string(who) +
                 "</th><th>May</th><th>When</th><th>By</th></tr></thead><tbody>");
    }
    void end_table() { to_.line("</tbody></table>"); }

    void fact(std::string_view name, std::string const& value) {
        to_.line("<dt>" + html_text(name) + "</dt><dd>" + value + "</dd>");
    }

    void heading(std::string_view text) { to_.line("<h2>" + html_text(text) + "</h2>"); }

    diff_report const& report_;
    policy_diff const& diff_;
    output& to_;
};

}  // namespace

void write_diff_html(diff_report const& report, output& to) { html_writer(report, to).write(); }

}  // namespace rolecall::inline v0_1::cli
