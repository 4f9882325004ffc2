// The canonical file: what stands where.
#include "document/sheet.hpp"
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/yaml.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

namespace {

// `support`, `[billing, support]`, `{roles: refunds, until: 2026-11-30}`, or a list of these.
void write_assignments(sheet& to, std::vector<normal_assignment> const& assignments) {
    auto const write_limited = [&](normal_assignment const& assigned) {
        to.braces([&] {
            to.key("roles").names(assigned.roles);
            to.key("until").literal(assigned.until->to_string());
        });
    };
    if (assignments.size() == 1) {
        normal_assignment const& only = assignments.front();
        return only.until ? write_limited(only) : to.names(only.roles);
    }
    to.brackets([&] {
        for (normal_assignment const& assigned : assignments) {
            if (assigned.until) {
                write_limited(assigned);
                continue;
            }
            for (std::string const& role : assigned.roles) to.word(role);
        }
    });
}

template <class Entry>
std::string const& name_of(Entry const& entry) {
    return entry.name.text;
}
std::string const& name_of(written_user const& user) { return user.id.text; }

template <class Entry>
std::vector<Entry const*> sorted(std::vector<Entry> const& entries) {
    std::vector<Entry const*> result;
    result.reserve(entries.size());
    for (Entry const& entry : entries) result.push_back(&entry);
    std::stable_sort(result.begin(), result.end(), [](Entry const* a, Entry const* b) {
        return detail::category_before(name_of(*a), name_of(*b));
    });
    return result;
}

template <class Entry, class Write>
void write_section(sheet& to, std::string_view key, std::vector<Entry> const& entries,
                   Write const& write_value) {
    if (entries.empty()) return;
    to.blank_line();
    to.key(key).block([&] {
        for (Entry const* entry : sorted(entries)) {
            to.key(name_of(*entry));
            write_value(to, *entry);
        }
    });
}

void write_header(sheet& to, written_header const& header) {
    to.blank_line();
    to.key("policy").block([&] {
        write_text(to, "name", header.name);
        write_text(to, "title", header.title);
        write_text(to, "about", header.about);
        write_text(to, "owner", header.owner);
        if (header.review_by) to.key("review-by").literal(header.review_by->to_string());
        if (header.exercise_every)
            to.key("exercise-every").literal(header.exercise_every->to_string());
        if (header.limited_hierarchy) to.key("hierarchy").word("limited");
        if (header.other_users) to.key("other-users").literal("yes");
    });
}

void write_levels(sheet& to, std::vector<written_name> const& levels) {
    std::vector<std::string> names;
    names.reserve(levels.size());
    for (written_name const& level : levels) names.push_back(level.text);
    bool const usual = std::equal(names.begin(), names.end(), std::begin(default_levels),
                                  std::end(default_levels));
    if (names.empty() || usual) return;
    to.blank_line();
    to.key("levels").names(names);
}

template <class Described>
void write_described(sheet& to, Described const& entry) {
    if (entry.title.empty() && entry.was.empty()) return to.text(entry.about);
    to.block([&] {
        write_text(to, "about", entry.about);
        write_text(to, "title", entry.title);
        write_names(to, "was", sorted_names(entry.was));
    });
}

void write_requirements(sheet& to, std::vector<written_requirement> const& required) {
    if (required.empty()) return;
    std::map<std::string, normal_condition> lines;
    std::vector<written_name> actions;
    actions.reserve(required.size());
    for (written_requirement const& line : required) {
        actions.push_back(line.action);
        lines.emplace(line.action.text, normal(line.when));
    }
    to.key("requires").block([&] {
        for (std::string const& action : sorted_actions(actions)) {
            normal_condition const& when = lines.at(action);
            bool const one_fact = when.size() == 1 && when.front().size() == 1;
            to.key(action);
            one_fact ? to.word(when.front().front()) : write_condition(to, when);
        }
    });
}

void write_laws(sheet& to, std::set<std::string> const& laws) {
    if (laws.empty()) return;
    to.key("laws").brackets([&] {
        for (std::string const& law : laws) to.word(law);
    });
}

void write_category(sheet& to, written_category const& category) {
    std::set<std::string> laws(category.laws.begin(), category.laws.end());
    laws.erase("");
    if (category.title.empty() && !category.level && laws.empty() && !category.named_only &&
        category.required.empty() && category.was.empty())
        return to.text(category.about);
    to.block([&] {
        write_text(to, "about", category.about);
        write_text(to, "title", category.title);
        write_names(to, "was", sorted_names(category.was));
        if (category.level) to.key("level").word(category.level->text);
        write_laws(to, laws);
        if (category.named_only) to.key("named-only").literal("yes");
        write_requirements(to, category.required);
    });
}

void write_role(sheet& to, written_role const& role) {
    if (role.title.empty() && role.was.empty() && role.inherits.empty() && role.may.empty())
        return to.text(role.about.empty() ? role.name.text : role.about);
    to.block([&] {
        write_text(to, "about", role.about);
        write_text(to, "title", role.title);
        write_names(to, "was", sorted_names(role.was));
        write_names(to, "inherits", sorted_names(role.inherits));
        if (role.may.empty()) return;
        to.key("may").block([&] {
            for (normal_grant const& grant : normal(role.may)) write_grant(to, grant);
        });
    });
}

void write_user(sheet& to, written_user const& user) {
    write_assignments(to, normal(user.assignments));
}

void write_guardrail(sheet& to, written_guardrail const& rail) {
    to.block([&] {
        write_names(to, "roles", sorted_names(rail.roles));
        write_names(to, "categories", sorted_names(rail.categories));
        write_names(to, "actions", sorted_actions(rail.actions));
        normal_condition const when = normal(rail.when);
        if (!always(when)) write_keyed(to, when);
        write_text(to, "because", rail.because);
    });
}

void write_separation(sheet& to, written_separation const& rule) {
    to.block([&] {
        write_names(to, "roles", sorted_names(rule.roles));
        to.key("at-most").literal(std::to_string(rule.at_most));
        to.key("per").word(rule.per == separation_scope::person ? "person" : "session");
        write_text(to, "because", rule.because);
    });
}

}  // namespace

std::string write(document const& source) {
    sheet to;
    to.block([&] {
        to.key("rolecall").literal("1");
        if (source.header) write_header(to, *source.header);
        write_levels(to, source.levels);
        write_section(to, "actions", source.actions, write_described<written_action>);
        write_section(to, "facts", source.facts, write_described<written_fact>);
        write_section(to, "categories", source.categories, write_category);
        write_section(to, "roles", source.roles, write_role);
        write_section(to, "users", source.users, write_user);
        write_section(to, "never", with_simple_conditions(source.guardrails), write_guardrail);
        write_section(to, "separation", source.separations, write_separation);
        write_section(to, "guarantees", source.guarantees, write_guarantee);
        write_section(to, "exercises", source.exercises, write_exercise);
        if (source.audit) {
            to.blank_line();
            to.key("audit");
            write_audit(to, *source.audit);
        }
    });
    to.end_line();
    return to.written();
}

std::string write(policy const& source) { return write(source.source()); }

}  // namespace rolecall::inline v0_1::yaml
