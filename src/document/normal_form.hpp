// One form for rules that are written differently and mean the same.
#ifndef ROLECALL_SRC_DOCUMENT_NORMAL_FORM_HPP
#define ROLECALL_SRC_DOCUMENT_NORMAL_FORM_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/compile/name_rules.hpp>
#include <rolecall/document.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::yaml {

/// Alternatives of facts that must hold together, both sorted, and no alternative that
/// another one makes superfluous: `a or (a and b)` is `a`.
///
/// INVARIANT: the condition that always holds is one empty alternative, {{}}; so the union of
/// two conditions is their alternatives together, made shortest again.
using normal_condition = std::vector<std::vector<std::string>>;

normal_condition normal(written_condition const& when);
bool always(normal_condition const& when) noexcept;

struct normal_right {
    std::string action;
    normal_condition when;
};

struct normal_grant {
    std::string category;  ///< with the `.*`
    std::vector<normal_right> rights;
};

/// One line for each category and `category.*`, in tree order. `all` stands where the four
/// actions have the same condition; no other action is there twice.
std::vector<normal_grant> normal(std::vector<written_grant> const& may);

/// Roles until a day, or for good; each role once, with the latest of its days.
struct normal_assignment {
    std::vector<std::string> roles;
    std::optional<date> until;
};

/// For good first, then by day.
std::vector<normal_assignment> normal(std::vector<written_assignment> const& assignments);

/// A guardrail made in code may have alternatives that a file can't give to one guardrail.
/// They become guardrails of their own, `name-2` and so on, which together forbid the same.
std::vector<written_guardrail> with_simple_conditions(
    std::vector<written_guardrail> const& guardrails);

/// The names, sorted, each once.
std::vector<std::string> sorted_names(std::vector<written_name> const& names);

/// The same in the order of actions: `any`, `all`, the four, then the policy's own.
std::vector<std::string> sorted_actions(std::vector<written_name> const& names);
bool action_before(std::string_view a, std::string_view b) noexcept;

/// Categories as keys of a map, each directly before what lies below it.
struct in_tree_order {
    bool operator()(std::string const& a, std::string const& b) const noexcept {
        return detail::category_before(a, b);
    }
};

}  // namespace rolecall::inline v0_1::yaml

#endif
