// What must be known for a role to have a right, as people read it.
#ifndef ROLECALL_SRC_REVIEW_FORMULA_HPP
#define ROLECALL_SRC_REVIEW_FORMULA_HPP

#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::review {

/// Alternatives, each a mask of facts that must hold together.
using alternatives = std::vector<std::uint64_t>;

/// The condition of one right of one role: some grant, all requirements, no guardrail.
struct formula {
    alternatives granted;                 ///< empty: always
    std::vector<alternatives> required;   ///< all of them must hold
    std::vector<alternatives> forbidden;  ///< none of them may be true or unknown

    [[nodiscard]] bool always() const noexcept {
        return granted.empty() && required.empty() && forbidden.empty();
    }
};

/// The formula of a cell that is granted at all and not forbidden always.
formula formula_of(detail::policy_data const& p, std::uint32_t role, std::uint32_t action,
                   std::uint32_t category);

/// The same meaning in fewer words: what a requirement demands alone is not repeated in the
/// grants, and what one requirement implies is not demanded again.
formula simplified(formula f);

/// Whether any state of the facts makes it hold.
bool can_hold(formula const& f);

/// `(a and b or c) and d and not (x and y)`: names in order, `and` before `or`, parentheses
/// only where they are needed.
std::string to_text(formula const& f, detail::name_table const& facts);

/// `a and b or c`
std::string to_text(alternatives const& any_of, detail::name_table const& facts);

}  // namespace rolecall::review

#endif
