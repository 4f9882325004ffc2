#include "audit/write_json_line.hpp"

#include "audit/json_members.hpp"
#include "audit/json_text.hpp"
#include <rolecall/json_lines.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <span>

namespace rolecall::audit {
namespace {

// Appends members that belong to the kind, or are not empty.
class member_writer {
public:
    member_writer(std::string& to, audit_kind kind) : to_(to), kind_(kind) {}

    void word(json_member const& member, std::string_view value, bool is_default = false) {
        if (begin(member, is_default)) append_quoted(to_, value);
    }

    void text(json_member const& member, std::string_view value) {
        if (!begin(member, value.empty())) return;
        if (value.empty()) {
            to_ += "null";
        } else {
            append_quoted(to_, value);
        }
    }

    void number(json_member const& member, std::uint64_t value) {
        if (begin(member, value == 0)) append_number(to_, value);
    }

    void list(json_member const& member, audit_names const& names) {
        if (!begin(member, names.empty())) return;
        to_ += '[';
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (i > 0) to_ += ',';
            append_quoted(to_, names[i]);
        }
        to_ += ']';
    }

    void facts(json_member const& member, line_content const& of) {
        if (!begin(member, of.facts.empty())) return;
        to_ += '{';
        for (auto const& [name, value] : told_once(of)) {
            if (to_.back() != '{') to_ += ',';
            to_ += name;
            to_ += !value ? ":null" : *value ? ":true" : ":false";
        }
        to_ += '}';
    }

private:
    using fact = std::pair<std::string, std::optional<bool>>;

    bool begin(json_member const& member, bool empty) {
        if (empty && !member.belongs_to(kind_)) return false;
        to_ += ",\"";
        to_ += member.name;
        to_ += "\":";
        return true;
    }

    // By its name as it is written, each fact once: where two values differ, none is known.
    static std::vector<fact> told_once(line_content const& of) {
        std::vector<fact> result;
        std::map<std::string, std::size_t> places;
        for (auto const& [name, value] : of.facts) {
            std::string written;
            append_quoted(written, name);
            auto const [place, is_new] = places.emplace(written, result.size());
            if (is_new) {
                result.emplace_back(std::move(written), value);
            } else if (result[place->second].second != value) {
                result[place->second].second = std::nullopt;
            }
        }
        return result;
    }

    std::string& to_;
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
                       granting_role.size() + policy_digest.size() + previous_digest.size() +
                       problem.size() + refused_digest.size() + size_of(active_roles) +
                       size_of(held_roles) + size_of(unknown_roles) + facts.size();
    for (auto const& [name, value] : facts) size += name.size();
    return size;
}

void append_head(std::string& to, std::uint64_t sequence, std::int64_t time) {
    to += line_begin;
    to += R"("sequence":)";
    append_number(to, sequence);
    to += R"(,"time":")";
    append_time(to, time);
    to += R"(",)";
}

void append_rest(std::string& to, line_content const& of) {
    to += R"("kind":)";
    append_quoted(to, to_string(of.kind));
    member_writer line(to, of.kind);
    line.text(member::user, of.user);
    line.list(member::active_roles, of.active_roles);
    line.list(member::held_roles, of.held_roles);
    line.text(member::action, of.action);
    line.text(member::category, of.category);
    line.text(member::record, of.record);
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
    to += '}';
}

}  // namespace rolecall::audit

namespace rolecall {

std::string to_json_line(audit_record const& record) {
    std::string line;
    audit::append_head(line, record.sequence, record.time);
    audit::append_rest(line, audit::line_content(record));
    return line;
}

}  // namespace rolecall
