#include "document/grammar.hpp"

#include "document/entries.hpp"
#include "document/version_key.hpp"
#include <rolecall/detail/suggest.hpp>
#include <rolecall/detail/text.hpp>

#include <string>
#include <utility>

namespace rolecall::inline v0_1::yaml {

namespace {

// Calls `take` with the name and the body of every entry of a section. What a section that
// is no mapping meant to declare is unknown.
template <class Take>
void each_entry(checker& check, node const& section, noun what, Take const& take) {
    if (!check.is_mapping(section, "a mapping of " + std::string(what.many))) {
        check.lose_names();
        return;
    }
    for (entry const& e : section.entries)
        if (auto name = check.name(e.key)) take(std::move(*name), e.value);
}

written_header read_header(checker& check, entry const& at, std::vector<written_name>& files) {
    written_header result;
    if (!check.is_mapping(at.value, "a mapping with `name`")) return result;
    fields const from = check.fields_of(at.value, policy_keys);
    result.name = check.free_text(check.required(from, "name", {at.key.text, at.key.at}));
    result.title = check.free_text(from.value("title"));
    result.about = check.free_text(from.value("about"));
    result.owner = check.free_text(from.value("owner"));
    if (node const* day = from.value("review-by")) {
        result.review_by = check.day(*day);
        result.review_by_at = day->at;
    }
    if (node const* every = from.value("exercise-every")) {
        result.exercise_every = check.how_often(*every);
        result.exercise_every_at = every->at;
    }
    if (node const* hierarchy = from.value("hierarchy")) {
        auto const kind = check.either(*hierarchy, "general", "limited");
        result.limited_hierarchy = kind && kind->text == "limited";
    }
    if (node const* flag = from.value("other-users")) result.other_users = check.yes(*flag);
    if (node const* list = from.value("files")) {
        files = check.texts(*list, a_file, false);
        for (written_name const& file : files) result.files.push_back(file.text);
    }
    return result;
}

}  // namespace

void grammar::add(reading const& file, std::uint32_t number) {
    checker check(*found_);
    node const& root = file.root;
    if (root.kind == node_kind::mapping && !root.entries.empty()) {
        if (is_version_1(check, root))
            add_sections(check, root);
        else
            check.lose_names();
    } else if (root.kind == node_kind::scalar || root.kind == node_kind::sequence) {
        check.wrong_shape(root, "sections such as `roles:`, after `rolecall: 1`");
        check.lose_names();
    } else if (file.complete && file.found.empty()) {
        check.report(diagnostic_code::missing_version, {number, 1, 1, 1},
                     "this file is empty; " + std::string(version_line));
    }
    if (!file.complete || check.names_lost()) into_->incomplete = true;
}

void grammar::add_sections(checker& check, node const& root) {
    fields const from = check.fields_of(root, file_keys);
    if (!from.find("rolecall"))
        check.report(diagnostic_code::missing_version, root.entries.front().key.at,
                     std::string(version_line));
    for (std::string_view const section : file_keys.keys)
        if (entry const* at = from.find(section)) add_section(check, section, *at);
}

void grammar::add_section(checker& check, std::string_view section, entry const& at) {
    node const& body = at.value;
    auto const all = [&](auto& list, noun what, auto read) {
        each_entry(check, body, what, [&](written_name name, node const& value) {
            list.push_back(read(check, std::move(name), value));
        });
    };
    if (section == "policy") add_header(check, at);
    if (section == "levels") add_levels(check, at);
    if (section == "actions") all(into_->actions, an_action, read_action);
    if (section == "facts") all(into_->facts, a_fact, read_fact);
    if (section == "categories") all(into_->categories, a_category, read_category);
    if (section == "roles") all(into_->roles, a_role, read_role);
    if (section == "users") all(into_->users, a_user, read_user);
    if (section == "never") all(into_->guardrails, a_guardrail, read_guardrail);
    if (section == "separation") all(into_->separations, a_separation, read_separation);
    if (section == "guarantees") all(into_->guarantees, a_guarantee, read_guarantee);
    if (section == "exercises") all(into_->exercises, an_exercise, read_exercise);
    if (section == "audit") add_audit(check, at);
}

bool grammar::first_time(checker& check, std::optional<place>& first, entry const& at) {
    if (!first) {
        first = at.key.at;
        return true;
    }
    check.report(diagnostic_code::section_twice, at.key.at,
                 "the section " + detail::in_backticks(at.key.text) +
                     " stands in another file already; keep one of the two",
                 {{*first, "first here"}});
    return false;
}

void grammar::add_header(checker& check, entry const& at) {
    bool const first = first_time(check, policy_at_, at);
    std::vector<written_name> files;
    written_header header = read_header(check, at, files);
    if (!first) return;
    into_->header = std::move(header);
    files_ = std::move(files);
}

void grammar::add_levels(checker& check, entry const& at) {
    bool const first = first_time(check, levels_at_, at);
    auto levels = check.words(at.value, a_level);
    if (levels.empty()) check.lose_names();
    if (first) into_->levels = std::move(levels);
}

void grammar::add_audit(checker& check, entry const& at) {
    bool const first = first_time(check, audit_at_, at);
    written_audit audit = read_audit(check, at.value);
    audit.at = at.key.at;
    if (first) into_->audit = std::move(audit);
}

}  // namespace rolecall::inline v0_1::yaml
