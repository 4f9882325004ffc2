// What must be known for somebody to have a right, as people read it.
#ifndef ROLECALL_SRC_MEANING_FORMULA_HPP
#define ROLECALL_SRC_MEANING_FORMULA_HPP

#include <rolecall/detail/evaluate.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/detail/policy_data.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::review {

/// Alternatives, each a mask of facts that must hold together.
using alternatives = std::vector<std::uint64_t>;

/// The condition of one right: some grant, all requirements, no guardrail.
struct formula {
    alternatives granted;                 ///< empty: always
    std::vector<alternatives> required;   ///< all of them must hold
    std::vector<alternatives> forbidden;  ///< none of them may be true or unknown

    [[nodiscard]] bool always() const noexcept {
        return granted.empty() && required.empty() && forbidden.empty();
    }
};

/// When whoever has these roles active may do this; nothing where no state of the facts lets
/// them. With facts known: what must be known besides. Read from the rows that a check reads.
[[nodiscard]] ROLECALL_API std::optional<formula> right_of(detail::policy_data const& p,
                                                           detail::active_roles who,
                                                           std::uint32_t action,
                                                           std::uint32_t category,
                                                           detail::known_facts known = {});

/// The formula of a cell that is granted at all and not forbidden always, as the rows say it.
[[nodiscard]] ROLECALL_API formula formula_of(detail::policy_data const& p,
                                              detail::active_roles who, std::uint32_t action,
                                              std::uint32_t category);

/// What is left to be known, in few words; nothing where it can't hold any more.
[[nodiscard]] ROLECALL_API std::optional<formula> settled(formula f, detail::known_facts known);

/// The same meaning in fewer words: what a requirement demands alone is not repeated in the
/// grants, and what one requirement or guardrail implies is not said again.
[[nodiscard]] ROLECALL_API formula simplified(formula f);

/// Whether any state of the facts makes it hold.
[[nodiscard]] ROLECALL_API bool can_hold(formula const& f);

/// The facts that it names.
[[nodiscard]] ROLECALL_API std::uint64_t facts_of(formula const& f) noexcept;

/// The names of these facts, sorted.
[[nodiscard]] ROLECALL_API std::vector<std::string_view> names_of(std::uint64_t mask,
                                                                  detail::name_table const& facts);

/// `(a and b or c) and d and not (x and y)`: names in order, `and` before `or`, parentheses
/// only where they are needed.
[[nodiscard]] ROLECALL_API std::string to_text(formula const& f, detail::name_table const& facts);

/// `a and b or c`
[[nodiscard]] ROLECALL_API std::string to_text(alternatives const& any_of,
                                               detail::name_table const& facts);

}  // namespace rolecall::inline v0_1::review

#endif
