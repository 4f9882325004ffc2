// What the command line said to `init`.
#ifndef ROLECALL_CLI_WRITING_INIT_ARGUMENTS_HPP
#define ROLECALL_CLI_WRITING_INIT_ARGUMENTS_HPP

#include "starter/starter_policy.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rolecall::inline v0_1::cli {

struct init_arguments {
    std::optional<std::string> path;  ///< the file or directory to make
    std::optional<std::string> name;
    std::optional<std::string> owner;
    std::vector<std::string> work;  ///< `--roles`; none: the usual ones
    std::vector<std::string> data;  ///< `--data`; none: the usual ones
    std::vector<starter::person> people;
    bool directory = false;
    bool asks = true;  ///< nothing was said but perhaps the path
};

}  // namespace rolecall::inline v0_1::cli

#endif
