// A first policy, made from a few answers: sound, and written to be read and changed.
//
//     starter::policy_files const made = starter::write({.business = "Corner Shop", …});
#ifndef ROLECALL_SRC_STARTER_STARTER_POLICY_HPP
#define ROLECALL_SRC_STARTER_STARTER_POLICY_HPP

#include <rolecall/date.hpp>
#include <rolecall/source_file.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::starter {

struct person {
    std::string id;
    std::vector<std::string> roles;
};

struct wishes {
    std::string business;           ///< its name: free text
    std::string owner;              ///< who answers for the data: free text
    std::vector<std::string> work;  ///< of kinds_of_work()
    std::vector<std::string> data;  ///< of kinds_of_data(), at least one
    std::vector<person> people;     ///< none: the policy lists nobody
    bool several_files = false;
    date today = date::today();
};

struct policy_files {
    std::vector<source_file> files;     ///< paths relative to the directory; or one, without
    std::vector<std::string> left_out;  ///< work that has nothing to do with the data
    std::string example_role;           ///< for a first question:
    std::string example_category;       ///< it can be viewed by that role,
    std::string example_fact;           ///< if this holds; empty: always
};

/// The roles that the policy will have: those whose work concerns the data, and `office`.
[[nodiscard]] std::vector<std::string> roles_of(wishes const& of);

/// Why a text can't be the name of the business or of who answers for it; nothing: it can.
[[nodiscard]] std::optional<std::string> problem_with_text(std::string_view text);

/// Why these people can't be listed: a role without anybody, somebody with an id that is none,
/// or who would take money and give it back. Nothing: they can.
[[nodiscard]] std::optional<std::string> problem_with_people(wishes const& of);

/// The files. They are read again before they are given out: what has a finding is not a policy
/// to begin with, and throws std::logic_error.
[[nodiscard]] policy_files write(wishes const& of);

}  // namespace rolecall::inline v0_1::starter

#endif
