#include "starter/starter_policy.hpp"

#include "starter/plan.hpp"
#include "starter/promises.hpp"
#include "starter/yaml_lines.hpp"
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/detail/text.hpp>
#include <rolecall/diagnostic_text.hpp>
#include <rolecall/lint.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace rolecall::inline v0_1::starter {
namespace {

constexpr std::int32_t a_year = 365;

// Sections, each with the comment that stands above it and the file that it goes to.
struct section {
    std::string file;
    std::string comment;
    std::string text;
};

std::string header(wishes const& of) {
    yaml_lines lines;
    lines.key(0, "policy");
    lines.text(1, "name", of.business + " customer data");
    lines.text(1, "owner", of.owner);
    lines.word(1, "review-by", date::from_days(of.today.days() + a_year).to_string(),
               "after that day `rolecall validate` reminds you to read this again");
    return lines.done();
}

std::string actions_text() {
    yaml_lines lines;
    lines.key(0, "actions");
    lines.text(1, publish, about_publish);
    return lines.done();
}

std::string facts_text(plan const& made) {
    yaml_lines lines;
    lines.key(0, "facts");
    for (fact const& f : made.facts) lines.text(1, f.name, f.about);
    return lines.done();
}

std::string categories_text(plan const& made) {
    yaml_lines lines;
    lines.key(0, "categories");
    for (category const& c : made.categories) {
        if (&c != &made.categories.front()) lines.blank();
        lines.key(1, c.name);
        lines.text(2, "about", c.about);
        lines.word(2, "level", c.level);
        if (!c.law.empty()) lines.list(2, "laws", {c.law}, c.law_comment);
        if (c.named_only)
            lines.word(2, "named-only", "yes",
                       "a role has to name it: `payment.*` does not open it");
        bool first = true;
        for (requirement const& r : made.required) {
            if (r.category != c.name) continue;
            if (std::exchange(first, false)) lines.key(2, "requires");
            lines.word(3, r.action, r.fact, r.comment);
        }
    }
    return lines.done();
}

void write_line(yaml_lines& lines, planned_line const& line) {
    bool const always = std::all_of(line.rights.begin(), line.rights.end(),
                                    [](right const& r) { return r.fact.empty(); });
    if (always) {
        std::vector<std::string_view> actions;
        for (right const& r : line.rights) actions.push_back(r.action);
        lines.list(3, line.category, actions);
        return;
    }
    lines.key(3, line.category);
    for (right const& r : line.rights)
        lines.word(4, r.action,
                   r.fact.empty() ? std::string("always") : "{if: " + std::string(r.fact) + '}');
}

void write_role(yaml_lines& lines, planned_role const& role) {
    lines.key(1, role.what.name);
    lines.text(2, "about", role.what.about);
    if (role.may.empty()) return;
    lines.key(2, "may");
    for (planned_line const& line : role.may) write_line(lines, line);
}

std::string roles(std::vector<planned_role> const& of) {
    yaml_lines lines;
    lines.key(0, "roles");
    for (planned_role const& role : of) {
        if (&role != &of.front()) lines.blank();
        write_role(lines, role);
    }
    return lines.done();
}

std::string people(wishes const& of) {
    yaml_lines lines;
    lines.key(0, "users");
    for (person const& one : of.people) {
        std::vector<std::string_view> const names(one.roles.begin(), one.roles.end());
        lines.list(1, one.id, names);
    }
    return lines.done();
}

std::string guardrails(plan const& made) {
    yaml_lines lines;
    lines.key(0, "never");
    if (!made.off_marketing.empty()) {
        lines.key(1, "marketing-stays-out");
        lines.word(2, "roles", "marketing", "and whoever else holds that role");
        lines.list(2, "categories", made.off_marketing, "and all that lies below");
        lines.text(2, "because", "Campaigns need neither payment nor health data");
    }
    if (!made.kept_by_law.empty()) {
        if (!made.off_marketing.empty()) lines.blank();
        lines.key(1, "what-must-be-kept");
        lines.list(2, "categories", made.kept_by_law);
        lines.word(2, "actions", "delete");
        lines.word(2, "if", "must-be-kept", "forbidden until we know that nothing demands it");
        lines.text(2, "because", "The tax office or a court may ask for it");
    }
    return lines.done();
}

std::string separation() {
    yaml_lines lines;
    lines.key(0, "separation");
    lines.key(1, "take-and-refund");
    lines.list(2, "roles", {"billing", "refunds"});
    lines.word(2, "at-most", "1", "of these two roles for one person");
    lines.word(2, "per", "person");
    lines.text(2, "because", "Who takes the money must not give it back");
    return lines.done();
}

std::vector<section> sections(wishes const& of, plan const& made) {
    std::vector<section> result;
    result.push_back(
        {"policy.yaml",
         "Who in our business may see and change what customers entrust to us.\n\n"
         "What no line here allows is forbidden. This is a beginning: change its words to\n"
         "yours, and check it with `rolecall validate` after each change.",
         header(of)});
    if (made.publishes)
        result.push_back(
            {"policy.yaml",
             "Viewing, modifying, storing and deleting need no mention: they always exist.",
             actions_text()});
    result.push_back(
        {"facts.yaml",
         "What our software knows at the moment when somebody asks: each is true, false or\n"
         "unknown. Something that is unknown never opens a door.",
         facts_text(made)});
    result.push_back(
        {"categories.yaml",
         "The kinds of data that we keep about customers. A level says how sensitive one is:\n"
         "public, internal, confidential or restricted.",
         categories_text(made)});
    std::string const about_roles =
        "What each kind of work needs, and no more. People change; these lines stay.";
    if (of.several_files)
        for (planned_role const& role : made.roles)
            result.push_back({"roles/" + std::string(role.what.name) + ".yaml", "", roles({role})});
    else
        result.push_back({"roles.yaml", about_roles, roles(made.roles)});
    if (!of.people.empty())
        result.push_back({"people.yaml",
                          "Who has which role. Somebody who is not listed here may do nothing.",
                          people(of)});
    if (!made.off_marketing.empty() || !made.kept_by_law.empty())
        result.push_back(
            {"never.yaml", "What stays forbidden, whatever the roles allow.", guardrails(made)});
    if (made.gives_money_back)
        result.push_back(
            {"never.yaml", "Roles that one person must not have together.", separation()});
    if (std::string promised = guarantees(made); !promised.empty())
        result.push_back({"guarantees.yaml",
                          "What all of this must add up to: a change that breaks it is refused.",
                          std::move(promised)});
    return result;
}

std::vector<source_file> gathered(std::vector<section> const& all, bool several_files) {
    std::vector<source_file> files;
    for (section const& one : all) {
        std::string const path = several_files ? one.file : std::string("policy.yaml");
        bool const is_new = files.empty() || files.back().path != path;
        if (is_new) files.push_back({path, ""});
        std::string& text = files.back().text;
        if (!is_new) text += '\n';
        text += as_comment(one.comment);
        if (is_new) text += "rolecall: 1\n\n";
        text += one.text;
    }
    return files;
}

yaml::load_options as_of(date today) {
    yaml::load_options options;
    options.today = today;
    return options;
}

// Says what was written; the files are ours, so what is wrong with them is our mistake.
void check(std::vector<source_file> const& files, date today) {
    lint_options lint_for_today;
    lint_for_today.today = today;
    auto const found = lint(yaml::load_texts(files, as_of(today)), lint_for_today).findings;
    if (!found.empty())
        throw std::logic_error("a starter policy is not sound: " + to_text(found.front().what));
}

}  // namespace

