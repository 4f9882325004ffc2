// What a list of rights is made from: the rows of a policy, and what is known.
#ifndef ROLECALL_SRC_REVIEW_LISTER_HPP
#define ROLECALL_SRC_REVIEW_LISTER_HPP

#include "meaning/formula.hpp"
#include "review/people.hpp"
#include "review/written_rules.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/lists.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::review {

/// A permission by its numbers.
struct cell {
    std::uint32_t action = 0;
    std::uint32_t category = 0;
};

class lister {
public:
    lister(policy const& of, facts const& known);

    [[nodiscard]] detail::policy_data const& data() const noexcept { return p_; }

    [[nodiscard]] std::optional<formula> right(detail::active_roles who, cell on) const {
        return right_of(p_, who, on.action, on.category, known_);
    }

    /// Those of the active roles that give the right alone, guardrails of all roles held.
    [[nodiscard]] std::vector<granting_role> through(detail::role_set const& who, cell on) const;

    /// The roles whose lines give it to a role that asks alone. `lines` are all that do.
    [[nodiscard]] std::vector<granting_role> through(written_rules const& rules,
                                                     std::span<granting_line const> lines,
                                                     std::uint32_t asking, cell on) const;

    /// The condition of a right and its facts.
    void describe(formula const& f, right_basis& to) const;

    /// The right that somebody has by choosing among these roles, without its end; nothing where
    /// no state of the facts allows it.
    [[nodiscard]] std::optional<right_basis> basis(detail::role_set const& who, cell on) const;

    /// Whether these roles may not all be active in one session.
    [[nodiscard]] bool may_not_meet(std::vector<granting_role> const& roles) const;

    /// Says until when somebody has a right who was given these roles.
    void add_ends(given_roles const& given, right_basis& to) const;

private:
    [[nodiscard]] granting_role granting(std::uint32_t role, formula const& f) const;
    [[nodiscard]] std::vector<std::string> fact_names(formula const& f) const;

    detail::policy_data const& p_;
    detail::known_facts known_;
};

}  // namespace rolecall::inline v0_1::review

#endif
