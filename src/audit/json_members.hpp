// The members of a line: their names, in the order in which they are written, and which kinds
// of record always have them. docs/audit.md tells the same.
#ifndef ROLECALL_SRC_AUDIT_JSON_MEMBERS_HPP
#define ROLECALL_SRC_AUDIT_JSON_MEMBERS_HPP

#include <rolecall/audit.hpp>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace rolecall::inline v0_1::audit {

/// What the first member of each line says: a line with another number says other things.
inline constexpr std::uint64_t schema_version = 1;

/// How each line begins.
inline constexpr std::string_view line_begin = R"({"rolecall":1,)";

/// A set of kinds.
constexpr unsigned kinds(std::initializer_list<audit_kind> of) noexcept {
    unsigned set = 0;
    for (audit_kind const kind : of) set |= 1U << static_cast<unsigned>(kind);
    return set;
}

/// A member that belongs to some kinds. Records of these kinds always have it, if only as
/// null or empty; others have it only where it is not empty.
struct json_member {
    std::string_view name;
    unsigned of;

    [[nodiscard]] constexpr bool belongs_to(audit_kind kind) const noexcept {
        return (of >> static_cast<unsigned>(kind) & 1U) != 0;
    }
};

namespace member {

inline constexpr unsigned questions = kinds({audit_kind::decision});
inline constexpr unsigned people = questions | kinds({audit_kind::roles_unknown});
inline constexpr unsigned changes =
    kinds({audit_kind::policy_activated, audit_kind::lineage_begun});
inline constexpr unsigned refusals = kinds({audit_kind::policy_refused});
inline constexpr unsigned all = people | changes | refusals;

inline constexpr json_member user{"user", people};
inline constexpr json_member active_roles{"active_roles", people};
inline constexpr json_member held_roles{"held_roles", questions};
inline constexpr json_member action{"action", questions};
inline constexpr json_member category{"category", questions};
inline constexpr json_member record{"record", questions};
inline constexpr json_member origin{"origin", kinds({})};  // lines of before have none
inline constexpr json_member facts{"facts", questions};
inline constexpr json_member decision{"decision", questions};
inline constexpr json_member reason{"reason", questions};
inline constexpr json_member granting_role{"granting_role", questions};
inline constexpr json_member policy_version{"policy_version", all};
inline constexpr json_member policy_digest{"policy_digest", all};
inline constexpr json_member previous_digest{"previous_digest", changes};
inline constexpr json_member problem{"problem", refusals};
inline constexpr json_member refused_digest{"refused_digest", refusals};
inline constexpr json_member unknown_roles{"unknown_roles", kinds({audit_kind::roles_unknown})};

}  // namespace member
}  // namespace rolecall::inline v0_1::audit

#endif