std::vector<std::string> roles_of(wishes const& of) {
    std::vector<std::string> result;
    for (planned_role const& role : make_plan(of).roles) result.emplace_back(role.what.name);
    return result;
}

std::optional<std::string> problem_with_text(std::string_view text) {
    constexpr std::size_t longest = 200;
    if (text.find_first_not_of(' ') == std::string_view::npos) return "there is no text";
    if (detail::count_code_points(text) > longest) return "this is longer than 200 characters";
    while (!text.empty()) {
        detail::code_point const c = detail::first_code_point(text);
        if (!c.valid) return "this is no UTF-8";
        if (detail::is_control(c.value) || detail::is_hidden(c.value))
            return "this has a character that nobody sees, " + detail::code_point_name(c.value);
        text.remove_prefix(c.size);
    }
    return std::nullopt;
}

std::optional<std::string> problem_with_people(wishes const& of) {
    if (of.people.empty()) return std::nullopt;
    auto const all = roles_of(of);
    std::set<std::string> held;
    for (person const& one : of.people) {
        if (!detail::is_user_id(one.id))
            return detail::in_backticks(one.id) + " can't be the id of a user";
        held.insert(one.roles.begin(), one.roles.end());
        auto const has = [&one](char const* role) {
            return std::find(one.roles.begin(), one.roles.end(), role) != one.roles.end();
        };
        if (has("billing") && has("refunds"))
            return detail::in_backticks(one.id) +
                   " can't be in billing and in refunds: who takes the money must not give it back";
    }
    for (std::string const& role : held)
        if (std::find(all.begin(), all.end(), role) == all.end())
            return "there is no role " + detail::in_backticks(role) + " in this policy";
    for (std::string const& role : all)
        if (!held.contains(role)) return "nobody is in " + detail::in_backticks(role);
    return std::nullopt;
}

policy_files write(wishes const& of) {
    plan const made = make_plan(of);
    policy_files result;
    std::vector<section> all = sections(of, made);
    auto const so_far = yaml::load_texts(gathered(all, of.several_files), as_of(of.today));
    if (so_far)
        all.push_back({"exercises.yaml",
                       "Examples that `rolecall test` asks again after each change. Add what\n"
                       "could happen: a stolen laptop, a customer on the phone, a judge's letter.",
                       exercises(made, *so_far)});
    result.files = gathered(all, of.several_files);
    check(result.files, of.today);
    result.left_out.assign(made.without_work.begin(), made.without_work.end());
    for (planned_role const& role : made.roles) {
        if (role.may.empty()) continue;
        right const& first = role.may.front().rights.front();
        result.example_role = role.what.name;
        result.example_category = first.category;
        result.example_fact = first.fact;
        break;
    }
    return result;
}

}  // namespace rolecall::inline v0_1::starter
