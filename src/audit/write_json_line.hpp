// An event or a record as a line: first all but its number and time, which come last.
#ifndef ROLECALL_SRC_AUDIT_WRITE_JSON_LINE_HPP
#define ROLECALL_SRC_AUDIT_WRITE_JSON_LINE_HPP

#include <rolecall/audit.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::audit {

/// What an event or a record says, as views of it.
struct line_content {
    explicit line_content(audit_event const& event);
    explicit line_content(audit_record const& from);

    /// Bytes of the names in it. The line has more.
    [[nodiscard]] std::size_t size() const noexcept;

    audit_kind kind;
    std::string_view user;
    audit_names active_roles, held_roles;
    std::string_view action, category, record, origin;
    std::vector<std::pair<std::string_view, std::optional<bool>>> facts;
    rolecall::decision decision;
    rolecall::reason reason;
    std::string_view granting_role;
    std::uint32_t policy_version;
    std::string_view policy_digest, previous_digest;
    std::string_view problem, refused_digest;
    audit_names unknown_roles;
};

/// Appends `{"rolecall":1,"sequence":17,"time":"…",`, which takes at most `longest_head`.
void append_head(std::string& to, std::uint64_t sequence, std::int64_t time);
inline constexpr std::size_t longest_head = 96;

/// Appends the rest of the line, from `"kind":` to the closing brace.
void append_rest(std::string& to, line_content const& of);

}  // namespace rolecall::inline v0_1::audit

#endif
