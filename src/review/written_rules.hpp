// The lines of a policy that bear on one question, found by walking the policy as written.
// The decision itself comes from the compiled rows; this says which words made it.
#ifndef ROLECALL_SRC_REVIEW_WRITTEN_RULES_HPP
#define ROLECALL_SRC_REVIEW_WRITTEN_RULES_HPP

#include "meaning/formula.hpp"
#include <rolecall/detail/activate.hpp>
#include <rolecall/document.hpp>
#include <rolecall/explain.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::review {

/// How far a condition is from holding: facts known false weigh more than unknown ones.
struct distance {
    std::size_t known_false = 0;
    std::size_t unknown = 0;

    [[nodiscard]] bool none() const noexcept { return known_false + unknown == 0; }
    friend auto operator<=>(distance const&, distance const&) = default;
};

/// Facts that must hold together, and how far they are from it. No facts for `always`.
struct nearest_alternative {
    std::uint64_t facts = 0;
    distance away;
};

/// One action of one line of a role's `may`.
struct granting_line {
    written_role const* role = nullptr;
    written_grant const* grant = nullptr;
    written_right const* right = nullptr;
};

/// One action of a category's `requires`.
struct requiring_line {
    written_category const* category = nullptr;
    written_requirement const* requirement = nullptr;
};

class written_rules {
public:
    explicit written_rules(policy const& of) : data_(detail::data_of(of)), doc_(of.source()) {}

    [[nodiscard]] detail::policy_data const& data() const noexcept { return data_; }
    [[nodiscard]] document const& source() const noexcept { return doc_; }

    /// These roles and all that they inherit, by number.
    [[nodiscard]] std::vector<std::uint32_t> closure(std::span<std::uint32_t const> roles) const;

    /// The lines with which these roles themselves grant the action on the category.
    [[nodiscard]] std::vector<granting_line> grants(std::span<std::uint32_t const> roles,
                                                    std::string_view action,
                                                    std::string_view category) const;

    /// All lines of these roles.
    [[nodiscard]] std::vector<granting_line> grants(std::span<std::uint32_t const> roles) const;

    /// The requirements on the category, and on all above it, for the action.
    [[nodiscard]] std::vector<requiring_line> requirements(std::string_view action,
                                                           std::string_view category) const;

    /// The guardrails that bear on whoever holds one of these roles (already closed).
    [[nodiscard]] std::vector<written_guardrail const*> guardrails(
        std::span<std::uint32_t const> held, std::string_view action,
        std::string_view category) const;

    [[nodiscard]] alternatives masks(written_condition const& when) const;
    [[nodiscard]] std::string text(written_condition const& when) const;

    /// The alternative of a condition that is closest to holding.
    [[nodiscard]] nearest_alternative closest(written_condition const& when,
                                              detail::known_facts facts) const;

    [[nodiscard]] location locate(place const& at) const;

    /// `support may view payment.* if open-ticket`
    [[nodiscard]] policy_line describe(granting_line const& line) const;
    [[nodiscard]] policy_line describe(requiring_line const& line) const;
    [[nodiscard]] policy_line describe(written_guardrail const& guardrail) const;
    [[nodiscard]] policy_line describe(written_separation const& separation) const;

    /// The sentences and places alone: `describe` reads the file for each line's text.
    [[nodiscard]] std::string sentence_of(granting_line const& line) const;
    [[nodiscard]] std::string sentence_of(requiring_line const& line) const;
    [[nodiscard]] std::string sentence_of(written_guardrail const& guardrail) const;
    [[nodiscard]] static std::string sentence_of(written_separation const& separation);
    [[nodiscard]] static place const& place_of(granting_line const& line) noexcept;

private:
    [[nodiscard]] bool covers(written_grant const& grant, std::string_view category) const;

    detail::policy_data const& data_;
    document const& doc_;
};

/// ` (roles/support.yaml:7)`, or nothing for what was made in code.
std::string in_brackets(location const& where);

}  // namespace rolecall::inline v0_1::review

#endif
