// What somebody exposes, as a word for each category, and the counts of it.
//
//     bit a        action a is open for certain
//     bit 16 + a   action a is possible; set wherever bit a is
#ifndef ROLECALL_SRC_EXPOSURE_CELLS_HPP
#define ROLECALL_SRC_EXPOSURE_CELLS_HPP

#include "exposure/levels.hpp"
#include "review/lister.hpp"
#include <rolecall/blast_radius.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::exposure {

/// By the numbers of the categories.
using words = std::vector<std::uint32_t>;

/// Adds what another one exposes.
void unite(words& to, words const& with);

/// The counts of one subject: by level, and of all.
struct counts {
    std::vector<level_count> levels;
    level_count total;

    /// Whether the other one exposes more: the order of `blast_radius::less`.
    [[nodiscard]] bool less_than(counts const& other) const;
};

/// What everybody exposes, of one policy with some facts known.
class cells {
public:
    cells(policy const& of, facts const& known);

    /// Whether the facts are those of the policy.
    [[nodiscard]] bool facts_fit() const noexcept { return fit_; }

    [[nodiscard]] detail::policy_data const& data() const noexcept { return list_.data(); }
    [[nodiscard]] review::lister const& list() const noexcept { return list_; }
    [[nodiscard]] level_table const& levels() const noexcept { return levels_; }

    /// The actions by number: view, modify, store, delete, and the policy's own by name.
    [[nodiscard]] std::vector<std::uint32_t> const& actions() const noexcept { return actions_; }
    [[nodiscard]] std::vector<std::string> action_names() const;

    [[nodiscard]] words of(detail::active_roles who) const;
    /// Of a role that asks alone.
    [[nodiscard]] words of_role(std::uint32_t role) const;

    [[nodiscard]] counts count(words const& of) const;

    /// Adds the rights on a category.
    void add(std::uint32_t word, level_count& to) const;
    /// A count of nothing.
    [[nodiscard]] level_count nothing() const;

private:
    review::lister list_;
    level_table levels_;
    std::vector<std::uint32_t> actions_;
    bool fit_;
};

/// The role as it asks alone.
[[nodiscard]] inline detail::active_roles alone(detail::policy_data const& p,
                                                std::uint32_t const& role) noexcept {
    return {{&role, 1}, {&p.rows_of_role[role].guards, 1}};
}

}  // namespace rolecall::inline v0_1::exposure

#endif
