// `rolecall what-can`: everything that roles, or a user, can do.
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/lists/list_reports.hpp"
#include "cli/load_policy.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/matrix/rights_table.hpp"
#include "cli/users/store.hpp"
#include <rolecall/category_levels.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/document.hpp>
#include <rolecall/session.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

bool is_certain(what_can_report const& report) {
    list_part const first = parts_of(report.facts).front();
    return std::any_of(report.list.rights.begin(), report.list.rights.end(),
                       [&](held_right const& r) { return belongs(r, first); });
}

// ---- Text --------------------------------------------------------------------------------

// `eve`, `billing and support`
std::string who_text(what_can_report const& report) {
    std::string names;
    if (report.user) names = detail::printable(*report.user, 60);
    if (report.roles && !report.user)
        for (std::string const& role : *report.roles)
            names += (names.empty() ? "" : " and ") + role;
    return names;
}

// ` as billing and support` of a user who chose, ` together` of roles that ask.
std::string how_text(what_can_report const& report) {
    if (!report.roles) return {};
    if (!report.user) return report.roles->size() > 1 ? " together" : "";
    std::string names;
    for (std::string const& role : *report.roles)
        names += (names.empty() ? " as " : " and ") + role;
    return names;
}

// Actions that share a category and a condition stand on one line.
aligned_rows rows_of(what_can_report const& report, std::vector<effective_right> rights) {
    rights_table table;
    table.rights = std::move(rights);
    aligned_rows rows;
    for (rights_of_cell const cell : cells_of(table)) {
        std::string category = cell.front().category;
        auto const found = report.levels.find(category);
        std::string level = found == report.levels.end() ? "" : found->second;
        for (rights_in_words const& words : in_words(cell, report.actions)) {
            rows.add({category, level, words.actions, words.condition});
            category.clear();
            level.clear();
        }
    }
    return rows;
}

void write_rows(what_can_report const& report, std::string const& heading,
                std::vector<effective_right> rights, output& to) {
    if (rights.empty()) return;
    to.write("\n");
    if (!heading.empty()) write_heading(heading, to);
    rows_of(report, std::move(rights)).write(to);
}

// What the roles can do together.
void write_together(what_can_report const& report, list_part part, output& to) {
    std::vector<effective_right> rights;
    for (held_right const& r : report.list.rights)
        if (belongs(r, part)) rights.push_back({"", r.category, r.action, r.condition});
    write_rows(report, part == list_part::perhaps ? "Once more is known" : "", std::move(rights),
               to);
}

// What a user can do as each of their roles, which may end on different days.
void write_by_role(what_can_report const& report, list_part part, output& to) {
    struct section {
        std::optional<date> until;
        std::vector<effective_right> rights;
    };
    std::map<std::string, section> sections;
    for (held_right const& r : report.list.rights)
        for (granting_role const& role : r.through) {
            if (!belongs(r, part) || !belongs(role, part)) continue;
            section& of_role = sections[role.role];
            of_role.until = role.until;
            of_role.rights.push_back({"", r.category, r.action, role.condition});
        }
    for (auto& [role, as_role] : sections)
        write_rows(report,
                   "As " + role + until_text(as_role.until) +
                       (part == list_part::perhaps ? ", once more is known" : ""),
                   std::move(as_role.rights), to);
}

void write_text(what_can_report const& report, std::string const& when, output& to) {
    std::string const conditions = how_text(report) + when + given_text(report.facts);
    write_heading(is_certain(report)
                      ? "What " + who_text(report) + " can do" + conditions
                      : who_text(report) + " can do nothing" +
                            (report.list.rights.empty() ? "" : " for certain") + conditions,
                  to);
    for (list_part const part : parts_of(report.facts)) {
        if (report.roles)
            write_together(report, part, to);
        else
            write_by_role(report, part, to);
    }
    if (report.list.apart)
        to.write("\nNot all of these roles may be active at the same time; each may alone.\n");
}

// ---- CSV, and the report -----------------------------------------------------------------

void write_csv(what_can_report const& report, output& to) {
    to.line("category,level,action,through,effect,if,facts,until");
    list_part const part = parts_of(report.facts).front();
    for (held_right const& r : report.list.rights) {
        auto const level = report.levels.find(r.category);
        for (granting_role const& role : r.through)
            if (belongs(r, part) && belongs(role, part))
                to.line(csv_field(r.category) + ',' +
                        (level == report.levels.end() ? "" : csv_field(level->second)) + ',' +
                        csv_field(r.action) + ',' + csv_fields(role));
    }
}

what_can_result list_of(policy const& of, users_view directory, what_can_report const& asked,
                        facts const& known) {
    if (!asked.user) return what_can(of, *asked.roles, known);
    if (!asked.roles) return what_can_user(of, directory, *asked.user, asked.on, known);
    activation const chosen = of.activate_user(*asked.user, *asked.roles, asked.on);
    return chosen ? what_can(*chosen, known) : what_can_result{chosen.why(), {}, false};
}

// Any question of theirs is refused for the same reason, if it is about names that there are.
std::vector<std::string> any_question(policy const& of) {
    auto const& categories = of.source().categories;
    if (categories.empty()) return {};
    return {"view", categories.front().name.text};
}

what_can_report list_what_can(policy const& of, users_view directory,
                              question_arguments const& question) {
    what_can_report report;
    report.user = question.user;
    if (!question.user || !question.roles.empty()) report.roles = question.roles;
    report.actions = actions_in_order(of);
    report.levels = category_levels(of.source());
    report.facts = question.facts;
    report.on = question.on.value_or(date::today());
    report.list = list_of(of, directory, report, known_facts_of(of, question));
    if (!report.list)
        report.refused = refusal_of(of, directory, question, any_question(of), report.list.why);
    return report;
}

int answer(policy const& of, users_view directory, what_can_arguments const& arguments,
           streams& to) {
    what_can_report const report = list_what_can(of, directory, arguments.question);
    if (arguments.format == output_format::json)
        to.out.line(to_json(report));
    else if (!report.list)
        write_refusal(report.refused, arguments.format == output_format::csv ? to.err : to.out);
    else if (arguments.format == output_format::csv)
        write_csv(report, to.out);
    else
        write_text(report, arguments.question.on ? " on " + report.on.to_string() : std::string{},
                   to.out);
    return is_certain(report) ? exit_code::fine : exit_code::no;
}

}  // namespace

int run_what_can(what_can_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    return with_users(arguments.question.users, to, [&](users_view directory) {
        return answer(*policy.policy, directory, arguments, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
