// Copies of events.
#ifndef ROLECALL_DETAIL_COLD_AUDIT_HPP
#define ROLECALL_DETAIL_COLD_AUDIT_HPP

#include <rolecall/audit.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace rolecall::inline v0_1 {

namespace detail {

inline std::vector<std::string> copied(audit_names const& names) {
    std::vector<std::string> copies;
    copies.reserve(names.size());
    for (std::string_view const name : names) copies.emplace_back(name);
    return copies;
}

}  // namespace detail

ROLECALL_COLD audit_mode audit_event::mode() const noexcept {
    if (told_.kind != audit_kind::decision) return {};
    detail::policy_data const& p = detail::data_of(*told_.by);
    if (!told_.answer) return detail::unpacked(p.audit.denials);
    if (told_.asked == nullptr)
        return told_.action != nullptr && told_.category != nullptr
                   ? told_.by->audit_mode(*told_.action, *told_.category, decision::allow)
                   : audit_mode{};
    std::uint32_t const action = p.actions.find(told_.asked->action);
    std::uint32_t const category = p.categories.find(told_.asked->category);
    bool const declared =
        action != detail::name_table::none && category != detail::name_table::none;
    return declared ? p.audit.of_allow(action, category) : audit_mode{};
}

ROLECALL_COLD audit_record::audit_record() = default;
ROLECALL_COLD audit_record::audit_record(audit_record const&) = default;
ROLECALL_COLD audit_record::audit_record(audit_record&&) noexcept = default;
ROLECALL_COLD audit_record& audit_record::operator=(audit_record const&) = default;
ROLECALL_COLD audit_record& audit_record::operator=(audit_record&&) noexcept = default;
ROLECALL_COLD audit_record::~audit_record() = default;

ROLECALL_COLD audit_record::audit_record(audit_event const& event, std::uint64_t number,
                                         std::int64_t when)
    : sequence(number),
      time(when),
      kind(event.kind()),
      user(event.user()),
      active_roles(detail::copied(event.active_roles())),
      held_roles(detail::copied(event.held_roles())),
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
      unknown_roles(detail::copied(event.unknown_roles())) {
    event.for_each_fact(
        [&](std::string_view name, std::optional<bool> value) { facts.emplace_back(name, value); });
}

ROLECALL_COLD bool operator==(audit_record const& a, audit_record const& b) {
    auto const members = [](audit_record const& r) {
        return std::tie(r.sequence, r.time, r.kind, r.user, r.active_roles, r.held_roles, r.action,
                        r.category, r.record, r.origin, r.facts, r.decision, r.reason,
                        r.granting_role, r.policy_version, r.policy_digest, r.previous_digest,
                        r.problem, r.refused_digest, r.unknown_roles);
    };
    return members(a) == members(b);
}

}  // namespace rolecall::inline v0_1

#endif
