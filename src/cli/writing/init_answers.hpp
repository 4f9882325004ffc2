// What was said to `init`, on the command line or when asked, as what to write.
#ifndef ROLECALL_CLI_WRITING_INIT_ANSWERS_HPP
#define ROLECALL_CLI_WRITING_INIT_ANSWERS_HPP

#include "cli/writing/init_arguments.hpp"
#include "starter/catalogue.hpp"
#include "starter/starter_policy.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall::inline v0_1::cli {

/// The parts between commas, without blanks around them, and without empty ones.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);

struct choices_read {
    std::vector<std::string> names;  ///< each once, in the order of the list
    std::string problem;             ///< why it is no answer; empty: it is one
};

/// `support, billing`, `3,4` by the numbers of a list that begins with 1, or `all`.
[[nodiscard]] choices_read read_choices(std::string_view text,
                                        std::span<starter::choice const> from);

/// The names that are chosen unless somebody says otherwise.
[[nodiscard]] std::vector<std::string> usual(std::span<starter::choice const> from);

/// `a, b, c`
[[nodiscard]] std::string listed(std::vector<std::string> const& names);

/// Gives a role to somebody, who may be listed already.
void add_person(std::vector<starter::person>& to, std::string const& id, std::string const& role);

/// The arguments, with what is usual in the place of what was not said.
[[nodiscard]] starter::wishes wishes_of(init_arguments const& arguments);

inline constexpr std::string_view usual_business = "Our business";
inline constexpr std::string_view usual_owner = "The owner of the business";

}  // namespace rolecall::inline v0_1::cli

#endif
