// The question, by names: subject, action, category, and what is known.
#ifndef ROLECALL_REQUEST_HPP
#define ROLECALL_REQUEST_HPP

#include <rolecall/date.hpp>
#include <rolecall/detail/export.hpp>
#include <rolecall/facts.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1 {

/// Who asks: roles, or a user.
///
/// Roles are the application's word: never copy them from what an end user sent. To ask as
/// a role, rather than as a user, skips what is known of people: assignments, their end,
/// separation per person, and guardrails by other roles held.
///
/// Keeps views of the names: they must live until the question is answered.
class subject {
public:
    /// Asks as one role.
    ROLECALL_COLD static subject role(std::string_view name);

    /// Asks as several roles that are active together.
    ROLECALL_COLD static subject roles(std::vector<std::string_view> roles);

    /// Asks as a user with all roles that are assigned.
    ROLECALL_COLD static subject user(std::string_view id);

    /// Asks as a user with these roles active: some of those that a listed user holds,
    /// directly or by inheritance; or all roles of a user whom the application vouches for.
    ROLECALL_COLD static subject user(std::string_view id, std::vector<std::string_view> roles);

    ROLECALL_COLD subject(subject const&);
    ROLECALL_COLD subject(subject&&) noexcept;
    ROLECALL_COLD subject& operator=(subject const&);
    ROLECALL_COLD subject& operator=(subject&&) noexcept;
    ROLECALL_COLD ~subject();

    [[nodiscard]] bool is_user() const noexcept { return is_user_; }
    /// The user's id; empty when roles ask.
    [[nodiscard]] std::string_view id() const noexcept { return id_; }
    /// The roles given, if any were.
    [[nodiscard]] std::optional<std::vector<std::string_view>> const& given_roles() const noexcept {
        return roles_;
    }

private:
    using names = std::vector<std::string_view>;

    subject(std::string_view id, std::optional<names> roles, bool is_user);

    std::string_view id_;
    std::optional<names> roles_;
    bool is_user_;
};

/// `support view payment`, with what is known. Every name that the policy does not declare
/// makes the answer a denial, `unknown_name`. Facts are trusted, like roles.
struct request {
    rolecall::subject subject;
    std::string_view action;
    std::string_view category;
    std::vector<std::pair<std::string_view, fact_value>> facts{};
    date on = date::today();    ///< the decider's clock: never a date that the requester sent
    std::string_view record{};  ///< of which customer: for the audit trail, not for the decision
    /// Refuses, `unavailable`, to answer by an older policy of an authorizer. A policy that is
    /// asked by itself has no version, and so refuses whatever is demanded.
    std::uint32_t at_least_version = 0;
    std::string_view origin{};  ///< from where: an address, a till; for the audit trail
};

}  // namespace rolecall::inline v0_1

#if !defined(ROLECALL_COMPILED)
#include <rolecall/detail/cold/request.hpp>
#endif

#endif
