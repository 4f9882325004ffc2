// A difference as a comment on a pull request: what matters in a table, the rest folded away.
// Whatever names and texts hold, they are shown as they are, and notify nobody.
#include "cli/diff/report.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_rows = 150;  // of a table: a comment has a limit, JSON has all
constexpr std::size_t most_in_sentence = 12;
constexpr std::size_t most_places = 4;

// A comment behind the `@` keeps it from naming somebody to be notified.
std::string text_of(std::string_view text) {
    std::string result;
    for (char const c : markdown_text(detail::printable(text))) {
        result += c;
        if (c == '@') result += "<!-- -->";
    }
    return result;
}

// In backticks, more of them than the text has in a row; a bar would end the cell of a table.
std::string code_of(std::string_view text) {
    std::string shown;
    std::size_t longest = 0;
    std::size_t run = 0;
    for (char const c : detail::printable(text)) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (c == '|') shown += '\\';
        shown += c;
    }
    if (shown.empty()) return {};
    std::string const ticks(longest + 1, '`');
    std::string const space = longest > 0 ? " " : "";
    return ticks + space + shown + space + ticks;
}

std::string codes_of(std::vector<std::string> const& names) {
    std::vector<std::string> shown;
    std::size_t const count = names.size() > most_in_sentence + 1 ? most_in_sentence : names.size();
    for (std::size_t i = 0; i < count; ++i) shown.push_back(code_of(names[i]));
    if (count < names.size()) shown.push_back(with_commas(names.size() - count) + " more");
    return and_text(shown);
}

class markdown_writer {
public:
    markdown_writer(diff_report const& report, output& to)
        : report_(report), diff_(report.diff), to_(to) {}

    void write() {
        to_.line("### " + (report_.title.empty() ? "" : text_of(report_.title) + ": ") +
                 text_of(summary_text(diff_)));
        write_roles();
        write_users();
        write_statements();
        write_without_effect();
        if (std::string const words = words_text(diff_); !words.empty())
            to_.line("\n" + text_of(words));
        to_.line("\n<sub>" + code_of(report_.before_path) + " → " + code_of(report_.after_path) +
                 ", " + text_of(digests_text(diff_)) + "</sub>");
    }

private:
    void write_roles() {
        auto const rows = rows_of(diff_);
        if (rows.empty()) return;
        to_.write("\n");
        head("role");
        std::size_t const shown = std::min(rows.size(), most_rows);
        for (std::size_t i = 0; i < shown; ++i) row(rows[i], codes_of(*rows[i].roles));
        more(rows.size() - shown);
        write_lines();
    }

    // The lines of the policies themselves, as a diff of them would show.
    void write_lines() {
        if (diff_.lines.empty()) return;
        begin_details(count_text(diff_.lines.size(), "line") + " of the policies");
        std::size_t const shown = std::min(diff_.lines.size(), most_rows);
        for (std::size_t i = 0; i < shown; ++i) list_line(diff_.lines[i]);
        more(diff_.lines.size() - shown);
        end_details();
    }

    void list_line(changed_line const& line) {
        std::string const place = code_of(place_text(line.where));
        to_.line(std::string("- ") + (line.after ? "**new**" : "**old**") + ' ' +
                 text_of(line.sentence) + (place.empty() ? "" : " (" + place + ')'));
    }

    void write_users() {
        if (diff_.users.empty()) return;
        std::size_t users = 0;
        std::vector<std::pair<std::string, diff_row>> rows;
        for (user_change const& group : diff_.users) {
            users += group.users.size();
            for (diff_row& one : rows_of(group)) rows.emplace_back(codes_of(group.users), one);
        }
        begin_details(count_text(users, "user") + " of the policy, on " + report_.on.to_string());
        head("user");
        std::size_t const shown = std::min(rows.size(), most_rows);
        for (std::size_t i = 0; i < shown; ++i) row(rows[i].second, rows[i].first);
        more(rows.size() - shown);
        end_details();
    }

    void write_statements() {
        if (diff_.statements.empty()) return;
        to_.line("\n**Changed besides**\n");
        std::size_t const shown = std::min(diff_.statements.size(), most_rows);
        for (std::size_t i = 0; i < shown; ++i) {
            statement_change const& change = diff_.statements[i];
            std::string const place = code_of(place_text(place_of(change)));
            to_.line("- " + word_of(change.what) + ' ' + text_of(statement_text(change)) +
                     (place.empty() ? "" : " (" + place + ')'));
        }
        more(diff_.statements.size() - shown);
    }

    static std::string word_of(statement_change::kind what) {
        switch (what) {
            case statement_change::kind::added: return "**new**";
            case statement_change::kind::removed: return "**gone**";
            case statement_change::kind::renamed: return "**renamed**";
            case statement_change::kind::changed: break;
        }
        return "**changed**";
    }

    void write_without_effect() {
        if (diff_.without_effect.empty()) return;
        to_.line("\n**Grants that change nothing**\n");
        std::size_t const shown = std::min(diff_.without_effect.size(), most_rows);
        for (std::size_t i = 0; i < shown; ++i) list_line(diff_.lines[diff_.without_effect[i]]);
        more(diff_.without_effect.size() - shown);
    }

    // ---- Parts of them -------------------------------------------------------------------

    void head(std::string const& who) {
        to_.line("| | " + who + " | may | on | level | when | by |\n|---|---|---|---|---|---|---|");
    }

    void row(diff_row const& of, std::string const& who) {
        right_change const& change = *of.change;
        std::string when = condition_text(change);
        if (!when.empty()) when.erase(0, 1);
        for (std::string const& states : state_texts(change))
            when += (when.empty() ? "" : "; ") + states;
        std::string_view const sign = change.what == right_change::kind::gained ? "**gains**"
                                      : change.what == right_change::kind::lost
                                          ? "loses"
                                          : "**gains**, loses";
        to_.line("| " + std::string(sign) + " | " + who + " | " + text_of(and_text(of.actions)) +
                 " | " + text_of(change.category) + " | " + text_of(change.level) + " | " +
                 text_of(when) + " | " + places(of) + " |");
    }

    [[nodiscard]] std::string places(diff_row const& of) const {
        std::string text;
        std::size_t const shown = of.lines.size() > most_places + 1 ? most_places : of.lines.size();
        for (std::size_t i = 0; i < shown; ++i)
            text += (i == 0 ? "" : "<br>") + code_of(place_text(diff_.lines[of.lines[i]].where));
        if (shown < of.lines.size())
            text += "<br>and " + std::to_string(of.lines.size() - shown) + " more";
        return text;
    }

    void more(std::size_t left) {
        if (left > 0) to_.line("\nand " + with_commas(left) + " more: `--format json` has all.");
    }

    void begin_details(std::string const& summary) {
        to_.line("\n<details><summary>" + summary + "</summary>\n");
    }
    void end_details() { to_.line("\n</details>"); }

    diff_report const& report_;
    policy_diff const& diff_;
    output& to_;
};

}  // namespace

void write_diff_markdown(diff_report const& report, output& to) {
    markdown_writer(report, to).write();
}

}  // namespace rolecall::inline v0_1::cli
