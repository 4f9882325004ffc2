// A review as one page to be printed and signed. It holds no script, and asks nothing of any
// host: what an id or a text of the policy says can't do anything in it.
#include "cli/html.hpp"

#include "cli/review/page.hpp"
#include "cli/review/report.hpp"
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

constexpr std::size_t most_in_row = 200;  // in one row; the table of users has everybody

class html_writer {
public:
    html_writer(review_report const& report, output& to)
        : report_(report), review_(report.review), to_(to) {}

    void write() {
        write_head();
        write_concerns();
        write_ending();
        write_without();
        write_access();
        write_users();
        write_signatures();
        to_.write("</main>\n</body>\n</html>\n");
    }

private:
    void write_head() {
        std::string const title = html_text(title_of(report_));
        to_.write(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Access review: ");
        to_.write(title + ", " + review_.on.to_string() + "</title>\n<style>");
        to_.write(review_style);
        to_.write("</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Access review</p>\n<h1>" +
                  title + "</h1>\n<dl>\n");
        fact("As of", review_.on.to_string() + " (UTC)");
        if (!review_.policy_owner.empty())
            fact("Policy owner", "<bdi>" + html_text(review_.policy_owner) + "</bdi>");
        fact("Policy", html_name(report_.policy_path) + "<br><span class=\"mono\">SHA-256 " +
                           html_text(review_.policy_digest) + "</span>");
        if (report_.store_path)
            fact("Users of", html_name(*report_.store_path) + " and the policy");
        fact("Users", counts());
        fact("Next review due", "by " + next_review(review_.on).to_string());
        to_.write("</dl>\n");
        std::size_t const concerns = report_.concerns.size();
        to_.line(concerns == 0
                     ? "<p class=\"verdict\">Nothing needs attention: no separation of duty is "
                       "broken, and every role that is assigned is declared.</p>"
                     : "<p class=\"verdict alarm\">" +
                           count_text(concerns, "thing needs attention", "things need attention") +
                           ".</p>");
        to_.write("</header>\n<main>\n");
    }

    // `12 users, of whom 2 hold no role`
    [[nodiscard]] std::string counts() const {
        std::size_t const none = review_.users_without_roles.size();
        return std::to_string(review_.users.size()) +
               (none == 0 ? "" : ", of whom " + count_text(none, "holds", "hold") + " no role");
    }

    void write_concerns() {
        if (report_.concerns.empty()) return;
        heading("Needs attention");
        for (review_concern const& concern : report_.concerns)
            to_.line("<div class=\"concern\"><p><strong>" + names(concern.users) +
                     "</strong></p><p>" + html_sentence(concern.text) + "</p></div>");
    }

    void write_ending() {
        if (review_.ending.empty()) return;
        heading("Ends within " +
                count_text(static_cast<std::size_t>(review_.ending_within_days), "day"));
        table("ending", {"Last day", "User", "Role"});
        for (ending_assignment const& one : review_.ending)
            to_.line("<tr><td class=\"day\">" + one.until.to_string() + "</td><td>" +
                     html_name(one.id) + "</td><td>" + html_name(one.role) + "</td></tr>");
        to_.line("</tbody></table>");
    }

    void write_without() {
        if (!review_.roles_without_users.empty()) {
            heading("Roles without users");
            list(review_.roles_without_users);
        }
        if (!review_.categories_without_access.empty()) {
            heading("Categories that nobody has access to");
            list(review_.categories_without_access);
        }
    }

    // ---- Access --------------------------------------------------------------------------

    void write_access() {
        auto const tables = access_tables(report_);
        if (!tables.empty()) heading("Who has access, and through what");
        for (access_table const& of : tables) {
            write_category(*of.category);
            table("access", {"May", "As", "Who"});
            for (access_row const& row : of.rows)
                to_.line("<tr><td>" + list_text(row.actions) + "</td><td>" +
                         html_text(way_text(*row.way)) +
                         (row.way->apart ? " <small>(one at a time)</small>" : "") + "</td><td>" +
                         names(*row.way) + "</td></tr>");
            to_.line("</tbody></table>");
        }
    }

    void write_category(reviewed_access const& of) {
        std::string text = "<h3>" + html_name(of.category);
        if (!of.level.empty()) text += " <span class=\"label\">" + html_text(of.level) + "</span>";
        for (std::string const& law : of.laws)
            text += " <span class=\"label\">" + html_text(law) + "</span>";
        to_.line(text + "</h3>");
        if (!of.about.empty()) to_.line("<p class=\"soft\">" + html_text(of.about) + "</p>");
    }

    // ---- Users ---------------------------------------------------------------------------

    void write_users() {
        heading("Users and their roles");
        to_.write(
            "<p class=\"soft\">Tick one box for each role that is assigned. What is inherited "
            "goes with the role that brings it.</p>\n<table class=\"users\"><thead><tr>"
            "<th>Role</th><th class=\"day\">Last day</th><th class=\"tick\">Keep</th>"
            "<th class=\"tick\">Change</th><th class=\"note\">Note</th></tr></thead>\n");
        for (reviewed_user const& user : review_.users) write_user(user);
        to_.line("</table>");
    }

    void write_user(reviewed_user const& user) {
        holding const& has = review_.held_by(user);
        to_.line(R"(<tbody><tr class="who"><th colspan="5" scope="rowgroup">)" +
                 html_name(user.id) + inherited(has) + "</th></tr>");
        for (std::string const& role : has.unknown_roles)
            row("alarm", role, "not declared by the policy", {}, true);
        for (reviewed_role const& role : has.roles)
            if (role.assigned)
                row("assigned", role.role,
                    report_.store_path ? "from the " + source_text(role) : "", role.assigned_until,
                    true);
        for (reviewed_role const& role : has.passed)
            row("passed", role.role, "has ended", role.until, false);
        if (has.roles.empty() && has.unknown_roles.empty())
            row("none", "", "no role: is the account needed?", {}, true);
        to_.line("</tbody>");
    }

    // ` also has employee, through support`
    static std::string inherited(holding const& has) {
        std::string text;
        for (reviewed_role const& role : has.roles)
            if (!role.assigned)
                text += (text.empty() ? " <small>also has " : ", ") + html_name(role.role) + ' ' +
                        html_text(through_text(role));
        return text.empty() ? text : text + "</small>";
    }

    void row(std::string_view kind, std::string_view role, std::string const& why,
             std::optional<date> const& until, bool decided) {
        std::string const box = decided ? "<span class=\"box\"></span>" : "";
        std::string text = "<tr class=\"" + std::string(kind) + "\"><td>" + html_name(role);
        if (!why.empty()) text += " <small>" + html_text(why) + "</small>";
        text += "</td><td class=\"day\">" + (until ? until->to_string() : std::string{});
        for (int i = 0; i < 2; ++i) text += "</td><td class=\"tick\">" + box;
        to_.line(text + "</td><td class=\"note\"></td></tr>");
    }

    // ---- The end -------------------------------------------------------------------------

    void write_signatures() {
        heading("Signatures");
        to_.line("<p class=\"soft\">Next review due by " + next_review(review_.on).to_string() +
                 ". PCI DSS v4.0 wants all user accounts and their access reviewed at least every "
                 "six months, those of third parties included, and management to acknowledge the "
                 "outcome (requirement 7.2.4).</p>");
        to_.write("<div class=\"sign\">\n");
        signature("Reviewed by",
                  "I have looked at every user and every role above. Whatever is not needed for "
                  "somebody's work any more is marked, and will be taken away.",
                  "Reviewer");
        signature("Acknowledged by management",
                  "With the changes that are marked, everybody's access fits the work that they "
                  "do.",
                  "Manager");
        to_.line("</div>");
    }

    void signature(std::string_view title, std::string_view statement, std::string_view who) {
        std::string text =
            "<section><h3>" + html_text(title) + "</h3><p>" + html_text(statement) + "</p>";
        for (std::string const& field : {std::string(who) + " (name)", std::string("Role"),
                                         std::string("Date"), std::string("Signature")})
            text += "<p class=\"field\">" + html_text(field) + "</p>";
        to_.line(text + "</section>");
    }

    // ---- Parts of them -------------------------------------------------------------------

    void fact(std::string_view name, std::string const& value) {
        to_.line("<dt>" + html_text(name) + "</dt><dd>" + value + "</dd>");
    }

    void heading(std::string_view text) { to_.line("<h2>" + html_text(text) + "</h2>"); }

    void table(std::string_view kind, std::array<std::string_view, 3> const& columns) {
        std::string text = "<table class=\"" + std::string(kind) + "\"><thead><tr>";
        for (std::string_view const column : columns) text += "<th>" + html_text(column) + "</th>";
        to_.line(text + "</tr></thead><tbody>");
    }

    static std::string list_text(std::vector<std::string> const& names) {
        std::string text;
        for (std::string const& name : names) text += (text.empty() ? "" : ", ") + html_name(name);
        return text;
    }

    void list(std::vector<std::string> const& names) {
        to_.line("<p>" + list_text(names) + "</p>");
    }

    static std::string and_more(std::size_t count) {
        return count > most_in_row
                   ? " <small>and " + std::to_string(count - most_in_row) + " more</small>"
                   : std::string{};
    }

    // `dana,` or `bo until 2026-12-31`: what belongs together is not torn.
    [[nodiscard]] std::string one(std::size_t user, std::optional<date> const& until,
                                  bool last) const {
        return "<span class=\"one\">" + html_name(review_.users[user].id) +
               (until ? " <small>until " + until->to_string() + "</small>" : "") +
               (last ? "</span>" : ",</span> ");
    }

    [[nodiscard]] std::string names(std::vector<std::size_t> const& users) const {
        std::string text;
        std::size_t const shown = std::min(users.size(), most_in_row);
        for (std::size_t i = 0; i < shown; ++i) text += one(users[i], {}, i + 1 == shown);
        return text + and_more(users.size());
    }

    [[nodiscard]] std::string names(access_way const& way) const {
        std::string text;
        std::size_t left = std::min(way.users, most_in_row);
        for (auto const& [user, until] : users_of(review_, way)) {
            text += one(user, until, --left == 0);
            if (left == 0) break;
        }
        return text + and_more(way.users);
    }

    review_report const& report_;
    access_review const& review_;
    output& to_;
};

}  // namespace

void write_review_html(review_report const& report, output& to) { html_writer(report, to).write(); }

}  // namespace rolecall::inline v0_1::cli
