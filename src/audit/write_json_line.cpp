#include "audit/write_json_line.hpp"

#include "audit/json_members.hpp"
#include "audit/json_text.hpp"
#include <rolecall/json_lines.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace rolecall::inline v0_1::audit {

namespace json = boost::json;

namespace {

json::string text_of(std::string_view text) {
    std::string const valid = valid_utf8(text);
    return json::string(json::string_view(valid));
}

json::value text_or_null(std::string_view text) {
    if (text.empty()) return nullptr;
    return text_of(text);
}

// Collects the members that belong to the kind, or are not empty, in their order.
class member_writer {
public:
    member_writer(json::object& to, audit_kind kind) : to_(to), kind_(kind) {}

    void word(json_member const& member, std::string_view value, bool is_default = false) {
        add(member, is_default, text_of(value));
    }

    void text(json_member const& member, std::string_view value) {
        add(member, value.empty(), text_or_null(value));
    }

    void number(json_member const& member, std::uint64_t value) { add(member, value == 0, value); }

    void list(json_member const& member, audit_names const& names) {
        json::array items;
        for (std::string_view const name : names) items.emplace_back(text_of(name));
        add(member, names.empty(), std::move(items));
    }

    // Each fact once: where two values differ, none is known.
    void facts(json_member const& member, line_content const& of) {
        json::object known;
        for (auto const& [name, value] : of.facts) {
            json::value const told = value ? json::value(*value) : json::value(nullptr);
            std::string const key = valid_utf8(name);
            auto const [at, is_new] = known.emplace(json::string_view(key), told);
            if (!is_new && at->value() != told) at->value() = nullptr;
        }
        add(member, of.facts.empty(), std::move(known));
    }

private:
    void add(json_member const& member, bool empty, json::value value) {
        if (empty && !member.belongs_to(kind_)) return;
        to_.emplace(json::string_view(member.name.data(), member.name.size()), std::move(value));
    }

    json::object& to_;
    audit_kind kind_;
};

std::size_t size_of(audit_names const& names) noexcept {
    std::size_t size = names.size();
    for (std::string_view const name : names) size += name.size();
    return size;
}

audit_names names_of(std::vector<std::string> const& names) noexcept {
    return audit_names(std::span<std::string const>(names));
}

}  // namespace

line_content::line_content(audit_event const& event)
    : kind(event.kind()),
      user(event.user()),
      active_roles(event.active_roles()),
      held_roles(event.held_roles()),
      action(event.action()),
      category(event.category()),
      record(event.record()),
      origin(event.origin()),
      decision(event.answer().decision),
      reason(event.answer().reason),
      granting_role(event.granting_role()),
      policy_version(event.policy_version()),
      policy_digest(event.policy_digest()),
      previous_digest(event.previous_digest()),
      problem(event.problem()),
      refused_digest(event.refused_digest()),
      unknown_roles(event.unknown_roles()) {
    event.for_each_fact(
        [&](std::string_view name, std::optional<bool> value) { facts.emplace_back(name, value); });
}

line_content::line_content(audit_record const& from)
    : kind(from.kind),
      user(from.user),
      active_roles(names_of(from.active_roles)),
      held_roles(names_of(from.held_roles)),
      action(from.action),
      category(from.category),
      record(from.record),
      origin(from.origin),
      facts(from.facts.begin(), from.facts.end()),
      decision(from.decision),
      reason(from.reason),
      granting_role(from.granting_role),
      policy_version(from.policy_version),
      policy_digest(from.policy_digest),
      previous_digest(from.previous_digest),
      problem(from.problem),
      refused_digest(from.refused_digest),
      unknown_roles(names_of(from.unknown_roles)) {}

std::size_t line_content::size() const noexcept {
    std::size_t size = user.size() + action.size() + category.size() + record.size() +
                       origin.size() + granting_role.size() + policy_digest.size() +
                       previous_digest.size() + problem.size() + refused_digest.size() +
                       size_of(active_roles) + size_of(held_roles) + size_of(unknown_roles) +
                       facts.size();
    for (auto const& [name, value] : facts) size += name.size();
    return size;
}

void append_head(std::string& to, std::uint64_t sequence, std::int64_t time) {
    std::string when;
    append_time(when, time);
    json::object const head{
        {"rolecall", schema_version}, {"sequence", sequence}, {"time", text_of(when)}};
    std::string const text = json::serialize(head);
    to += std::string_view(text).substr(0, text.size() - 1);  // the rest goes on
    to += ',';
}

void append_rest(std::string& to, line_content const& of) {
    json::object rest;
    rest.emplace("kind", text_of(to_string(of.kind)));
    member_writer line(rest, of.kind);
    line.text(member::user, of.user);
    line.list(member::active_roles, of.active_roles);
    line.list(member::held_roles, of.held_roles);
    line.text(member::action, of.action);
    line.text(member::category, of.category);
    line.text(member::record, of.record);
    line.text(member::origin, of.origin);
    line.facts(member::facts, of);
    line.word(member::decision, to_string(of.decision), of.decision == rolecall::decision::deny);
    line.word(member::reason, to_string(of.reason), of.reason == rolecall::reason::unavailable);
    line.text(member::granting_role, of.granting_role);
    line.number(member::policy_version, of.policy_version);
    line.text(member::policy_digest, of.policy_digest);
    line.text(member::previous_digest, of.previous_digest);
    line.text(member::problem, of.problem);
    line.text(member::refused_digest, of.refused_digest);
    line.list(member::unknown_roles, of.unknown_roles);
    std::string const text = json::serialize(rest);
    append_visible(to, std::string_view(text).substr(1));  // the head began
}

}  // namespace rolecall::inline v0_1::audit

namespace rolecall::inline v0_1 {

std::string to_json_line(audit_record const& record) {
    std::string line;
    audit::append_head(line, record.sequence, record.time);
    audit::append_rest(line, audit::line_content(record));
    return line;
}

}  // namespace rolecall::inline v0_1
