// Reports of `blast-radius` for a spreadsheet: a line for each right, or for each count.
#include "cli/blast_radius/report.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "import/formula_guard.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

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

void row(std::initializer_list<std::string_view> texts, output& to) {
    std::string line;
    bool first = true;
    for (std::string_view const text : texts) {
        line += (first ? "" : ",") + cell(text);
        first = false;
    }
    to.line(line);
}

std::string spaced(std::vector<std::string> const& names) {
    std::string text;
    for (std::string const& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
}

std::string listed(std::vector<std::string> const& texts) {
    std::string text;
    for (std::string const& one : texts) text += (text.empty() ? "" : "; ") + one;
    return text;
}

std::string day(std::optional<date> const& of) { return of ? of->to_string() : std::string{}; }

std::string roles_of(right_basis const& of) {
    std::vector<std::string> names;
    for (granting_role const& part : of.through) names.push_back(part.role);
    return spaced(names);
}

std::string_view effect(right_basis const& of) { return of.always() ? "allow" : "conditional"; }

void write(blast_radius const& of, output& to) {
    to.line("level,category,laws,action,effect,if,facts,through,until,only");
    for (exposed_level const& level : of.levels)
        for (exposed_category const& category : level.categories)
            for (exposed_right const& right : category.rights)
                row({level.level, category.category, listed(category.laws), right.action,
                     effect(right), right.condition, spaced(right.facts), roles_of(right),
                     day(right.until), right.only ? "yes" : "no"},
                    to);
}

void write(exposure_ranking const& of, output& to) {
    to.line(
        "kind,name,roles,level,categories,certain_categories,level_categories,rights,"
        "certain_rights");
    for (auto const* list : {&of.roles, &of.users})
        for (counted_exposure const& one : *list)
            for (std::string const& name : one.names)
                for (std::size_t i = 0; i < of.levels.size(); ++i) {
                    level_count const& count = one.levels[i];
                    if (count.rights.possible > 0)
                        row({one.what == holder::kind::role ? "role" : "user", name,
                             spaced(one.roles), of.levels[i],
                             std::to_string(count.categories.possible),
                             std::to_string(count.categories.certain), std::to_string(of.of[i]),
                             std::to_string(count.rights.possible),
                             std::to_string(count.rights.certain)},
                            to);
                }
}

void write(reach const& of, output& to) {
    to.line("kind,name,category,action,effect,if,facts,through,until");
    auto const line = [&](std::string_view kind, std::string_view name, held_right const& right,
                          std::optional<date> const& until) {
        row({kind, name, right.category, right.action, effect(right), right.condition,
             spaced(right.facts), roles_of(right), day(until)},
            to);
    };
    for (reaching const& who : of.by_role)
        for (held_right const& right : who.rights) line("role", who.role, right, {});
    for (reaching const& who : of.by_user)
        for (reaching_user const& user : who.users)
            for (std::size_t i = 0; i < who.rights.size(); ++i)
                line("user", user.id, who.rights[i], user.ends[i]);
}

}  // namespace

void write_exposure_csv(exposure_report const& report, output& to) {
    std::visit([&](auto const& of) { write(of, to); }, report.answer);
}

}  // namespace rolecall::inline v0_1::cli
