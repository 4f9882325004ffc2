// The written lines that one policy has and the other has not, or has differently, and on which
// rights they bear.
//
// Grants are compared one by one: a role, a category or what lies below it, an action, and a
// condition. So `all` written as four actions, or two lines put into one, are no change.
#ifndef ROLECALL_SRC_DIFF_CHANGED_LINES_HPP
#define ROLECALL_SRC_DIFF_CHANGED_LINES_HPP

#include "diff/fact_masks.hpp"
#include "diff/joint_names.hpp"
#include "diff/rows.hpp"
#include <rolecall/policy.hpp>
#include <rolecall/policy_diff.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::diff {

/// The roles of somebody before and after, and what of the changed lines is of these roles.
struct held_roles {
    both<std::vector<bool>> reached;  ///< by joint role: held directly or by inheritance
    std::vector<std::size_t> guardrails, edges;
};

class changed_lines {
public:
    changed_lines(policy const& before, policy const& after, vocabulary const& names);

    /// Of whoever holds these roles, by the policies' own numbers.
    [[nodiscard]] held_roles held(both<std::vector<std::uint32_t>> const& roles) const;

    /// The lines that bear on a right of theirs, sorted.
    [[nodiscard]] std::vector<std::uint32_t> bearing_on(held_roles const& who,
                                                        changed_cell const& on) const;

    /// All of them, in words, and whether each is a grant. `order` says at which place each
    /// stands once they are sorted by file and line.
    struct written {
        std::vector<changed_line> lines;
        std::vector<std::size_t> order;
    };
    [[nodiscard]] written write() const;

    [[nodiscard]] std::size_t size() const noexcept { return lines_.size(); }
    [[nodiscard]] bool is_grant(std::uint32_t number) const noexcept {
        return lines_[number].what == changed_line::kind::grant;
    }

private:
    // What a line is, and where: pointers into the document of its policy.
    struct line {
        changed_line::kind what{};
        side of{};
        written_role const* role = nullptr;
        written_grant const* grant = nullptr;
        written_right const* right = nullptr;
        written_category const* category = nullptr;
        written_requirement const* requirement = nullptr;
        written_guardrail const* guardrail = nullptr;
        written_name const* junior = nullptr;
    };

    struct changed_grant {
        std::uint32_t line = 0;
        side of{};
        std::uint32_t role = 0;
        std::uint32_t actions = 0;
        bool below = false;
    };
    struct changed_requirement {
        std::uint32_t line = 0;
        side of{};
        std::uint32_t actions = 0;
    };
    struct changed_guardrail {
        std::uint32_t line = 0;
        side of{};
        std::vector<std::uint32_t> roles, categories;  // none: all
        std::uint32_t actions = 0;
    };
    struct changed_edge {
        std::uint32_t line = 0;
        side of{};
        std::uint32_t senior = 0;
        std::uint32_t junior = 0;  // by the policy's own number
    };

    // Where the category of a cell lies in one policy's tree, by joint numbers.
    struct position {
        std::vector<std::uint32_t> itself_and_above;
        std::vector<std::uint32_t> covered_from;  // `x.*` of which x covers it
    };

    [[nodiscard]] std::vector<bool> reached_from(side s, std::vector<std::uint32_t> pending) const;
    std::uint32_t add(line const& added);
    void compare_grants();
    void compare_requirements();
    void compare_guardrails();
    void compare_inheritance();
    void compare_categories();
    void place_categories(side s);
    [[nodiscard]] std::uint32_t actions_of(side s, written_name const& action) const;
    [[nodiscard]] bool brings(changed_edge const& edge, std::uint32_t category,
                              std::uint32_t action) const;

    both<policy> policies_;
    vocabulary const& names_;
    both<fact_mapper> mappers_;
    both<std::vector<position>> positions_;  // by joint category
    std::vector<line> lines_;
    std::vector<std::vector<changed_grant>> grants_;                       // by joint category
    std::vector<std::vector<changed_requirement>> requirements_;           // by joint category
    std::vector<std::vector<std::pair<side, std::uint32_t>>> categories_;  // by joint category
    std::vector<changed_guardrail> guardrails_;
    std::vector<changed_edge> edges_;
};

}  // namespace rolecall::inline v0_1::diff

#endif
