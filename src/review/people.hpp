// Whom a policy and a directory know, and what was assigned to them. Users who were assigned the
// same share it, so that whatever follows from it is worked out once.
#ifndef ROLECALL_SRC_REVIEW_PEOPLE_HPP
#define ROLECALL_SRC_REVIEW_PEOPLE_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/activate.hpp>
#include <rolecall/detail/name_table.hpp>
#include <rolecall/user_directory.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::review {

/// A role that was assigned, and until when.
struct given_role {
    std::uint32_t role = 0;  ///< a number of `role_numbers`
    std::int32_t until = detail::no_end;
    bool by_policy = false;  ///< else by a directory

    [[nodiscard]] bool holds(date on) const noexcept { return on.days() <= until; }
    [[nodiscard]] std::optional<date> last_day() const {
        return until == detail::no_end ? std::nullopt : std::optional(date::from_days(until));
    }

    friend bool operator==(given_role const&, given_role const&) = default;
    friend auto operator<=>(given_role const&, given_role const&) = default;
};

/// All that somebody was given: sorted, a role at most once by each source.
using given_roles = std::vector<given_role>;

/// The roles of a policy by number, and behind them names that it does not declare.
class role_numbers {
public:
    explicit role_numbers(detail::policy_data const& of) : p_(of) {}

    [[nodiscard]] std::uint32_t of(std::string_view name);
    [[nodiscard]] bool declared(std::uint32_t number) const noexcept {
        return number < p_.roles.size();
    }
    [[nodiscard]] std::string_view name(std::uint32_t number) const noexcept {
        return declared(number) ? p_.roles.name(number)
                                : undeclared_.name(number - p_.roles.size());
    }

private:
    detail::policy_data const& p_;
    detail::name_table undeclared_;
};

/// What a user was given, and whether anybody knows them. `unavailable` where the directory
/// can't tell.
struct given_to_user {
    user_lookup found = user_lookup::unavailable;
    given_roles roles;
};
[[nodiscard]] given_to_user given_to(detail::policy_data const& p, users_view directory,
                                     std::string_view id, role_numbers& numbers);

/// All that somebody reaches by choosing which of the roles given are active: as a check of
/// theirs, rule 7 of the policy format. Choosing none is refused only for what no choice helps
/// against.
[[nodiscard]] detail::role_set reach_of(detail::policy_data const& p, given_roles const& given,
                                        date on);

/// The last day on which somebody is assigned the role; nothing where it has no end.
[[nodiscard]] std::optional<date> last_day(given_roles const& given, std::uint32_t role);

struct person {
    std::string id;
    std::size_t given = 0;  ///< of `people::given`
    bool in_policy = false;
    bool in_directory = false;
};

/// Everybody.
struct people {
    /// False in `complete` where the directory can't be read. Throws what the directory throws.
    people(detail::policy_data const& p, users_view directory);

    role_numbers numbers;
    std::vector<person> users;       ///< by id
    std::vector<given_roles> given;  ///< by the id of their first user; somebody has each
    bool complete = false;
};

/// Sets of roles that count, each once, with what was given for them.
struct role_sets {
    role_sets(detail::policy_data const& p, std::vector<given_roles> const& given, date on);

    std::vector<detail::role_set> sets;
    std::vector<std::size_t> set_of_given;
};

}  // namespace rolecall::inline v0_1::review

#endif
