// A difference for a terminal.
#include "cli/diff/report.hpp"
#include <rolecall/detail/text.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_named = 12;  // of a list of names: the other formats have all
constexpr std::size_t most_lines = 6;   // below one right

class text_writer {
public:
    text_writer(diff_report const& report, output& to)
        : report_(report), diff_(report.diff), to_(to) {}

    void write() {
        to_.line(std::string(to_.colour().heading) + summary_text(diff_) +
                 std::string(to_.colour().reset));
        faint_line("", digests_text(diff_));
        if (!diff_.roles.empty()) {
            heading("Roles");
            for (diff_row const& row : rows_of(diff_))
                write_row(row, names_text(*row.roles, most_named) + " may ", "");
        }
        write_users();
        write_statements();
        write_without_effect();
        if (std::string const words = words_text(diff_); !words.empty()) {
            to_.write("\n");
            faint_line("", words);
        }
    }

private:
    void write_users() {
        if (diff_.users.empty()) return;
        heading("Users on " + report_.on.to_string());
        for (user_change const& group : diff_.users) {
            to_.line(names_text(group.users, most_named));
            for (diff_row const& row : rows_of(group)) write_row(row, "", "  ");
        }
    }

    void write_statements() {
        if (diff_.statements.empty()) return;
        heading("Changed besides");
        for (statement_change const& change : diff_.statements) {
            char const sign = sign_of(change.what);
            line(sign, "", statement_text(change), place_text(place_of(change)));
        }
    }

    void write_without_effect() {
        if (diff_.without_effect.empty()) return;
        heading("Grants that change nothing");
        for (std::size_t const number : diff_.without_effect) write_line(diff_.lines[number], "");
    }

    void write_row(diff_row const& row, std::string const& who, std::string const& indent) {
        right_change const& change = *row.change;
        std::string text = who + and_text(row.actions) + ' ' + change.category;
        if (!change.level.empty()) text += " (" + change.level + ')';
        text += condition_text(change);
        bool const one_line = row.lines.size() == 1;
        line(sign_of(change.what), indent, text,
             one_line ? place_text(diff_.lines[row.lines.front()].where) : std::string{});
        for (std::string const& states : state_texts(change)) {
            to_.write(indent);
            to_.line("    " + states);
        }
        if (one_line) return;
        for (std::size_t i = 0; i < row.lines.size(); ++i) {
            if (i == most_lines && row.lines.size() > most_lines + 1) {
                faint_line(indent + "    ",
                           "and " + count_text(row.lines.size() - most_lines, "more line"));
                break;
            }
            write_line(diff_.lines[row.lines[i]], indent + "    ");
        }
    }

    void write_line(changed_line const& of, std::string const& indent) {
        std::string const place = place_text(of.where);
        faint_line(indent, std::string(of.after ? "+ " : "- ") + detail::printable(of.sentence) +
                               (place.empty() ? "" : "   " + place));
    }

    void line(char sign, std::string const& indent, std::string const& text,
              std::string const& place) {
        colours const& colour = to_.colour();
        std::string_view const shade = sign == '+'   ? colour.allow
                                       : sign == '-' ? colour.deny
                                                     : colour.condition;
        to_.write(indent + std::string(shade) + sign + ' ' + text + std::string(colour.reset));
        if (!place.empty())
            to_.write("   " + std::string(colour.faint) + place + std::string(colour.reset));
        to_.write("\n");
    }

    void faint_line(std::string const& indent, std::string const& text) {
        to_.line(indent + std::string(to_.colour().faint) + text + std::string(to_.colour().reset));
    }

    void heading(std::string const& text) {
        to_.line("\n" + std::string(to_.colour().heading) + text + std::string(to_.colour().reset));
    }

    diff_report const& report_;
    policy_diff const& diff_;
    output& to_;
};

}  // namespace

void write_diff_text(diff_report const& report, output& to) { text_writer(report, to).write(); }

}  // namespace rolecall::inline v0_1::cli
