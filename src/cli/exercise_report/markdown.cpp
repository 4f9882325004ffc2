// The page for a wiki, or beside the policy in version control. What people wrote is shown as it
// is, whatever it would mean to Markdown or HTML.
#include "cli/exercise_report/report.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/streams.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr int rows_to_fill_in = 4;

// No bracket is left that a parenthesis could belong to.
std::string shown(std::string_view text) {
    std::string result = markdown_text(detail::printable(one_line(text)));
    for (std::string_view const escaped : {"\\(", "\\)"})
        for (std::size_t at = 0; (at = result.find(escaped, at)) != std::string::npos; ++at)
            result.erase(at, 1);
    return result;
}

// At the beginning of a line or an item, where `- ` and `1.` would begin a list.
std::string shown_first(std::string_view text) {
    std::string result = shown(text);
    std::size_t const digits = result.find_first_not_of("0123456789");
    if (digits != std::string::npos &&
        std::string_view("-=.)").find(result[digits]) != std::string_view::npos)
        result.insert(digits, 1, '\\');
    return result;
}

// Words of a policy's own: nothing in them ends a span of code.
bool is_plain_code(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.' || c == '*' || c == ' ' || c == ':' || c == '/';
    });
}

// A sentence of ours: a name between backticks is code there, too.
std::string sentence(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        std::size_t const begin = text.find('`');
        if (begin == std::string_view::npos) break;
        std::size_t const end = text.find('`', begin + 1);
        if (end == std::string_view::npos) break;
        std::string_view const code = text.substr(begin + 1, end - begin - 1);
        result += shown(text.substr(0, begin));
        result += is_plain_code(code) ? '`' + std::string(code) + '`' : shown(code);
        text.remove_prefix(end + 1);
    }
    return result + shown(text);
}

std::string listed(std::vector<std::string> const& texts) {
    std::string result;
    for (std::string const& one : texts) result += (result.empty() ? "" : ", ") + shown(one);
    return result;
}

class markdown_writer {
public:
    explicit markdown_writer(exercise_report const& report) : report_(report) {}

    std::string write() {
        write_head();
        if (report_.scenarios.size() > 1) write_overview();
        for (scenario const& one : report_.scenarios) write(one);
        write_open_points();
        write_room();
        return std::move(text_);
    }

private:
    void line(std::string const& text = {}) { text_ += text + '\n'; }

    void heading(std::string const& text) {
        line();
        line("## " + text);
        line();
    }

    void fact(std::string const& name, std::string const& value) {
        if (!value.empty()) line("- " + name + ": " + value);
    }

    void row(std::vector<std::string> const& cells) {
        std::string text = "|";
        for (std::string const& cell : cells) text += ' ' + cell + " |";
        line(text);
    }

    void table(std::vector<std::string> const& columns) {
        row(columns);
        row(std::vector<std::string>(columns.size(), "---"));
    }

    void write_head() {
        line("# After-action report: " + shown(report_.title()));
        line();
        fact("Held on", report_.on.to_string() + " (UTC)");
        fact("Took part", listed(report_.who));
        fact("Policy owner", shown(report_.owner));
        fact("Policy", shown(report_.policy_path));
        fact("SHA-256", '`' + report_.digest + '`');
        fact("Result", "**" + result_text(report_) + "**");
    }

    void write_overview() {
        heading("Scenarios");
        table({"Exercise", "Who asks", "Result", "Open"});
        for (scenario const& one : report_.scenarios)
            row({shown(one.heading()), shown(one.outcome.who),
                 one.outcome.passed() ? "passed" : "**failed**", exposure_text(one)});
    }

    void write(scenario const& of) {
        exercise_outcome const& outcome = of.outcome;
        heading(shown(of.heading()));
        fact("Exercise", '`' + outcome.name + '`');
        fact("What happens", shown(outcome.about));
        fact("Who asks", shown(outcome.who));
        fact("Situation", shown(situation_text(outcome)));
        fact("To talk about", shown(outcome.note));
        line();
        table({"Must be", "Category", "Actions"});
        for (expected_line const& one : of.expected)
            row({one.must, one.category.empty() ? "everything" : shown(one.category),
                 listed(one.actions)});
        line();
        line((outcome.passed() ? result_text(outcome) : "**" + result_text(outcome) + "**") + '.');
        std::size_t const count = outcome.failures.size();
        for (std::size_t i = 0; i < std::min(count, most_failures); ++i) write(outcome.failures[i]);
        if (count > most_failures) line("\n- and " + with_commas(count - most_failures) + " more");
        write_exposure(of);
    }

    void write(failed_expectation const& failed) {
        line();
        line("- " + sentence(failure_text(failed)) + ", at " +
             shown(detail::place_text(failed.where)));
        for (std::string const& why : failed.explanation) line("  - " + sentence(why));
        for (location const& where : failed.decided_at)
            line("  - decided at " + shown(detail::place_text(where)));
    }

    void write_exposure(scenario const& of) {
        line();
        line(exposure_text(of) + '.');
        if (of.categories.empty()) return;
        line();
        std::vector<std::string> columns = level_columns(report_);
        for (std::string& column : columns) column = shown(column);
        table(columns);
        for (open_level const& level : of.levels) {
            std::vector<std::string> cells{level.level.empty() ? "no level" : shown(level.level),
                                           count_text(level.categories)};
            for (exposure_count const& count : level.actions) cells.push_back(count_text(count));
            cells.push_back(listed(level.laws));
            row(cells);
        }
        line();
        bool const any_more = of.has_more();
        table(category_columns(of));
        for (open_category const& one : of.categories) {
            std::vector<std::string> cells{shown(one.category), shown(one.level),
                                           listed(one.certain), listed(one.laws)};
            if (any_more) cells.insert(cells.begin() + 3, listed(one.possible));
            row(cells);
        }
    }

    void write_open_points() {
        heading("Open points");
        for (open_point const& point : report_.open)
            line("- " + (point.said ? shown_first(point.text) : sentence(point.text)));
        if (report_.open.empty()) line("None.");
    }

    // To be filled in.
    void write_room() {
        heading("Decisions");
        table({"What", "Who", "By when"});
        for (int i = 0; i < rows_to_fill_in; ++i) row({"", "", ""});
        heading("Signatures");
        table({"Name", "Date", "Signature"});
        for (std::string const& name : report_.who) row({shown(name), "", ""});
        row({"Acknowledged by management:", "", ""});
    }

    exercise_report const& report_;
    std::string text_;
};

}  // namespace

std::string exercise_report_markdown(exercise_report const& report) {
    return markdown_writer(report).write();
}

}  // namespace rolecall::inline v0_1::cli
