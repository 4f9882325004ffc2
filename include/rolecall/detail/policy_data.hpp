// The compiled policy.
//
// INVARIANT: a cell is one word of 32 bits. Bit a says of action a "always", bit 16 + a says
// "depends on facts"; never both.
//
//                 category 0    1    2   …  width-1
//     row 0          [ 0  ,   0  ,  0 , … ]            nothing: the row of whoever has no role
//     row 1          [ …                  ]
//
// Rows are shared: two roles that are alike point to the same one. There are four kinds:
//
//     grants       per role: what it and all it inherits grant; tree included
//     guards       per role: what guardrails forbid to whoever holds it
//     required     one: which cells have a requirement ("depends" bits only)
//     effective    per role: the three put together, for a question asked as that role alone
//
// INVARIANT: grants and guards of different roles are united before guards are subtracted.
// A guardrail of one role must also stop what another role grants to the same person.
//
// INVARIANT: width is more than the number of every category of the policy's lineage, past
// and to come, so a reference whose stamp fits needs no further bounds check. The same holds
// for rows_of_role and roles. So a lineage has room for a fixed number of names from its
// first policy on, and its later policies share `numbering`. What no name has, or no more, is
// a column of nothing and a row of nothing.
#ifndef ROLECALL_DETAIL_POLICY_DATA_HPP
#define ROLECALL_DETAIL_POLICY_DATA_HPP

#include <rolecall/action.hpp>
#include <rolecall/detail/audit_modes.hpp>
#include <rolecall/detail/conditions.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/detail/numbering.hpp>
#include <rolecall/detail/policy_head.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::detail {

inline constexpr std::uint32_t always_bits = 0x0000FFFF;
inline constexpr std::uint32_t depends_bits = 0xFFFF0000;

/// Rows of one role, by row number.
struct role_rows {
    std::uint32_t grants = 0;
    std::uint32_t guards = 0;
    std::uint32_t effective = 0;
};

/// An assignment of a role to a listed user, through a day counted from 1970-01-01.
struct role_assignment {
    std::uint32_t role = 0;
    std::int32_t until = 0;
};

/// A separation of duty: too many of its member roles together are refused.
struct separation_rule {
    std::uint32_t at_most = 0;
    bool per_person = true;
};

/// A member of a separation that a role is, or inherits.
struct separation_member {
    std::uint32_t rule = 0;
    std::uint32_t role = 0;

    friend bool operator==(separation_member const&, separation_member const&) = default;
    friend auto operator<=>(separation_member const&, separation_member const&) = default;
};

struct promise_checks;

struct policy_data : policy_head {
    policy_data() = default;
    policy_data(policy_data const&) = delete;
    policy_data& operator=(policy_data const&) = delete;
    ~policy_data() {
        if (numbering* const n = names_of_lineage.load(std::memory_order_acquire)) n->release();
        delete digest.load(std::memory_order_acquire);
    }

    std::vector<std::uint32_t> cells;
    std::vector<role_rows> rows_of_role;
    std::uint32_t guards_of_everyone = 0;
    std::uint32_t required = 0;
    condition_table conditions;
    audit_modes audit;

    mutable std::atomic<numbering*> names_of_lineage{nullptr};  // counted; made when needed
    std::string (*compute_digest)(policy_data const&) = nullptr;
    promise_checks const* promises = nullptr;  // of whoever compiled it; lives for ever

    name_table users;
    std::vector<slice> assignments_of_user;
    std::vector<role_assignment> assignments;
    bool other_users = true;        // who is not listed may be vouched for
    bool says_other_users = false;  // and the policy itself says so

    std::vector<slice> juniors_of_role;
    std::vector<std::uint32_t> juniors;
    std::vector<separation_rule> separations;
    std::vector<slice> separation_members_of_role;  // closed over inheritance
    std::vector<separation_member> separation_members;

    [[nodiscard]] std::uint32_t const* row(std::uint32_t number) const noexcept {
        return cells.data() + std::size_t{number} * width;
    }

    /// Once the cells stay where they are, and the names are there.
    void finish() {
        effective_of_role.reserve(rows_of_role.size());
        for (role_rows const& rows : rows_of_role) effective_of_role.push_back(row(rows.effective));
        for (std::uint32_t n = 0; n < facts.size(); ++n)
            if (facts.declared(n)) undeclared_facts &= ~(std::uint64_t{1} << n);
    }

    [[nodiscard]] std::span<role_assignment const> assigned(std::uint32_t user) const noexcept {
        slice const s = assignments_of_user[user];
        return {assignments.data() + s.first, s.count};
    }

    [[nodiscard]] std::span<std::uint32_t const> juniors_of(std::uint32_t role) const noexcept {
        slice const s = juniors_of_role[role];
        return {juniors.data() + s.first, s.count};
    }

    [[nodiscard]] std::span<separation_member const> separated(std::uint32_t role) const noexcept {
        slice const s = separation_members_of_role[role];
        return {separation_members.data() + s.first, s.count};
    }
};

/// All of a policy.
template <class Policy>
policy_data const& data_of(Policy const& of) noexcept {
    return static_cast<policy_data const&>(access::head(of));
}

/// What united grants, united guards and requirements leave of a cell.
constexpr std::uint32_t effective_cell(std::uint32_t grants, std::uint32_t guards,
                                       std::uint32_t required) noexcept {
    std::uint32_t const granted = (grants | grants >> 16U) & always_bits;
    std::uint32_t const open = granted & ~guards & always_bits;
    std::uint32_t const depends = (guards >> 16U) | (required >> 16U) | ~grants;
    return (open & ~depends) | (open & depends) << 16U;
}

}  // namespace rolecall::inline v0_1::detail

#endif
