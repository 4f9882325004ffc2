// A review for a terminal: what needs attention first.
#include "cli/lists/list_reports.hpp"
#include "cli/review/report.hpp"
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_named = 20;  // of a list of users: the other formats have all

// Breaks text between words. Lines after the first begin further in.
class filled_line {
public:
    filled_line(output& to, std::size_t width, std::size_t indent, std::size_t hanging)
        : to_(to), width_(width), hanging_(hanging), line_(indent, ' '), used_(indent) {}

    void add(std::string_view word, std::string_view colour = {}) {
        std::size_t const needed = detail::display_width(word);
        if (!empty_ && used_ + 1 + needed > width_) {
            to_.line(line_);
            line_.assign(hanging_, ' ');
            used_ = hanging_;
            empty_ = true;
        }
        if (!empty_) line_ += ' ';
        used_ += needed + (empty_ ? 0 : 1);
        line_ += std::string(colour) + std::string(word);
        if (!colour.empty()) line_ += to_.colour().reset;
        empty_ = false;
    }

    void add_words(std::string_view text, std::string_view colour = {}) {
        while (!text.empty()) {
            std::size_t const end = std::min(text.find(' '), text.size());
            if (end > 0) add(text.substr(0, end), colour);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    void end() { to_.line(line_); }

private:
    output& to_;
    std::size_t width_;
    std::size_t hanging_;
    std::string line_;
    std::size_t used_;
    bool empty_ = true;
};

class text_writer {
public:
    text_writer(review_report const& report, std::size_t width, output& to)
        : report_(report), review_(report.review), width_(width), to_(to) {}

    void write() {
        write_head();
        write_concerns();
        write_ending();
        write_without();
        write_users();
        write_access();
        write_signatures();
    }

private:
    void write_head() {
        write_heading("Access review of " + title_of(report_) + " on " + review_.on.to_string(),
                      to_);
        std::size_t const concerns = report_.concerns.size();
        filled_line line(to_, width_, 0, 0);
        line.add_words(count_text(review_.users.size(), "user") + ';');
        if (concerns == 0)
            line.add_words("nothing needs attention", to_.colour().allow);
        else
            line.add_words(count_text(concerns, "thing needs attention", "things need attention"),
                           to_.colour().deny);
        line.end();
        to_.line(std::string(to_.colour().faint) + "policy " + review_.policy_digest +
                 std::string(to_.colour().reset));
    }

    void write_concerns() {
        if (report_.concerns.empty()) return;
        section("Needs attention");
        for (review_concern const& concern : report_.concerns) {
            names_line(2, texts(concern.users), to_.colour().deny);
            paragraph(6, concern.text);
        }
    }

    void write_ending() {
        if (review_.ending.empty()) return;
        section("Ends within " +
                count_text(static_cast<std::size_t>(review_.ending_within_days), "day"));
        aligned_rows rows;
        for (ending_assignment const& one : review_.ending)
            rows.add({one.until.to_string(), detail::printable(one.id), one.role, ""});
        rows.write(to_);
    }

    void write_without() {
        if (!review_.users_without_roles.empty()) {
            section("Users without roles");
            std::vector<std::string> names;
            for (reviewed_user const& user : review_.users)
                if (review_.held_by(user).roles.empty())
                    names.push_back(detail::printable(user.id) + ended(review_.held_by(user)));
            names_line(2, names);
        }
        if (!review_.roles_without_users.empty()) {
            section("Roles without users");
            names_line(2, review_.roles_without_users);
        }
    }

    // ` (support until 2026-01-31)`, of those that have passed.
    static std::string ended(holding const& has) {
        std::string text;
        for (reviewed_role const& role : has.passed)
            text += (text.empty() ? " (" : ", ") + detail::printable(role.role) + " until " +
                    role.until->to_string();
        return text.empty() ? text : text + ')';
    }

    void write_users() {
        section("Who has which role");
        for (holding const& has : review_.holdings) {
            if (has.roles.empty()) continue;
            names_line(2, texts(has.users));
            aligned_rows rows;
            for (reviewed_role const& role : has.roles) {
                auto const until = role.assigned ? role.assigned_until : role.until;
                rows.add({"    " + role.role, through_text(role),
                          until ? "until " + until->to_string() : "", ""});
            }
            rows.write(to_);
        }
    }

    void write_access() {
        auto const tables = access_tables(report_);
        if (!tables.empty()) section("Who has access");
        std::size_t widest = 0;
        for (access_table const& table : tables)
            for (access_row const& row : table.rows)
                widest = std::max(widest, actions_text(row).size());
        for (access_table const& table : tables) {
            write_category(*table.category);
            for (access_row const& row : table.rows)
                write_way(row, std::min<std::size_t>(widest, 28));
        }
        if (review_.categories_without_access.empty()) return;
        section("Categories that nobody has access to");
        names_line(2, review_.categories_without_access);
    }

    void write_category(reviewed_access const& access) {
        std::string labels = access.level;
        for (std::string const& law : access.laws) labels += (labels.empty() ? "" : ", ") + law;
        to_.line("  " + std::string(to_.colour().heading) + access.category +
                 std::string(to_.colour().reset) + (labels.empty() ? "" : " (" + labels + ')'));
    }

    static std::string actions_text(access_row const& row) {
        std::string text;
        for (std::string const& action : row.actions) text += (text.empty() ? "" : ", ") + action;
        return text;
    }

    // `    view, modify  support if open-ticket: dana, eve`
    void write_way(access_row const& row, std::size_t width) {
        constexpr std::size_t indent = 4;
        access_way const& way = *row.way;
        filled_line line(to_, width_, indent, indent + width + 4);
        std::string actions = actions_text(row);
        actions.resize(std::max(actions.size(), width) + 1, ' ');
        line.add(actions);
        line.add_words(way_text(way) + ':',
                       way.always() ? to_.colour().allow : to_.colour().condition);
        std::vector<std::string> names;
        for (auto const& [user, until] : users_of(review_, way)) {
            if (names.size() == most_named / 2) break;
            names.push_back(detail::printable(review_.users[user].id) +
                            (until ? " (until " + until->to_string() + ')' : ""));
        }
        add_names(line, names, way.users);
        line.end();
    }

    // For a report that is printed: the page for that is HTML, and this has to do where there is
    // a printer and nothing else.
    void write_signatures() {
        section("Signed");
        for (std::string_view const who : {"Reviewed by    ", "Acknowledged by"})
            to_.line("  " + std::string(who) + "  " + std::string(30, '_') + "  on  " +
                     std::string(10, '_'));
        to_.line("  Next review due by " + next_review(review_.on).to_string());
    }

    // ---- Parts of them -------------------------------------------------------------------

    void section(std::string const& title) {
        to_.write("\n");
        write_heading(title, to_);
    }

    void paragraph(std::size_t indent, std::string_view text) {
        filled_line line(to_, width_, indent, indent);
        line.add_words(text);
        line.end();
    }

    [[nodiscard]] std::vector<std::string> texts(std::vector<std::size_t> const& users) const {
        std::vector<std::string> names;
        names.reserve(users.size());
        for (std::size_t const user : users)
            names.push_back(detail::printable(review_.users[user].id));
        return names;
    }

    void names_line(std::size_t indent, std::vector<std::string> const& names,
                    std::string_view colour = {}) {
        filled_line line(to_, width_, indent, indent + 2);
        add_names(line, names, names.size(), colour);
        line.end();
    }

    // The first of them, and how many more there are.
    static void add_names(filled_line& line, std::vector<std::string> const& names,
                          std::size_t count, std::string_view colour = {}) {
        std::size_t const shown = std::min(names.size(), most_named);
        for (std::size_t i = 0; i < shown; ++i)
            line.add(names[i] + (i + 1 < count ? "," : ""), colour);
        if (shown < count) line.add_words("and " + std::to_string(count - shown) + " more");
    }

    review_report const& report_;
    access_review const& review_;
    std::size_t width_;
    output& to_;
};

}  // namespace

void write_review_text(review_report const& report, std::size_t width, output& to) {
    text_writer(report, width, to).write();
}

}  // namespace rolecall::inline v0_1::cli
