// `rolecall who-can`: every role and every listed user that can do something.
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/lists/list_reports.hpp"
#include "cli/load_policy.hpp"
#include "cli/matrix/matrix_formats.hpp"
#include "cli/users/store.hpp"
#include <rolecall/category_levels.hpp>
#include <rolecall/detail/text.hpp>

#include <algorithm>
#include <string>

namespace rolecall::inline v0_1::cli {
namespace {

bool is_certain(who_can_report const& report) {
    list_part const first = parts_of(report.facts).front();
    return std::any_of(report.list.holders.begin(), report.list.holders.end(),
                       [&](holder const& h) { return belongs(h, first); });
}

// A role in one line: that it holds the grant itself needs no words.
void add_role(holder const& role, aligned_rows& to) {
    std::string through;
    for (granting_role const& part : role.through) {
        if (part.role == role.name) through.clear();
        if (part.role == role.name) break;
        through += (through.empty() ? "through " : " or ") + part.role;
    }
    to.add({role.name, through, role.condition});
}

// A user with a line for each role that gives it: each has an end and a condition of its own.
void add_user(holder const& user, list_part part, aligned_rows& to) {
    std::string name = detail::printable(user.name);
    for (granting_role const& role : user.through) {
        if (!belongs(role, part)) continue;
        to.add({name, "as " + role.role + until_text(role.until), role.condition});
        name.clear();
    }
}

void write_text(who_can_report const& report, std::string const& when, output& to) {
    auto const level = report.levels.find(report.category);
    write_heading((is_certain(report) ? "Who can " : "Nobody can ") + report.action + ' ' +
                      report.category +
                      (level == report.levels.end() ? "" : " (" + level->second + ')') +
                      (is_certain(report) || report.list.holders.empty() ? "" : " for certain") +
                      when + given_text(report.facts),
                  to);
    for (list_part const part : parts_of(report.facts)) {
        for (auto const kind : {holder::kind::role, holder::kind::user}) {
            aligned_rows rows;
            for (holder const& h : report.list.holders) {
                if (h.what != kind || !belongs(h, part)) continue;
                if (kind == holder::kind::role)
                    add_role(h, rows);
                else
                    add_user(h, part, rows);
            }
            if (rows.empty()) continue;
            to.write("\n");
            write_heading(std::string(kind == holder::kind::role ? "Roles" : "Users") +
                              (part == list_part::perhaps ? ", once more is known" : ""),
                          to);
            rows.write(to);
        }
    }
}

void write_csv(who_can_report const& report, output& to) {
    to.line("kind,name,through,effect,if,facts,until");
    list_part const part = parts_of(report.facts).front();
    for (holder const& h : report.list.holders)
        for (granting_role const& role : h.through)
            if (belongs(h, part) && belongs(role, part))
                to.line(std::string(h.what == holder::kind::role ? "role," : "user,") +
                        csv_field(h.name) + ',' + csv_fields(role));
}

who_can_report list_who_can(policy const& of, users_view directory,
                            question_arguments const& question) {
    who_can_report report;
    report.action = question.words[0];
    report.category = question.words[1];
    report.levels = category_levels(of.source());
    report.facts = question.facts;
    report.on = question.on.value_or(date::today());
    report.list = who_can(of, directory, report.action, report.category, report.on,
                          known_facts_of(of, question));
    if (!report.list)
        report.refused = refusal_of(of, directory, question, question.words, report.list.why);
    return report;
}

int answer(policy const& of, users_view directory, who_can_arguments const& arguments,
           streams& to) {
    who_can_report const report = list_who_can(of, directory, arguments.question);
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

int run_who_can(who_can_arguments const& arguments, streams& to) {
    loaded const policy = load_or_complain(arguments.policy, to);
    if (!policy.policy) return policy.code;
    return with_users(arguments.question.users, to, [&](users_view directory) {
        return answer(*policy.policy, directory, arguments, to);
    });
}

}  // namespace rolecall::inline v0_1::cli
