// A review as a spreadsheet: a row for each role of each user, and two columns to be filled in.
#include "cli/matrix/matrix_formats.hpp"
#include "cli/review/report.hpp"
#include "import/formula_guard.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace rolecall::inline v0_1::cli {
namespace {

// A spreadsheet that expects semicolons or tabs between cells finds none of them outside of
// quotes, and so can't be made to see a formula behind one.
std::string cell(std::string_view text) {
    std::string const guarded = csv::guarded(text);
    std::string field = csv_field(guarded);
    bool const bare = field.size() == guarded.size();
    return bare && field.find_first_of(";\t") != std::string::npos ? '"' + field + '"' : field;
}

std::string day(std::optional<date> const& of) { return of ? of->to_string() : std::string{}; }

class csv_writer {
public:
    csv_writer(review_report const& report, output& to) : review_(report.review), to_(to) {}

    void write() {
        to_.line("user,role,how,through,until,source,attention,decision,initials");
        for (reviewed_user const& user : review_.users) {
            holding const& has = review_.held_by(user);
            id_ = cell(user.id);
            for (std::string const& role : has.unknown_roles)
                row(role, "undeclared", "", "", "store", "the policy does not declare this role");
            for (reviewed_role const& role : has.roles)
                row(role.role, role.assigned ? "assigned" : "inherited", through(role),
                    day(role.assigned ? role.assigned_until : role.until), source_text(role),
                    attention(has, role.role));
            for (reviewed_role const& role : has.passed)
                row(role.role, "passed", "", day(role.until), source_text(role), "");
            if (has.roles.empty() && has.passed.empty() && has.unknown_roles.empty())
                row("", "none", "", "", user.in_policy ? "policy" : "store", "");
        }
    }

private:
    void row(std::string_view role, std::string_view how, std::string_view through,
             std::string_view until, std::string_view source, std::string_view attention) {
        std::string line = id_;
        for (std::string_view const text : {role, how, through, until, source, attention})
            line += ',' + cell(text);
        to_.line(line + ",,");
    }

    // `boss lead`: the roles from the one that is assigned down to this one.
    static std::string through(reviewed_role const& role) {
        std::string names;
        for (std::size_t i = 0; i + 1 < role.through.size(); ++i)
            names += (names.empty() ? "" : " ") + role.through[i];
        return names;
    }

    // The separations that a role is part of breaking.
    static std::string attention(holding const& has, std::string const& role) {
        std::string text;
        for (separation_violation const& broken : has.violations) {
            bool const part =
                std::find(broken.roles.begin(), broken.roles.end(), role) != broken.roles.end();
            if (part) text += (text.empty() ? "" : "; ") + broken.sentence;
        }
        return text;
    }

    access_review const& review_;
    output& to_;
    std::string id_;
};

}  // namespace

void write_review_csv(review_report const& report, output& to) { csv_writer(report, to).write(); }

}  // namespace rolecall::inline v0_1::cli
