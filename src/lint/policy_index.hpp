// A policy as lint walks through it: each right with the cells that it covers, and for each
// category its level and what stands above it.
#ifndef ROLECALL_SRC_LINT_POLICY_INDEX_HPP
#define ROLECALL_SRC_LINT_POLICY_INDEX_HPP

#include "meaning/formula.hpp"
#include <rolecall/action.hpp>
#include <rolecall/detail/compile/symbols.hpp>
#include <rolecall/detail/policy_data.hpp>
#include <rolecall/document.hpp>
#include <rolecall/document_part.hpp>
#include <rolecall/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::linting {

/// The mask of view, modify, store and delete.
inline constexpr std::uint32_t four_actions = 0xF;

/// An action on a category, by their numbers.
struct cell {
    std::uint32_t category = 0;
    std::uint32_t action = 0;
};

/// One action word of a line of `may`.
struct right {
    std::uint32_t role = 0;
    std::uint32_t category = 0;
    bool below = false;         ///< `category.*`
    std::uint32_t actions = 0;  ///< a mask; four for `all`
    review::alternatives when;  ///< empty: always
    document_part part;
    written_grant const* line = nullptr;
    written_right const* written = nullptr;

    [[nodiscard]] bool always() const noexcept { return when.empty(); }
};

/// Keeps references: the policy must outlive it.
class policy_index {
public:
    explicit policy_index(policy const& of);

    [[nodiscard]] detail::policy_data const& data() const noexcept { return p_; }
    [[nodiscard]] document const& source() const noexcept { return doc_; }
    [[nodiscard]] detail::category_tree const& tree() const noexcept { return tree_; }

    /// A role's own rights: lines without `.*` first, then by category in tree order; those of a
    /// line with `all` first, then by action.
    [[nodiscard]] std::span<right const> rights_of(std::uint32_t role) const noexcept {
        return rights_[role];
    }

    [[nodiscard]] written_role const& role(std::uint32_t number) const noexcept {
        return doc_.roles[entry_of_role_[number]];
    }
    [[nodiscard]] std::size_t role_entry(std::uint32_t number) const noexcept {
        return entry_of_role_[number];
    }
    [[nodiscard]] written_category const& category(std::uint32_t number) const noexcept {
        return doc_.categories[entry_of_category_[number]];
    }

    /// The roles, each after all that it inherits.
    [[nodiscard]] std::span<std::uint32_t const> juniors_first() const noexcept {
        return juniors_first_;
    }

    /// Whether the role is the other one, or inherits it. In a policy of more than `most_known`
    /// roles it is looked for each time, and no more once that took too long altogether: nothing,
    /// and who asks must do without.
    [[nodiscard]] std::optional<bool> holds(std::uint32_t role, std::uint32_t other) const;

    /// What these roles inherit, sorted: of the roles themselves, only those that another of them
    /// inherits. Nothing as above.
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> below(
        std::span<std::uint32_t const> roles) const;
    static constexpr std::size_t most_known = 8192;

    /// Calls `each(category)` for what the line covers, until it returns false. Gives whether all
    /// returned true.
    template <class Each>
    bool each_category(std::uint32_t category, bool below, Each const& each) const {
        if (!below) return each(category);
        std::uint32_t const at = tree_.position[category];
        for (std::uint32_t p = at + 1; p < tree_.end[at];) {
            if (tree_.named_only[p]) {
                p = tree_.end[p];
            } else if (!each(tree_.number[p++])) {
                return false;
            }
        }
        return true;
    }

    /// The same for its cells.
    template <class Each>
    bool each_cell(right const& of, Each const& each) const {
        return each_category(of.category, of.below, [&](std::uint32_t category) {
            for (std::uint32_t action = 0; action < detail::max_actions; ++action)
                if ((of.actions >> action & 1U) != 0 && !each(cell{category, action})) return false;
            return true;
        });
    }

    [[nodiscard]] bool covers(right const& of, cell const& on) const noexcept {
        return (of.actions >> on.action & 1U) != 0 && reaches(of, on.category);
    }

    // ---- Levels ----------------------------------------------------------------------------

    /// How strict: a number of `levels`; nothing where neither it nor one above has a level.
    [[nodiscard]] std::optional<std::size_t> level(std::uint32_t category) const noexcept {
        return levels_[category];
    }
    [[nodiscard]] bool is_strictest(std::uint32_t category) const noexcept {
        return levels_[category] && level_names_.size() > 1 &&
               *levels_[category] + 1 == level_names_.size();
    }
    [[nodiscard]] std::string_view level_name(std::uint32_t category) const {
        return level_names_[*levels_[category]];
    }

    /// The category directly above, of those declared.
    [[nodiscard]] std::optional<std::uint32_t> above(std::uint32_t category) const noexcept {
        return above_[category];
    }

    [[nodiscard]] review::alternatives masks(written_condition const& when) const;

    /// `payment.*`
    [[nodiscard]] static std::string line_text(written_grant const& line) {
        return line.category.text + (line.below ? ".*" : "");
    }
    [[nodiscard]] std::string_view role_name(std::uint32_t n) const { return p_.roles.name(n); }
    [[nodiscard]] std::string_view category_name(std::uint32_t n) const {
        return p_.categories.name(n);
    }
    [[nodiscard]] std::string_view action_name(std::uint32_t n) const { return p_.actions.name(n); }

private:
    void index_rights();
    void index_levels();
    void order_roles();
    void index_inheritance();
    [[nodiscard]] bool reaches(right const& of, std::uint32_t category) const noexcept;

    detail::policy_data const& p_;
    document const& doc_;
    detail::category_tree tree_;
    std::vector<std::uint32_t> covered_from_;  // by position: the uppermost that covers it by `.*`
    std::vector<std::vector<right>> rights_;
    std::vector<std::size_t> entry_of_role_;
    std::vector<std::size_t> entry_of_category_;
    std::vector<std::uint32_t> juniors_first_;
    // A row of bits for each role: what it holds. Empty where there are too many roles.
    std::vector<std::uint64_t> held_;
    std::size_t words_ = 0;
    mutable std::size_t steps_left_ = 20'000'000;
    std::vector<std::string> level_names_;
    std::vector<std::optional<std::size_t>> levels_;
    std::vector<std::optional<std::uint32_t>> above_;
};

}  // namespace rolecall::inline v0_1::linting

#endif
