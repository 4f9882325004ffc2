// A policy with exercises, for the tests of `test`.
#ifndef ROLECALL_TESTS_SUPPORT_DESK_HPP
#define ROLECALL_TESTS_SUPPORT_DESK_HPP

#include "support/program.hpp"
#include "support/temporary_directory.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::testing {

inline constexpr std::string_view desk_policy =
    "rolecall: 1\n"
    "facts: {open-ticket: The customer has an open ticket}\n"
    "categories:\n"
    "  account: Names\n"
    "  payment: Bank details\n"
    "roles:\n"
    "  support: {may: {account: [view, modify], payment: {view: {if: open-ticket}}}}\n"
    "  billing: {may: {payment: [view, delete]}}\n"
    "users:\n"
    "  dana: [support, billing]\n";

inline constexpr std::string_view passing_exercises =
    "rolecall: 1\n"
    "exercises:\n"
    "  on-the-phone:\n"
    "    about: A customer with an open ticket calls\n"
    "    note: Who may answer?\n"
    "    as: support\n"
    "    given: {facts: {open-ticket: yes}}\n"
    "    can: {payment: view}\n"
    "    cannot: {payment: {delete: not-granted}}\n"
    "  stolen-laptop:\n"
    "    title: The laptop is gone\n"
    "    as: {user: dana}\n"
    "    given: {compromised: yes}\n"
    "    exactly: {account: [view, modify], payment: [view, delete]}\n";

inline constexpr std::string_view failing_exercise =
    "rolecall: 1\n"
    "exercises:\n"
    "  night-call:\n"
    "    about: A customer calls at night\n"
    "    as: support\n"
    "    cannot:\n"
    "      account: view\n";

/// A folder with the policy `desk/`, whose exercises pass.
class desk_folder : public temporary_directory {
public:
    std::string const desk = make_directory("desk");

    desk_folder() {
        write("desk/policy.yaml", desk_policy);
        write("desk/exercises.yaml", passing_exercises);
    }

    /// One more exercise, which fails.
    void fail() const { write("desk/night.yaml", failing_exercise); }

    /// What a file of the folder holds.
    [[nodiscard]] std::string read(std::string_view relative) const {
        std::ifstream file(path(relative), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    /// The outcome of `test` of the policy, with these words.
    [[nodiscard]] outcome test(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"test", desk});
        return run(words);
    }
};

}  // namespace rolecall::testing

#endif
