// A directory of users that a test fills.
#ifndef ROLECALL_TESTS_SUPPORT_USER_TABLE_HPP
#define ROLECALL_TESTS_SUPPORT_USER_TABLE_HPP

#include <rolecall/user_directory.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

class user_table {
public:
    struct assignment {
        std::string role;
        std::optional<date> until{};
    };
    using table = std::map<std::string, std::vector<assignment>, std::less<>>;

    user_table() = default;
    explicit user_table(table of) : users(std::move(of)) {}

    user_lookup roles_of(std::string_view id, role_taker& take) const {
        auto const found = users.find(id);
        if (found == users.end()) return user_lookup::unknown;
        for (assignment const& one : found->second) take(one.role, one.until);
        return user_lookup::known;
    }

    bool each_user(user_visitor& visit) const {
        for (auto const& [id, assigned] : users) {
            std::vector<user_role> roles;
            for (assignment const& one : assigned) roles.push_back({one.role, one.until});
            if (!visit(id, roles)) break;
        }
        return true;
    }

    table users;
};

}  // namespace rolecall::testing

#endif
