// The check by reference and by name: a comparison, two loads and a bit test, wherever the
// answer does not depend on facts.
#ifndef ROLECALL_DETAIL_CHECK_HPP
#define ROLECALL_DETAIL_CHECK_HPP

#include <rolecall/action.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/policy_head.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/reference.hpp>

#include <cstdint>
#include <string_view>

namespace rolecall::inline v0_1::detail {

/// Asks as one role where it depends on facts.
ROLECALL_COLD bool allows_by_facts(policy_head const& p, std::uint32_t role, std::uint32_t what,
                                   std::uint32_t on, known_facts known) noexcept;

/// Asks as one role, by numbers of the policy's lineage. Denials at random are as quick as
/// allows: only what depends on facts branches.
inline bool allows(policy_head const& p, std::uint32_t role, std::uint32_t what, std::uint32_t on,
                   known_facts known) noexcept {
    std::uint32_t const cell = p.effective_of_role[role][on] >> what;
    if ((cell & 0x10000U) != 0) [[unlikely]]
        return allows_by_facts(p, role, what, on, known);
    return (cell & 1U) != 0;
}

/// Asks as one role, by references of any policy.
inline bool allows(policy_head const& p, role_ref role, action what, category_ref on) noexcept {
    if (access::stamps(role, what, on) != p.lineage) [[unlikely]]
        return false;
    return allows(p, access::number(role), access::number(what), access::number(on), {});
}

inline bool allows(policy_head const& p, role_ref role, action what, category_ref on,
                   facts const& known) noexcept {
    stamp const stamps = access::stamps(role, what, on) | access::lineage(known);
    return stamps == p.lineage && (access::stated(known) & p.undeclared_facts) == 0 &&
           allows(p, access::number(role), access::number(what), access::number(on), masks(known));
}

/// Asks as one role, by names.
inline bool allows(policy_head const& p, std::string_view role, std::string_view what,
                   std::string_view on, facts const& known = {}) noexcept {
    std::uint32_t const r = p.roles.find(role);
    std::uint32_t const a = p.actions.find(what);
    std::uint32_t const c = p.categories.find(on);
    bool const declared = r != name_table::none && a != name_table::none && c != name_table::none;
    bool const ours = (access::lineage(known) | p.lineage) == p.lineage &&
                      (access::stated(known) & p.undeclared_facts) == 0;
    return declared && ours && allows(p, r, a, c, masks(known));
}

}  // namespace rolecall::inline v0_1::detail

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/check.hpp>
#endif

#endif
