// Findings while they are gathered.
#ifndef ROLECALL_SRC_LINT_REPORT_HPP
#define ROLECALL_SRC_LINT_REPORT_HPP

#include "lint/abilities.hpp"
#include "lint/policy_index.hpp"
#include <rolecall/detail/findings.hpp>
#include <rolecall/lint.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::linting {

/// A problem, the names that it is about, and what can be left out to mend it.
struct raw_finding {
    detail::finding what;
    std::vector<std::string> about;
    std::optional<document_part> removal;
};

/// What a rule looks at, and whom it tells.
struct inspection {
    policy_index const& policy;
    lint_options const& options;
    std::vector<raw_finding>& found;

    void tell(diagnostic_code code, place const& at, std::string text,
              std::vector<detail::related_place> related, std::vector<std::string> about,
              std::optional<document_part> removal = std::nullopt) const {
        found.push_back(
            {{code, at, std::move(text), std::move(related)}, std::move(about), removal});
    }
};

/// `a`, `a and b`, `a, b and c`, each in backticks; of more than `most` the first, and how many
/// others.
[[nodiscard]] std::string listed(std::vector<std::string_view> const& names, std::size_t most = 3);

// ---- The rules, a file for each --------------------------------------------------------------

void look_for_rights_in_vain(inspection const& on);
void look_for_unusable_rights(inspection const& on);
void look_for_redundant_inheritance(inspection const& on);
void look_for_idle_guardrails(inspection const& on);
void look_for_idle_separations(inspection const& on);
void look_for_idle_facts(inspection const& on, abilities& of);
void look_for_idle_roles(inspection const& on);
void look_for_like_roles(inspection const& on, abilities const& of);
void look_for_blind_changes(inspection const& on, abilities const& of);
void look_for_one_sided_requirements(inspection const& on, abilities& of);
void look_for_broad_grants(inspection const& on, abilities const& of);
void look_for_bare_categories(inspection const& on);
void look_for_unreached_categories(inspection const& on, abilities const& of);
void look_at_assignments(inspection const& on);
void look_for_like_names(inspection const& on);
void look_for_overdue_exercises(inspection const& on);

}  // namespace rolecall::inline v0_1::linting

#endif
