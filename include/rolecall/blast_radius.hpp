// What is exposed if an account, a role or an application is taken over, beside the least and the
// most that others expose; and the reverse: who can reach a category.
//
//     auto const radius = rolecall::blast_radius_of_user(shop, staff, "dana");
//     for (rolecall::exposed_level const& level : radius.levels)      // strictest first
//         fmt::print("{}: {} of {} categories\n", level.level, level.count.categories.possible,
//                    level.of);
//
// Think of an attacker who has an account. They choose which of the roles held are active, and
// after one session they open another: a separation per session takes nothing away, and the
// guardrails of all roles held stay. Whoever has an application that asks as roles chooses which
// of these to ask as, so each of them is exposed as it is when it asks alone.
//
// Two things are told of every right: whether it is open for certain, with the facts given (none
// of them, unless told) and nothing else known; and whether it is possible, since some state of
// the other facts opens it, for which the attacker waits, or which they bring about. What is
// certain is possible, too.
//
// Nothing is scored. There are counts, by level and action, and counts can be compared.
//
// For reports, not for hot loops. Any number of threads may call at once.
#ifndef ROLECALL_BLAST_RADIUS_HPP
#define ROLECALL_BLAST_RADIUS_HPP

#include <rolecall/date.hpp>
#include <rolecall/decision.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/facts.hpp>
#include <rolecall/lists.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/role_list.hpp>
#include <rolecall/user_directory.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1 {

/// How many, in either scenario.
struct exposure_count {
    std::size_t certain = 0;   ///< with nothing known but the facts given
    std::size_t possible = 0;  ///< under some state of the other facts; these and more

    friend bool operator==(exposure_count const&, exposure_count const&) = default;
};

/// What somebody exposes of one level, or of all.
struct level_count {
    exposure_count categories;            ///< with at least one action
    exposure_count rights;                ///< actions on categories
    std::vector<exposure_count> actions;  ///< rights, in the order of the result's `actions`

    friend bool operator==(level_count const&, level_count const&) = default;
};

/// A number beside the same number of the others.
struct compared_count {
    std::size_t mine = 0;
    std::size_t least = 0;   ///< of the others, as are all that follow; 0 without others
    std::size_t median = 0;  ///< of an even number of others, the lower of the middle two
    std::size_t most = 0;
    std::size_t fewer = 0;    ///< how many others have fewer
    std::size_t as_many = 0;  ///< how many have as many
    /// Who has `most`, by name, three at most; nobody where that is 0.
    std::vector<std::string> most_by;
    std::size_t most_by_count = 0;  ///< how many have

    friend bool operator==(compared_count const&, compared_count const&) = default;
};

/// The same in either scenario.
struct comparison {
    compared_count certain;
    compared_count possible;
};

/// A `level_count`, each number compared.
struct level_comparison {
    comparison categories;
    comparison rights;
    std::vector<comparison> actions;
};

/// A right that is exposed.
struct exposed_right : right_basis {
    std::string action;
    bool only = false;  ///< nobody else of the same kind has it, under any facts
};

/// A category of which something is exposed.
struct exposed_category {
    std::string category;
    std::string about;                  ///< what it holds, in the policy's words
    std::vector<std::string> laws;      ///< its own, and those of the categories above; sorted
    std::vector<exposed_right> rights;  ///< in the order of the result's `actions`
};

/// What is exposed of one level. The level of a category is its own, or else that of the nearest
/// category above it that has one.
struct exposed_level {
    std::string level;                         ///< empty: of categories without a level
    std::size_t of = 0;                        ///< how many categories have it
    std::vector<exposed_category> categories;  ///< by name
    std::vector<std::string> laws;             ///< of these categories, sorted
    level_count count;
    level_comparison others;
};

/// Somebody, with counts by level.
struct counted_exposure {
    holder::kind what{};
    /// A role; or the users who hold the same roles, by id.
    std::vector<std::string> names;
    std::vector<std::string> roles;   ///< that these users hold, by name; none for a role
    std::vector<level_count> levels;  ///< as the result's levels
    level_count total;
};

/// What is exposed, or why that is no question: the rest is an answer only where it converts to
/// true.
struct blast_radius {
    reason why = reason::unavailable;  ///< `granted`, or what a check of theirs is refused for
    holder::kind what{};
    /// The roles that are held on the day, or that ask; by name.
    std::vector<std::string> roles;
    std::vector<std::string> actions;   ///< view, modify, store, delete, and the policy's own
    std::vector<exposed_level> levels;  ///< strictest first; what has no level is last
    level_count total;
    level_comparison others;  ///< of the total
    /// Users with users, roles with roles: whoever else may ask for anything that day. Roles
    /// that ask together are compared with every other role.
    std::size_t compared_with = 0;
    /// How many of these expose less, and how many as much: by the strictest level, then by the
    /// next, and so on; in each by the rights that are possible, then by those that are certain.
    std::size_t less = 0;
    std::size_t as_much = 0;
    bool apart = false;  ///< not all of these roles may be active in one session
    /// Of more than one role that asks: each of them alone.
    std::vector<counted_exposure> each;

