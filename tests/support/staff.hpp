// A policy whose users are kept in a store, for the tests of `rolecall users`.
#ifndef ROLECALL_TESTS_SUPPORT_STAFF_HPP
#define ROLECALL_TESTS_SUPPORT_STAFF_HPP

#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::testing {

inline constexpr std::string_view staff_policy = R"(rolecall: 1

categories:
  account: Name and address
  payment: Bank details

roles:
  employee: {may: {account: view}}
  support: {inherits: employee, may: {account: modify}}
  billing: {inherits: employee, may: {payment: view}}
  refunds: {may: {payment: modify}}
  lead: {inherits: [support, refunds]}

users:
  owner: refunds
  former: {roles: refunds, until: 2020-01-01}

separation:
  take-and-refund:
    roles: [billing, refunds]
    at-most: 1
    per: person
    because: Who takes the money must not approve the refund
)";

/// A folder with that policy and an empty store.
class staff_folder : public temporary_directory {
public:
    staff_folder() { create("staff.db"); }

    [[nodiscard]] std::string const& policy() const { return policy_; }
    [[nodiscard]] std::string store() const { return path("staff.db"); }

    /// Makes another store.
    std::string create(std::string_view name) const {
        run({"users", "create", path(name)});
        return path(name);
    }

    /// `rolecall users COMMAND` with these words and then this input.
    [[nodiscard]] outcome users(std::vector<std::string> words, std::string input = {}) const {
        words.insert(words.begin(), "users");
        return run(words, {.input = std::move(input)});
    }

    /// Gives a user roles, who is added if need be.
    [[nodiscard]] outcome assign(std::string const& id, std::vector<std::string> const& roles,
                                 std::vector<std::string> const& options = {}) const {
        static_cast<void>(users({"add", store(), id}));
        std::vector<std::string> words{"assign", store(), id};
        words.insert(words.end(), roles.begin(), roles.end());
        words.insert(words.end(), {"--policy", policy()});
        words.insert(words.end(), options.begin(), options.end());
        return users(words);
    }

    /// Imports a text.
    [[nodiscard]] outcome import(std::string const& text,
                                 std::vector<std::string> const& options = {}) const {
        std::vector<std::string> words{"import", store(), "-", "--policy", policy()};
        words.insert(words.end(), options.begin(), options.end());
        return users(words, text);
    }

    /// What the store has, as CSV without its header.
    [[nodiscard]] std::string content() const { return content_of(store()); }
    [[nodiscard]] std::string content_of(std::string const& store) const {
        outcome const done = users({"export", store});
        constexpr std::string_view header = "user,role,until\n";
        return done.code == 0 && done.out.starts_with(header) ? done.out.substr(header.size())
                                                              : done.err;
    }

private:
    std::string policy_ = write("staff.yaml", staff_policy);
};

}  // namespace rolecall::testing

#endif
