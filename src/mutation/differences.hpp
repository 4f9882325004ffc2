// A question that a policy and a changed one answer differently, or that there is none.
//
// Few questions answer for all. Knowing more never takes away what was allowed, so the smallest
// states of the facts do. And where a set of roles is allowed something by one policy and denied
// it by the other,
//
//     one role of the set grants it, active alone, and the guardrails of fewer roles stop less;
//     the other policy denies it that role alone; or a guardrail fires there, which one role of
//     the set brings; or a separation refuses the set, and then one of the smallest sets that
//     break it, perhaps together with the role that grants it.
//
// So one role, two, or such a set tells the policies apart. A user who is listed can choose to have
// one role active, while the guardrails of all stay; where that role is theirs in both policies,
// and no session separates, no other choice tells more.
#ifndef ROLECALL_SRC_MUTATION_DIFFERENCES_HPP
#define ROLECALL_SRC_MUTATION_DIFFERENCES_HPP

#include "meaning/terms.hpp"
#include "mutation/row_changes.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/detail/role_set.hpp>
#include <rolecall/policy_mutation.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::mutating {

/// What a search ends with.
struct found_difference {
    bool differs = false;
    /// The question; none where there are too many ways to look at: then it is taken to differ.
    std::optional<different_answer> how;
};

/// Who asks, in both policies.
struct both_asked {
    std::string user;
    std::vector<std::uint32_t> roles;
    date on;
    detail::role_set in_p, in_m;
};

class differences {
public:
    /// Both policies have the same roles, actions, categories and facts, by the same numbers.
    /// `rows`: what differs between them. Keeps references to all.
    differences(detail::policy_data const& p, detail::policy_data const& m, row_changes const* rows,
                date on);

    /// By a role alone, about these actions on a category.
    [[nodiscard]] found_difference alone(std::uint32_t role, std::uint32_t category,
                                         std::uint32_t actions) const;

    /// By roles, as long as separations and inheritance are the same.
    [[nodiscard]] found_difference by_roles() const;

    /// By roles that only one of the two lets meet.
    [[nodiscard]] found_difference by_separated_roles() const;

    /// By users whom one of them lists.
    [[nodiscard]] found_difference by_users() const;
    [[nodiscard]] found_difference by_user(std::string_view id) const;

    /// By users whom nobody lists.
    [[nodiscard]] found_difference by_strangers() const;

private:
    [[nodiscard]] found_difference on_cell(both_asked const& by, std::uint32_t category,
                                           std::uint32_t action) const;
    /// On every cell that can be answered differently.
    [[nodiscard]] found_difference on_any(both_asked const& by) const;
    [[nodiscard]] different_answer answer(both_asked const& by, std::uint32_t category,
                                          std::uint32_t action, review::term const& state,
                                          bool allowed) const;

    [[nodiscard]] both_asked roles_ask(std::vector<std::uint32_t> roles) const;
    [[nodiscard]] found_difference by_guarded_pairs() const;
    [[nodiscard]] std::vector<std::uint32_t> declared_roles() const;

    /// Looks at sets of the roles that break a separation in one policy and not in the other.
    /// `ask` makes the question of a set.
    template <class Ask>
    [[nodiscard]] found_difference by_sets(std::vector<std::uint32_t> const& pool,
                                           Ask const& ask) const;

    struct assigned_in_both {
        detail::assigned_roles in_p, in_m;
    };
    [[nodiscard]] both_asked user_asks(std::string_view id, assigned_in_both const& has, date on,
                                       std::optional<std::vector<std::uint32_t>> chosen) const;
    [[nodiscard]] found_difference by_user_with(std::string_view id, assigned_in_both const& has,
                                                date on) const;
    [[nodiscard]] std::vector<date> days_of(std::string_view id) const;

    detail::policy_data const& p_;
    detail::policy_data const& m_;
    row_changes const* rows_;
    date on_;
    std::uint32_t every_action_ = 0;
};

}  // namespace rolecall::inline v0_1::mutating

#endif