    explicit operator bool() const noexcept { return why == reason::granted; }
    /// Whether anything is.
    [[nodiscard]] bool exposed() const noexcept { return total.rights.possible > 0; }
};

struct exposure_options {
    date on = date::today();  ///< the day that assignments must not have passed
    facts known{};            ///< what is so, and the attacker can't change
};

/// What is exposed if the account of a user is taken over: of the policy, of a directory, or of
/// both. Refused as `what_can_user`. Where the directory can't list its users, `unavailable`:
/// there is nothing to compare with. Throws std::bad_alloc, and what the directory throws.
[[nodiscard]] ROLECALL_API blast_radius blast_radius_of_user(policy const& by, users_view directory,
                                                             std::string_view id,
                                                             exposure_options const& options = {});

/// What is exposed if one of these roles, or an application that asks as all of them, is taken
/// over. `unknown_name` for a role that the policy does not declare. Separations refuse nothing:
/// the roles need not be active together.
[[nodiscard]] ROLECALL_API blast_radius blast_radius_of_roles(policy const& by, role_list roles,
                                                              exposure_options const& options = {});

/// Everybody, by what they expose.
struct exposure_ranking {
    reason why = reason::unavailable;  ///< `granted`, else as `who_can_result`
    std::vector<std::string> actions;  ///< as `blast_radius`
    std::vector<std::string> levels;   ///< strictest first; an empty one for no level is last
    std::vector<std::size_t> of;       ///< how many categories each level has
    std::size_t role_count = 0;        ///< of the policy
    std::size_t user_count = 0;        ///< who may ask for anything that day
    /// Most first, in the order of `blast_radius::less`, then by name. Who exposes nothing is
    /// left out.
    std::vector<counted_exposure> roles;
    std::vector<counted_exposure> users;  ///< the same; who hold the same roles are one entry

    explicit operator bool() const noexcept { return why == reason::granted; }
};

/// Ranks every role, as it asks alone, and every user of the policy and of a directory. With a
/// level, this one alone counts: `unknown_name` for one that the policy does not have.
[[nodiscard]] ROLECALL_API exposure_ranking
rank_exposure(policy const& by, users_view directory, exposure_options const& options = {},
              std::optional<std::string_view> level = std::nullopt);

/// A user who reaches something, and until when.
struct reaching_user {
    std::string id;
    std::optional<date> until;  ///< the last day on which they reach any of it; none: no end
    std::vector<std::optional<date>> ends;  ///< of each right: as `right_basis::until`
};

/// Who reaches the same in the same way.
struct reaching {
    holder::kind what{};
    std::string role;                  ///< where a role does
    std::vector<reaching_user> users;  ///< or these users, by id: they hold the same roles
    std::vector<held_right> rights;    ///< by category, then by action. The ends are the users'
    level_count count;                 ///< of these rights
};

/// How many reach an action on a category.
struct reached_right {
    std::string category;
    std::string level;              ///< its own, or from above; may be empty
    std::vector<std::string> laws;  ///< its own and those from above, sorted
    std::string action;
    exposure_count roles;
    exposure_count users;
};

/// Who can reach a category, or why that is no question.
struct reach {
    reason why = reason::unavailable;  ///< `granted`, else as `who_can_result`
    std::vector<std::string> actions;  ///< as `blast_radius`
    std::size_t role_count = 0;        ///< of the policy
    std::size_t user_count = 0;        ///< who may ask for anything that day
    exposure_count roles;              ///< who reach any of it
    exposure_count users;
    std::vector<reached_right> rights;  ///< by category and action; also those nobody has
    /// Who have most rights first, possible and then certain; then by name.
    std::vector<reaching> by_role;
    std::vector<reaching> by_user;

    explicit operator bool() const noexcept { return why == reason::granted; }
    /// Whether anybody can.
    [[nodiscard]] bool reached() const noexcept { return roles.possible + users.possible > 0; }
};

/// Who can reach a category, with which action, and through which roles: roles as they ask alone,
/// `through` those that they inherit whose own lines give it, and users of the policy and of a
/// directory, `through` the roles assigned. With `below`, also what lies below the category.
[[nodiscard]] ROLECALL_API reach who_reaches(policy const& by, users_view directory,
                                             std::string_view category, bool below = false,
                                             exposure_options const& options = {});

}  // namespace rolecall::inline v0_1

#endif
