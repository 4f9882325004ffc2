// What a policy says about the roles of users who are kept elsewhere.
#ifndef ROLECALL_CLI_USERS_RULES_HPP
#define ROLECALL_CLI_USERS_RULES_HPP

#include <rolecall/date.hpp>
#include <rolecall/policy.hpp>
#include <rolecall/separation.hpp>
#include <rolecall/user_directory.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rolecall::inline v0_1::cli {

class role_rules {
public:
    /// The path is what messages call the policy.
    role_rules(policy const& of, std::string path, date on);

    [[nodiscard]] bool declares(std::string_view role) const noexcept {
        return policy_.role(role).has_value();
    }

    /// `` `suport` is not a role of policies/shop; did you mean `support`? ``
    [[nodiscard]] std::string not_declared(std::string_view role) const;

    /// All that a role inherits, by name; nothing for one that is not declared.
    [[nodiscard]] std::vector<std::string> const& inherited(std::string_view role);

    /// The separations that a user breaks who is assigned these, and has not less in the policy's
    /// own `users`. What has passed counts for nothing. Lives until the next call.
    [[nodiscard]] std::vector<separation_violation> const& broken_by(
        std::string_view id, std::span<user_role const> roles);

private:
    policy policy_;
    std::string path_;
    date on_;
    std::unordered_map<std::string, std::vector<std::string>> own_users_;  // to what they hold
    std::map<std::string, std::vector<std::string>, std::less<>> inherited_;
    std::unordered_map<std::string, std::vector<separation_violation>> known_;  // by the names
    std::vector<std::string_view> held_;                                        // used again
    std::string key_;
};

/// `` `eve` can't have billing and refunds: separation … ``
[[nodiscard]] std::string violation_text(std::string_view id, separation_violation const& found);

/// Users whom a change would let break a separation: the first hundred, and how many there are.
/// A check for `edit_options`.
class separation_check {
public:
    struct refused_user {
        std::string id;
        std::vector<separation_violation> violations;
    };

    explicit separation_check(role_rules& rules) : rules_(rules) {}

    bool operator()(std::string_view id, std::span<user_role const> roles) {
        constexpr std::size_t most_kept = 100;
        auto const& violations = rules_.broken_by(id, roles);
        if (violations.empty()) return true;
        if (refused_.size() < most_kept)
            refused_.push_back({std::string(id), violations});
        else
            ++left_out_;
        return false;
    }

    [[nodiscard]] std::vector<refused_user> const& refused() const noexcept { return refused_; }
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

private:
    role_rules& rules_;
    std::vector<refused_user> refused_;
    std::size_t left_out_ = 0;
};

}  // namespace rolecall::inline v0_1::cli

#endif
