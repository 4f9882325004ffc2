#include "trail_store/question.hpp"

#include <algorithm>

namespace rolecall::inline v0_1::trail {

namespace {

using names = std::vector<std::string>;

bool has(names const& list, std::string_view name) noexcept {
    return std::find(list.begin(), list.end(), name) != list.end();
}

bool narrowed_to(names const& list, std::string_view name) noexcept {
    return list.empty() || has(list, name);
}

bool has_any(names const& list, names const& of) noexcept {
    return std::any_of(of.begin(), of.end(),
                       [&](std::string const& one) { return has(list, one); });
}

bool matches_decision(question const& asked, audit_record const& event) {
    if (asked.decision && event.decision != *asked.decision) return false;
    return narrowed_to(asked.actions, event.action) && narrowed_to(asked.records, event.record) &&
           narrowed_to(asked.reasons, to_string(event.reason)) &&
           (asked.categories.empty() ||
            std::any_of(asked.categories.begin(), asked.categories.end(),
                        [&](std::string const& of) { return is_within(event.category, of); }));
}

}  // namespace

bool matches(question const& asked, journal_record const& record) {
    audit_record const& event = record.event;
    if (asked.from && event.time < *asked.from) return false;
    if (asked.to && event.time >= *asked.to) return false;
    if (!narrowed_to(asked.kinds, record.kind()) || !narrowed_to(asked.users, event.user))
        return false;
    if (!asked.roles.empty() && !has_any(asked.roles, event.active_roles) &&
        !has_any(asked.roles, event.held_roles))
        return false;
    if (!asked.asks_for_decisions()) return true;
    bool const is_decision =
        record.note == journal_note::event && event.kind == audit_kind::decision;
    return is_decision && matches_decision(asked, event);
}

}  // namespace rolecall::inline v0_1::trail
