#include "cli/check/question.hpp"

#include <rolecall/detail/text.hpp>

#include <cassert>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace rolecall::inline v0_1::cli {
namespace {

// The roles named: by options, or as the first of three words.
std::vector<std::string_view> roles_of(question_arguments const& arguments) {
    std::vector<std::string_view> roles(arguments.roles.begin(), arguments.roles.end());
    if (arguments.words.size() == 3) roles.emplace_back(arguments.words[0]);
    return roles;
}

subject subject_of(question_arguments const& arguments) {
    auto roles = roles_of(arguments);
    if (!arguments.user) return subject::roles(std::move(roles));
    if (roles.empty() && !arguments.no_roles) return subject::user(*arguments.user);
    return subject::user(*arguments.user, std::move(roles));
}

}  // namespace

// INVARIANT: the last two words are the action and the category.
request to_request(question_arguments const& arguments) {
    assert(arguments.words.size() >= 2);
    std::size_t const count = arguments.words.size();
    request question{subject_of(arguments), arguments.words[count - 2], arguments.words[count - 1]};
    for (stated_fact const& fact : arguments.facts)
        question.facts.emplace_back(fact.name, fact.value);
    if (arguments.on) question.on = *arguments.on;
    return question;
}

std::string who_asks(question_arguments const& arguments) {
    std::string names;
    for (std::string_view const role : roles_of(arguments))
        names += (names.empty() ? "" : " and ") + detail::printable(role, 60);
    if (!arguments.user) return names;
    std::string const user = detail::printable(*arguments.user, 60);
    if (arguments.no_roles) return user + " without a role";
    return names.empty() ? user : user + " as " + names;
}

std::string sentence(question_arguments const& arguments, bool allowed) {
    std::size_t const count = arguments.words.size();
    return who_asks(arguments) + (allowed ? " may " : " may not ") +
           detail::printable(arguments.words[count - 2], 60) + ' ' +
           detail::printable(arguments.words[count - 1], 60);
}

std::string verdict(bool allowed, colours const& colour) {
    return std::string(allowed ? colour.allow : colour.deny) + (allowed ? "allow" : "deny") +
           std::string(colour.reset) + (allowed ? "  " : "   ");
}

std::string verdict_code(reason why, colours const& colour) {
    return std::string(colour.faint) + '[' + std::string(to_string(why)) + ']' +
           std::string(colour.reset);
}

}  // namespace rolecall::inline v0_1::cli
